//! Changes of a document that leave every other byte as it is: a statement put in, an element of a statement set.
//!
//! They work on text that is JSON, and answer nothing for any other. What is put in is laid out as the text is.

use serde_json::Value;

use super::draft::{formatted, indent_of, leading};
use crate::policy::document::{Document, Statement};
use crate::policy::json::{Node, Span};

/// A text after a change, and the byte at which what is new begins.
pub type Changed = (String, usize);

/// The number of the statement a byte of the text stands in; that of the one before it; that of the first.
pub fn statement_at(document: &Document, byte: usize) -> Option<usize> {
    let statements = document.statements();
    let before = statements.iter().rposition(|statement| statement.span.start <= byte);
    before.or(if statements.is_empty() { None } else { Some(0) })
}

/// Puts statements in behind the one a byte stands in, or as the first ones.
pub fn insert(text: &str, byte: usize, statements: &[String]) -> Option<Changed> {
    let document = Document::parse(text);
    let list = statement_node(&document)?;
    let level = indent_of(text);
    let depth = match list.as_array() {
        Some([first, ..]) => depth_at(text, first.span.start),
        _ => 2 * level,
    };
    let indent = " ".repeat(depth);
    let laid_out = |statement: &String| formatted(statement, level).unwrap_or_else(|| statement.clone());
    let new = statements.iter().map(|statement| shifted(&laid_out(statement), depth)).collect::<Vec<_>>();
    let new = new.join(&format!(",\n{indent}"));
    let whole = list.span;
    match (list.as_array(), statement_at(&document, byte)) {
        (Some([]), _) => {
            let (open, close) = (format!("[\n{indent}"), format!("\n{}]", " ".repeat(level)));
            Some((spliced(text, whole, &format!("{open}{new}{close}")), whole.start + open.len()))
        }
        (Some(_), Some(at)) => {
            let end = document.statements().get(at)?.span.end;
            let lead = format!(",\n{indent}");
            Some((spliced(text, Span::new(end, end), &format!("{lead}{new}")), end + lead.len()))
        }
        // A single statement that is no list becomes the first of one.
        _ => {
            let lead = format!("[{},\n{indent}", whole.of(text));
            let at = whole.start + lead.len();
            Some((spliced(text, whole, &format!("{lead}{new}\n{}]", " ".repeat(level))), at))
        }
    }
}

fn statement_node(document: &Document) -> Option<&Node> {
    if !document.json.faults.is_empty() {
        return None;
    }
    document.json.root.as_ref()?.get("Statement")
}

/// The statements of a document, each alone.
pub fn statements_of(text: &str) -> Vec<String> {
    let alone = |statement: &Statement| statement.span.of(text).to_owned();
    Document::parse(text).statements().iter().map(alone).collect()
}

/// Every line but the first so many spaces further in.
fn shifted(text: &str, spaces: usize) -> String {
    text.replace('\n', &format!("\n{}", " ".repeat(spaces)))
}

fn spliced(text: &str, span: Span, new: &str) -> String {
    let (head, tail) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    format!("{head}{new}{tail}")
}

/// Sets an element of a statement: its value alone is replaced, or it is put in as the last one.
pub fn set(text: &str, statement: usize, element: &str, value: &Value) -> Option<Changed> {
    let document = Document::parse(text);
    let list = statement_node(&document)?;
    let span = document.statements().get(statement)?.span;
    let node = if list.span == span { list } else { list.as_array()?.iter().find(|node| node.span == span)? };
    let members = node.as_object()?;
    let depth = |at: usize| depth_at(text, at);
    let level = indent_of(text);
    if let Some(member) = members.iter().find(|member| member.key == element) {
        let old = member.value.span;
        let new = printed(value, depth(member.span().start), level);
        return Some((spliced(text, old, &new), old.start));
    }
    let (end, lead, inner) = match members.last() {
        Some(member) => {
            let inner = depth(member.span().start);
            (member.span().end, format!(",\n{}", " ".repeat(inner)), inner)
        }
        None => (span.start + 1, String::new(), depth(span.start)),
    };
    let new = format!("{lead}\"{element}\": {}", printed(value, inner, level));
    Some((spliced(text, Span::new(end, end), &new), end + lead.len()))
}

/// How far in the line of a byte begins.
fn depth_at(text: &str, byte: usize) -> usize {
    leading(text.get(..byte).unwrap_or_default().rsplit('\n').next().unwrap_or_default())
}

/// A value as it stands in a text whose line begins so many spaces in, each level so many more; lists of one on one line.
fn printed(value: &Value, spaces: usize, level: usize) -> String {
    let single = value.as_array().is_some_and(|list| list.len() == 1 && list.iter().all(Value::is_string));
    let text = value.to_string();
    if single {
        return text;
    }
    formatted(&text, level).map_or(text, |laid_out| shifted(&laid_out, spaces))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{insert, set, statements_of};

    const TEXT: &str = "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Sid\": \"A\",  \"Effect\":\"Allow\",\n            \"Action\": \"s3:*\",\n            \"Resource\": \"*\"\n        }\n    ]\n}";

    #[test]
    fn statements_are_put_in_and_the_rest_stays() {
        let (text, at) = insert(TEXT, 80, &["{\n    \"Effect\": \"Deny\"\n}".to_owned()]).unwrap();
        assert!(text[at..].starts_with("{\n            \"Effect\": \"Deny\"\n        }"), "{text}");
        assert_eq!(text.replace(",\n        {\n            \"Effect\": \"Deny\"\n        }", ""), TEXT);
        let (text, at) = insert(r#"{"Statement": []}"#, 0, &["{}".to_owned()]).unwrap();
        assert_eq!((text.as_str(), &text[at..at + 2]), ("{\"Statement\": [\n        {}\n    ]}", "{}"));
        let (text, _) = insert(r#"{"Statement": {"Effect": "Allow"}}"#, 0, &["{}".to_owned()]).unwrap();
        assert!(text.starts_with(r#"{"Statement": [{"Effect": "Allow"},"#), "{text}");
        assert!(insert("{", 0, &[]).is_none() && insert("{}", 0, &[]).is_none());
    }

    #[test]
    fn an_element_is_set_alone() {
        let (text, _) = set(TEXT, 0, "Action", &json!(["s3:GetObject", "s3:PutObject"])).unwrap();
        let list = "[\n                \"s3:GetObject\",\n                \"s3:PutObject\"\n            ]";
        assert_eq!(text, TEXT.replace("\"s3:*\"", list));
        let (text, at) = set(TEXT, 0, "Condition", &json!({"Bool": {"aws:SecureTransport": "true"}})).unwrap();
        assert!(text[at..].starts_with("\"Condition\": {\n                \"Bool\": {"), "{text}");
        assert!(text.starts_with(TEXT.split("\n        }").next().unwrap()));
        assert_eq!(set(TEXT, 0, "Resource", &json!(["a"])).unwrap().0, TEXT.replace("\"*\"", "[\"a\"]"));
        assert!(set(TEXT, 1, "Action", &json!([])).is_none());
    }

    #[test]
    fn statements_can_be_taken_over() {
        assert_eq!(statements_of(TEXT).len(), 1);
        let narrow = insert("{\n  \"Statement\": [\n    {}\n  ]\n}", 0, &statements_of(TEXT)).unwrap().0;
        assert!(narrow.contains("    {},\n    {\n      \"Sid\": \"A\",\n"), "{narrow}");
    }
}
