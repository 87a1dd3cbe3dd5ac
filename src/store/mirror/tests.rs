//! What an endpoint told, as the store then holds it.

use jiff::Timestamp;
use rusqlite::types::Value;

use super::{Credentials, Part, Whole};
use crate::api::{
    AccessKeyLastUsed, AccessKeyMetadata, AttachedPermissionsBoundary, AttachedPolicy, GroupDetail, InstanceProfile,
    LoginProfile, MFADevice, ManagedPolicyDetail, PolicyDetail, PolicyVersion, RoleDetail, UserDetail,
};
use crate::iam::Kind;
use crate::store::kit::{Kit, tag};

const POLICY: &str = "arn:aws:iam::123456789012:policy/read";
const AWS: &str = "arn:aws:iam::aws:policy/ReadOnlyAccess";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

fn attached(arns: &[&str]) -> Vec<AttachedPolicy> {
    let one = |arn: &&str| AttachedPolicy { policy_name: None, policy_arn: Some((*arn).to_owned()) };
    arns.iter().map(one).collect()
}

fn inline(name: &str, document: &str) -> Vec<PolicyDetail> {
    vec![PolicyDetail { policy_name: Some(name.into()), policy_document: Some(document.into()) }]
}

fn user(name: &str) -> UserDetail {
    UserDetail {
        path: Some("/".into()),
        user_name: Some(name.into()),
        user_id: Some(format!("AIDA{name}")),
        arn: Some(format!("arn:aws:iam::123456789012:user/{name}")),
        create_date: Some(at(1000)),
        ..UserDetail::default()
    }
}

fn group(name: &str) -> GroupDetail {
    GroupDetail {
        path: Some("/".into()),
        group_name: Some(name.into()),
        group_id: Some(format!("AGPA{name}")),
        arn: Some(format!("arn:aws:iam::123456789012:group/{name}")),
        create_date: Some(at(1000)),
        ..GroupDetail::default()
    }
}

fn role(name: &str) -> RoleDetail {
    RoleDetail {
        path: Some("/".into()),
        role_name: Some(name.into()),
        role_id: Some(format!("AROA{name}")),
        arn: Some(format!("arn:aws:iam::123456789012:role/{name}")),
        create_date: Some(at(1000)),
        assume_role_policy_document: Some("{}".into()),
        ..RoleDetail::default()
    }
}

fn policy(numbers: &[i64]) -> ManagedPolicyDetail {
    let version = |n: &i64| PolicyVersion {
        document: Some(format!("{{\"v\":{n}}}")),
        version_id: Some(format!("v{n}")),
        is_default_version: None,
        create_date: Some(at(2000 + n)),
    };
    ManagedPolicyDetail {
        policy_name: Some("read".into()),
        policy_id: Some("ANPAread".into()),
        arn: Some(POLICY.into()),
        path: Some("/".into()),
        default_version_id: numbers.last().map(|n| format!("v{n}")),
        create_date: Some(at(1000)),
        update_date: Some(at(3000)),
        policy_version_list: Some(numbers.iter().map(version).collect()),
        ..ManagedPolicyDetail::default()
    }
}

fn whole() -> Whole {
    let ann = UserDetail {
        group_list: Some(vec!["devs".into()]),
        attached_managed_policies: Some(attached(&[POLICY, AWS])),
        user_policy_list: Some(inline("own", "{}")),
        tags: Some(vec![tag("Team", "a"), tag("cost", "b")]),
        permissions_boundary: Some(AttachedPermissionsBoundary {
            permissions_boundary_type: Some("Policy".into()),
            permissions_boundary_arn: Some(POLICY.into()),
        }),
        ..user("ann")
    };
    Whole {
        users: vec![ann, user("bob")],
        groups: vec![group("devs")],
        roles: vec![role("app")],
        policies: vec![policy(&[1, 2])],
    }
}

/// Every row that a query gives, its columns joined.
fn rows(kit: &Kit, sql: &str) -> Vec<String> {
    let text = |value: Value| match value {
        Value::Null => "-".to_owned(),
        Value::Integer(n) => n.to_string(),
        Value::Text(text) => text,
        other => format!("{other:?}"),
    };
    let found = kit.store.read(|connection| {
        let mut statement = connection.prepare(sql)?;
        let columns = statement.column_count();
        let read =
            |row: &rusqlite::Row<'_>| (0..columns).map(|i| row.get(i).map(text)).collect::<rusqlite::Result<Vec<_>>>();
        let found = statement.query_map([], read)?;
        Ok(found.collect::<rusqlite::Result<Vec<_>>>()?)
    });
    found.unwrap().iter().map(|row| row.join(" ")).collect()
}

