//! JSON as policies need it read: every value with the bytes it stands on, several faults instead of the first, and
//! strict where common parsers are lax.
//!
//! Equal keys in one object, text after the document, lone surrogates and nesting over [`DEPTH_MAX`] are faults: a parser
//! that keeps the last of two keys reads `{"Effect":"Deny","Effect":"Allow"}` as Allow.

mod fault;
mod lexer;
mod lines;
mod parser;
mod print;
mod string;
mod tokens;

use std::ops::Range;

pub use fault::{Fault, FaultKind};
pub use lines::{LineIndex, Position};
pub use print::{Style, print};
pub use tokens::{Token, TokenKind, tokens};

/// How deep arrays and objects may nest. A policy needs 6.
pub const DEPTH_MAX: usize = 64;

/// A range of bytes in the text that was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// From the start of this to the end of `other`.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end.max(self.start) }
    }

    /// The text it covers; empty where it does not fit.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// As a range, to slice with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether the byte lies in it, the end included, as a cursor does.
    pub fn touches(self, byte: usize) -> bool {
        self.start <= byte && byte <= self.end
    }
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// From its first to its last byte, quotes and brackets included.
    pub span: Span,
    /// What was read.
    pub value: Value,
}

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// A string, unescaped.
    String(String),
    /// Values in brackets.
    Array(Vec<Node>),
    /// Members in braces, in order, equal keys included.
    Object(Vec<Member>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key, unescaped.
    pub key: String,
    /// The key with its quotes.
    pub key_span: Span,
    /// What it stands for.
    pub value: Node,
}

impl Member {
    /// Key and value together.
    pub fn span(&self) -> Span {
        self.key_span.to(self.value.span)
    }
}

impl Node {
    /// The text, if it is a string.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = &self.value { Some(text) } else { None }
    }

    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&[Member]> {
        if let Value::Object(members) = &self.value { Some(members) } else { None }
    }

    /// The elements, if it is an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        if let Value::Array(elements) = &self.value { Some(elements) } else { None }
    }

    /// The value of the first member with this key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.iter().find(|member| member.key == key).map(|member| &member.value)
    }

    /// What JSON calls this kind of value.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        }
    }
}

/// A node without places, for printing.
impl From<&serde_json::Value> for Node {
    fn from(value: &serde_json::Value) -> Self {
        use serde_json::Value as Serde;
        let member = |(key, value): (&String, &Serde)| Member {
            key: key.clone(),
            key_span: Span::default(),
            value: value.into(),
        };
        let value = match value {
            Serde::Null => Value::Null,
            Serde::Bool(truth) => Value::Bool(*truth),
            Serde::Number(number) => Value::Number(number.to_string()),
            Serde::String(text) => Value::String(text.clone()),
            Serde::Array(elements) => Value::Array(elements.iter().map(Into::into).collect()),
            Serde::Object(members) => Value::Object(members.iter().map(member).collect()),
        };
        Self { span: Span::default(), value }
    }
}

/// What reading a text gave: as much of the value as could be read, and what is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The outermost value; none if there is nothing that looks like one.
    pub root: Option<Node>,
    /// What is wrong, in the order of the text.
    pub faults: Vec<Fault>,
}

/// Reads a text, to its end, whatever is in it.
pub fn parse(text: &str) -> Parsed {
    parser::parse(text)
}

#[cfg(test)]
mod tests {
    use super::{DEPTH_MAX, FaultKind, Node, Span, Style, parse, print};

    fn kinds(text: &str) -> Vec<FaultKind> {
        parse(text).faults.into_iter().map(|fault| fault.kind).collect()
    }

