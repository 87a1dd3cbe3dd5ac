//! Tests of the behaviour of roles.

use serde_json::{Value, json};

use crate::api::{
    CreatePolicy, CreateRole, DeleteRole, GetRole, ListRoles, RoleLastUsed, UpdateAssumeRolePolicy, UpdateRole,
    UpdateRoleDescription,
};
use crate::iam::Kind;
use crate::store::kit::{ALLOW, Kit, TRUST, tag};

fn create(name: &str) -> CreateRole {
    CreateRole { role_name: name.into(), assume_role_policy_document: TRUST.into(), ..CreateRole::default() }
}

fn get(kit: &Kit, name: &str) -> crate::api::Role {
    kit.ok(&GetRole { role_name: name.into() }).role
}

#[test]
fn creation_answers_less_than_get() {
    let kit = Kit::new();
    let made = kit.ok(&CreateRole { description: Some("d".into()), tags: Some(vec![tag("k", "v")]), ..create("R") });
    let made = made.role;
    assert!(made.role_id.starts_with("AROA"));
    assert_eq!((&made.description, made.max_session_duration, &made.role_last_used), (&None, None, &None));
    let got = get(&kit, "r");
    assert_eq!((got.role_id, got.arn, got.tags.clone()), (made.role_id, made.arn, made.tags));
    assert_eq!((got.description.as_deref(), got.max_session_duration), (Some("d"), Some(3600)));
    assert_eq!(got.role_last_used, Some(RoleLastUsed::default()));
    assert_eq!(got.assume_role_policy_document.as_deref(), Some(TRUST));
}

#[test]
fn a_name_is_taken_whatever_its_case() {
    let kit = Kit::new();
    kit.ok(&create("r"));
    assert_eq!(kit.refused(&create("R")).message, "Role with name R already exists.");
}