/// The content of every table that a mirror fills, without row ids.
fn content(kit: &Kit) -> Vec<Vec<String>> {
    [
        "SELECT kind, name, path, arn, uid, created, description, boundary FROM entity ORDER BY kind, name_key",
        "SELECT kind, count FROM tally ORDER BY kind",
        "SELECT e.name, t.key, t.value FROM tag t JOIN entity e ON e.id = t.entity ORDER BY 1, t.position",
        "SELECT e.name, groups, mfa_devices, password_set, oldest_key FROM user u JOIN entity e ON e.id = u.entity
         ORDER BY 1",
        "SELECT u.name, g.name FROM membership m JOIN entity u ON u.id = m.user JOIN entity g ON g.id = m.grp ORDER BY 1",
        "SELECT e.name, a.policy_arn, p.name FROM attachment a JOIN entity e ON e.id = a.entity
         LEFT JOIN entity p ON p.id = a.policy ORDER BY 1, 2",
        "SELECT e.name, default_version, latest_version, attachments, boundaries, updated FROM policy p
         JOIN entity e ON e.id = p.entity ORDER BY 1",
        "SELECT e.name, number, document FROM policy_version v JOIN entity e ON e.id = v.policy ORDER BY 1, 2",
        "SELECT e.name, i.name, document FROM inline_policy i JOIN entity e ON e.id = i.entity ORDER BY 1, 2",
        "SELECT e.name, trust, max_session FROM role r JOIN entity e ON e.id = r.entity ORDER BY 1",
    ]
    .map(|sql| rows(kit, sql))
    .to_vec()
}

fn pulled() -> Kit {
    let kit = Kit::new();
    kit.store.absorb_all(&kit.account, &whole(), Vec::new(), at(9000)).unwrap();
    kit
}

fn absorb(kit: &Kit, parts: Vec<Part>) {
    kit.store.absorb(&kit.account, parts).unwrap();
}

fn names(kit: &Kit) -> Vec<String> {
    rows(kit, "SELECT name FROM entity ORDER BY kind, name_key")
}

#[test]
fn an_account_is_taken_in_whole() {
    let kit = pulled();
    assert_eq!(names(&kit), ["ann", "bob", "devs", "app", "read"]);
    let content = content(&kit);
    assert_eq!(content[2], ["ann Team a", "ann cost b"]);
    assert_eq!(content[4], ["ann devs"]);
    assert_eq!(content[5], [format!("ann {POLICY} read"), format!("ann {AWS} -")]);
    assert_eq!(content[6], ["read 2 2 1 1 3000"]);
    assert_eq!(content[7], ["read 1 {\"v\":1}", "read 2 {\"v\":2}"]);
    assert_eq!(rows(&kit, "SELECT refreshed FROM account"), ["9000"]);
}

#[test]
fn the_same_again_changes_nothing() {
    let kit = pulled();
    let written = |kit: &Kit| kit.store.read(|sql| Ok(sql.total_changes())).unwrap();
    let (before, start) = (content(&kit), written(&kit));
    kit.store.absorb_all(&kit.account, &whole(), Vec::new(), at(9001)).unwrap();
    assert_eq!(content(&kit), before);
    // The policy's row and the time of the refresh are written each time; nothing else is.
    assert_eq!(written(&kit) - start, 2);
}

#[test]
fn what_a_whole_account_no_longer_has_is_gone() {
    let kit = pulled();
    let mut rest = whole();
    rest.users.remove(1);
    rest.policies.clear();
    rest.users[0].attached_managed_policies = Some(attached(&[AWS]));
    rest.users[0].permissions_boundary = None;
    kit.store.absorb_all(&kit.account, &rest, Vec::new(), at(9001)).unwrap();
    assert_eq!(names(&kit), ["ann", "devs", "app"]);
    assert_eq!(rows(&kit, "SELECT count(*) FROM policy_version"), ["0"]);
}

