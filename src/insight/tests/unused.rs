//! Services that are granted and not used.

use serde_json::json;

use super::{allow, demo, inline, kit, people, role, role_inline, trusting, user};
use crate::insight::{People, SubjectKind, unused_services};
use crate::store::kit::Kit;

fn told(kit: &Kit) -> Vec<(SubjectKind, String, String)> {
    let found = unused_services(&kit.store, &people(kit)).unwrap();
    found.iter().map(|one| (one.kind, one.name.clone(), one.sentence())).collect()
}

#[test]
fn services_beyond_those_used_are_told_of_the_active() {
    let kit = kit(&[
        user("ann"),
        inline("ann", json!([allow("s3:*", "*"), allow("sqs:Get*", "*"), allow("iam:ListUsers", "*")])),
        user("idle"),
        inline("idle", json!([allow("s3:*", "*")])),
        user("thrifty"),
        inline("thrifty", json!([allow("s3:*", "*")])),
        role("app", &json!([trusting(json!({"Service": "ec2.amazonaws.com"}))])),
        role_inline("app", json!([allow("dynamodb:*", "*"), allow("s3:GetObject", "*")])),
    ]);
    kit.used("ann", "s3", 1);
    kit.used("ann", "sqs", 91);
    kit.used("idle", "s3", 200);
    kit.used("thrifty", "s3", 90);
    kit.used("app", "s3", 2);
    let of = |kind, name: &str, says: &str| (kind, name.to_owned(), says.to_owned());
    assert_eq!(
        told(&kit),
        [
            of(SubjectKind::User, "ann", "used 1 of 3 services, not iam, sqs"),
            of(SubjectKind::Role, "app", "used 1 of 2 services, not dynamodb"),
        ]
    );
    let found = unused_services(&kit.store, &people(&kit)).unwrap();
    let last: Vec<bool> = found[0].unused.iter().map(|one| one.last_used.is_some()).collect();
    assert_eq!((found[0].granted, last), (3, vec![false, true]));
}

#[test]
fn what_an_import_cannot_know_is_not_told() {
    let kit = kit(&[user("ann"), inline("ann", json!([allow("s3:*", "*"), allow("sqs:*", "*")]))]);
    kit.used("ann", "s3", 1);
    assert_eq!(told(&kit).len(), 1);
    let mut people = people(&kit);
    people.account.imported = Some(kit.store.now());
    assert!(unused_services(&kit.store, &people).unwrap().is_empty());
}

#[test]
fn the_use_of_a_key_is_remembered_by_service() {
    let kit = kit(&[user("ann"), inline("ann", json!([allow("s3:*", "*"), allow("sqs:*", "*"), allow("sns:*", "*")]))]);
    let key = kit.call("CreateAccessKey", json!({"UserName": "ann"})).unwrap();
    let id = key["AccessKey"]["AccessKeyId"].as_str().unwrap();
    for service in ["s3", "sqs"] {
        kit.store.note_key_use(&kit.account, id, service, "eu-west-1").unwrap();
    }
    assert_eq!(told(&kit)[0].2, "used 2 of 3 services, not sns");
    let id = people(&kit).subjects[0].id.clone();
    kit.store.note_session_use(&kit.account, &id, "sns", "eu-west-1").unwrap();
    assert!(told(&kit).is_empty());
}

#[test]
fn the_demo_account_has_some() {
    let (store, account) = demo();
    let found = unused_services(&store, &People::read(&store, &account).unwrap()).unwrap();
    assert!(
        found.iter().any(|one| one.kind == SubjectKind::Role) && found.iter().any(|one| one.kind == SubjectKind::User)
    );
    assert!(found.iter().all(|one| one.used.len() + one.unused.len() == one.granted));
}
