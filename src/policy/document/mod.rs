//! A policy document, typed, with the place of everything in it.
//!
//! Reading never fails: what could be read is kept, and what has no place is listed as a [`Problem`]. Whether IAM takes the
//! document is another question (`super::refusal`), and so is whether it is wise (`super::lint`). The grammar is that of
//! the IAM User Guide, "Grammar of the IAM JSON policy language".

mod problem;
mod read;

use super::json::{self, Node, Span};

pub use problem::{Problem, ProblemKind};

/// A policy document and the text it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The text, as it was given.
    pub text: String,
    /// The JSON in it, with what is wrong with it as JSON.
    pub json: json::Parsed,
    /// `Version`.
    pub version: Option<Field<Item>>,
    /// `Id`.
    pub id: Option<Field<Item>>,
    /// `Statement`: one, or a list.
    pub statement: Option<Field<Vec<Statement>>>,
    /// What is wrong with it as a policy, in the order of the text.
    pub problems: Vec<Problem>,
}

/// The value of a key, with the key's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<T> {
    /// The key with its quotes.
    pub key: Span,
    /// The whole value, brackets included.
    pub span: Span,
    /// What was read.
    pub value: T,
}

/// What sort of JSON value an [`Item`] was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// `null`.
    Null,
}

/// A single value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The value with its quotes.
    pub span: Span,
    /// The string unescaped, or the number or literal as it is written.
    pub text: String,
    /// What sort of value it was.
    pub kind: ItemKind,
}

/// One value or a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Items {
    /// The values.
    pub items: Vec<Item>,
    /// Whether they stand in brackets.
    pub is_list: bool,
}

/// A statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// The statement with its braces.
    pub span: Span,
    /// `Sid`.
    pub sid: Option<Field<Item>>,
    /// `Effect`, as it is written.
    pub effect: Option<Field<Item>>,
    /// `Principal`.
    pub principal: Option<Field<Principals>>,
    /// `NotPrincipal`.
    pub not_principal: Option<Field<Principals>>,
    /// `Action`.
    pub action: Option<Field<Items>>,
    /// `NotAction`.
    pub not_action: Option<Field<Items>>,
    /// `Resource`.
    pub resource: Option<Field<Items>>,
    /// `NotResource`.
    pub not_resource: Option<Field<Items>>,
    /// `Condition`.
    pub condition: Option<Field<Vec<ConditionBlock>>>,
}

/// Whom a statement speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principals {
    /// `"*"`, or another single value, which only `"*"` may be.
    Single(Item),
    /// `{"AWS": …, "Service": …}`.
    Typed(Vec<PrincipalEntry>),
}

/// The principals of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalEntry {
    /// `AWS`, `Service`, `Federated`, `CanonicalUser`.
    pub kind: Item,
    /// Who.
    pub values: Items,
}

/// A condition operator with its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionBlock {
    /// `StringEquals`, `ForAnyValue:ArnLikeIfExists`, …
    pub operator: Item,
    /// The keys, each of which must match.
    pub keys: Vec<ConditionKey>,
}

/// A condition key with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionKey {
    /// `aws:SourceIp`, …
    pub key: Item,
    /// The whole value, brackets included.
    pub span: Span,
    /// The values, one of which must match.
    pub values: Items,
}

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies.
    Deny,
}

/// The language version of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Version {
    /// `2008-10-17`, and documents that name none: no policy variables.
    V2008,
    /// `2012-10-17`.
    V2012,
}

impl Document {
    /// Reads a text, to its end, whatever is in it.
    pub fn parse(text: impl Into<String>) -> Self {
        read::document(text.into())
    }

    /// Reads a document that is already JSON, as its Python `json.dumps` text, which the places refer to.
    pub fn from_value(value: &serde_json::Value) -> Self {
        Self::parse(json::print(&Node::from(value), json::Style::Python))
    }

    /// Whether it is JSON and has the shape of a policy.
    pub fn is_well_formed(&self) -> bool {
        self.json.faults.is_empty() && self.problems.is_empty()
    }

    /// Its size as IAM counts it against quotas: characters, white space left out (IAM User Guide, "IAM and AWS STS
    /// quotas").
    pub fn size(&self) -> usize {
        self.text.chars().filter(|c| !c.is_whitespace()).count()
    }

    /// The statements.
    pub fn statements(&self) -> &[Statement] {
        self.statement.as_ref().map_or(&[], |field| &field.value)
    }

    /// The language version that applies.
    pub fn language(&self) -> Version {
        match &self.version {
            Some(field) if field.value.text == "2012-10-17" => Version::V2012,
            _ => Version::V2008,
        }
    }
}

