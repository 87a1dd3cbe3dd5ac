//! A call as the `aws` line that does the same, ready to paste: `aws iam create-user --user-name ann`.
//!
//! Secrets are never in it: a shell variable stands for each, which is empty, and so refused, where it is not set.
//! What an option cannot say, such as a text that the `aws` command would take for a file, goes into `--cli-input-json`.

use serde_json::{Map, Value};

use super::names::kebab;
use super::options::gathers;
use super::quote::{escape_json, word};
use crate::api::{Call, Member, Shape};
use crate::policy::json::{self, Style};

/// The line.
pub fn print(call: &Call) -> String {
    let model = call.model();
    let mut words = vec!["aws".to_owned(), model.service.as_str().to_owned(), kebab(model.name)];
    if gathers(model) && call.input().contains_key("MaxItems") {
        words.push("--no-paginate".into());
    }
    let mut rest = Map::new();
    for (name, value) in call.input().iter().filter(|(_, value)| !value.is_null()) {
        let member = model.member(name);
        match member.and_then(|member| option(member, value)) {
            Some(option) => words.push(option),
            None => drop(rest.insert(name.clone(), value.clone())),
        }
    }
    if !rest.is_empty() {
        words.push(format!("--cli-input-json {}", word(&json_text(&Value::Object(rest)))));
    }
    words.join(" ")
}

/// The option that sets the member; none if no option can.
fn option(member: &Member, value: &Value) -> Option<String> {
    let name = kebab(member.name);
    match (member.shape, value) {
        (Shape::Boolean, Value::Bool(true)) => Some(format!("--{name}")),
        (Shape::Boolean, Value::Bool(false)) => Some(format!("--no-{name}")),
        (Shape::Integer { .. }, Value::Number(number)) => Some(format!("--{name} {number}")),
        (Shape::Text(text), Value::String(_)) if text.secret => {
            Some(format!("--{name} \"${}\"", name.replace('-', "_").to_ascii_uppercase()))
        }
        (Shape::Text(text), Value::String(given)) => {
            let compact = if text.is_document() { compact(given) } else { None };
            scalar(&name, compact.as_deref().unwrap_or(given))
        }
        (Shape::Timestamp | Shape::Blob, Value::String(given)) => scalar(&name, given),
        (Shape::List { of, .. }, Value::Array(items)) => {
            let words = list(of, items).unwrap_or_else(|| word(&json_text(value)));
            Some(format!("--{name} {words}"))
        }
        (Shape::Structure(_) | Shape::Map { .. }, Value::Object(_)) => {
            let text = shorthand(value, false).unwrap_or_else(|| json_text(value));
            Some(format!("--{name} {}", word(&text)))
        }
        _ => None,
    }
}

/// A policy document on one line without spaces; none if it is no JSON.
fn compact(document: &str) -> Option<String> {
    let parsed = json::parse(document);
    let root = parsed.root.filter(|_| parsed.faults.is_empty())?;
    Some(json::print(&root, Style::Compact))
}

fn scalar(name: &str, text: &str) -> Option<String> {
    if is_file(text) || text.contains('\0') {
        return None;
    }
    let joint = if text.starts_with('-') { '=' } else { ' ' };
    Some(format!("--{name}{joint}{}", word(text)))
}

/// What the `aws` command would read a file for.
fn is_file(text: &str) -> bool {
    text.starts_with("file://") || text.starts_with("fileb://")
}

/// The elements one by one; none where one of them would be taken for something else.
fn list(of: &Shape, items: &[Value]) -> Option<String> {
    let one = |item: &Value| match (of, item) {
        (Shape::Text(text), Value::String(given)) => {
            let given = if text.is_document() { compact(given) } else { None }.unwrap_or_else(|| given.clone());
            let odd = given.starts_with('-') || given.contains('\0') || given.trim_start().starts_with('[');
            (!odd && !is_file(&given)).then(|| word(&given))
        }
        (Shape::Structure(_), Value::Object(map)) if !map.is_empty() => shorthand(item, false).map(|text| word(&text)),
        _ => None,
    };
    if items.is_empty() {
        return None;
    }
    Some(items.iter().map(one).collect::<Option<Vec<_>>>()?.join(" "))
}

/// The value in shorthand; none where the shorthand could be misread.
fn shorthand(value: &Value, inside: bool) -> Option<String> {
    match value {
        Value::String(text) => shorthand_text(text),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => {
            let items = items.iter().map(|item| shorthand(item, true)).collect::<Option<Vec<_>>>()?;
            Some(format!("[{}]", items.join(",")))
        }
        Value::Object(map) if !map.is_empty() => {
            // A word that starts with a key must be taken neither for an option nor for a file.
            let plain = |key: &str| {
                key.starts_with(|c: char| c.is_ascii_alphanumeric())
                    && !key.contains("//")
                    && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_.#/:".contains(c))
            };
            let pair = |(key, value): (&String, &Value)| {
                let value = shorthand(value, true)?;
                plain(key).then(|| format!("{key}={value}"))
            };
            let pairs = map.iter().map(pair).collect::<Option<Vec<_>>>()?.join(",");
            Some(if inside { format!("{{{pairs}}}") } else { pairs })
        }
        Value::Null | Value::Object(_) => None,
    }
}

fn shorthand_text(text: &str) -> Option<String> {
    let bare = |c: char| c.is_ascii_alphanumeric() || "-_.:/@+*%$#".contains(c);
    if !text.is_empty() && text.chars().all(bare) {
        return Some(text.to_owned());
    }
    let quotable = |c: char| crate::text::is_plain(c) && c != '"' && c != '\\';
    text.chars().all(quotable).then(|| format!("\"{text}\""))
}

fn json_text(value: &Value) -> String {
    escape_json(&json::print(&value.into(), Style::Compact))
}
