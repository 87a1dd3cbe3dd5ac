//! Decisions one by one; the documented cases are in `tests/policy_cases.rs`, the laws in `tests/policy_laws.rs`.

use super::{Answer, Attached, Layer, Level, Outcome, Policies, Principal, Request, answer, decide, explain};
use crate::policy::compiled::Compiled;
use crate::policy::condition::Truth;

const USER: &str = "arn:aws:iam::111122223333:user/ann";
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/app/s";
const OBJECT: &str = "arn:aws:s3:::b/k";

/// A policy with these statements.
fn policy(statements: &str) -> Attached {
    Attached::new("p", Compiled::parse(&format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#)))
}

fn allow(action: &str) -> Attached {
    policy(&format!(r#"{{"Sid": "A", "Effect": "Allow", "Action": "{action}", "Resource": "*"}}"#))
}

fn deny(action: &str) -> Attached {
    policy(&format!(r#"{{"Effect": "Deny", "Action": "{action}", "Resource": "*"}}"#))
}

fn to(principal: &str) -> Attached {
    policy(&format!(r#"{{"Effect": "Allow", "Principal": {principal}, "Action": "*", "Resource": "*"}}"#))
}

fn request(principal: &str, action: &str, resource: &str) -> Request {
    Request::new(Principal::parse(principal), action, resource)
}

fn outcome(principal: &str, policies: &Policies) -> Outcome {
    decide(&request(principal, "s3:GetObject", OBJECT), policies).outcome
}

#[test]
fn nothing_is_allowed_until_something_allows_it() {
    assert_eq!(outcome(USER, &Policies::default()), Outcome::ImplicitDeny);
    let allowed = Policies { identity: vec![allow("s3:*")], ..Policies::default() };
    assert_eq!(outcome(USER, &allowed), Outcome::Allowed);
    let denied = Policies { identity: vec![allow("s3:*"), deny("S3:get*")], ..Policies::default() };
    assert_eq!(outcome(USER, &denied), Outcome::ExplicitDeny);
}

#[test]
fn the_root_user_needs_no_policy_and_is_still_limited() {
    let root = "arn:aws:iam::111122223333:root";
    assert_eq!(outcome(root, &Policies::default()), Outcome::Allowed);
    let levels = vec![Level { target: "r".into(), policies: vec![deny("s3:*")] }];
    assert_eq!(outcome(root, &Policies { scps: levels, ..Policies::default() }), Outcome::ExplicitDeny);
    let assume = request(root, "sts:AssumeRole", "arn:aws:iam::111122223333:role/x");
    let policies = Policies { resource: Some(to("\"*\"")), ..Policies::default() };
    assert_eq!(decide(&assume, &policies).outcome, Outcome::ImplicitDeny);
}

#[test]
fn a_resource_policy_bypasses_limits_by_how_it_names_the_principal() {
    let with = |principal: &str| Policies {
        boundary: Some(vec![allow("ec2:*")]),
        session: Some(vec![allow("ec2:*")]),
        resource: Some(to(principal)),
        ..Policies::default()
    };
    assert_eq!(outcome(USER, &with(&format!(r#"{{"AWS": "{USER}"}}"#))), Outcome::Allowed);
    assert_eq!(outcome(SESSION, &with(&format!(r#"{{"AWS": "{SESSION}"}}"#))), Outcome::Allowed);
    assert_eq!(outcome(SESSION, &with("\"*\"")), Outcome::Allowed);
    let role = decide(
        &request(SESSION, "s3:GetObject", OBJECT),
        &with(r#"{"AWS": "arn:aws:iam::111122223333:role/path/app"}"#),
    );
    assert_eq!(role.outcome, Outcome::ImplicitDeny);
    assert_eq!(role.blocked_by.iter().collect::<Vec<_>>(), [Layer::Boundary, Layer::Session]);
    assert_eq!(outcome(USER, &with(r#"{"AWS": "111122223333"}"#)), Outcome::ImplicitDeny);
}

#[test]
fn between_accounts_both_sides_must_allow() {
    let mut asked = request(USER, "s3:GetObject", OBJECT);
    asked.resource_account = Some("444455556666".to_owned());
    let both = Policies {
        identity: vec![allow("*")],
        resource: Some(to(r#"{"AWS": "111122223333"}"#)),
        ..Policies::default()
    };
    assert!(decide(&asked, &both).is_allowed());
    let theirs = Policies { identity: Vec::new(), ..both.clone() };
    assert_eq!(decide(&asked, &theirs).blamed(), Some(Layer::Identity));
    let ours = Policies { resource: None, ..both };
    assert_eq!(decide(&asked, &ours).blamed(), Some(Layer::Resource));
}

#[test]
fn role_trust_and_key_policies_must_allow_even_in_one_account() {
    let all = Policies { identity: vec![allow("*")], ..Policies::default() };
    let assume = request(USER, "sts:AssumeRole", "arn:aws:iam::111122223333:role/app");
    assert_eq!(decide(&assume, &all).blamed(), Some(Layer::RoleTrust));
    let decrypt = request(USER, "kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/1");
    assert_eq!(decide(&decrypt, &all).blamed(), Some(Layer::Resource));
    assert!(decide(&request(USER, "kms:ListKeys", "*"), &all).is_allowed());
}

#[test]
fn service_linked_roles_are_free_of_control_policies() {
    let policies = Policies {
        identity: vec![allow("*")],
        scps: vec![Level { target: "r".into(), policies: vec![deny("*")] }],
        rcps: vec![Level {
            target: "r".into(),
            policies: vec![policy(r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}"#)],
        }],
        ..Policies::default()
    };
    assert_eq!(outcome("arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForECS/s", &policies), Outcome::Allowed);
    assert_eq!(outcome(SESSION, &policies), Outcome::ExplicitDeny);
}

#[test]
fn not_principal_spares_those_it_names_themselves() {
    let spared = |principal: &str, listed: &str| {
        let statement =
            format!(r#"{{"Effect": "Deny", "NotPrincipal": {{"AWS": {listed}}}, "Action": "*", "Resource": "*"}}"#);
        let policies =
            Policies { identity: vec![allow("*")], resource: Some(policy(&statement)), ..Policies::default() };
        outcome(principal, &policies) == Outcome::Allowed
    };
    assert!(spared(USER, &format!(r#"["{USER}", "111122223333"]"#)));
    assert!(!spared(USER, r#""111122223333""#));
    assert!(!spared(SESSION, r#""arn:aws:iam::111122223333:role/app""#));
    assert!(spared("arn:aws:iam::111122223333:root", r#""111122223333""#));
}

#[test]
fn what_is_unknown_gives_a_third_answer() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${aws:PrincipalTag/team}/*"}"#;
    let policies = Policies { identity: vec![policy(statement)], ..Policies::default() };
    let mut asked = request(USER, "s3:GetObject", OBJECT);
    assert!(matches!(answer(&asked, &policies), Answer::Decided(found) if !found.is_allowed()));
    asked.context.set_unknown("aws:PrincipalTag/team");
    let Answer::Depends { best, worst, keys } = answer(&asked, &policies) else { panic!("it depends") };
    assert_eq!((best.outcome, worst.outcome), (Outcome::Allowed, Outcome::ImplicitDeny));
    assert_eq!(keys, ["aws:principaltag/team"]);
    let sure = Policies { identity: vec![policy(statement), allow("s3:*")], ..Policies::default() };
    assert!(matches!(answer(&asked, &sure), Answer::Decided(found) if found.is_allowed()));
}

#[test]
fn an_explanation_names_the_statements() {
    let policies = Policies {
        identity: vec![
            allow("s3:*"),
            allow("ec2:*"),
            policy(
                r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}"#,
            ),
        ],
        boundary: Some(vec![allow("ec2:*")]),
        ..Policies::default()
    };
    let why = explain(&request(USER, "s3:GetObject", OBJECT), &policies);
    assert_eq!(why.decision.outcome, Outcome::ImplicitDeny);
    let [identity, boundary] = &why.layers[..] else { panic!("two layers") };
    assert_eq!((identity.layer, identity.outcome), (Layer::Identity, Outcome::Allowed));
    assert_eq!(
        identity.statements.iter().map(super::StatementReport::applies).collect::<Vec<_>>(),
        [Truth::Yes, Truth::No]
    );
    assert_eq!(identity.statements[0].sid.as_deref(), Some("A"));
    assert_eq!((boundary.outcome, boundary.statements.len()), (Outcome::ImplicitDeny, 0));
}

#[test]
fn a_denial_says_why_as_aws_does() {
    let asked = request(USER, "iam:CreateUser", "arn:aws:iam::111122223333:user/x");
    let found = decide(&asked, &Policies::default());
    assert_eq!(
        found.access_denied(&asked).unwrap(),
        "User: arn:aws:iam::111122223333:user/ann is not authorized to perform: iam:CreateUser on resource: \
         arn:aws:iam::111122223333:user/x because no identity-based policy allows the iam:CreateUser action"
    );
    let denied = Policies { identity: vec![deny("iam:*")], ..Policies::default() };
    assert_eq!(decide(&asked, &denied).reason(&asked).unwrap(), "with an explicit deny in an identity-based policy");
}
