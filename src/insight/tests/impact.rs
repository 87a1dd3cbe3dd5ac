//! What a change of a policy does, and for whom.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

use super::{allow, inline, kit, people, policy, role, trusting, user, varied};
use crate::iam::Kind;
use crate::insight::{Affected, Impact, Site, Subject, Who};
use crate::policy::effective::ChangeKind;
use crate::store::kit::Kit;

const POLICY: &str = "arn:aws:iam::123456789012:policy/p";

/// What changes at a site from these statements to those.
fn impact(kit: &Kit, site: Site, before: &Value, after: &Value) -> Impact {
    let affected = Affected::read(&kit.store, &kit.account, site, &Arc::default()).unwrap();
    affected.impact(&policy(before), &policy(after), &AtomicBool::new(false)).unwrap()
}

/// For whom, what: `ann: + s3:PutObject`.
fn told(impact: &Impact) -> Vec<String> {
    let part = |part: &crate::insight::Part| {
        let whom: Vec<&str> = part.whom.iter().map(|who| &*who.name).collect();
        let sign = |kind| match kind {
            ChangeKind::Allowed => "+",
            ChangeKind::Denied => "-",
            ChangeKind::Widened => ">",
            ChangeKind::Narrowed => "<",
            ChangeKind::Changed => "~",
        };
        let changes: Vec<String> =
            part.changes.iter().map(|one| format!("{} {}", sign(one.kind), one.action.full_name())).collect();
        format!("{}: {}", whom.join(" "), changes.join(" "))
    };
    impact.parts.iter().map(part).collect()
}

fn names(whom: &[Who]) -> Vec<&str> {
    whom.iter().map(|who| &*who.name).collect()
}

#[test]
fn what_others_grant_already_is_no_news() {
    let before = json!([allow("s3:GetObject", "*")]);
    let kit = kit(&[
        ("CreatePolicy", json!({"PolicyName": "p", "PolicyDocument": policy(&before)})),
        ("CreatePolicy", json!({"PolicyName": "limit", "PolicyDocument": policy(&json!([allow("s3:Get*", "*")]))})),
        user("ann"),
        user("chief"),
        inline("chief", json!([allow("*", "*")])),
        ("CreateUser", json!({"UserName": "bound", "PermissionsBoundary": "arn:aws:iam::123456789012:policy/limit"})),
        user("stranger"),
        ("CreateGroup", json!({"GroupName": "devs"})),
        ("AttachGroupPolicy", json!({"GroupName": "devs", "PolicyArn": POLICY})),
        ("AddUserToGroup", json!({"GroupName": "devs", "UserName": "ann"})),
        ("AttachUserPolicy", json!({"UserName": "chief", "PolicyArn": POLICY})),
        ("AttachUserPolicy", json!({"UserName": "bound", "PolicyArn": POLICY})),
        role("app", &json!([trusting(json!({"Service": "ec2.amazonaws.com"}))])),
        ("AttachRolePolicy", json!({"RoleName": "app", "PolicyArn": POLICY})),
    ]);
    let site = || Site::Managed(POLICY.to_owned());
    let more = impact(&kit, site(), &before, &json!([allow("s3:GetObject", "*"), allow("s3:PutObject", "*")]));
    assert_eq!(told(&more), ["ann app: + s3:PutObject"]);
    assert_eq!(names(&more.unchanged), ["bound", "chief"]);
    let none = impact(&kit, site(), &before, &json!([]));
    assert_eq!(told(&none), ["ann bound app: - s3:GetObject"]);
    let mut deny = allow("s3:GetObject", "arn:aws:s3:::secret/*");
    deny["Effect"] = json!("Deny");
    let denied = impact(&kit, site(), &before, &json!([allow("s3:GetObject", "*"), deny]));
    assert_eq!(told(&denied), ["ann bound chief app: < s3:GetObject"]);
    assert!(impact(&kit, site(), &before, &before).is_none());
}

#[test]
fn a_boundary_decides_for_those_it_bounds() {
    let before = json!([allow("s3:*", "*")]);
    let kit = kit(&[
        ("CreatePolicy", json!({"PolicyName": "p", "PolicyDocument": policy(&before)})),
        ("CreateUser", json!({"UserName": "ann", "PermissionsBoundary": POLICY})),
        inline("ann", json!([allow("s3:GetObject", "*")])),
    ]);
    let change = impact(&kit, Site::Managed(POLICY.to_owned()), &before, &json!([allow("s3:Put*", "*")]));
    assert_eq!(told(&change), ["ann: - s3:GetObject"]);
}

#[test]
fn a_policy_nobody_has_is_looked_at_alone() {
    let kit = kit(&[user("ann")]);
    let change = impact(&kit, Site::New, &json!([]), &json!([allow("s3:PutObject", "*")]));
    assert_eq!(told(&change), [": + s3:PutObject"]);
    let inline = Site::Inline { kind: Kind::User, of: "ann".into(), name: "new".into() };
    assert_eq!(told(&impact(&kit, inline, &json!([]), &json!([allow("s3:PutObject", "*")]))), ["ann: + s3:PutObject"]);
}

