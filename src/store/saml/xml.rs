//! An XML document as a tree that knows its namespaces: what canonical XML and signatures are defined on.
//!
//! Stricter than XML where an attacker would use the room: no document type, no entities of its own, bounded depth, and
//! names that are plainly names.

use std::collections::BTreeMap;
use std::rc::Rc;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Elements inside elements, at most.
const DEPTH_MAX: usize = 64;
/// Elements, comments and pieces of text of one document, at most.
const NODES_MAX: usize = 20_000;
/// What `xml:` always stands for.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Prefixes with their namespaces; the empty prefix is the default one.
pub(super) type Scope = BTreeMap<String, String>;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub prefix: String,
    pub local: String,
    pub namespace: String,
    /// Without the declarations of namespaces.
    pub attributes: Vec<Attribute>,
    /// Every namespace that is declared here or around it.
    pub scope: Rc<Scope>,
    pub children: Vec<Child>,
}

/// An attribute.
#[derive(Debug)]
pub(super) struct Attribute {
    pub prefix: String,
    pub local: String,
    /// Empty without a prefix.
    pub namespace: String,
    pub value: String,
}

/// What an element contains.
#[derive(Debug)]
pub(super) enum Child {
    Element(Element),
    Text(String),
    Comment(String),
    Instruction { target: String, data: String },
}

impl Element {
    /// Whether it is called this.
    pub(super) fn is(&self, namespace: &str, local: &str) -> bool {
        self.namespace == namespace && self.local == local
    }

    /// The elements directly inside.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The elements of that name directly inside.
    pub(super) fn all<'e>(&'e self, namespace: &'e str, local: &'e str) -> impl Iterator<Item = &'e Element> {
        self.elements().filter(move |element| element.is(namespace, local))
    }

    /// The element of that name directly inside, if there is exactly one.
    pub(super) fn only<'e>(&'e self, namespace: &'e str, local: &'e str) -> Option<&'e Element> {
        let mut found = self.all(namespace, local);
        found.next().filter(|_| found.next().is_none())
    }

    /// An attribute without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|attribute| attribute.prefix.is_empty() && attribute.local == name)?;
        Some(&found.value)
    }

    /// All of its text, comments left out; `None` if there are elements in it.
    pub(super) fn text(&self) -> Option<String> {
        let mut text = String::new();
        for child in &self.children {
            match child {
                Child::Text(part) => text.push_str(part),
                Child::Element(_) => return None,
                Child::Comment(_) | Child::Instruction { .. } => {}
            }
        }
        Some(text.trim().to_owned())
    }

    /// Calls `each` with this element and everything below it.
    pub(super) fn visit<'e>(&'e self, each: &mut impl FnMut(&'e Element)) {
        each(self);
        self.elements().for_each(|element| element.visit(each));
    }
}

/// Reads a document; `None` for what is not well-formed, or more than a SAML response needs.
pub(super) fn parse(document: &str) -> Option<Element> {
    if !document.chars().all(is_char) {
        return None;
    }
    let mut reader = Reader::from_str(document);
    reader.config_mut().enable_all_checks(true);
    // The lowest element stands for the document and takes in the root.
    let mut stack = vec![Element::default()];
    for _ in 0..NODES_MAX {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                let element = element(&tag, stack.last()?)?;
                stack.push(element);
                if stack.len() > DEPTH_MAX {
                    return None;
                }
            }
            Event::Empty(tag) => {
                let element = element(&tag, stack.last()?)?;
                stack.last_mut()?.children.push(Child::Element(element));
            }
            Event::End(_) => {
                let element = stack.pop()?;
                stack.last_mut()?.children.push(Child::Element(element));
            }
            Event::Text(text) => add_text(&mut stack, &text.xml10_content())?,
            Event::CData(text) => add_text(&mut stack, &text.xml10_content())?,
            Event::GeneralRef(name) => add_text(&mut stack, reference(&name)?.encode_utf8(&mut [0; 4]))?,
            Event::Comment(text) => {
                stack.last_mut()?.children.push(Child::Comment(text.xml10_content().into_owned()));
            }
            Event::PI(text) => {
                let (target, data) = (text.target().to_owned(), text.content().trim_start().to_owned());
                stack.last_mut()?.children.push(Child::Instruction { target, data });
            }
            Event::Decl(_) => {}
            Event::DocType(_) => return None,
            Event::Eof => return root(stack),
        }
    }
    None
}

/// The one element of the document, once all are closed.
fn root(mut stack: Vec<Element>) -> Option<Element> {
    let document = stack.pop().filter(|_| stack.is_empty())?;
    let mut elements = document.children.into_iter().filter_map(|child| match child {
        Child::Element(element) => Some(element),
        _ => None,
    });
    elements.next().filter(|_| elements.next().is_none())
}

