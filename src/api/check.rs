//! The constraints of the model, checked as AWS checks them before an operation runs.
//!
//! Wording and order follow recorded answers: IAM names the member and hides its value, STS shows the value; several
//! violations come in one message, in the order in which a Java `HashMap` of the member names would iterate.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use regex::Regex;
use serde_json::{Map, Value};

use super::model::{Model, Service, Shape, Text, UNBOUNDED};
use crate::iam::{AccountAlias, Error};

/// Characters of most names, as the model writes them.
const NAME: [&str; 2] = [r"[\w+=,.@-]+", r"[\w+=,.@-]*"];
/// A path, as the model writes it.
const PATH: &str = r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)";
/// The start of a path, as the model writes it.
const PATH_PREFIX: &str = r"\u002F[\u0021-\u007F]*";
/// An account alias, as the model writes it; it looks ahead, which the regex crate does not.
const ALIAS: &str = r"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$";

/// Checks a call's input against the model.
///
/// # Errors
/// `ValidationError`, in AWS's words.
pub fn check(model: &Model, input: &Map<String, Value>) -> Result<(), Error> {
    let mut found = Findings { shows_values: model.service == Service::Sts, ..Findings::default() };
    for member in java_order(model) {
        let path = camel(member.name);
        match input.get(member.name) {
            None | Some(Value::Null) if member.required => {
                found.add(&path, &Value::Null, "Member must not be null");
            }
            None | Some(Value::Null) => {}
            Some(value) => found.value(&path, member.shape, value),
        }
    }
    found.into_result()
}

/// The input members in the order of a Java `HashMap` keyed by their names, which is how AWS reports violations.
fn java_order(model: &Model) -> Vec<&'static super::Member> {
    let buckets: u32 = if model.input.len() > 12 { 32 } else { 16 };
    let bucket = |name: &str| {
        let hash = camel(name).encode_utf16().fold(0_u32, |h, c| h.wrapping_mul(31).wrapping_add(u32::from(c)));
        (hash ^ (hash >> 16)) & (buckets - 1)
    };
    let mut members: Vec<_> = model.input.iter().collect();
    members.sort_by_key(|m| bucket(m.name));
    members
}

