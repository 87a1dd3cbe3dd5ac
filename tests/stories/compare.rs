//! What differs between two answers, and which differences are known.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::common::local::Outcome;

/// One member that differs.
pub(crate) struct Difference {
    /// `User.Path`, `error.message`; indices of lists are left out.
    pub(crate) path: String,
    ours: Value,
    theirs: Value,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} here, {} at moto", self.path, self.ours, self.theirs)
    }
}

/// Every member in which the two differ, but for what is made up by whoever answers.
pub(crate) fn differences(ours: &Outcome, theirs: &Outcome) -> Vec<Difference> {
    let value = |outcome: &Outcome| match outcome {
        Ok(output) => Value::Object(output.clone()),
        Err(error) => json!({"error": {"code": error.code, "message": error.message}}),
    };
    let mut found = Vec::new();
    walk("", &value(ours), &value(theirs), &mut found);
    found
}

fn walk(path: &str, ours: &Value, theirs: &Value, found: &mut Vec<Difference>) {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<_> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                walk(&path, member(a, key), member(b, key), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let (a, b) = (sorted(a), sorted(b));
            a.iter().zip(&b).for_each(|(a, b)| walk(path, a, b, found));
        }
        (Value::String(a), Value::String(b)) if made_up(path, a, b) => {}
        (a, b) if a != b => found.push(Difference { path: path.to_owned(), ours: a.clone(), theirs: b.clone() }),
        _ => {}
    }
}

fn member<'m>(map: &'m Map<String, Value>, key: &str) -> &'m Value {
    map.get(key).unwrap_or(&Value::Null)
}

/// AWS promises no order: a list is compared by what names its elements.
fn sorted(list: &[Value]) -> Vec<&Value> {
    let names = ["UserName", "GroupName", "RoleName", "PolicyName", "VersionId", "AccessKeyId", "Key"];
    let mut sorted: Vec<_> = list.iter().collect();
    sorted.sort_by_key(|item| {
        let name = names.iter().find_map(|name| item.get(name)).unwrap_or(item);
        name.to_string()
    });
    sorted
}

/// Ids, secrets and moments of the same form.
fn made_up(path: &str, ours: &str, theirs: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or_default();
    if ["Date", "Time"].iter().any(|end| name.ends_with(end)) {
        return ours.parse::<jiff::Timestamp>().is_ok() && theirs.parse::<jiff::Timestamp>().is_ok();
    }
    if name.ends_with("Document") {
        let json = |text: &str| serde_json::from_str::<Value>(text).ok();
        return json(ours).is_some_and(|ours| Some(ours) == json(theirs));
    }
    let is_id = name.ends_with("Id") && name != "VersionId" && name != "DefaultVersionId";
    name == "SecretAccessKey" || (is_id && ours.get(..4) == theirs.get(..4))
}

/// The differences that are known, each a line `story operation path: reason`; `*` for any story or operation.
pub(crate) struct Known(Vec<(Vec<String>, String)>);

impl Known {
    pub(crate) fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/differences.txt");
        let text = std::fs::read_to_string(path).unwrap();
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self(
            lines
                .map(|line| {
                    let (name, reason) = line.split_once(": ").unwrap_or_else(|| panic!("{line} gives no reason"));
                    let name: Vec<_> = name.split(' ').map(str::to_owned).collect();
                    assert_eq!(name.len(), 3, "{line}");
                    (name, reason.to_owned())
                })
                .collect(),
        )
    }

    pub(crate) fn find(&self, story: &str, operation: &str, path: &str) -> Option<usize> {
        let fits = |pattern: &str, is: &str| match pattern.strip_prefix('*') {
            Some(end) => is.ends_with(end),
            None => pattern == is,
        };
        self.0.iter().position(|(name, _)| fits(&name[0], story) && fits(&name[1], operation) && fits(&name[2], path))
    }

    /// Lines that no difference needed.
    pub(crate) fn unseen<'k>(&'k self, seen: &'k BTreeSet<usize>) -> impl Iterator<Item = String> + 'k {
        self.0.iter().enumerate().filter(|(index, _)| !seen.contains(index)).map(|(_, (name, _))| name.join(" "))
    }
}
