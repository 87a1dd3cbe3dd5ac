//! Conditions one by one, as a policy writes them.

use super::{Condition, Context, Truth};
use crate::policy::document::{Document, Version};

/// Whether a condition block holds in a context, by version.
fn holds_in(condition: &str, context: &Context, version: Version) -> Truth {
    let document = Document::parse(format!(r#"{{"Statement": {{"Condition": {condition}}}}}"#));
    let blocks = document.statements()[0].conditions();
    let each = |block: &crate::policy::document::ConditionBlock| {
        Truth::all(block.keys.iter().map(|key| Condition::new(&block.operator.text, key, version).holds(context)))
    };
    Truth::all(blocks.iter().map(each))
}

fn holds(condition: &str, context: &Context) -> bool {
    holds_in(condition, context, Version::V2012) == Truth::Yes
}

fn with(key: &str, values: &[&str]) -> Context {
    let mut context = Context::new();
    context.set(key, values.iter().copied());
    context
}

#[test]
fn operators_compare_as_documented() {
    let cases = [
        (r#"{"StringEquals": {"K": ["x", "a*"]}}"#, "a*", true),
        (r#"{"StringEquals": {"k": "a*"}}"#, "ab", false),
        (r#"{"StringEqualsIgnoreCase": {"k": "AB"}}"#, "ab", true),
        (r#"{"StringNotLike": {"k": "a*"}}"#, "ab", false),
        (r#"{"NumericLessThanEquals": {"k": 10}}"#, "10.0", true),
        (r#"{"NumericNotEquals": {"k": "x"}}"#, "1", true),
        (r#"{"DateGreaterThan": {"k": "2020-01-01T00:00:00Z"}}"#, "1577836801", true),
        (r#"{"Bool": {"k": true}}"#, "TRUE", true),
        (r#"{"BinaryEquals": {"k": "QQ=="}}"#, "QQ==", true),
        (r#"{"NotIpAddress": {"k": ["10.0.0.0/8", "192.0.2.1"]}}"#, "192.0.2.1", false),
        (r#"{"ArnLike": {"k": "arn:aws:sns:*:*:a*"}}"#, "arn:aws:sns:eu-west-1:1:ab", true),
        (r#"{"ArnNotEquals": {"k": "arn:aws:sns:*:*:a*"}}"#, "arn:aws:sns:eu-west-1:1:ab", false),
        (r#"{"StringSame": {"k": "a"}}"#, "a", false),
        (r#"{"StringNotEquals": {"k": ["a", "b"]}}"#, "b", false),
        (r#"{"StringEquals": {"k": 5}}"#, "5", true),
        (r#"{"NumericEquals": {"k": "10"}}"#, "10.0", true),
        (r#"{"NumericLessThan": {"k": "10"}}"#, "10", false),
        (r#"{"NumericGreaterThan": {"k": ["20", "5"]}}"#, "7", true),
        (r#"{"NumericEquals": {"k": "10"}}"#, "ten", false),
        (r#"{"DateEquals": {"k": "2020-01-01T00:00:00Z"}}"#, "1577836800", true),
        (r#"{"DateLessThan": {"k": "1577836800"}}"#, "2020-01-01T00:00:00+01:00", true),
        (r#"{"DateNotEquals": {"k": "2020-01-01"}}"#, "2020-01-01T00:00:00Z", false),
        (r#"{"Bool": {"k": "false"}}"#, "true", false),
        (r#"{"Bool": {"k": "1"}}"#, "true", false),
        (r#"{"IpAddress": {"k": "203.0.113.0/24"}}"#, "203.0.113.255", true),
        (r#"{"IpAddress": {"k": "203.0.113.0/24"}}"#, "2001:db8::1", false),
        (r#"{"NotIpAddress": {"k": "203.0.113.0/24"}}"#, "2001:db8::1", true),
        (r#"{"IpAddress": {"k": "2001:DB8:1234:5678::/64"}}"#, "2001:db8:1234:5678::1", true),
        (r#"{"ArnEquals": {"k": "arn:aws:sns:*:*:t?pic/*"}}"#, "arn:aws:sns:eu-west-1:1:topic/a/b", true),
        (r#"{"ArnLike": {"k": "arn:aws:sns:*:topic"}}"#, "arn:aws:sns:eu-west-1:1:topic", false),
        (r#"{"ArnLike": {"k": "arn:aws:SNS:*:*:a"}}"#, "arn:aws:sns:eu-west-1:1:a", false),
        (r#"{"stringlike": {"K": "A?*"}}"#, "Ab", true),
        (r#"{"StringLike": {"k": "A?*"}}"#, "A", false),
    ];
    for (condition, value, expected) in cases {
        assert_eq!(holds(condition, &with("k", &[value])), expected, "{condition} {value}");
    }
}

#[test]
fn an_absent_key_is_false_negated_true_and_if_exists_true() {
    let none = Context::new();
    let cases = [
        (r#"{"StringEquals": {"k": "a"}}"#, false),
        (r#"{"StringNotEquals": {"k": "a"}}"#, true),
        (r#"{"StringEqualsIfExists": {"k": "a"}}"#, true),
        (r#"{"ForAllValues:StringEquals": {"k": "a"}}"#, true),
        (r#"{"ForAllValues:StringNotEquals": {"k": "a"}}"#, true),
        (r#"{"ForAnyValue:StringLike": {"k": "*"}}"#, false),
        (r#"{"NumericLessThan": {"k": "1"}}"#, false),
        (r#"{"NumericNotEquals": {"k": "1"}}"#, true),
        (r#"{"DateNotEquals": {"k": "2020-01-01"}}"#, true),
        (r#"{"DateLessThan": {"k": "2020-01-01"}}"#, false),
        (r#"{"DateGreaterThanIfExists": {"k": "2020-01-01"}}"#, true),
        (r#"{"Bool": {"k": "false"}}"#, false),
        (r#"{"BoolIfExists": {"k": "false"}}"#, true),
        (r#"{"NotIpAddress": {"k": "10.0.0.0/8"}}"#, true),
        (r#"{"IpAddress": {"k": "0.0.0.0/0"}}"#, false),
        (r#"{"ArnNotLike": {"k": "arn:aws:sns:*:*:*"}}"#, true),
        (r#"{"ArnLike": {"k": "arn:aws:sns:*:*:*"}}"#, false),
        (r#"{"BinaryEquals": {"k": "QQ=="}}"#, false),
        (r#"{"StringLike": {"k": "*"}}"#, false),
        (r#"{"StringNotEqualsIgnoreCase": {"k": "a"}}"#, true),
        (r#"{"ForAnyValue:StringNotEquals": {"k": "a"}}"#, false),
        (r#"{"ForAnyValue:StringEqualsIfExists": {"k": "a"}}"#, true),
        (r#"{"Null": {"k": "true"}}"#, true),
        (r#"{"Null": {"k": false}}"#, false),
    ];
    for (condition, expected) in cases {
        assert_eq!(holds(condition, &none), expected, "{condition}");
        assert_eq!(holds(condition, &with("k", &[])), expected, "{condition} of an empty list");
    }
}

#[test]
fn quantifiers_take_values_together() {
    let both = with("k", &["a", "b"]);
    assert!(holds(r#"{"ForAllValues:StringEquals": {"k": ["a", "b", "c"]}}"#, &both));
    assert!(!holds(r#"{"ForAllValues:StringEquals": {"k": ["a"]}}"#, &both));
    assert!(holds(r#"{"ForAnyValue:StringEquals": {"k": ["b"]}}"#, &both));
    assert!(holds(r#"{"ForAnyValue:StringNotEquals": {"k": ["b"]}}"#, &both));
    assert!(!holds(r#"{"ForAllValues:StringNotEquals": {"k": ["b"]}}"#, &both));
    assert!(holds(r#"{"ForAllValues:StringEquals": {"k": ["b"]}}"#, &with("k", &[""])));
    assert!(holds(r#"{"StringLike": {"k": ["", "b"]}}"#, &with("k", &[""])));
}

#[test]
fn variables_are_filled_in_by_version_2012_only() {
    let context = with("aws:username", &["a*"]);
    let condition = r#"{"StringLike": {"aws:username": "${aws:UserName}"}}"#;
    assert!(holds(condition, &context));
    assert_eq!(holds_in(condition, &context, Version::V2008), Truth::No);
    let mut other = with("k", &["ab"]);
    other.set("aws:username", ["a*"]);
    assert!(!holds(r#"{"StringLike": {"k": "${aws:username}"}}"#, &other), "a star in a value is no wildcard");
    assert!(holds(r#"{"StringLike": {"k": "${aws:userid, 'a'}*"}}"#, &other));
    assert!(!holds(r#"{"StringLike": {"k": "${aws:userid}*"}}"#, &other));
    assert!(holds(r#"{"StringNotLike": {"k": "${aws:userid}*"}}"#, &other));
    assert!(holds(r#"{"StringEquals": {"k": "a${?}"}}"#, &with("k", &["a?"])));
    assert!(holds(r#"{"StringEquals": {"k": "${$}{x}"}}"#, &with("k", &["${x}"])));
}

#[test]
fn what_is_unknown_is_said_to_be() {
    let mut context = with("a", &["x"]);
    context.set_unknown("b");
    let truth = |condition| holds_in(condition, &context, Version::V2012);
    assert_eq!(truth(r#"{"StringEquals": {"B": "x"}}"#), Truth::Unknown);
    assert_eq!(truth(r#"{"StringEquals": {"b": "x", "a": "y"}}"#), Truth::No);
    assert_eq!(truth(r#"{"StringEquals": {"a": ["${b}", "x"]}}"#), Truth::Yes);
    assert_eq!(truth(r#"{"StringEquals": {"a": "${b}"}}"#), Truth::Unknown);
    assert_eq!(truth(r#"{"Null": {"b": "true"}}"#), Truth::Unknown);
}
