//! Completion and hover as an editor asks for them: a text with `|` where the cursor stands.

use super::{AccountNames, Candidate, Completion, complete, hover};
use crate::policy::PolicyType;

fn names() -> AccountNames {
    AccountNames {
        account: Some("123456789012".to_owned()),
        users: vec!["ann".to_owned(), "/ops/bob".to_owned()],
        roles: vec!["app".to_owned()],
        policies: vec!["Own".to_owned()],
        buckets: vec!["logs".to_owned()],
        providers: vec!["arn:aws:iam::123456789012:saml-provider/Okta".to_owned()],
        ..AccountNames::default()
    }
}

fn at(text: &str, kind: PolicyType) -> (Completion, String) {
    let plain = text.replace('|', "");
    (complete(&plain, text.find('|').unwrap(), kind, &names()), plain)
}

fn labels(text: &str, kind: PolicyType) -> Vec<String> {
    at(text, kind).0.candidates.into_iter().map(|candidate| candidate.label).collect()
}

fn identity(text: &str) -> Vec<String> {
    labels(text, PolicyType::Identity)
}

#[test]
fn keys_are_those_that_are_missing_and_allowed() {
    assert_eq!(identity(r#"{"Version": "2012-10-17", "|"}"#), ["Statement", "Id"]);
    let statement = r#"{"Statement": [{"Effect": "Allow", "Action": "*", |}]}"#;
    assert_eq!(identity(statement), ["Sid", "Resource", "NotResource", "Condition"]);
    assert!(labels(statement, PolicyType::Resource).contains(&"Principal".to_owned()));
    assert!(!labels(statement, PolicyType::RoleTrust).contains(&"Resource".to_owned()));
    let resource = at(statement, PolicyType::Identity).0.candidates[1].clone();
    assert_eq!((resource.insert.as_str(), resource.rest.as_str()), ("\"Resource\": \"", "\""));
}

#[test]
fn services_then_actions_with_their_level() {
    let services = identity(r#"{"Statement": [{"Action": "s3|"}]}"#);
    assert_eq!(services[0], "s3:");
    let (completion, text) = at(r#"{"Statement": [{"Action": ["s3:GetObj|ect"]}]}"#, PolicyType::Identity);
    let first: &Candidate = &completion.candidates[0];
    assert_eq!((first.label.as_str(), first.detail.as_str()), ("s3:GetObject", "Read"));
    assert_eq!((completion.range.of(&text), completion.is_done), ("s3:GetObject\"", true));
    assert!(identity(r#"{"Statement": [{"Action": "S3:get|"}]}"#).contains(&"S3:GetObject".to_owned()));
    assert_eq!(
        labels(r#"{"Statement": [{"Action": "AssumeRoleWithS|"}]}"#, PolicyType::RoleTrust),
        ["sts:AssumeRoleWithSAML"]
    );
}

#[test]
fn in_a_string_that_is_not_closed_only_what_is_typed_is_replaced() {
    for text in [r#"{"Statement": [{"Action": ["s3:GetObj|],"#, r#"{"Statement": [{"Action": "s3:GetObj|"#] {
        let (completion, text) = at(text, PolicyType::Identity);
        assert_eq!(completion.range.of(&text), "s3:GetObj");
        assert_eq!(completion.candidates[0].insert, "s3:GetObject\"");
    }
}

#[test]
fn what_is_taken_is_closed_and_a_beginning_is_left_open() {
    let taken = |text: &str| {
        let (completion, plain) = at(text, PolicyType::Identity);
        let Candidate { insert, rest, .. } = &completion.candidates[0];
        let (before, after) = (&plain[..completion.range.start], &plain[completion.range.end..]);
        format!("{before}{insert}|{rest}{after}")
    };
    let cases = [
        (r#"{"Stat|"#, r#"{"Statement": [|]"#),
        (r#"{"Statement": [{"Eff|"}]}"#, r#"{"Statement": [{"Effect": "|"}]}"#),
        (r#"{"Statement": [{"Eff|": "Allow"}]}"#, r#"{"Statement": [{"Effect"|: "Allow"}]}"#),
        (r#"{"Statement": [{"Effect": |}]}"#, r#"{"Statement": [{"Effect": "Allow"|}]}"#),
        (r#"{"Statement": [{"Action": "s3|"}]}"#, r#"{"Statement": [{"Action": "s3:|"}]}"#),
        (r#"{"Statement": [{"Action": ["dynamodb:Scan|"#, r#"{"Statement": [{"Action": ["dynamodb:Scan"|"#),
        (r#"{"Statement": [{"Condi|"}]}"#, r#"{"Statement": [{"Condition": {|}}]}"#),
        (
            r#"{"Statement": [{"Condition": {"StringEq|"}}]}"#,
            r#"{"Statement": [{"Condition": {"StringEquals": {|}}}]}"#,
        ),
        (
            r#"{"Statement": [{"Condition": {"Null": {"aws:RequestT|"}}}]}"#,
            r#"{"Statement": [{"Condition": {"Null": {"aws:RequestTag/|"}}}]}"#,
        ),
    ];
    for (text, after) in cases {
        assert_eq!(taken(text), after, "{text}");
    }
}

#[test]
fn resources_are_those_of_the_actions_with_the_accounts_names() {
    let s3 = identity(r#"{"Statement": [{"Action": "s3:GetObject", "Resource": "|"}]}"#);
    assert!(s3.contains(&"arn:aws:s3:::logs/*".to_owned()) && s3.contains(&"arn:aws:s3:::*/*".to_owned()));
    assert!(!s3.iter().any(|arn| arn.contains(":iam:")));
    let iam = identity(r#"{"Statement": [{"Action": "iam:PassRole", "Resource": "role/a|"}]}"#);
    assert_eq!(iam[0], "arn:aws:iam::123456789012:role/app");
    let passed = identity(r#"{"Statement": [{"Action": "iam:Pass*", "Resource": "|"}]}"#);
    assert_eq!(passed, ["*", "arn:aws:iam::123456789012:role/app", "arn:aws:iam::123456789012:role/*"]);
    let assumed = identity(r#"{"Statement": [{"Action": ["sts:AssumeRole"], "Resource": ["|"]}]}"#);
    assert_eq!(assumed[1], "arn:aws:iam::123456789012:role/app");
    assert_eq!(identity(r#"{"Statement": [{"Action": "ec2:DescribeInstances", "Resource": "|"}]}"#), ["*"]);
    let any = identity(r#"{"Statement": [{"Action": "*", "Resource": "|"}]}"#);
    assert!(
        any.contains(&"arn:aws:s3:::logs".to_owned())
            && any.contains(&"arn:aws:iam::123456789012:policy/Own".to_owned())
    );
    let users = identity(r#"{"Statement": [{"Action": "iam:GetUser", "Resource": "bob|"}]}"#);
    assert_eq!(users[0], "arn:aws:iam::123456789012:user/ops/bob");
}

#[test]
fn conditions_offer_operators_keys_and_values() {
    assert_eq!(identity(r#"{"Statement": [{"Condition": {"StringEq|"}}]}"#)[0], "StringEquals");
    let keys = identity(r#"{"Statement": [{"Action": "s3:ListBucket", "Condition": {"StringLike": {"s3:pre|"}}}]}"#);
    assert_eq!(keys[0], "s3:prefix");
    let tags = identity(r#"{"Statement": [{"Action": "ec2:*", "Condition": {"StringEquals": {"aws:ResourceT|"}}}]}"#);
    assert_eq!(tags[0], "aws:ResourceTag/");
    let truth = identity(r#"{"Statement": [{"Condition": {"Bool": {"aws:SecureTransport": "|"}}}]}"#);
    assert_eq!(truth, ["true", "false"]);
    let region =
        identity(r#"{"Statement": [{"Condition": {"StringEquals": {"aws:RequestedRegion": ["eu-central|"]}}}]}"#);
    assert_eq!(region, ["eu-central-1", "eu-central-2"]);
    let variable = identity(r#"{"Statement": [{"Condition": {"StringLike": {"s3:prefix": "home/${aws:usern|"}}}]}"#);
    assert_eq!(variable[0], "home/${aws:username}");
}

#[test]
fn principals_are_the_accounts_own_and_services() {
    let aws = labels(r#"{"Statement": [{"Principal": {"AWS": "|"}}]}"#, PolicyType::RoleTrust);
    assert_eq!(aws[0], "arn:aws:iam::123456789012:root");
    assert!(aws.contains(&"arn:aws:iam::123456789012:role/app".to_owned()) && !aws.contains(&"*".to_owned()));
    let service = labels(r#"{"Statement": [{"Principal": {"Service": "lamb|"}}]}"#, PolicyType::RoleTrust);
    assert_eq!(service[0], "lambda.amazonaws.com");
    let federated = labels(r#"{"Statement": [{"Principal": {"Federated": "|"}}]}"#, PolicyType::RoleTrust);
    assert_eq!(federated[..2], ["arn:aws:iam::123456789012:saml-provider/Okta", "cognito-identity.amazonaws.com"]);
    let types = labels(r#"{"Statement": [{"Principal": {"AWS": "*", "|"}}]}"#, PolicyType::RoleTrust);
    assert_eq!(types, ["Service", "Federated", "CanonicalUser"]);
}

fn line(text: &str) -> Option<String> {
    hover(&text.replace('|', ""), text.find('|').unwrap()).map(|hover| hover.line)
}

#[test]
fn hover_tells_levels_types_and_counts() {
    let action = line(r#"{"Statement": [{"Action": "iam:Pass|Role"}]}"#).unwrap();
    assert_eq!(action, "iam:PassRole · Write, permission only · works on role");
    let pattern = line(r#"{"Statement": [{"Action": ["sts:Get|*"]}]}"#).unwrap();
    assert!(pattern.starts_with("sts:Get* · ") && pattern.contains("Read") && pattern.contains("GetCallerIdentity"));
    assert_eq!(line(r#"{"Statement": [{"Action": "s3:Nope|*"}]}"#).unwrap(), "s3:Nope* matches no action");
    assert!(line(r#"{"Statement": [{"Action": "|*"}]}"#).unwrap().contains("services: "));
    assert_eq!(line(r#"{"Statement": [{"Resource": "arn:aws:s3:::b/|*"}]}"#).unwrap(), "Amazon S3 · bucket, object");
    let key = line(r#"{"Statement": [{"Condition": {"Bool": {"aws:Tag|Keys": "x"}}}]}"#).unwrap();
    assert_eq!(key, "aws:TagKeys · String, several values");
    assert_eq!(line(r#"{"Version": "2012|-10-17"}"#), None);
}

#[test]
fn any_cursor_in_any_text_has_an_answer() {
    let text = r#"{"Statement": [{"Action": ["s3:é*", "x"], "Condition": {"StringEquals": {"a": "\"${é"}}"#;
    for end in 0..=text.len() {
        let part = text.get(..end).unwrap_or(text);
        for cursor in 0..=part.len() + 1 {
            let completion = complete(part, cursor, PolicyType::Identity, &names());
            assert!(completion.range.start <= completion.range.end);
            hover(part, cursor);
        }
    }
}
