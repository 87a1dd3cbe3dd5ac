//! Values as text again.

use std::fmt::Write as _;

use super::{Node, Value};

/// How a value is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without any space.
    Compact,
    /// On one line as Python's `json.dumps` prints: a space after `,` and `:`, and ASCII only.
    Python,
    /// One element a line, each level indented by so many spaces; the IAM console and the AWS CLI take four.
    Pretty(usize),
}

/// The value as text.
pub fn print(node: &Node, style: Style) -> String {
    let mut printer = Printer { out: String::new(), style };
    printer.node(node, 0);
    printer.out
}

struct Printer {
    out: String,
    style: Style,
}

impl Printer {
    fn node(&mut self, node: &Node, depth: usize) {
        match &node.value {
            Value::Null => self.out.push_str("null"),
            Value::Bool(truth) => self.out.push_str(if *truth { "true" } else { "false" }),
            Value::Number(raw) => self.out.push_str(raw),
            Value::String(text) => self.string(text),
            Value::Array(elements) => self.list(['[', ']'], depth, elements, |printer, element| {
                printer.node(element, depth + 1);
            }),
            Value::Object(members) => self.list(['{', '}'], depth, members, |printer, member| {
                printer.string(&member.key);
                printer.out.push_str(if printer.style == Style::Compact { ":" } else { ": " });
                printer.node(&member.value, depth + 1);
            }),
        }
    }

    fn list<T>(&mut self, [opener, closer]: [char; 2], depth: usize, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.out.push(opener);
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.out.push_str(if self.style == Style::Python { ", " } else { "," });
            }
            self.line(depth + 1);
            each(self, item);
        }
        if !items.is_empty() {
            self.line(depth);
        }
        self.out.push(closer);
    }

    fn line(&mut self, depth: usize) {
        if let Style::Pretty(indent) = self.style {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n(' ', depth * indent));
        }
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                c if c < ' ' || (self.style == Style::Python && !(' '..='~').contains(&c)) => self.unicode(c),
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    fn unicode(&mut self, c: char) {
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(self.out, "\\u{unit:04x}");
        }
    }
}
