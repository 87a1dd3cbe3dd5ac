//! Placeholders of the recordings: what they stand for in requests, and whether an answer fits a recorded one.

use std::collections::HashMap;

use regex::Regex;
use serde_json::{Map, Value};

/// What placeholders stand for in one test.
///
/// Names in requests are made up from the placeholder alone. What the store makes (ids, markers) is bound on first sight in
/// an answer, and must be the same from then on.
pub(crate) struct Bindings {
    given: Map<String, Value>,
    seen: HashMap<String, String>,
    placeholder: Regex,
    /// A time that was made a placeholder with its value in it.
    timestamp: Regex,
}

impl Bindings {
    pub(crate) fn new(given: Map<String, Value>) -> Self {
        let placeholder = Regex::new(r"<[a-z0-9_-]+(:[0-9]+)?>").expect("a pattern");
        let timestamp = Regex::new("<timestamp:([^>]+)>").expect("a pattern");
        Self { given, seen: HashMap::new(), placeholder, timestamp }
    }

    /// A request as it is sent: names made up, documents as text.
    pub(crate) fn request(&self, recorded: &Value, answer: &Value) -> Value {
        match recorded {
            Value::String(text) => match text.strip_prefix('@') {
                Some(place) => answer.pointer(place).map(|value| self.request(value, answer)).unwrap_or_default(),
                None => Value::String(self.fill(text)),
            },
            Value::Array(items) => items.iter().map(|item| self.request(item, answer)).collect(),
            Value::Object(members) => {
                members.iter().map(|(name, value)| (name.clone(), self.member(name, value, answer))).collect()
            }
            other => other.clone(),
        }
    }

    fn member(&self, name: &str, value: &Value, answer: &Value) -> Value {
        let value = self.request(value, answer);
        if name.ends_with("Document") && value.is_object() { Value::String(value.to_string()) } else { value }
    }

    fn fill(&self, text: &str) -> String {
        let value = |found: &regex::Captures<'_>| self.value(&found[0]);
        let text = self.timestamp.replace_all(text, "$1");
        self.placeholder.replace_all(&text, value).replace("111111111111", super::ACCOUNT)
    }

    fn value(&self, placeholder: &str) -> String {
        if let Some(given) = self.given.get(placeholder) {
            return given.as_str().unwrap_or_default().to_owned();
        }
        let word = placeholder.trim_matches(['<', '>']);
        match word {
            "partition" => "aws".into(),
            "region" => "us-east-1".into(),
            "path" | "path:1" => "/a-path/".into(),
            _ if word.starts_with("marker") || word.contains("-id") => {
                self.seen.get(placeholder).cloned().unwrap_or_else(|| word.replace(':', "-"))
            }
            // Long enough for where an ARN is asked for.
            _ => format!("{}-of-the-recording", word.replace(':', "-")),
        }
    }

    /// What is wrong with an answer, or nothing.
    pub(crate) fn compare(&mut self, recorded: &Value, answer: &Value, place: &str) -> Result<(), String> {
        match (recorded, answer) {
            (Value::Object(expected), Value::Object(found)) => self.members(expected, found, place),
            // Documents are recorded as JSON and answered as text.
            (Value::Object(_), Value::String(text)) => match serde_json::from_str(text) {
                Ok(document) => self.compare(recorded, &document, place),
                Err(error) => Err(format!("{place}: {error}")),
            },
            (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
                let mut pairs = expected.iter().zip(found).enumerate();
                pairs.try_for_each(|(n, (expected, found))| self.compare(expected, found, &format!("{place}/{n}")))
            }
            (Value::String(expected), Value::String(found)) if self.fits(expected, found) => Ok(()),
            // Counts that differ from account to account were recorded as words.
            (Value::String(_), Value::Number(_)) => Ok(()),
            _ if recorded == answer => Ok(()),
            _ => Err(format!("{place}: {answer} instead of {recorded}")),
        }
    }

    fn members(
        &mut self,
        expected: &Map<String, Value>,
        found: &Map<String, Value>,
        place: &str,
    ) -> Result<(), String> {
        // Answers that were put together from pages do not say whether they are truncated.
        let names = |map: &Map<String, Value>| {
            let mut names: Vec<_> = map.keys().filter(|name| *name != "IsTruncated").cloned().collect();
            names.sort();
            names
        };
        if names(expected) != names(found) {
            return Err(format!("{place}: members {:?} instead of {:?}", names(found), names(expected)));
        }
        let mut pairs = expected.iter().filter_map(|(name, value)| Some((name, value, found.get(name)?)));
        pairs.try_for_each(|(name, value, found)| self.compare(value, found, &format!("{place}/{name}")))
    }

    /// Whether a text is what was recorded, once placeholders are bound.
    fn fits(&mut self, expected: &str, found: &str) -> bool {
        let mut pattern = String::from("^");
        let (mut at, mut unbound) = (0, Vec::new());
        for hit in self.placeholder.find_iter(expected) {
            pattern += &regex::escape(&expected[at..hit.start()].replace("111111111111", super::ACCOUNT));
            at = hit.end();
            if let Some(value) = self.known(hit.as_str()) {
                pattern += &regex::escape(&value);
            } else {
                pattern += "(.+)";
                unbound.push(hit.as_str().to_owned());
            }
        }
        pattern += &regex::escape(&expected[at..].replace("111111111111", super::ACCOUNT));
        let Some(found) = Regex::new(&format!("{pattern}$")).expect("a pattern").captures(found) else { return false };
        for (n, name) in unbound.into_iter().enumerate().filter(|(_, name)| name != "<datetime>") {
            self.seen.insert(name, found[n + 1].to_owned());
        }
        true
    }

    fn known(&self, placeholder: &str) -> Option<String> {
        match placeholder {
            "<partition>" | "<region>" | "<path>" | "<path:1>" => Some(self.value(placeholder)),
            _ => self.seen.get(placeholder).cloned(),
        }
    }

    /// Whether a refusal says what was recorded. Names that do not exist were not always replaced in the recorded message,
    /// so any name may stand where the request's own does.
    pub(crate) fn same_message(&mut self, recorded: &str, found: &str, request: &Value) -> bool {
        if self.fits(recorded, found) {
            return true;
        }
        let mut pattern = regex::escape(found);
        for value in texts(request) {
            pattern = pattern.replace(&regex::escape(value), "[^ ]+");
        }
        !self.placeholder.is_match(recorded) && Regex::new(&format!("^{pattern}$")).is_ok_and(|p| p.is_match(recorded))
    }
}

/// The texts of a request that may be names.
fn texts(request: &Value) -> Vec<&str> {
    request
        .as_object()
        .into_iter()
        .flat_map(Map::values)
        .filter_map(Value::as_str)
        .filter(|text| text.len() > 9)
        .collect()
}