/// A member name as messages write it: `userName`.
fn camel(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|c| c.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

#[derive(Default)]
struct Findings {
    shows_values: bool,
    violations: Vec<String>,
    /// What IAM says of a name or path itself, when nothing else is wrong.
    invalid: Option<String>,
}

impl Findings {
    fn add(&mut self, path: &str, value: &Value, constraint: &str) {
        let shown = match value {
            _ if !self.shows_values => String::new(),
            Value::Null => " null".into(),
            Value::String(text) => format!(" '{text}'"),
            other => format!(" '{other}'"),
        };
        self.violations.push(format!("Value{shown} at '{path}' failed to satisfy constraint: {constraint}"));
    }

    fn value(&mut self, path: &str, shape: &'static Shape, value: &Value) {
        match (shape, value) {
            (Shape::Text(text), Value::String(given)) => self.text(path, text, given),
            (Shape::Integer { min, max }, Value::Number(given)) => {
                let given = given.as_i64().unwrap_or(i64::MAX);
                for (bad, word, limit) in
                    [(max.is_some_and(|m| given > m), "less", max), (min.is_some_and(|m| given < m), "greater", min)]
                {
                    if let (true, Some(limit)) = (bad, limit) {
                        self.add(path, value, &format!("Member must have value {word} than or equal to {limit}"));
                    }
                }
            }
            (Shape::List { of, min, max }, Value::Array(items)) => self.list(path, (of, *min, *max), items),
            (Shape::Structure(members), Value::Object(map)) => {
                for member in *members {
                    let path = format!("{path}.{}", camel(member.name));
                    match map.get(member.name) {
                        None | Some(Value::Null) if member.required => {
                            self.add(&path, &Value::Null, "Member must not be null");
                        }
                        None | Some(Value::Null) => {}
                        Some(value) => self.value(&path, member.shape, value),
                    }
                }
            }
            (Shape::Map { value: shape, .. }, Value::Object(map)) => {
                for (key, value) in map {
                    self.value(&format!("{path}.{key}.member"), shape, value);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, path: &str, text: &'static Text, given: &str) {
        let value = if text.secret { Value::from("***") } else { Value::from(given) };
        for constraint in length_violations(text, given) {
            self.add(path, &value, &constraint);
        }
        if !text.values.is_empty() && !text.values.contains(&given) {
            // Of a status the set stays hidden in IAM: it holds values that only AWS sets (both recorded).
            let shown = self.shows_values || !path.ends_with("status");
            let set = if shown { format!(": [{}]", text.values.join(", ")) } else { String::new() };
            self.add(path, &value, &format!("Member must satisfy enum value set{set}"));
        }
        if text.pattern.is_empty() || matches(text.pattern, given) {
            return;
        }
        match self.own_words(path, text) {
            Some(sentence) => self.invalid = self.invalid.take().or(Some(sentence)),
            None => {
                self.add(path, &value, &format!("Member must satisfy regular expression pattern: {}", text.pattern));
            }
        }
    }

    /// IAM's own sentence for names, paths and documents; the other patterns are reported as patterns.
    fn own_words(&self, path: &str, text: &Text) -> Option<String> {
        let rule = match text.pattern {
            _ if self.shows_values => return None,
            pattern if NAME.contains(&pattern) => {
                "It must contain only alphanumeric characters and/or the following: +=,.@_-"
            }
            PATH => "It must begin and end with / and contain only alphanumeric characters and/or / characters.",
            PATH_PREFIX => "It must begin with / and contain only alphanumeric characters and/or / characters.",
            _ if text.is_document() => "It must contain only printable ASCII characters.",
            _ => return None,
        };
        Some(format!("The specified value for {path} is invalid. {rule}"))
    }

    fn list(&mut self, path: &str, (of, min, max): (&'static Shape, usize, usize), items: &[Value]) {
        let whole = Value::from(format!("[{}]", items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")));
        if items.len() > max {
            self.add(path, &whole, &format!("Member must have length less than or equal to {max}"));
        }
        if items.len() < min {
            self.add(path, &whole, &format!("Member must have length greater than or equal to {min}"));
        }
        if let Shape::Text(text) = of {
            if items.iter().any(|item| item.as_str().is_none_or(|item| !fits(text, item))) {
                self.add(path, &whole, &format!("Member must satisfy constraint: [{}]", constraints(text).join(", ")));
            }
            return;
        }
        for (index, item) in items.iter().enumerate() {
            self.value(&format!("{path}.{}.member", index + 1), of, item);
        }
    }

    fn into_result(self) -> Result<(), Error> {
        let count = self.violations.len();
        match (count, self.invalid) {
            (0, None) => Ok(()),
            (0, Some(sentence)) => Err(Error::validation(sentence)),
            _ => {
                let noun = if count == 1 { "error" } else { "errors" };
                Err(Error::validation(format!("{count} validation {noun} detected: {}", self.violations.join("; "))))
            }
        }
    }
}

fn length_violations(text: &Text, given: &str) -> Vec<String> {
    let length = given.chars().count();
    let mut out = Vec::new();
    if length > text.max {
        out.push(format!("Member must have length less than or equal to {}", text.max));
    }
    if length < text.min {
        out.push(format!("Member must have length greater than or equal to {}", text.min));
    }
    out
}

fn fits(text: &'static Text, given: &str) -> bool {
    length_violations(text, given).is_empty()
        && (text.values.is_empty() || text.values.contains(&given))
        && (text.pattern.is_empty() || matches(text.pattern, given))
}

/// Every constraint of a list's elements, as the message about a list of texts names them all.
fn constraints(text: &Text) -> Vec<String> {
    let mut out = Vec::new();
    if text.max != UNBOUNDED {
        out.push(format!("Member must have length less than or equal to {}", text.max));
        out.push(format!("Member must have length greater than or equal to {}", text.min));
    }
    if !text.values.is_empty() {
        out.push(format!("Member must satisfy enum value set: [{}]", text.values.join(", ")));
    }
    if !text.pattern.is_empty() {
        out.push(format!("Member must satisfy regular expression pattern: {}", text.pattern));
        out.push("Member must not be null".into());
    }
    out
}

/// Whether the whole text is matched by a pattern of the model.
pub fn matches(pattern: &'static str, text: &str) -> bool {
    if NAME.contains(&pattern) {
        return (pattern.ends_with('*') || !text.is_empty())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b));
    }
    if pattern == ALIAS {
        return text.parse::<AccountAlias>().is_ok() || text.bytes().all(|b| b.is_ascii_digit());
    }
    compiled(pattern).is_none_or(|regex| regex.is_match(text))
}

/// The pattern as the regex crate reads it. The model is written for Java: `\w` and `\d` mean ASCII there.
fn compiled(pattern: &'static str) -> Option<Arc<Regex>> {
    type Compiled = HashMap<&'static str, Option<Arc<Regex>>>;
    static CACHE: LazyLock<Mutex<Compiled>> = LazyLock::new(Mutex::default);
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    cache.entry(pattern).or_insert_with(|| Regex::new(&translated(pattern)).ok().map(Arc::new)).clone()
}

fn translated(pattern: &str) -> String {
    let ascii = pattern
        .replace(r"\w", "A-Za-z0-9_")
        .replace(r"[\d]", "[0-9]")
        .replace(r"\d", "[0-9]")
        .replace(r"\u10000-\u10FFFF", r"\x{10000}-\x{10FFFF}");
    let mut out = String::from(r"\A(?:");
    let mut rest = ascii.as_str();
    while let Some((before, after)) = rest.split_once(r"\u") {
        let (digits, tail) = after.split_at_checked(4).unwrap_or((after, ""));
        out.extend([before, r"\x{", digits, "}"]);
        rest = tail;
    }
    out.push_str(rest);
    out.push_str(r")\z");
    out
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{check, compiled};
    use crate::api::{Service, Shape, find};

    fn message(operation: &str, input: &Value) -> String {
        let model = find(Service::Iam, operation).or_else(|| find(Service::Sts, operation)).unwrap();
        check(model, input.as_object().unwrap()).map_or_else(|e| e.message, |()| "fits".into())
    }

    #[test]
    fn every_pattern_of_the_model_compiles() {
        fn walk(shape: &'static Shape, depth: usize) {
            match shape {
                Shape::Text(text) if !text.pattern.is_empty() && text.pattern != super::ALIAS => {
                    assert!(compiled(text.pattern).is_some(), "{}", text.pattern);
                }
                Shape::List { of, .. } => walk(of, depth),
                Shape::Structure(members) if depth < 4 => members.iter().for_each(|m| walk(m.shape, depth + 1)),
                _ => {}
            }
        }
        for model in crate::api::operations() {
            model.input.iter().chain(model.output).for_each(|m| walk(m.shape, 0));
        }
    }

    #[test]
    fn iam_hides_the_value_and_sts_shows_it() {
        assert_eq!(
            message("GetPolicyVersion", &json!({"PolicyArn": "arn:aws:iam::aws:policy/A", "VersionId": "v2-no"})),
            "1 validation error detected: Value at 'versionId' failed to satisfy constraint: Member must satisfy \
             regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?"
        );
        assert_eq!(
            message("AssumeRole", &json!({"RoleArn": "arn:aws:iam::123456789012:role/a", "RoleSessionName": "a:2"})),
            "1 validation error detected: Value 'a:2' at 'roleSessionName' failed to satisfy constraint: Member must \
             satisfy regular expression pattern: [\\w+=,.@-]*"
        );
    }

    #[test]
    fn violations_come_together_in_recorded_order() {
        let input = json!({"MaxPasswordAge": 5000, "MinimumPasswordLength": 500, "PasswordReusePrevention": 50});
        let text = message("UpdateAccountPasswordPolicy", &input);
        assert!(text.starts_with(
            "3 validation errors detected: Value at 'minimumPasswordLength' failed to satisfy constraint: Member must \
             have value less than or equal to 128; Value at 'passwordReusePrevention' failed to satisfy constraint: \
             Member must have value less than or equal to 24; Value at 'maxPasswordAge'"
        ), "{text}");
    }

    #[test]
    fn a_list_of_texts_names_every_constraint() {
        assert_eq!(
            message("UntagRole", &json!({"RoleName": "a", "TagKeys": ["k".repeat(129)]})),
            "1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: Member must satisfy \
             constraint: [Member must have length less than or equal to 128, Member must have length greater than or \
             equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must \
             not be null]"
        );
    }

    #[test]
    fn names_and_paths_have_sentences_of_their_own() {
        assert_eq!(
            message("CreateUser", &json!({"UserName": "a b"})),
            "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the \
             following: +=,.@_-"
        );
        assert_eq!(
            message("CreateUser", &json!({"UserName": "ann", "Path": "eng/"})),
            "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric \
             characters and/or / characters."
        );
        assert_eq!(message("CreateUser", &json!({"UserName": "ann", "Path": "/eng/"})), "fits");
    }

    #[test]
    fn what_is_required_must_be_there() {
        assert_eq!(
            message("CreateUser", &json!({})),
            "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must not be null"
        );
    }
}