    #[test]
    fn values_know_where_they_stand() {
        let text = r#" {"a": [1, "x"], "b": {"c": null}}"#;
        let root = parse(text).root.unwrap();
        assert_eq!(root.span, Span::new(1, text.len()));
        assert_eq!(root.get("a").unwrap().span.of(text), r#"[1, "x"]"#);
        assert_eq!(root.get("b").unwrap().get("c").unwrap().span.of(text), "null");
        assert_eq!(root.as_object().unwrap()[1].span().of(text), r#""b": {"c": null}"#);
    }

    #[test]
    fn equal_keys_are_a_fault_at_any_level() {
        let parsed = parse(r#"{"a": {"Effect": "Deny", "\u0045ffect": "Allow"}}"#);
        assert!(matches!(&parsed.faults[0].kind, FaultKind::DuplicateKey { key, .. } if key == "Effect"));
        let many: Vec<String> = (0..40).map(|at| format!("\"k{at}\": 1")).collect();
        let doubled = format!("{{{}, \"k33\": 2}}", many.join(","));
        assert!(matches!(&kinds(&doubled)[..], [FaultKind::DuplicateKey { key, .. }] if key == "k33"));
    }

    #[test]
    fn several_faults_are_found_and_the_rest_is_kept() {
        let parsed = parse(r#"{"a": 1 "b": tru, "c" 3, "d": [1,, 2], }"#);
        let root = parsed.root.unwrap();
        assert_eq!(parsed.faults.len(), 5, "{:?}", parsed.faults);
        for key in ["a", "b", "c", "d"] {
            assert!(root.get(key).is_some(), "{key}");
        }
        assert_eq!(root.get("d").unwrap().as_array().unwrap().len(), 2);
    }

    #[test]
    fn an_unclosed_object_keeps_what_it_holds() {
        let parsed = parse("{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:Get\n");
        let statement = &parsed.root.unwrap().get("Statement").unwrap().as_array().unwrap()[0].clone();
        assert_eq!(statement.get("Action").and_then(Node::as_str), Some("s3:Get"));
        assert!(parsed.faults.iter().any(|fault| fault.kind == FaultKind::UnclosedString));
        assert_eq!(parsed.faults.iter().filter(|fault| matches!(fault.kind, FaultKind::Unclosed(_))).count(), 3);
    }

    #[test]
    fn a_wrong_closer_closes_what_it_fits() {
        let parsed = parse(r#"{"a": [1, 2}"#);
        assert_eq!(parsed.root.unwrap().get("a").unwrap().as_array().unwrap().len(), 2);
        assert_eq!(parsed.faults.len(), 1);
    }

    #[test]
    fn other_quotes_and_comments_are_told_once_each() {
        use FaultKind::{Comment, WrongQuotes};
        let parsed = parse("{'a': “b”, // c\n /* d\n */ \"e\": ‘f’}");
        let root = parsed.root.unwrap();
        let texts: Vec<_> = ["a", "e"].iter().map(|key| root.get(key).and_then(Node::as_str)).collect();
        assert_eq!(texts, [Some("b"), Some("f")]);
        let kinds: Vec<_> = parsed.faults.into_iter().map(|fault| fault.kind).collect();
        assert_eq!(kinds, [WrongQuotes, WrongQuotes, Comment, Comment, WrongQuotes]);
        assert!(kinds.len() == 5 && super::tokens("/* 'a").len() == 1);
    }

    #[test]
    fn trailing_text_and_empty_text_are_faults() {
        assert_eq!(kinds("{} x"), [FaultKind::Trailing]);
        assert_eq!(kinds(" "), [FaultKind::Empty]);
        assert!(kinds("[1]\n\t ").is_empty());
    }

    #[test]
    fn strings_are_unescaped_and_held_to_json() {
        let text = r#"["\u00e9\n\/", "\ud83d\ude00"]"#;
        let root = parse(text).root.unwrap();
        let texts: Vec<_> = root.as_array().unwrap().iter().filter_map(Node::as_str).collect();
        assert_eq!(texts, ["é\n/", "😀"]);
        for lone in [r#""\ud83d""#, r#""\ude00""#, r#""\ud83dx""#, r#""\ud83d\u0041""#] {
            assert_eq!(kinds(lone), [FaultKind::LoneSurrogate], "{lone}");
        }
        assert_eq!(kinds(r#""\x""#), [FaultKind::BadEscape]);
        assert_eq!(kinds("\"a\tb\""), [FaultKind::ControlCharacter]);
    }

    #[test]
    fn numbers_are_held_to_json() {
        for good in ["0", "-0", "10", "1.5", "1e9", "-1.25E-3"] {
            assert!(kinds(good).is_empty(), "{good}");
        }
        for bad in ["01", "+1", "1.", ".5", "1e", "--1", "-"] {
            assert_eq!(kinds(bad), [FaultKind::BadNumber], "{bad}");
        }
    }

    #[test]
    fn nesting_has_a_limit() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(kinds(&nested(DEPTH_MAX)).is_empty());
        assert_eq!(kinds(&nested(DEPTH_MAX + 1)), [FaultKind::TooDeep]);
        assert_eq!(kinds(&nested(200_000)), [FaultKind::TooDeep]);
    }

    #[test]
    fn printing_and_reading_agree() {
        let text = r#"{"a":[1,"x\"y",true,null],"é":{},"e":[]}"#;
        let root = parse(text).root.unwrap();
        assert_eq!(print(&root, Style::Compact), text);
        assert_eq!(print(&root, Style::Python), r#"{"a": [1, "x\"y", true, null], "\u00e9": {}, "e": []}"#);
        let pretty = "{\n    \"a\": [\n        1,\n        \"x\\\"y\",\n        true,\n        null\n    ],\n    \"é\": {},\n    \"e\": []\n}";
        assert_eq!(print(&root, Style::Pretty(4)), pretty);
    }
}
