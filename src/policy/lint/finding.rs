//! What lint found: where, why, and how to mend it.

use super::checks::Check;
use crate::policy::document::Document;
use crate::policy::json::{Node, Span, Value};

/// One thing lint has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which check says it.
    pub check: &'static Check,
    /// The texts it is about, the first one first. Never empty.
    pub spans: Vec<Span>,
    /// What is particular to this one: `did you mean s3:GetObject?`
    pub note: Option<String>,
    /// A repair that can be applied as it is.
    pub fix: Option<Fix>,
}

/// A repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: `Use s3:GetObject`.
    pub title: String,
    /// The changes, none overlapping another, in the order of the text.
    pub edits: Vec<Edit>,
}

/// A change of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes in its place.
    pub text: String,
}

impl Finding {
    /// The first place.
    pub fn span(&self) -> Span {
        self.spans.first().copied().unwrap_or_default()
    }

    pub(super) fn new(check: &'static Check, span: Span) -> Self {
        Self { check, spans: vec![span], note: None, fix: None }
    }

    pub(super) fn also(mut self, span: Span) -> Self {
        self.spans.push(span);
        self
    }

    pub(super) fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    pub(super) fn fixed(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix { title: title.into(), edits });
        self
    }
}

impl Fix {
    /// The text with the repair made.
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for edit in &self.edits {
            out.push_str(text.get(from..edit.span.start).unwrap_or_default());
            out.push_str(&edit.text);
            from = edit.span.end;
        }
        out + text.get(from..).unwrap_or_default()
    }
}

impl Edit {
    /// A JSON string in place of what stands there.
    pub(super) fn string(span: Span, value: &str) -> Self {
        Self { span, text: serde_json::Value::from(value).to_string() }
    }

    /// What stands there goes, with the comma that joins it to its neighbours.
    pub(super) fn remove(text: &str, span: Span) -> Self {
        let after = text.get(span.end..).unwrap_or_default();
        let rest = after.trim_start();
        if let Some(next) = rest.strip_prefix(',') {
            return Self { span: Span::new(span.start, text.len() - next.trim_start().len()), text: String::new() };
        }
        let before = text.get(..span.start).unwrap_or_default().trim_end();
        let start = before.strip_suffix(',').map_or(span.start, |before| before.trim_end().len());
        Self { span: Span::new(start, span.end), text: String::new() }
    }
}

/// A step of the way from the top of a document to a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The member of an object with this key.
    Key(String),
    /// The element of an array, from 0.
    Index(usize),
}

/// The way to the value or key that stands at a place; the way to what holds it, if nothing stands there exactly.
pub fn path(document: &Document, span: Span) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut node = document.json.root.as_ref();
    while let Some(at) = node {
        node = step(at, span, &mut parts);
    }
    parts
}

fn step<'n>(node: &'n Node, span: Span, parts: &mut Vec<Part>) -> Option<&'n Node> {
    let holds = |outer: Span| outer.start <= span.start && span.end <= outer.end;
    if node.span == span {
        return None;
    }
    match &node.value {
        Value::Object(members) => {
            // Members and elements stand in the order of the text.
            let after = members.partition_point(|member| member.key_span.start <= span.start);
            let member = members.get(after.checked_sub(1)?).filter(|member| holds(member.span()))?;
            parts.push(Part::Key(member.key.clone()));
            Some(&member.value)
        }
        Value::Array(elements) => {
            let at = elements.partition_point(|element| element.span.start <= span.start).checked_sub(1)?;
            let element = elements.get(at).filter(|element| holds(element.span))?;
            parts.push(Part::Index(at));
            Some(element)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Edit, Fix, Part, path};
    use crate::policy::document::Document;
    use crate::policy::json::Span;

    fn span_of(text: &str, part: &str) -> Span {
        let at = text.find(part).unwrap();
        Span::new(at, at + part.len())
    }

    #[test]
    fn places_have_ways_to_them() {
        let text = r#"{"Statement": [{"Action": ["a:b", "c:d"], "Effect": "Allow"}]}"#;
        let document = Document::parse(text);
        let (key, index) = (|key: &str| Part::Key(key.to_owned()), Part::Index);
        let way = |part| path(&document, span_of(text, part));
        assert_eq!(way("\"c:d\""), [key("Statement"), index(0), key("Action"), index(1)]);
        assert_eq!(way("\"Effect\""), [key("Statement"), index(0), key("Effect")]);
        assert_eq!(way(text), []);
    }

    #[test]
    fn removing_takes_one_comma_along() {
        let removed = |text: &str, part: &str| {
            Fix { title: String::new(), edits: vec![Edit::remove(text, span_of(text, part))] }.apply(text)
        };
        assert_eq!(removed("[1, 2, 3]", "1"), "[2, 3]");
        assert_eq!(removed("[1, 2, 3]", "2"), "[1, 3]");
        assert_eq!(removed("[1, 2, 3]", "3"), "[1, 2]");
        assert_eq!(removed("[1]", "1"), "[]");
    }
}
