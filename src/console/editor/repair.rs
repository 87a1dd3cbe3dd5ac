//! Repairs of text that is not JSON yet: what is missing is put in, what is too much goes.

use crate::policy::document::Document;
use crate::policy::json::{Fault, FaultKind, Node, Span, Value};
use crate::policy::lint::{Edit, Fix};

/// The repair of a fault, where one is plain.
pub fn repair(document: &Document, fault: &Fault) -> Option<Fix> {
    let span = fault.span;
    let put = |at: usize, text: char| (Span::new(at, at), text.to_string());
    let (title, (span, text)) = match fault.kind {
        FaultKind::Expected("`,`") => ("Put the comma in", put(span.start, ',')),
        FaultKind::Expected("`:`") => ("Put the colon in", put(span.start, ':')),
        FaultKind::UnclosedString => ("Close the string", put(span.start + closed(span.of(&document.text)), '"')),
        FaultKind::Unclosed(opener) => {
            let end = end_of(document.json.root.as_ref()?, span.start)?;
            ("Close it", put(end, if opener == '{' { '}' } else { ']' }))
        }
        FaultKind::TrailingComma => ("Take the comma away", (span, String::new())),
        FaultKind::StrayCloser(_) => ("Take it away", (span, String::new())),
        _ => return None,
    };
    Some(Fix { title: title.into(), edits: vec![Edit { span, text }] })
}

/// Where a string ends that runs to the end of its line: what closes lists and objects behind it was hardly meant as a part
/// of it, but for the bracket of a policy variable.
fn closed(text: &str) -> usize {
    let inside = text.trim_end_matches([' ', '\t', '\r', ',', ']', '}']);
    let is_variable = inside.rsplit_once("${").is_some_and(|(_, name)| !name.contains('}'));
    inside.len() + usize::from(is_variable && text.get(inside.len()..).is_some_and(|rest| rest.starts_with('}')))
}

/// Where the list or object that starts at a byte ends, as far as it goes.
fn end_of(node: &Node, start: usize) -> Option<usize> {
    if node.span.start == start {
        return Some(node.span.end);
    }
    match &node.value {
        Value::Array(elements) => elements.iter().find_map(|element| end_of(element, start)),
        Value::Object(members) => members.iter().find_map(|member| end_of(&member.value, start)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::repair;
    use crate::policy::document::Document;

    #[test]
    fn faults_are_mended_one_by_one_until_there_are_none() {
        let cases = [
            (r#"{"a": 1 "b": 2}"#, r#"{"a": 1, "b": 2}"#),
            (r#"{"a" 1}"#, r#"{"a": 1}"#),
            ("{\"a\": [\"b,\n\"c\"]}", "{\"a\": [\"b\",\n\"c\"]}"),
            ("{\"a\": [\"b],\n\"c\": 1}", "{\"a\": [\"b\"],\n\"c\": 1}"),
            ("{\"a\": [\"b/${c}],\n\"d\": 1}", "{\"a\": [\"b/${c}\"],\n\"d\": 1}"),
            ("[{\"a\": \"${b}/c},\n1]", "[{\"a\": \"${b}/c\"},\n1]"),
            (r#"{"a": {"b": 1"#, r#"{"a": {"b": 1}}"#),
            (r#"{"a": [{"b": 1], "c": 2}"#, r#"{"a": [{"b": 1}], "c": 2}"#),
            (r#"{"a": [1, 2,]}"#, r#"{"a": [1, 2]}"#),
            (r#"{"a": 1]}"#, r#"{"a": 1}"#),
        ];
        for (text, mended) in cases {
            let mut now = text.to_owned();
            while let Some(fault) = Document::parse(now.as_str()).json.faults.first() {
                let document = Document::parse(now.as_str());
                now = repair(&document, fault).unwrap_or_else(|| panic!("{now}: {}", fault.kind)).apply(&now);
            }
            assert_eq!(now, mended, "{text}");
        }
    }
}
