//! The Query protocol's answers: an output as XML, and back; errors likewise.

use std::fmt::Write as _;

use percent_encoding::{percent_decode_str, utf8_percent_encode};
use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::Event;
use serde_json::{Map, Value};

use super::model::{Encoding, Member, Model, Service, Shape, Text};
use super::query::RESERVED;
use crate::iam::Error;

/// Elements inside elements, at most; more is an attack.
const DEPTH_MAX: usize = 40;

/// Operations that answer nothing, in a result element all the same.
const WRAPPED: [&str; 2] = ["PutAccountProperties", "UpdateRole"];

/// An answer that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Not well-formed.
    #[error("the answer is not XML: {0}")]
    Xml(#[from] quick_xml::Error),
    /// Nested beyond all reason.
    #[error("the answer nests more than {DEPTH_MAX} elements deep")]
    TooDeep,
    /// Well-formed, but no answer of this operation.
    #[error("the answer is not one of {0}")]
    Other(&'static str),
}

/// The answer of an operation that went well.
pub fn render(model: &Model, output: &Map<String, Value>, request_id: &str) -> String {
    let (name, namespace) = (model.name, model.service.namespace());
    let mut out = format!("<{name}Response xmlns=\"{namespace}\">");
    if !model.output.is_empty() || WRAPPED.contains(&name) {
        let _ = write!(out, "<{name}Result>");
        render_members(&mut out, model.output, output);
        let _ = write!(out, "</{name}Result>");
    }
    let _ = write!(
        out,
        "<ResponseMetadata><RequestId>{}</RequestId></ResponseMetadata></{name}Response>",
        escape(request_id)
    );
    out
}

/// The error document of a service.
pub fn render_error(service: Service, error: &Error, request_id: &str) -> String {
    // An unknown action is answered in a namespace of its own.
    let namespace = match error.code.as_ref() {
        "InvalidAction" => "http://webservices.amazon.com/AWSFault/2005-15-09",
        _ => service.namespace(),
    };
    let message = match error.message.as_str() {
        "" => String::new(),
        text => format!("<Message>{}</Message>", escape_text(text)),
    };
    format!(
        "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{}</Type><Code>{}</Code>{message}</Error><RequestId>{}\
         </RequestId></ErrorResponse>",
        error.fault(),
        escape(error.code.as_ref()),
        escape(request_id)
    )
}

fn render_members(out: &mut String, members: &[Member], map: &Map<String, Value>) {
    for member in members {
        if let Some(value) = map.get(member.name).filter(|value| member.is_told(value)) {
            let _ = write!(out, "<{}>", member.name);
            render_value(out, member.shape, value);
            let _ = write!(out, "</{}>", member.name);
        }
    }
}

fn render_value(out: &mut String, shape: &Shape, value: &Value) {
    match (shape, value) {
        (Shape::Structure(members), Value::Object(map)) => render_members(out, members, map),
        (Shape::List { of, .. }, Value::Array(items)) => {
            for item in items {
                out.push_str("<member>");
                render_value(out, of, item);
                out.push_str("</member>");
            }
        }
        (Shape::Map { value: shape, .. }, Value::Object(map)) => {
            for (key, value) in map {
                let _ = write!(out, "<entry><key>{}</key><value>", escape_text(key));
                render_value(out, shape, value);
                out.push_str("</value></entry>");
            }
        }
        (Shape::Text(Text { encoding: Encoding::Percent, .. }), Value::String(text)) => {
            let _ = write!(out, "{}", utf8_percent_encode(text, RESERVED));
        }
        (_, Value::String(text)) => out.push_str(&escape_text(text)),
        (_, other) => {
            let _ = write!(out, "{other}");
        }
    }
}

/// Text for an element: markup escaped, carriage returns kept, characters that XML cannot hold replaced.
fn escape_text(text: &str) -> String {
    let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    let text: String = text.chars().map(|c| if legal(c) { c } else { '\u{fffd}' }).collect();
    escape(text.as_str()).replace('\r', "&#xD;")
}

/// An element with its text and children.
#[derive(Debug, Default)]
struct Node {
    name: String,
    text: String,
    children: Vec<Node>,
}

impl Node {
    fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|n| n.name == name)
    }

    fn text_of(&self, name: &str) -> String {
        self.child(name).map(|n| n.text.clone()).unwrap_or_default()
    }
}