/// Characters that XML allows.
fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Adds text to the innermost element; outside the root only white space may stand.
fn add_text(stack: &mut [Element], text: &str) -> Option<()> {
    let outside = stack.len() == 1;
    let inner = stack.last_mut()?;
    if outside {
        return text.trim_matches([' ', '\t', '\r', '\n']).is_empty().then_some(());
    }
    match inner.children.last_mut() {
        Some(Child::Text(before)) => before.push_str(text),
        _ => inner.children.push(Child::Text(text.to_owned())),
    }
    Some(())
}

/// The character that a reference stands for: by number, or one of the five that XML knows by name.
fn reference(name: &BytesRef<'_>) -> Option<char> {
    if name.is_char_ref() {
        return name.resolve_char_ref().ok()?.filter(|c| is_char(*c));
    }
    match &**name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn element(tag: &BytesStart<'_>, parent: &Element) -> Option<Element> {
    let mut scope = Rc::clone(&parent.scope);
    let mut named = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        if attribute.value.contains('<') {
            return None;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
        if !value.chars().all(is_char) {
            return None;
        }
        match split(attribute.key.0)? {
            ("", "xmlns") => declare(&mut scope, "", value)?,
            ("xmlns", prefix) => declare(&mut scope, prefix, value)?,
            (prefix, local) => named.push((prefix.to_owned(), local.to_owned(), value)),
        }
    }
    let name = tag.name();
    let (prefix, local) = split(name.0)?;
    let mut attributes: Vec<Attribute> = Vec::with_capacity(named.len());
    for (prefix, local, value) in named {
        let namespace = if prefix.is_empty() { "" } else { resolve(&scope, &prefix)? }.to_owned();
        if attributes.iter().any(|known| known.namespace == namespace && known.local == local) {
            return None;
        }
        attributes.push(Attribute { prefix, local, namespace, value });
    }
    let namespace = resolve(&scope, prefix)?.to_owned();
    Some(Element { prefix: prefix.into(), local: local.into(), namespace, attributes, scope, children: Vec::new() })
}

fn declare(scope: &mut Rc<Scope>, prefix: &str, namespace: String) -> Option<()> {
    let is_xml = prefix == "xml" || namespace == XML;
    if prefix == "xmlns" || (is_xml && !(prefix == "xml" && namespace == XML)) {
        return None;
    }
    if !prefix.is_empty() && namespace.is_empty() {
        return None;
    }
    if !is_xml {
        Rc::make_mut(scope).insert(prefix.to_owned(), namespace);
    }
    Some(())
}

fn resolve<'s>(scope: &'s Scope, prefix: &str) -> Option<&'s str> {
    match prefix {
        "xml" => Some(XML),
        "" => Some(scope.get("").map_or("", String::as_str)),
        prefix => scope.get(prefix).map(String::as_str),
    }
}

/// Prefix and local part of a name.
fn split(name: &str) -> Option<(&str, &str)> {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let begins = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii());
    let plain = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c) || !c.is_ascii());
    let good = |part: &str| begins(part) && plain(part);
    (good(local) && (prefix.is_empty() != name.contains(':')) && (prefix.is_empty() || good(prefix)))
        .then_some((prefix, local))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn names_are_resolved_and_text_is_whole() {
        let text = "<?xml version=\"1.0\"?>\n<a:r xmlns:a='u' xmlns='d' a:x='1' y='2&#10;&amp;'>\
                    one<!-- c -->two &lt;&#65;<![CDATA[<]]></a:r>\n";
        let root = parse(text).unwrap();
        assert!(root.is("u", "r") && root.attribute("x").is_none());
        assert_eq!(root.attribute("y"), Some("2\n&"));
        assert_eq!(root.text().as_deref(), Some("onetwo <A<"));
        let nested = parse("<r><a/><b><a/></b></r>").unwrap();
        assert!(nested.text().is_none() && nested.only("", "a").is_some() && nested.only("", "c").is_none());
    }

    #[test]
    fn what_is_not_well_formed_or_needs_a_document_type_is_refused() {
        let deep = format!("{}{}", "<a>".repeat(80), "</a>".repeat(80));
        for bad in [
            "",
            "text",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>text",
            "<a x='1' x='2'/>",
            "<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>",
            "<p:a/>",
            "<a:b:c xmlns:a='u'/>",
            "<a x='<'/>",
            "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
            "<a>&e;</a>",
            "<a>&#0;</a>",
            "<a>\u{1}</a>",
            "<a xmlns:xml='u'/>",
            "<a xmlns:p=''/>",
            deep.as_str(),
        ] {
            assert!(parse(bad).is_none(), "{bad}");
        }
    }
}