impl Statement {
    /// What it does; none if that is missing or misspelt. `Effect` is case-sensitive.
    pub fn effect(&self) -> Option<Effect> {
        match self.effect.as_ref()?.value.text.as_str() {
            "Allow" => Some(Effect::Allow),
            "Deny" => Some(Effect::Deny),
            _ => None,
        }
    }

    /// Its `Sid`, if it has one that is not empty.
    pub fn name(&self) -> Option<&str> {
        self.sid.as_ref().map(|field| field.value.text.as_str()).filter(|sid| !sid.is_empty())
    }

    /// The operators of its condition.
    pub fn conditions(&self) -> &[ConditionBlock] {
        self.condition.as_ref().map_or(&[], |field| &field.value)
    }
}

impl Items {
    /// The texts of the values.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(|item| item.text.as_str())
    }
}

impl Item {
    /// Whether it is the string `*`.
    pub fn is_star(&self) -> bool {
        self.kind == ItemKind::String && self.text == "*"
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Effect, ItemKind, Principals, ProblemKind, Version};

    const TEXT: &str = r#"{
        "Version": "2012-10-17", "Id": "x",
        "Statement": {
            "Sid": "One", "Effect": "Allow", "Principal": {"AWS": "*", "Service": ["a", "b"]},
            "Action": ["s3:Get*", "s3:List*"], "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": true}, "NumericLessThan": {"s3:max-keys": ["10", 5]}}
        }
    }"#;

    #[test]
    fn a_document_is_read_with_places() {
        let document = Document::parse(TEXT);
        assert!(document.is_well_formed(), "{:?}", document.problems);
        assert_eq!(document.language(), Version::V2012);
        assert_eq!(document.size(), TEXT.split_whitespace().map(str::len).sum::<usize>());
        let [statement] = document.statements() else { panic!("one statement") };
        assert_eq!((statement.effect(), statement.name()), (Some(Effect::Allow), Some("One")));
        let action = statement.action.as_ref().unwrap();
        assert_eq!(action.key.of(TEXT), "\"Action\"");
        assert_eq!(action.value.items[1].span.of(TEXT), "\"s3:List*\"");
        let Principals::Typed(entries) = &statement.principal.as_ref().unwrap().value else { panic!("typed") };
        assert_eq!(entries[1].values.texts().collect::<Vec<_>>(), ["a", "b"]);
        let [secure, keys] = statement.conditions() else { panic!("two operators") };
        assert_eq!((secure.keys[0].values.items[0].kind, secure.keys[0].values.is_list), (ItemKind::Bool, false));
        assert_eq!(keys.keys[0].values.items[1].text, "5");
    }

    #[test]
    fn what_has_no_place_is_listed_and_the_rest_kept() {
        let text = r#"{"Statement": [{"Effect": ["Allow"], "action": "x", "Action": ["a:b", {}], "Condition": []}, 7], "X": 1}"#;
        let document = Document::parse(text);
        let kinds: Vec<_> = document.problems.iter().map(|problem| (&problem.kind, problem.span.of(text))).collect();
        assert_eq!(
            kinds,
            [
                (&ProblemKind::WrongType { key: "Effect", found: "array" }, "[\"Allow\"]"),
                (&ProblemKind::UnknownKey("action".to_owned()), "\"action\""),
                (&ProblemKind::WrongType { key: "Action", found: "object" }, "{}"),
                (&ProblemKind::WrongType { key: "Condition", found: "array" }, "[]"),
                (&ProblemKind::WrongType { key: "Statement", found: "number" }, "7"),
                (&ProblemKind::UnknownKey("X".to_owned()), "\"X\""),
            ]
        );
        assert_eq!(document.statements()[0].action.as_ref().unwrap().value.items.len(), 1);
    }

    #[test]
    fn a_half_typed_document_is_read_as_far_as_it_goes() {
        let document = Document::parse(
            "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"Action\": [\"s3:Ge",
        );
        assert_eq!(document.statements()[0].effect(), Some(Effect::Deny));
        assert_eq!(document.statements()[0].action.as_ref().unwrap().value.items[0].text, "s3:Ge");
        assert!(!document.is_well_formed());
    }

    #[test]
    fn values_are_printed_and_read() {
        let value = serde_json::json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "é"}]});
        let document = Document::from_value(&value);
        assert_eq!(document.statements()[0].resource.as_ref().unwrap().value.items[0].text, "é");
        assert!(document.text.contains(r#""Resource": "\u00e9""#));
    }
}