#[test]
fn a_part_removes_nothing_else() {
    let kit = pulled();
    let changed = UserDetail { tags: Some(vec![tag("cost", "c")]), ..user("ann") };
    absorb(&kit, vec![Part::User(Box::new(changed))]);
    assert_eq!(names(&kit), ["ann", "bob", "devs", "app", "read"]);
    let content = content(&kit);
    assert_eq!(content[2], ["ann cost c"]);
    assert!(content[4].is_empty() && content[5].is_empty() && content[8].is_empty());
    assert_eq!(content[6], ["read 2 2 0 0 3000"], "the sums follow");
}

#[test]
fn a_failure_leaves_everything_as_it_was() {
    let kit = pulled();
    let before = content(&kit);
    let mut broken = whole();
    broken.users.clear();
    broken.roles[0].arn = None;
    assert!(kit.store.absorb_all(&kit.account, &broken, Vec::new(), at(9001)).is_err());
    assert_eq!(content(&kit), before);
    assert_eq!(rows(&kit, "SELECT refreshed FROM account"), ["9000"]);
}

#[test]
fn a_renamed_user_keeps_its_keys_and_a_namesake_does_not_inherit_them() {
    let kit = pulled();
    let key = AccessKeyMetadata { access_key_id: Some("AKIA1".into()), status: Some("Active".into()), ..key_of("ann") };
    absorb(&kit, vec![credentials("ann", vec![(key, None)])]);
    let renamed = UserDetail {
        user_name: Some("anna".into()),
        arn: Some("arn:aws:iam::123456789012:user/anna".into()),
        ..user("ann")
    };
    absorb(&kit, vec![Part::User(Box::new(renamed))]);
    let owner = "SELECT e.name FROM access_key k JOIN entity e ON e.id = k.user";
    assert_eq!(rows(&kit, owner), ["anna"]);
    let namesake = UserDetail { user_id: Some("AIDAother".into()), ..user("bob") };
    absorb(&kit, vec![Part::User(Box::new(namesake))]);
    assert_eq!(rows(&kit, "SELECT uid FROM entity WHERE name = 'bob'"), ["AIDAother"]);
}

fn key_of(user: &str) -> AccessKeyMetadata {
    AccessKeyMetadata { user_name: Some(user.into()), create_date: Some(at(5000)), ..AccessKeyMetadata::default() }
}

fn credentials(user: &str, keys: Vec<(AccessKeyMetadata, Option<AccessKeyLastUsed>)>) -> Part {
    Part::Credentials(Box::new(Credentials { user: user.into(), keys: Some(keys), ..Credentials::default() }))
}

#[test]
fn credentials_come_and_go() {
    let kit = pulled();
    let key = |id: &str, status: &str| AccessKeyMetadata {
        access_key_id: Some(id.into()),
        status: Some(status.into()),
        ..key_of("ann")
    };
    let used = |date, service: &str| AccessKeyLastUsed {
        last_used_date: date,
        service_name: service.into(),
        region: if date.is_some() { "eu-west-1".into() } else { "N/A".into() },
    };
    let login = LoginProfile { user_name: "ann".into(), create_date: at(4000), password_reset_required: Some(true) };
    let serial = "arn:aws:iam::123456789012:mfa/phone";
    let device = MFADevice { user_name: "ann".into(), serial_number: serial.into(), enable_date: at(4500) };
    let all = Credentials {
        user: "ann".into(),
        keys: Some(vec![
            (key("AKIA1", "Active"), Some(used(Some(at(7000)), "s3"))),
            (key("AKIA2", "Inactive"), Some(used(None, "N/A"))),
        ]),
        login: Some(Some(login)),
        mfa: Some(vec![device]),
    };
    absorb(&kit, vec![Part::Credentials(Box::new(all))]);
    let keys = "SELECT id, status, created, secret, last_used, last_used_service, last_used_region FROM access_key ORDER BY id";
    assert_eq!(rows(&kit, keys), ["AKIA1 Active 5000 - 7000 s3 eu-west-1", "AKIA2 Inactive 5000 - - - -"]);
    assert_eq!(content(&kit)[3], ["ann 1 1 4000 5000", "bob 0 0 - -"]);
    assert_eq!(rows(&kit, "SELECT activity FROM entity WHERE name = 'ann'"), ["7000"]);
    assert_eq!(rows(&kit, "SELECT password, reset_required FROM login_profile"), ["- 1"]);

    absorb(&kit, vec![credentials("ann", Vec::new())]);
    assert_eq!(content(&kit)[3], ["ann 1 1 4000 -", "bob 0 0 - -"], "what was not read stays");
    let none = Credentials { user: "ann".into(), login: Some(None), mfa: Some(Vec::new()), ..Credentials::default() };
    absorb(&kit, vec![Part::Credentials(Box::new(none))]);
    assert_eq!(content(&kit)[3], ["ann 1 0 - -", "bob 0 0 - -"]);
}

