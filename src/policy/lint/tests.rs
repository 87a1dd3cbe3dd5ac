//! The rules on documents of our own: what is found, where, and that repairs mend it.

use super::lint;
use crate::policy::PolicyType;
use crate::policy::document::Document;

/// A document with one statement.
fn document(statement: &str) -> Document {
    Document::parse(format!(r#"{{"Version": "2012-10-17", "Statement": [{{{statement}}}]}}"#))
}

/// Codes with the texts they are about.
fn found(document: &Document, kind: PolicyType) -> Vec<(&'static str, Vec<&str>)> {
    let findings = lint(document, kind).into_iter();
    findings.map(|f| (f.check.code, f.spans.iter().map(|span| span.of(&document.text)).collect())).collect()
}

fn codes(statement: &str, kind: PolicyType) -> Vec<&'static str> {
    lint(&document(statement), kind).into_iter().map(|finding| finding.check.code).collect()
}

fn identity(rest: &str) -> Vec<&'static str> {
    codes(&format!(r#""Effect": "Allow", {rest}"#), PolicyType::Identity)
}

#[test]
fn good_policies_are_left_in_peace() {
    for rest in [
        r#""Action": ["s3:Get*", "s3:List*"], "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]"#,
        r#""Action": "ec2:StartInstances", "Resource": "arn:aws:ec2:*:*:instance/*", "Condition": {"StringEquals": {"aws:ResourceTag/a b": "x"}}"#,
        r#""Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}"#,
        r#""NotAction": "iam:*", "Resource": "arn:aws:s3:::b/${aws:PrincipalTag/team, 'all'}/*""#,
        r#""Action": "sqs:*", "Resource": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:111122223333:*"}}"#,
        r#""Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]}, "DateLessThan": {"aws:CurrentTime": "2027-01-01T00:00:00Z"}}"#,
    ] {
        assert_eq!(identity(rest), Vec::<&str>::new(), "{rest}");
    }
    let trust = r#""Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole""#;
    assert_eq!(codes(trust, PolicyType::RoleTrust), Vec::<&str>::new());
}

#[test]
fn covered_items_form_groups() {
    let text = document(
        r#""Effect": "Allow", "Resource": "*", "Action": ["s3:GetObject", "ec2:RunInstances", "S3:Get*", "sqs:SendMessage", "SQS:sendmessage", "s3:PutObject"]"#,
    );
    let groups = found(&text, PolicyType::Identity);
    assert_eq!(
        groups,
        [
            ("REDUNDANT_ACTION", vec!["\"s3:GetObject\"", "\"S3:Get*\""]),
            ("REDUNDANT_ACTION", vec!["\"sqs:SendMessage\"", "\"SQS:sendmessage\""]),
        ]
    );
}

#[test]
fn repairs_mend_what_they_are_for() {
    let cases = [
        (PolicyType::Identity, r#""Effect": "allow", "Action": "s3:GetObject", "Resource": "*""#),
        (PolicyType::Identity, r#""Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*""#),
        (PolicyType::Identity, r#""Effect": "Allow", "Action": "s33:GetObject", "Resource": "*""#),
        (PolicyType::Identity, r#""Effect": "Allow", "Actions": "s3:GetObject", "Resource": "*""#),
        (
            PolicyType::Identity,
            r#""Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject", "s3:GetBucketAcl"], "Resource": "*""#,
        ),
        (
            PolicyType::Identity,
            r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::a/b", "arn:aws:s3:::a/*"]"#,
        ),
        (PolicyType::Identity, r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:S3:::b/*""#),
        (PolicyType::Identity, r#""Sid": "", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*""#),
        (PolicyType::Identity, r#""Sid": "a b", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*""#),
        (PolicyType::Identity, r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {}"#),
        (
            PolicyType::Identity,
            r#""Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": {"StringLike": {"aws:RequestTag/a": ["*"]}}"#,
        ),
        (
            PolicyType::Identity,
            r#""Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": {"StringEquals": {"aws:TagKeys": "a"}}"#,
        ),
        (
            PolicyType::Identity,
            r#""Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringEquals": {"s3:prefix": "a*"}}"#,
        ),
        (
            PolicyType::Identity,
            r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.7/24"}}"#,
        ),
        (PolicyType::Identity, r#""Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*""#),
        (
            PolicyType::RoleTrust,
            r#""Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"}, "Action": ["sts:AssumeRole", "sts:TagSession"], "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": "x"}}"#,
        ),
    ];
    for (kind, statement) in cases {
        let document = document(statement);
        let findings = lint(&document, kind);
        let mendable = findings.iter().find_map(|finding| Some((finding, finding.fix.as_ref()?)));
        let Some((finding, fix)) = mendable else { panic!("no fix for {statement}") };
        let mended = Document::parse(fix.apply(&document.text));
        assert!(mended.json.faults.is_empty(), "{}", mended.text);
        let left = lint(&mended, kind).into_iter().filter(|other| other.check == finding.check).count();
        assert_eq!(left, 0, "{} stays in {}", finding.check.code, mended.text);
    }
}

#[test]
fn what_a_policy_may_say_depends_on_its_kind() {
    let open = r#""Effect": "Deny", "Action": "ec2:*", "Resource": "*""#;
    assert_eq!(codes(open, PolicyType::ServiceControl), Vec::<&str>::new());
    assert_eq!(codes(open, PolicyType::ResourceControl), ["MISSING_PRINCIPAL", "RCP_SYNTAX_ERROR_ACTION"]);
    assert_eq!(codes(open, PolicyType::Resource), ["MISSING_PRINCIPAL"]);
    let wild = r#""Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole""#;
    assert_eq!(codes(wild, PolicyType::RoleTrust), Vec::<&str>::new());
    assert_eq!(codes(wild, PolicyType::Resource), ["MISSING_RESOURCE"]);
}

#[test]
fn broken_json_is_all_there_is_to_say() {
    let document = Document::parse(r#"{"Statement": [{"Effect": "nope",,}]"#);
    assert!(lint(&document, PolicyType::Identity).iter().all(|finding| finding.check.code == "JSON_SYNTAX_ERROR"));
}

#[test]
fn every_managed_policy_can_be_linted_and_few_say_anything() {
    let all = crate::policy::catalog::managed::all();
    let silent = |policy: &&crate::policy::catalog::managed::ManagedPolicy| {
        lint(&Document::parse(policy.document()), PolicyType::Identity).is_empty()
    };
    let count = all.iter().filter(silent).count();
    // Access Analyzer was silent on 91% of them.
    assert!(count * 100 >= all.len() * 85, "silent on {count} of {}", all.len());
}

#[test]
fn an_endpoint_policy_may_ask_whose_the_resource_is() {
    let statement = r#""Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
        "Condition": {"StringEquals": {"aws:ResourceAccount": "111122223333"}}"#;
    assert_eq!(codes(statement, PolicyType::VpcEndpoint), Vec::<&str>::new());
    assert_eq!(codes(statement, PolicyType::Resource), ["IRRELEVANT_CONDITION_KEY_IN_POLICY"]);
}

#[test]
fn each_kind_of_identity_policy_has_its_own_quota() {
    let actions = (0..900).map(|at| format!("\"a:{at}\"")).collect::<Vec<_>>().join(",");
    let text = document(&format!(r#""Effect": "Deny", "NotAction": [{actions}], "Resource": "*""#));
    assert!((6_200..10_000).contains(&text.size()), "{}", text.size());
    let is_long =
        |kind| found(&text, kind).iter().any(|(code, _)| *code == "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA");
    let long = PolicyType::ALL.into_iter().filter(|kind| is_long(*kind)).collect::<Vec<_>>();
    let (user, group) = (PolicyType::InlineUser, PolicyType::InlineGroup);
    assert_eq!(long, [user, group, PolicyType::PermissionsBoundary, PolicyType::Session]);
}

#[test]
fn a_repair_makes_no_second_operator_of_one_name() {
    let condition = |rest: &str| {
        let statement = r#""Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition""#;
        document(&format!("{statement}: {rest}"))
    };
    let fixed = |rest: &str| {
        let text = condition(rest);
        let fix = lint(&text, PolicyType::Identity).into_iter().find_map(|finding| finding.fix);
        fix.map(|fix| Document::parse(fix.apply(&text.text)))
    };
    let two = fixed(r#"{"StringEquals": {"s3:prefix": "a*", "aws:username": "ann"}}"#).unwrap();
    let wanted = condition(r#"{"StringLike": {"s3:prefix": "a*"}, "StringEquals": {"aws:username": "ann"}}"#);
    assert_eq!(two.text, wanted.text);
    assert!(fixed(r#"{"StringEquals": {"s3:prefix": "a*"}, "StringLike": {"aws:username": "ann"}}"#).is_none());
    assert!(fixed(r#"{"StringLike": {"aws:SecureTransport": "*x"}}"#).is_none());
    let address = fixed(r#"{"StringNotEquals": {"aws:SourceIp": "203.0.113.7"}}"#).unwrap();
    assert_eq!(address.text, condition(r#"{"NotIpAddress": {"aws:SourceIp": "203.0.113.7"}}"#).text);
}

#[test]
fn a_hostile_document_is_told_of_each_fault_and_guessed_at_only_so_often() {
    let many = |item: &dyn Fn(usize) -> String| (0..3_000).map(item).collect::<Vec<_>>().join(", ");
    let actions = many(&|at| format!("\"s3:GetObjekt{}\", \"s3:a{at}*\"", at % 10));
    let text = document(&format!(r#""Effect": "Allow", "Resource": "*", "Action": [{actions}]"#));
    let findings = lint(&text, PolicyType::Identity);
    let of = |code: &str| findings.iter().filter(|finding| finding.check.code == code).count();
    let guessed = findings.iter().filter(|f| f.check.code == "INVALID_ACTION" && f.note.is_some()).count();
    assert!(of("INVALID_ACTION") > 3_000 && (1..=super::GUESSES_MAX).contains(&guessed), "{guessed}");
    assert_eq!(of("REDUNDANT_ACTION"), 19);

    let blanks = format!(
        r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/{}""#,
        "${ a b}".repeat(500)
    );
    assert_eq!(codes(&blanks, PolicyType::Identity), ["UNSUPPORTED_SPACE_IN_VARIABLE"]);

    let statements = Document::parse(format!(
        r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#,
        many(&|at| format!(
            r#"{{"Effect": "Deny", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b{}/*"}}"#,
            at % 1_000
        ))
    ));
    let mut twins = found(&statements, PolicyType::Identity);
    twins.retain(|(code, _)| *code == "REDUNDANT_STATEMENT");
    assert_eq!(twins.len(), 2_000);
    assert!(twins.iter().all(|(_, spans)| spans[0] == spans[1]));
}

/// Documents of our own, a JSON object a line as [`super::neutral`] reads them, and the codes found in each.
fn documents(lines: &str) -> Vec<(serde_json::Value, Vec<String>)> {
    let codes = |line: &str| {
        let answer: serde_json::Value = serde_json::from_str(&super::neutral::answer(line).unwrap()).unwrap();
        let findings = answer["findings"].as_array().unwrap().iter();
        let mut codes: Vec<String> = findings.map(|found| found["code"].as_str().unwrap().to_owned()).collect();
        codes.sort_unstable();
        codes
    };
    lines.lines().map(|line| (serde_json::from_str(line).unwrap(), codes(line))).collect()
}

#[test]
fn policies_as_the_guides_write_them_are_left_in_peace() {
    let quiet = documents(include_str!("../../../tests/documents/quiet.jsonl"));
    assert!(quiet.len() > 100);
    for (case, codes) in quiet {
        assert_eq!(codes, Vec::<String>::new(), "{}", case["id"]);
    }
}

#[test]
fn faults_are_found_in_more_than_one_shape() {
    for (case, codes) in documents(include_str!("../../../tests/documents/loud.jsonl")) {
        assert_eq!(serde_json::json!(codes), case["codes"], "{}", case["id"]);
    }
}
