//! The laws of the policy language, held against documents and texts made at random.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot make its cases fails")]

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};
use tiam::policy::compiled::Compiled;
use tiam::policy::decision::{Answer, Attached, Level, Outcome, Policies, Principal, Request, answer, decide, explain};
use tiam::policy::document::Document;
use tiam::policy::json::{self, Node, Style};
use tiam::policy::{PolicyType, refusal};

/// One of these.
fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(texts)
}

const ACTIONS: &[&str] =
    &["s3:GetObject", "s3:Get*", "s3:*", "*", "S3:PUTOBJECT", "ec2:Run?nstances", "*:GetObject", "iam:*"];
const RESOURCES: &[&str] = &[
    "*",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/k",
    "arn:aws:s3:::${aws:username}/*",
    "arn:*:ec2:*:*:instance/*",
    "arn:aws:s3:*",
];
const CONDITIONS: &[&str] = &[
    "{}",
    r#"{"StringEquals": {"aws:username": "b"}}"#,
    r#"{"StringNotLike": {"aws:PrincipalTag/team": ["r*", "${aws:username}"]}}"#,
    r#"{"BoolIfExists": {"aws:SecureTransport": true}}"#,
    r#"{"Null": {"aws:TagKeys": "true"}, "NumericLessThan": {"aws:MultiFactorAuthAge": 60}}"#,
    r#"{"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}"#,
    r#"{"ForAnyValue:StringNotEquals": {"aws:TagKeys": ["team"]}}"#,
    r#"{"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}"#,
];

fn statement() -> impl Strategy<Value = Value> {
    let actions = prop::collection::vec(one_of(ACTIONS), 1..3);
    let resources = prop::collection::vec(one_of(RESOURCES), 1..3);
    let keys = (one_of(&["Action", "NotAction"]), one_of(&["Resource", "NotResource"]));
    (one_of(&["Allow", "Deny"]), keys, actions, resources, one_of(CONDITIONS)).prop_map(
        |(effect, (action_key, resource_key), actions, resources, condition)| {
            let condition: Value = serde_json::from_str(condition).expect("a condition is JSON");
            json!({"Effect": effect, action_key: actions, resource_key: resources, "Condition": condition})
        },
    )
}

fn statements() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(statement(), 0..5)
}

fn policy(statements: &[Value]) -> Attached {
    let document = Document::from_value(&json!({"Version": "2012-10-17", "Statement": statements}));
    Attached::new("p", Compiled::new(&document))
}

fn request() -> impl Strategy<Value = Request> {
    let principal = one_of(&[
        "arn:aws:iam::111122223333:user/ann",
        "arn:aws:sts::111122223333:assumed-role/app/s",
        "arn:aws:sts::111122223333:federated-user/ann",
    ]);
    let action = one_of(&["s3:GetObject", "s3:PutObject", "ec2:RunInstances", "iam:CreateUser", "nocolon"]);
    let resource =
        one_of(&["*", "arn:aws:s3:::b/k", "arn:aws:s3:::c", "arn:aws:ec2:eu-west-1:111122223333:instance/i"]);
    let context = prop::collection::vec((0..5_usize, 0..4_usize), 0..5);
    (principal, action, resource, context).prop_map(|(principal, action, resource, context)| {
        let mut request = Request::new(Principal::parse(principal), action, resource);
        for (key, value) in context {
            let key =
                ["aws:username", "aws:PrincipalTag/team", "aws:SecureTransport", "aws:TagKeys", "aws:SourceIp"][key];
            match value {
                0 => request.context.set_unknown(key),
                1 => request.context.set(key, ["b"]),
                2 => request.context.set(key, ["team", "true"]),
                _ => request.context.set(key, ["10.0.0.1"]),
            }
        }
        request
    })
}

/// A JSON value.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map(any::<String>(), inner, 0..5).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

/// A policy's text with some of it gone, doubled, or something else put in.
fn broken_text() -> impl Strategy<Value = String> {
    let wounds = prop::collection::vec((any::<prop::sample::Index>(), 0..3_usize, "[{}\\[\\],:\"\\\\a1ü ]{0,3}"), 1..6);
    (statements(), wounds).prop_map(|(statements, wounds)| {
        let mut text: Vec<char> =
            json!({"Version": "2012-10-17", "Statement": statements}).to_string().chars().collect();
        for (at, how, put) in wounds {
            let at = at.index(text.len().max(1)).min(text.len());
            match how {
                0 => text.truncate(at),
                1 => drop(text.drain(at..(at + 3).min(text.len()))),
                _ => drop(text.splice(at..at, put.chars())),
            }
        }
        text.into_iter().collect()
    })
}

/// Everything is where it says it is.
fn check_places(text: &str) {
    let document = Document::parse(text);
    let spans = document.json.faults.iter().map(|fault| fault.span);
    let spans = spans.chain(document.problems.iter().map(|problem| problem.span));
    let spans = spans.chain(json::tokens(text).iter().map(|token| token.span).collect::<Vec<_>>());
    for span in spans {
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    }
    if document.json.faults.is_empty() {
        assert!(serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(), "{text:?}");
    }
    for kind in PolicyType::ALL {
        let _ = refusal::check(&document, kind);
    }
}

fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::ExplicitDeny => 0,
        Outcome::ImplicitDeny => 1,
        Outcome::Allowed => 2,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_explicit_deny_always_wins(identity in statements(), request in request(), layer in 0..5_usize) {
        let deny = policy(&[json!({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"})]);
        let mut policies = Policies { identity: vec![policy(&identity)], ..Policies::default() };
        match layer {
            0 => policies.identity.push(deny),
            1 => policies.boundary = Some(vec![deny]),
            2 => policies.session = Some(vec![deny]),
            3 => policies.scps.push(Level { target: "r".into(), policies: vec![deny] }),
            _ => policies.resource = Some(deny),
        }
        prop_assert_eq!(decide(&request, &policies).outcome, Outcome::ExplicitDeny);
    }

    #[test]
    fn adding_an_allow_never_takes_one_away(before in statements(), mut added in statement(), request in request()) {
        added["Effect"] = "Allow".into();
        let first = Policies { identity: vec![policy(&before)], ..Policies::default() };
        let second = Policies { identity: vec![policy(&before), policy(&[added])], ..Policies::default() };
        prop_assert!(rank(decide(&request, &second).outcome) >= rank(decide(&request, &first).outcome));
    }

    #[test]
    fn limits_only_ever_limit(identity in statements(), limit in statements(), request in request()) {
        let free = Policies { identity: vec![policy(&identity)], ..Policies::default() };
        for bounded in [
            Policies { boundary: Some(vec![policy(&limit)]), ..free.clone() },
            Policies { session: Some(vec![policy(&limit)]), ..free.clone() },
            Policies { scps: vec![Level { target: "r".into(), policies: vec![policy(&limit)] }], ..free.clone() },
        ] {
            prop_assert!(rank(decide(&request, &bounded).outcome) <= rank(decide(&request, &free).outcome));
        }
    }

    #[test]
    fn the_order_of_statements_does_not_matter(mut all in statements(), by in any::<prop::sample::Index>(), request in request()) {
        let before = Policies { identity: vec![policy(&all)], ..Policies::default() };
        let split = by.index(all.len() + 1);
        all.rotate_left(split);
        let turned = Policies { identity: vec![policy(&all)], ..Policies::default() };
        let (front, back) = all.split_at(split);
        let parted = Policies { identity: vec![policy(back), policy(front)], ..Policies::default() };
        let expected = decide(&request, &before);
        prop_assert_eq!(decide(&request, &turned), expected);
        prop_assert_eq!(decide(&request, &parted), expected);
    }

    #[test]
    fn the_explanation_agrees_with_the_decision(identity in statements(), limit in statements(), request in request()) {
        let policies = Policies { identity: vec![policy(&identity)], boundary: Some(vec![policy(&limit)]), ..Policies::default() };
        let why = explain(&request, &policies);
        let worst = why.layers.iter().map(|layer| rank(layer.outcome)).min().expect("two layers");
        if let Answer::Decided(decided) = answer(&request, &policies) {
            prop_assert_eq!(rank(decided.outcome), worst);
        }
    }

    #[test]
    fn what_is_unknown_lies_between_best_and_worst(identity in statements(), request in request(), known in one_of(&["b", "team", "10.0.0.1"])) {
        let policies = Policies { identity: vec![policy(&identity)], ..Policies::default() };
        let (best, worst, keys) = match answer(&request, &policies) {
            Answer::Decided(decided) => (decided, decided, Vec::new()),
            Answer::Depends { best, worst, keys } => (best, worst, keys),
        };
        let mut settled = request;
        for key in &keys {
            settled.context.set(key, [known]);
        }
        // Keys that cannot matter may stay unknown.
        if let Answer::Decided(decided) = answer(&settled, &policies) {
            prop_assert!(rank(worst.outcome) <= rank(decided.outcome) && rank(decided.outcome) <= rank(best.outcome));
        } else {
            prop_assert!(false, "{keys:?} should settle it");
        }
    }

    #[test]
    fn reading_never_panics_on_any_text(text in any::<String>()) {
        check_places(&text);
    }

    #[test]
    fn reading_never_panics_on_broken_policies(text in broken_text()) {
        check_places(&text);
        let compiled = Arc::new(Compiled::parse(&text));
        let policies = Policies { identity: vec![Attached::new("p", compiled)], ..Policies::default() };
        decide(&Request::new(Principal::anonymous(), "s3:GetObject", "*"), &policies);
    }

    #[test]
    fn printing_then_reading_is_identity(value in value()) {
        let node = Node::from(&value);
        for style in [Style::Compact, Style::Python, Style::Pretty(4)] {
            let text = json::print(&node, style);
            let parsed = json::parse(&text);
            prop_assert!(parsed.faults.is_empty(), "{text}");
            prop_assert_eq!(json::print(&parsed.root.expect("a value"), style), text.clone());
            prop_assert_eq!(&serde_json::from_str::<Value>(&text).expect("JSON"), &value);
        }
    }
}