#[test]
fn a_user_with_a_device_and_a_policy_in_use_can_go() {
    let kit = pulled();
    let device = MFADevice { user_name: "ann".into(), serial_number: "GAHT12345678".into(), enable_date: at(1) };
    let mfa = Credentials { user: "ann".into(), mfa: Some(vec![device]), ..Credentials::default() };
    absorb(&kit, vec![Part::Credentials(Box::new(mfa))]);
    absorb(&kit, vec![Part::Gone(Kind::Policy, POLICY.into()), Part::Gone(Kind::User, "ann".into())]);
    assert_eq!(names(&kit), ["bob", "devs", "app"]);
}

#[test]
fn a_policy_that_becomes_known_is_linked_with_those_who_have_it() {
    let kit = Kit::new();
    let has = UserDetail { attached_managed_policies: Some(attached(&[POLICY])), ..user("ann") };
    absorb(&kit, vec![Part::User(Box::new(has))]);
    assert_eq!(content(&kit)[5], [format!("ann {POLICY} -")]);
    absorb(&kit, vec![Part::Policy(Box::new(policy(&[3])))]);
    assert_eq!(content(&kit)[5], [format!("ann {POLICY} read")]);
    assert_eq!(content(&kit)[6], ["read 3 3 1 0 3000"]);
}

#[test]
fn a_policy_told_of_without_name_and_id_is_the_one_with_that_arn() {
    let kit = pulled();
    let before = content(&kit);
    let bare = ManagedPolicyDetail { policy_name: None, policy_id: None, ..policy(&[1, 2]) };
    absorb(&kit, vec![Part::Policy(Box::new(bare))]);
    assert_eq!(content(&kit), before);
}

#[test]
fn the_rest_of_an_account_is_taken_in() {
    let kit = pulled();
    let profile = InstanceProfile {
        path: "/".into(),
        instance_profile_name: "web".into(),
        instance_profile_id: "AIPAweb".into(),
        arn: "arn:aws:iam::123456789012:instance-profile/web".into(),
        create_date: at(1),
        ..InstanceProfile::default()
    };
    let in_profile = RoleDetail { instance_profile_list: Some(vec![profile.clone()]), ..role("app") };
    absorb(
        &kit,
        vec![
            Part::RoleMore { name: "app".into(), description: Some("runs it".into()), max_session: Some(7200) },
            Part::Members { group: "devs".into(), users: vec!["bob".into()] },
            Part::PasswordUsed { name: "bob".into(), at: Some(at(8000)) },
            Part::PolicyTags { arn: POLICY.into(), tags: vec![tag("a", "1"), tag("A", "2")] },
            Part::Role(Box::new(in_profile)),
            Part::Alias(Some("example-corp".into())),
        ],
    );
    assert_eq!(content(&kit)[4], ["bob devs"]);
    assert_eq!(content(&kit)[9], ["app {} 7200"]);
    assert_eq!(rows(&kit, "SELECT description FROM entity WHERE name = 'app'"), ["runs it"]);
    assert_eq!(rows(&kit, "SELECT activity FROM entity WHERE name = 'bob'"), ["8000"]);
    assert_eq!(rows(&kit, "SELECT key FROM tag t JOIN entity e ON e.id = t.entity WHERE e.name = 'read'"), ["A", "a"]);
    assert_eq!(rows(&kit, "SELECT count(*) FROM instance_profile_role"), ["1"]);
    assert_eq!(kit.store.account("example-corp").unwrap().unwrap().row, kit.account.row);
    absorb(&kit, vec![Part::InstanceProfiles(Vec::new())]);
    assert_eq!(rows(&kit, "SELECT count(*) FROM instance_profile_role"), ["0"]);
}