#[test]
fn an_inline_policy_replaces_the_one_whose_name_differs_in_case_alone() {
    let before = json!([allow("s3:GetObject", "*")]);
    let put = |operation: &'static str, of: &str, whose: &str| {
        (operation, json!({of: whose, "PolicyName": "ReadOnly", "PolicyDocument": policy(&before)}))
    };
    let kit = kit(&[
        user("ann"),
        user("bob"),
        ("CreateGroup", json!({"GroupName": "devs"})),
        ("AddUserToGroup", json!({"GroupName": "devs", "UserName": "bob"})),
        put("PutUserPolicy", "UserName", "ann"),
        put("PutGroupPolicy", "GroupName", "devs"),
    ]);
    for (kind, of, who) in [(Kind::User, "ann", "ann"), (Kind::Group, "devs", "bob")] {
        let site = Site::Inline { kind, of: of.into(), name: "readonly".into() };
        let change = impact(&kit, site, &before, &json!([allow("s3:PutObject", "*")]));
        assert_eq!(told(&change), [format!("{who}: - s3:GetObject + s3:PutObject")]);
    }
}

#[test]
fn an_inline_policy_of_a_group_is_its_users() {
    let before = json!([allow("sqs:SendMessage", "*")]);
    let kit = kit(&[
        user("ann"),
        user("bob"),
        ("CreateGroup", json!({"GroupName": "devs"})),
        ("AddUserToGroup", json!({"GroupName": "devs", "UserName": "bob"})),
        ("PutGroupPolicy", json!({"GroupName": "devs", "PolicyName": "own", "PolicyDocument": policy(&before)})),
    ]);
    let site = Site::Inline { kind: Kind::Group, of: "devs".into(), name: "own".into() };
    assert_eq!(told(&impact(&kit, site, &before, &json!([allow("sqs:*", "arn:aws:sqs:*:*:q")])))[0][..5], *"bob: ");
}

#[test]
fn a_trust_policy_lets_in_and_shuts_out() {
    let before = json!([trusting(json!({"AWS": "arn:aws:iam::123456789012:user/ann"}))]);
    let after = json!([
        trusting(json!({"AWS": ["arn:aws:iam::123456789012:user/bob", "444455556666"]})),
        trusting(json!({"Service": "ec2.amazonaws.com"}))
    ]);
    let kit = kit(&[user("ann"), user("bob"), user("cat"), role("r", &before)]);
    let change = impact(&kit, Site::Trust("r".into()), &before, &after);
    assert!(change.is_entry && change.unchanged.is_empty());
    assert_eq!(told(&change), ["ann: - sts:AssumeRole", "bob 444455556666 ec2.amazonaws.com: + sts:AssumeRole"]);
}

#[test]
fn what_is_out_of_date_is_given_up() {
    let kit = kit(&[user("ann")]);
    assert_eq!(people(&kit).subjects.len(), 1);
    let all = policy(&json!([allow("*", "*")]));
    for site in [Site::New, Site::Inline { kind: Kind::User, of: "ann".into(), name: "new".into() }] {
        let affected = Affected::read(&kit.store, &kit.account, site, &Arc::default()).unwrap();
        assert_eq!(affected.impact("", &all, &AtomicBool::new(true)), None);
        assert!(affected.impact("", &all, &AtomicBool::new(false)).unwrap().parts[0].changes.len() > 1000);
    }
}

#[test]
fn the_holders_alone_give_the_answer_that_everybody_gives() {
    let kit = varied();
    let everybody = people(&kit);
    let [before, after] = [json!([allow("s3:Get*", "*")]), json!([allow("s3:*Object", "*")])].map(|one| policy(&one));
    let managed = (0..8).map(|number| Site::Managed(format!("arn:aws:iam::123456789012:policy/p{number}")));
    let inline = (0..6).map(|number| Site::Inline { kind: Kind::Group, of: format!("g{number}"), name: "OWN".into() });
    let (mut reached, mut sites) = (0, 0);
    for site in managed.chain(inline) {
        let group = |name: &str| format!("arn:aws:iam::123456789012:group/{name}");
        let holds = |one: &&Subject| match &site {
            Site::Managed(arn) => {
                let all = one.policies.identity.iter().chain(one.policies.boundary.iter().flatten());
                all.into_iter().any(|policy| policy.source.name == *arn)
            }
            Site::Inline { of, .. } => one.groups.contains(&group(of)),
            _ => false,
        };
        let mut wide = everybody.clone();
        wide.subjects = everybody.subjects.iter().filter(holds).cloned().collect();
        let wide = Affected::among(site.clone(), &wide);
        let narrow = Affected::read(&kit.store, &kit.account, site, &Arc::default()).unwrap();
        assert_eq!(narrow.holders(), wide.holders());
        let [narrow, wide] = [narrow, wide].map(|one| one.impact(&before, &after, &AtomicBool::new(false)).unwrap());
        assert_eq!(narrow, wide);
        reached += narrow.whom().count();
        sites += 1;
    }
    assert!(sites == 14 && reached > 100, "{reached}");
}