#[test]
fn listings_leave_out_tags_boundaries_and_last_use() {
    let kit = Kit::new();
    kit.ok(&CreatePolicy { policy_name: "p".into(), policy_document: ALLOW.into(), ..CreatePolicy::default() });
    for name in ["b", "a", "c"] {
        kit.ok(&CreateRole {
            tags: Some(vec![tag("k", "v")]),
            permissions_boundary: Some("arn:aws:iam::123456789012:policy/p".into()),
            ..create(name)
        });
    }
    let first = kit.ok(&ListRoles { max_items: Some(2), ..ListRoles::default() });
    assert_eq!(first.roles.iter().map(|r| r.role_name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let role = &first.roles[0];
    assert_eq!((&role.tags, &role.permissions_boundary, &role.role_last_used), (&None, &None, &None));
    assert_eq!(role.max_session_duration, Some(3600));
    assert!(get(&kit, "a").permissions_boundary.is_some());
    let rest = kit.ok(&ListRoles { marker: first.marker, ..ListRoles::default() });
    assert_eq!((rest.roles.len(), rest.is_truncated), (1, Some(false)));
}

#[test]
fn an_update_changes_only_what_it_names() {
    let kit = Kit::new();
    kit.ok(&CreateRole { description: Some("one".into()), ..create("r") });
    let update = UpdateRole { role_name: "r".into(), ..UpdateRole::default() };
    kit.ok(&UpdateRole { max_session_duration: Some(7200), ..update.clone() });
    kit.ok(&update);
    let role = get(&kit, "r");
    assert_eq!((role.description.as_deref(), role.max_session_duration), (Some("one"), Some(7200)));
    let changed = kit.ok(&UpdateRoleDescription { role_name: "r".into(), description: "two".into() }).role.unwrap();
    assert_eq!((changed.description.as_deref(), changed.max_session_duration), (Some("two"), None));
}

#[test]
fn a_trust_policy_has_its_own_sentences_and_quota() {
    let kit = Kit::new();
    let error = kit.refused(&CreateRole { assume_role_policy_document: "{".into(), ..create("r") });
    assert_eq!(error.message, "This policy contains invalid Json");
    kit.ok(&create("r"));
    let large = TRUST.replace("\"Action\"", &format!("\"Sid\":\"{}\",\"Action\"", "s".repeat(2048)));
    let error = kit.refused(&UpdateAssumeRolePolicy { role_name: "r".into(), policy_document: large });
    assert_eq!((error.code.as_ref(), error.status), ("LimitExceeded", 409));
    assert_eq!(error.message, "Cannot exceed quota for ACLSizePerRole: 2048");
    assert_eq!(get(&kit, "r").assume_role_policy_document.as_deref(), Some(TRUST));
}

#[test]
fn a_role_in_use_is_not_deleted() {
    let kit = Kit::new();
    kit.ok(&create("r"));
    let delete = DeleteRole { role_name: "r".into() };
    let call = |name: &str, input: Value| kit.call(name, input).unwrap();
    call("CreateInstanceProfile", json!({"InstanceProfileName": "i"}));
    call("AddRoleToInstanceProfile", json!({"InstanceProfileName": "i", "RoleName": "r"}));
    call("PutRolePolicy", json!({"RoleName": "r", "PolicyName": "p", "PolicyDocument": ALLOW}));
    let arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    call("AttachRolePolicy", json!({"RoleName": "r", "PolicyArn": arn}));
    let profile = "Cannot delete entity, must remove roles from instance profile first.";
    assert_eq!(kit.refused(&delete).message, profile);
    call("RemoveRoleFromInstanceProfile", json!({"InstanceProfileName": "i", "RoleName": "r"}));
    assert_eq!(kit.refused(&delete).message, "Cannot delete entity, must detach all policies first.");
    call("DetachRolePolicy", json!({"RoleName": "r", "PolicyArn": arn}));
    assert_eq!(kit.refused(&delete).message, "Cannot delete entity, must delete policies first.");
    call("DeleteRolePolicy", json!({"RoleName": "r", "PolicyName": "p"}));
    kit.ok(&delete);
    assert_eq!(kit.refused(&delete).message, "The role with name r cannot be found.");
}

#[test]
fn a_service_linked_role_is_only_its_service_s_to_change() {
    let kit = Kit::new();
    kit.ok(&create("r"));
    let row = kit.account.row;
    kit.store
        .write(|sql| {
            let text = "UPDATE role SET service = 'x.amazonaws.com'
                        WHERE entity = (SELECT id FROM entity WHERE account = ?1 AND kind = ?2)";
            Ok(sql.execute(text, [row, i64::from(Kind::Role.number())])?)
        })
        .unwrap();
    for (name, input) in [
        ("DeleteRole", json!({"RoleName": "r"})),
        ("UpdateAssumeRolePolicy", json!({"RoleName": "r", "PolicyDocument": TRUST})),
        ("PutRolePolicy", json!({"RoleName": "r", "PolicyName": "p", "PolicyDocument": ALLOW})),
        ("AttachRolePolicy", json!({"RoleName": "r", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"})),
        ("DeleteRolePermissionsBoundary", json!({"RoleName": "r"})),
        ("UpdateRole", json!({"RoleName": "r", "MaxSessionDuration": 7200})),
    ] {
        let error = kit.call(name, input).unwrap_err();
        assert_eq!((error.code.as_ref(), error.status), ("UnmodifiableEntity", 400), "{name}");
        let expected = "Cannot perform the operation on the protected role 'r' - this role is only modifiable by AWS";
        assert_eq!(error.message, expected);
    }
    kit.ok(&UpdateRole { role_name: "r".into(), description: Some("d".into()), ..UpdateRole::default() });
    kit.call("TagRole", json!({"RoleName": "r", "Tags": [{"Key": "k", "Value": "v"}]})).unwrap();
}

#[test]
fn the_path_of_service_linked_roles_is_theirs_alone() {
    let kit = Kit::new();
    let error = kit.refused(&CreateRole { path: Some("/aws-service-role/ecs.amazonaws.com/".into()), ..create("r") });
    assert_eq!(error.code, "InvalidInput");
    assert_eq!(error.message, "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles");
    kit.ok(&CreateRole { path: Some("/aws-service/".into()), ..create("r") });
}