fn tree(xml: &str) -> Result<Node, Unreadable> {
    let mut reader = Reader::from_str(xml);
    let mut stack = vec![Node::default()];
    let local = |name: &str| name.rsplit(':').next().unwrap_or(name).to_owned();
    loop {
        let event = reader.read_event()?;
        match event {
            Event::Start(start) => {
                if stack.len() > DEPTH_MAX {
                    return Err(Unreadable::TooDeep);
                }
                stack.push(Node { name: local(start.name().as_ref()), ..Node::default() });
            }
            Event::Empty(start) => {
                let node = Node { name: local(start.name().as_ref()), ..Node::default() };
                if let Some(parent) = stack.last_mut() {
                    parent.children.push(node);
                }
            }
            Event::End(_) => {
                if let (Some(node), Some(parent)) = (stack.pop(), stack.last_mut()) {
                    parent.children.push(node);
                }
            }
            Event::Text(text) => append(&mut stack, &text),
            Event::CData(text) => append(&mut stack, &text),
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &*name);
                let text = unescape(&reference);
                append(&mut stack, text.as_deref().unwrap_or(&reference));
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let mut root = stack.drain(..).next().unwrap_or_default();
    root.children.pop().ok_or(Unreadable::Other("XML"))
}

fn append(stack: &mut [Node], text: &str) {
    if let Some(node) = stack.last_mut() {
        node.text.push_str(text);
    }
}

/// The output that an answer holds.
///
/// # Errors
/// [`Unreadable`] when the text is no answer of this operation.
pub fn parse(model: &'static Model, xml: &str) -> Result<Map<String, Value>, Unreadable> {
    let root = tree(xml)?;
    if root.name != format!("{}Response", model.name) {
        return Err(Unreadable::Other(model.name));
    }
    Ok(root.child(&format!("{}Result", model.name)).map(|n| parse_members(model.output, n)).unwrap_or_default())
}

/// The error that an answer holds, with the HTTP status it came with; `None` when it is no error document.
pub fn parse_error(xml: &str, status: u16) -> Option<Error> {
    let root = tree(xml).ok()?;
    let error = root.child("Error").or_else(|| root.child("Errors").and_then(|n| n.child("Error")))?;
    Some(Error::received(error.text_of("Code"), status, error.text_of("Message")))
}

fn parse_members(members: &[Member], node: &Node) -> Map<String, Value> {
    let mut map = Map::new();
    for member in members {
        if let Some(value) = node.child(member.name).and_then(|child| parse_value(member.shape, child)) {
            map.insert(member.name.to_owned(), value);
        }
    }
    map
}

fn parse_value(shape: &Shape, node: &Node) -> Option<Value> {
    match shape {
        Shape::Structure(members) => Some(Value::Object(parse_members(members, node))),
        Shape::List { of, .. } => Some(node.children.iter().filter_map(|n| parse_value(of, n)).collect()),
        Shape::Map { value: shape, .. } => {
            let pairs = node.children.iter().filter_map(|entry| {
                Some((entry.text_of("key"), entry.child("value").and_then(|n| parse_value(shape, n))?))
            });
            Some(Value::Object(pairs.collect()))
        }
        Shape::Integer { .. } => node.text.trim().parse::<i64>().ok().map(Value::from),
        Shape::Boolean => node.text.trim().parse::<bool>().ok().map(Value::from),
        Shape::Timestamp => {
            let text = node.text.trim();
            text.parse::<jiff::Timestamp>().ok().map(|t| Value::from(t.to_string()))
        }
        Shape::Text(text) if is_encoded(text, &node.text) => {
            Some(Value::from(percent_decode_str(&node.text).decode_utf8_lossy().into_owned()))
        }
        Shape::Text(_) => Some(Value::from(node.text.as_str())),
        Shape::Blob => Some(Value::from(node.text.split_whitespace().collect::<String>())),
    }
}

/// Whether a document came percent-encoded: JSON and XML never start with what encoded text starts with.
fn is_encoded(text: &Text, given: &str) -> bool {
    match text.encoding {
        Encoding::Plain => false,
        Encoding::Percent => !given.trim_start().starts_with(['{', '[']),
        Encoding::Either => given.starts_with('%'),
    }
}
