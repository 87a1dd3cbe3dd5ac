//! An answer as the `aws` command prints it: JSON, four spaces a level, policy documents as objects.

use serde_json::{Map, Value};

use super::quote::escape_json;
use crate::api::{Member, Model, Shape};
use crate::policy::json::{self, Node, Style};

/// The answer of an operation as text without a final line feed; empty for an answer without members.
///
/// Members come in the map's order, which is the model's for a typed output. Invisible characters are escaped.
pub fn output(model: &Model, answer: &Map<String, Value>) -> String {
    if answer.is_empty() {
        return String::new();
    }
    escape_json(&json::print(&structure(model.output, answer), Style::Pretty(4)))
}

fn structure(members: &[Member], map: &Map<String, Value>) -> Node {
    let pairs = map.iter().filter_map(|(key, value)| match members.iter().find(|m| m.name == key) {
        Some(member) => member.is_told(value).then(|| (key, node(member.shape, value))),
        None => (!value.is_null()).then(|| (key, value.into())),
    });
    object(pairs)
}

fn object<'a>(pairs: impl Iterator<Item = (&'a String, Node)>) -> Node {
    let member =
        |(key, value): (&String, Node)| json::Member { key: key.clone(), key_span: json::Span::default(), value };
    Node { span: json::Span::default(), value: json::Value::Object(pairs.map(member).collect()) }
}

fn node(shape: &Shape, value: &Value) -> Node {
    match (shape, value) {
        (Shape::Structure(members), Value::Object(map)) => structure(members, map),
        (Shape::Map { value: shape, .. }, Value::Object(map)) => {
            object(map.iter().map(|(key, value)| (key, node(shape, value))))
        }
        (Shape::List { of, .. }, Value::Array(items)) => {
            let items = items.iter().map(|item| node(of, item)).collect();
            Node { span: json::Span::default(), value: json::Value::Array(items) }
        }
        (Shape::Text(text), Value::String(given)) if text.is_document() => {
            document(given).unwrap_or_else(|| value.into())
        }
        (Shape::Timestamp, Value::String(given)) => (&timestamp(given)).into(),
        _ => value.into(),
    }
}

/// A policy document as the object it is; none for a text that is no JSON, which is then shown as a text.
fn document(text: &str) -> Option<Node> {
    let parsed = json::parse(text);
    parsed.root.filter(|root| parsed.faults.is_empty() && root.as_object().is_some())
}

/// As Python writes a moment in UTC: fractions only where there are any, then in microseconds.
fn timestamp(text: &str) -> Value {
    let Ok(moment) = text.parse::<jiff::Timestamp>() else { return text.into() };
    let fraction = moment.subsec_microsecond() != 0 || moment.subsec_millisecond() != 0;
    let form = if fraction { "%Y-%m-%dT%H:%M:%S.%6f+00:00" } else { "%Y-%m-%dT%H:%M:%S+00:00" };
    moment.strftime(form).to_string().into()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::output;
    use crate::api::{Service, find};

    fn printed(operation: &str, answer: &Value) -> String {
        output(find(Service::Iam, operation).unwrap(), answer.as_object().unwrap())
    }

    #[test]
    fn documents_are_objects_and_moments_have_an_offset() {
        let answer = json!({"Role": {
            "RoleName": "r\u{202e}é",
            "CreateDate": "2026-01-02T03:04:05Z",
            "AssumeRolePolicyDocument": "{\"Version\":\"2012-10-17\",\"Statement\":[]}",
            "Tags": [],
        }});
        assert_eq!(
            printed("GetRole", &answer),
            r#"{
    "Role": {
        "RoleName": "r\u202eé",
        "CreateDate": "2026-01-02T03:04:05+00:00",
        "AssumeRolePolicyDocument": {
            "Version": "2012-10-17",
            "Statement": []
        },
        "Tags": []
    }
}"#
        );
    }

    #[test]
    fn an_empty_answer_prints_nothing_and_a_broken_document_is_text() {
        assert_eq!(printed("DeleteUser", &json!({})), "");
        let answer = json!({"UserName": "a", "PolicyName": "b", "PolicyDocument": "{no json"});
        assert!(printed("GetUserPolicy", &answer).contains("\"PolicyDocument\": \"{no json\""));
        let answer = json!({"GeneratedTime": "2026-01-02T03:04:05.120Z"});
        assert!(printed("GetCredentialReport", &answer).contains("05.120000+00:00"));
    }
}
