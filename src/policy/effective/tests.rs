//! What sets of policies come to.

use super::{ChangeKind, LevelAccess, Reach, diff, escalations, is_administrator, summary, unknown_actions};
use crate::policy::catalog::{self, AccessLevel};
use crate::policy::compiled::Compiled;
use crate::policy::decision::{Attached, Policies};
use crate::policy::document::Document;

/// A principal with these statements.
fn principal(statements: &str) -> Policies {
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
    Policies { identity: vec![Attached::new("p", Compiled::parse(&text))], ..Policies::default() }
}

fn allow(action: &str, resource: &str) -> String {
    format!(r#"{{"Effect": "Allow", "Action": "{action}", "Resource": "{resource}"}}"#)
}

fn deny(action: &str) -> String {
    format!(r#"{{"Effect": "Deny", "Action": "{action}", "Resource": "*"}}"#)
}

/// How far an action of the catalog is within reach.
fn reach(policies: &Policies, action: &str) -> Reach {
    super::Standing::of(&super::Asked::of(catalog::action(action).unwrap()), policies).reach
}

#[test]
fn reach_is_that_of_the_narrowest_layer() {
    let mut policies = principal(&allow("s3:*", "*"));
    assert_eq!(reach(&policies, "s3:GetObject"), Reach::Full);
    assert_eq!(reach(&policies, "ec2:RunInstances"), Reach::None);
    policies.boundary = Some(principal(&allow("s3:GetObject", "arn:aws:s3:::b/*")).identity);
    assert_eq!(reach(&policies, "s3:GetObject"), Reach::Limited);
    assert_eq!(reach(&policies, "s3:PutObject"), Reach::None);
}

#[test]
fn a_statement_on_resources_an_action_does_not_work_on_does_not_count() {
    let policies = principal(&allow("s3:*", "arn:aws:s3:::b"));
    assert_eq!(reach(&policies, "s3:ListBucket"), Reach::Limited);
    assert_eq!(reach(&policies, "s3:ListAllMyBuckets"), Reach::None);
}

#[test]
fn a_difference_names_what_fares_differently() {
    let before = principal(
        &[allow("s3:GetObject", "arn:aws:s3:::a/*"), allow("s3:PutObject", "*"), allow("iam:GetUser", "*")].join(","),
    );
    let after = principal(
        &[
            allow("s3:GetObject", "arn:aws:s3:::a/*"),
            allow("s3:GetObject", "arn:aws:s3:::b/*"),
            allow("s3:PutObject", "arn:aws:s3:::a/*"),
            allow("iam:CreateUser", "*"),
        ]
        .join(","),
    );
    let changes: Vec<_> = diff(&before, &after).iter().map(|change| (change.action.full_name(), change.kind)).collect();
    let expected = [
        ("iam:CreateUser", ChangeKind::Allowed),
        ("iam:GetUser", ChangeKind::Denied),
        ("s3:GetObject", ChangeKind::Widened),
        ("s3:PutObject", ChangeKind::Narrowed),
    ];
    assert_eq!(changes, expected.map(|(name, kind)| (name.to_owned(), kind)));
    assert!(diff(&after, &after).is_empty());
}

#[test]
fn a_summary_has_services_levels_and_denials() {
    let found = summary(&principal(&[allow("sqs:*", "*"), allow("iam:Get*", "*"), deny("sqs:DeleteQueue")].join(",")));
    let services: Vec<_> = found.allowed.iter().map(|one| one.service.prefix).collect();
    assert_eq!(services, ["iam", "sqs"]);
    let levels = &found.allowed[1].levels;
    assert!(
        levels.contains(&(AccessLevel::Read, LevelAccess::Full))
            && levels.contains(&(AccessLevel::Write, LevelAccess::Limited))
    );
    assert_eq!(found.denied.len(), 1);
    assert_eq!(found.denied[0].actions[0].action.name, "DeleteQueue");
    let document = Document::parse(r#"{"Statement": {"Action": ["s3:GetObject", "s3:GetObjekt", "*"]}}"#);
    assert_eq!(unknown_actions(&document), ["s3:GetObjekt"]);
}

#[test]
fn ways_to_escalate_are_named() {
    let found =
        escalations(&principal(&[allow("iam:PassRole", "arn:aws:iam::*:role/x"), allow("lambda:*", "*")].join(",")));
    let names: Vec<_> = found.iter().map(|one| (one.way.name, one.is_certain)).collect();
    assert!(names.contains(&("new function, invoked", false)) && names.contains(&("code of a function", true)));
    assert!(!names.iter().any(|(name, _)| *name == "new instance"));
    let admin = principal(&allow("*", "*"));
    assert!(is_administrator(&admin) && escalations(&admin).is_empty());
    let nearly = principal(&[allow("*", "*"), deny("iam:*")].join(","));
    assert!(!is_administrator(&nearly));
}

#[test]
fn every_action_of_a_way_exists() {
    for action in super::WAYS.iter().flat_map(|way| way.actions) {
        assert!(catalog::action(action).is_some(), "{action}");
    }
}
