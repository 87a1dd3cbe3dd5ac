//! Refusals one by one; the recorded cases are in `tests/policy_cases.rs`.

use super::refuse;
use crate::policy::PolicyType;

fn message(text: &str, kind: PolicyType) -> String {
    refuse(text, kind).err().map_or_else(String::new, |refusal| refusal.message)
}

/// A policy with this one statement.
fn policy(statement: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": {statement}}}"#)
}

fn identity(statement: &str) -> String {
    message(&policy(statement), PolicyType::Identity)
}

fn trust(statement: &str) -> String {
    message(&policy(statement), PolicyType::RoleTrust)
}

#[test]
fn what_iam_takes_is_not_refused() {
    let action = r#""Effect": "Allow", "Action": "s3:GetObject""#;
    for resource in [
        "*",
        "arn:aws:s3:::b/*",
        "arn:*:s3:::b",
        "arn:aws:iam::*:root",
        "arn:aws:iam::123456789012:*",
        "arn:aws:fdsasf",
    ] {
        assert_eq!(identity(&format!(r#"{{{action}, "Resource": "{resource}"}}"#)), "", "{resource}");
    }
    for condition in [r#"{"stringequals": {"a": "b"}}"#, r#"{"NumericLessThan": {"s3:max-keys": 10}}"#, r#"{"x": {}}"#]
    {
        assert_eq!(
            identity(&format!(r#"{{{action}, "Resource": ["*", null], "Condition": {condition}}}"#)),
            "",
            "{condition}"
        );
    }
}

#[test]
fn equal_keys_are_refused() {
    let twice = r#"{"Effect": "Deny", "Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    assert_eq!(identity(twice), "Syntax errors in policy.");
    assert_eq!(trust(twice), "This policy contains invalid Json");
}

#[test]
fn the_first_of_several_reasons_is_given() {
    let all = r#"[{"Sid": "a", "Effect": "Allow", "Resource": "x"}, {"Sid": "a", "Effect": "Allow", "Action": "x", "Resource": "y"}]"#;
    assert_eq!(identity(all), "Statement IDs (SID) in a single policy must be unique.");
    assert_eq!(identity(&all.replacen("\"a\"", "\"b\"", 1)), "Policy statement must contain actions.");
    let resources = all.replacen("\"a\"", "\"b\"", 1).replacen(
        "\"Resource\": \"x\"",
        "\"Action\": \"s3:*\", \"Resource\": \"x\"",
        1,
    );
    assert_eq!(identity(&resources), "Resource y must be in ARN format or \"*\".");
}

#[test]
fn the_sentence_on_iam_paths_has_changed() {
    let text = policy(r#"{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:iam:::x"}"#);
    let refusal = refuse(&text, PolicyType::Identity).unwrap_err();
    assert!(refusal.message.contains("\"*\" or start with user/"));
    assert!(refusal.message_now().contains("\"*\", root, or start with user/"));
    assert_eq!(refusal.span.unwrap().of(&text), "\"arn:aws:iam:::x\"");
}

#[test]
fn principals_belong_to_resources() {
    let with = r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#;
    assert_eq!(identity(with), "Policy document should not specify a principal.");
    assert_eq!(message(&policy(with), PolicyType::Resource), "");
    let without = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#;
    assert_eq!(message(&policy(without), PolicyType::Resource), "Missing required field Principal");
}

#[test]
fn old_versions_are_refused_of_managed_policies_only() {
    let text = r#"{"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}"#;
    assert_eq!(message(text, PolicyType::Identity), "Policy document must be version 2012-10-17 or greater.");
    assert_eq!(message(text, PolicyType::InlineUser), "");
}

#[test]
fn trust_policies_have_their_own_sentences() {
    let service = r#""Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}"#;
    let cases = [
        (format!(r#"{{{service}, "Action": ["sts:AssumeRole", "sts:TagSession"]}}"#), ""),
        (format!(r#"{{{service}, "Action": "sts:AssumeRole*"}}"#), ""),
        (
            format!(r#"{{{service}, "Action": "sts:InvalidAction"}}"#),
            "AssumeRole policy may only specify STS AssumeRole actions.",
        ),
        (format!(r#"{{{service}, "Action": "*"}}"#), "AssumeRole policy may only specify STS AssumeRole actions."),
        (format!(r#"{{{service}, "Action": "sts:AssumeRole", "Resource": "*"}}"#), "Has prohibited field Resource"),
        (format!(r#"{{{service}, "Action": "sts:AssumeRole", "Comment": ""}}"#), "Unknown field Comment"),
        (r#"{"Effect": "Allow", "Action": "sts:AssumeRole"}"#.to_owned(), "Missing required field Principal"),
        (r#"{"Principal": "*", "Action": "sts:AssumeRole"}"#.to_owned(), "Missing required field Effect"),
        (
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:s3:::x"}, "Action": "sts:AssumeRole"}"#.to_owned(),
            r#"Invalid principal in policy: "AWS":"arn:aws:s3:::x""#,
        ),
    ];
    for (statement, expected) in cases {
        assert_eq!(trust(&statement), expected, "{statement}");
    }
    assert_eq!(message("not valid json", PolicyType::RoleTrust), "This policy contains invalid Json");
}

#[test]
fn control_policies_are_refused_in_one_sentence() {
    let deny = r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}"#;
    assert_eq!(message(&policy(deny), PolicyType::ServiceControl), "");
    assert_eq!(message(&policy(deny), PolicyType::ResourceControl), super::NOT_MET);
}

#[test]
fn every_aws_managed_policy_is_taken() {
    let refused = |policy: &crate::policy::catalog::managed::ManagedPolicy| {
        refuse(policy.document(), PolicyType::Identity)
            .err()
            .map(|refusal| format!("{}: {}", policy.name, refusal.message))
    };
    let refused: Vec<_> = crate::policy::catalog::managed::all().iter().filter_map(refused).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn a_trust_policy_names_principals_whole() {
    let to = |principal: &str| {
        let principal = format!(r#""Principal": {{"AWS": "{principal}"}}"#);
        trust(&format!(r#"{{"Effect": "Allow", {principal}, "Action": "sts:AssumeRole"}}"#))
    };
    for principal in [
        "*",
        "111122223333",
        "arn:aws:iam::111122223333:root",
        "arn:aws:iam::111122223333:role/app/r",
        "arn:aws:sts::111122223333:assumed-role/r/s",
        "arn:aws:sts::111122223333:federated-user/ann",
    ] {
        assert_eq!(to(principal), "", "{principal}");
    }
    for principal in ["arn:aws:iam::111122223333:role/app-*", "arn:aws:iam::111122223333:group/devs", "my-company"] {
        assert_eq!(to(principal), format!("Invalid principal in policy: \"AWS\":\"{principal}\""));
    }
}
