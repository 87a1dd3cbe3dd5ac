//! Services and actions that are granted and not used.

use serde_json::json;

use super::{allow, demo, inline, kit, people, role, role_inline, trusting, user};
use crate::account::{LastAccessed, Reports};
use crate::api::{ServiceLastAccessed, TrackedActionLastAccessed};
use crate::insight::{People, SubjectKind, findings, unused, unused_actions, unused_services};
use crate::store::Used;
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
        kit.store.note_key_use(&kit.account, id, Used { service, action: "Do", region: "eu-west-1" }).unwrap();
    }
    assert_eq!(told(&kit)[0].2, "used 2 of 3 services, not sns");
    let id = people(&kit).subjects[0].id.clone();
    let used = Used { service: "sns", action: "Publish", region: "eu-west-1" };
    kit.store.note_session_use(&kit.account, &id, used).unwrap();
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

#[test]
fn actions_beyond_those_called_are_told_where_all_calls_are_known() {
    let some = json!([allow("iam:ListUsers", "*"), allow("iam:GetUser", "*"), allow("iam:PassRole", "*")]);
    let kit = kit(&[user("ann"), inline("ann", some.clone()), user("old"), inline("old", some)]);
    let key_of = |name: &str| {
        let key = kit.call("CreateAccessKey", json!({ "UserName": name })).unwrap();
        key["AccessKey"]["AccessKeyId"].as_str().unwrap().to_owned()
    };
    let told = || -> Vec<(String, String)> {
        let found = unused_actions(&kit.store, &people(&kit)).unwrap();
        found.iter().map(|one| (one.name.clone(), one.sentence())).collect()
    };
    let used = Used { service: "iam", action: "ListUsers", region: "us-east-1" };
    // Somebody used IAM when actions were not noted yet.
    kit.used("old", "iam", 1);
    kit.noted("old", "*", 1);
    for name in ["ann", "old"] {
        kit.store.note_key_use(&kit.account, &key_of(name), used).unwrap();
    }
    assert_eq!(told(), [("ann".to_owned(), "used 1 of 2 actions of iam, not GetUser".to_owned())]);
    kit.noted("old", "*", 91);
    assert_eq!(told().len(), 2);
    kit.store.note_key_use(&kit.account, &key_of("ann"), Used { action: "GetUser", ..used }).unwrap();
    assert_eq!(told().len(), 1);
}

#[test]
fn reports_of_an_endpoint_take_the_place_of_what_is_known_here() {
    let kit = kit(&[user("ann"), inline("ann", json!([allow("iam:*", "*"), allow("s3:*", "*")])), user("bob")]);
    let people = people(&kit);
    let ann = &people.subjects[0].arn;
    let tracked = |name: &str, days: Option<i64>| TrackedActionLastAccessed {
        action_name: Some(name.to_owned()),
        last_accessed_time: days.map(|days| people.now - jiff::SignedDuration::from_hours(24 * days)),
        ..TrackedActionLastAccessed::default()
    };
    let service = |name: &str, days: i64, actions: Vec<TrackedActionLastAccessed>| ServiceLastAccessed {
        service_namespace: name.to_owned(),
        last_authenticated: Some(people.now - jiff::SignedDuration::from_hours(24 * days)),
        tracked_actions_last_accessed: Some(actions).filter(|actions| !actions.is_empty()),
        ..ServiceLastAccessed::default()
    };
    let services = vec![
        service("iam", 2, vec![tracked("GetUser", Some(2)), tracked("ListUsers", None), tracked("GetRole", Some(120))]),
        service("s3", 100, Vec::new()),
    ];
    let report = LastAccessed { arn: ann.clone(), as_of: people.now, services };
    let gone = ("arn:aws:iam::123456789012:user/bob".to_owned(), "it broke off".to_owned());
    let mut found = findings(&kit.store, &people).unwrap();
    found.take_in(&people, &Reports { done: vec![report], failed: vec![gone] });
    assert_eq!(found.unused_services[0].sentence(), "used 1 of 2 services, not s3");
    assert_eq!(found.unused_actions[0].sentence(), "used 1 of 3 actions of iam, not ListUsers, GetRole");
    assert_eq!(found.unused_actions[0].as_of, Some(people.now));
    assert_eq!(found.unknown, ["What arn:aws:iam::123456789012:user/bob used is not known: it broke off."]);
}

#[test]
fn roles_that_an_account_file_tells_no_use_of_were_not_used() {
    let kit = kit(&[role("app", &json!([trusting(json!({"Service": "ec2.amazonaws.com"}))])), user("ann")]);
    kit.write("UPDATE entity SET created = created - 500 * 86400");
    let mut account = kit.account.clone();
    assert_eq!(unused(&kit.store, &account).unwrap()[0].sentence(), "role never used in 500 days");
    account.imported = Some(kit.store.now());
    assert_eq!(unused(&kit.store, &account).unwrap()[0].sentence(), "role never used in 400 days");
}
