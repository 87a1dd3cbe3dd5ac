//! Exclusive XML canonicalization (W3C Recommendation "Exclusive XML Canonicalization Version 1.0"): the octets that a
//! signature is about.

use std::collections::{BTreeMap, BTreeSet};

use super::xml::{Attribute, Child, Element};

/// The algorithm's name, and its namespace.
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const WITH_COMMENTS: &str = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments";

/// How a tree is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Method {
    pub comments: bool,
    /// Prefixes that are written wherever they are in scope, used or not; the empty one is `#default`.
    pub inclusive: BTreeSet<String>,
}

impl Method {
    /// The method that a `CanonicalizationMethod` or `Transform` names; `None` for another.
    pub(super) fn read(element: &Element) -> Option<Self> {
        let comments = match element.attribute("Algorithm")? {
            EXCLUSIVE => false,
            WITH_COMMENTS => true,
            _ => return None,
        };
        let mut inclusive = BTreeSet::new();
        for parameter in element.elements() {
            if !parameter.is(EXCLUSIVE, "InclusiveNamespaces") {
                return None;
            }
            let prefixes = parameter.attribute("PrefixList").unwrap_or_default().split_ascii_whitespace();
            inclusive.extend(prefixes.map(|prefix| if prefix == "#default" { "" } else { prefix }.to_owned()));
        }
        Some(Self { comments, inclusive })
    }

    /// The element's canonical form, without `omitted` if that is below it.
    pub(super) fn write(&self, element: &Element, omitted: Option<&Element>) -> String {
        let mut writer = Writer { method: self, omitted, out: String::new() };
        writer.element(element, &BTreeMap::new());
        writer.out
    }
}

struct Writer<'m, 'e> {
    method: &'m Method,
    omitted: Option<&'e Element>,
    out: String,
}

impl<'e> Writer<'_, 'e> {
    /// Writes an element; `around` are the namespaces that the output around it declares.
    fn element(&mut self, element: &'e Element, around: &BTreeMap<&'e str, &'e str>) {
        let mut declared = around.clone();
        let name = name(&element.prefix, &element.local);
        self.out.push('<');
        self.out.push_str(&name);
        for prefix in self.prefixes(element) {
            let namespace = element.scope.get(prefix).map_or("", String::as_str);
            // Not to declare a default namespace is as good as to declare an empty one.
            if declared.get(prefix).copied().unwrap_or_default() == namespace {
                continue;
            }
            declared.insert(prefix, namespace);
            self.out.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            self.out.push_str(prefix);
            self.value(namespace);
        }
        let mut attributes: Vec<&Attribute> = element.attributes.iter().collect();
        attributes.sort_by_key(|attribute| (&attribute.namespace, &attribute.local));
        for attribute in attributes {
            self.out.push(' ');
            self.out.push_str(&self::name(&attribute.prefix, &attribute.local));
            self.value(&attribute.value);
        }
        self.out.push('>');
        for child in &element.children {
            self.child(child, &declared);
        }
        self.out.push_str("</");
        self.out.push_str(&name);
        self.out.push('>');
    }

    /// The prefixes that an element uses, or has to show.
    fn prefixes(&self, element: &'e Element) -> BTreeSet<&'e str> {
        let attributes = element.attributes.iter().map(|attribute| attribute.prefix.as_str());
        let mut used: BTreeSet<&str> = attributes.filter(|prefix| !prefix.is_empty()).collect();
        used.insert(&element.prefix);
        let inclusive = element.scope.keys().filter(|prefix| self.method.inclusive.contains(*prefix));
        used.extend(inclusive.map(String::as_str));
        used.remove("xml");
        used
    }

    fn child(&mut self, child: &'e Child, declared: &BTreeMap<&'e str, &'e str>) {
        match child {
            Child::Element(element) => {
                if !self.omitted.is_some_and(|omitted| std::ptr::eq(omitted, element)) {
                    self.element(element, declared);
                }
            }
            Child::Text(text) => self.escape(text, &[('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('\r', "&#xD;")]),
            Child::Comment(text) => {
                if self.method.comments {
                    self.out.push_str("<!--");
                    self.out.push_str(text);
                    self.out.push_str("-->");
                }
            }
            Child::Instruction { target, data } => {
                self.out.push_str("<?");
                self.out.push_str(target);
                if !data.is_empty() {
                    self.out.push(' ');
                    self.out.push_str(data);
                }
                self.out.push_str("?>");
            }
        }
    }

    /// The value of an attribute, with `=` and quotes.
    fn value(&mut self, value: &str) {
        self.out.push_str("=\"");
        let special =
            [('&', "&amp;"), ('<', "&lt;"), ('"', "&quot;"), ('\t', "&#x9;"), ('\n', "&#xA;"), ('\r', "&#xD;")];
        self.escape(value, &special);
        self.out.push('"');
    }

    fn escape(&mut self, text: &str, special: &[(char, &str)]) {
        for c in text.chars() {
            match special.iter().find(|(from, _)| *from == c) {
                Some((_, to)) => self.out.push_str(to),
                None => self.out.push(c),
            }
        }
    }
}

fn name(prefix: &str, local: &str) -> String {
    if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") }
}

#[cfg(test)]
mod tests {
    use super::Method;
    use crate::store::saml::xml::parse;

    fn write(method: &Method, document: &str) -> String {
        method.write(&parse(document).unwrap(), None)
    }

    #[test]
    fn namespaces_are_written_where_they_are_used() {
        let document = "<n0:local xmlns:n0='foo:bar' xmlns:n3='ftp://example.org'>\
                        <n1:elem2 xmlns:n1='http://example.net' xml:lang='en'><n3:stuff/></n1:elem2></n0:local>";
        let root = parse(document).unwrap();
        let inner = root.elements().next().unwrap();
        assert_eq!(
            Method::default().write(inner, None),
            "<n1:elem2 xmlns:n1=\"http://example.net\" xml:lang=\"en\">\
             <n3:stuff xmlns:n3=\"ftp://example.org\"></n3:stuff></n1:elem2>"
        );
        let inclusive = Method { inclusive: ["n0".to_owned(), "n3".to_owned()].into(), ..Method::default() };
        assert_eq!(
            inclusive.write(inner, None),
            "<n1:elem2 xmlns:n0=\"foo:bar\" xmlns:n1=\"http://example.net\" xmlns:n3=\"ftp://example.org\" \
             xml:lang=\"en\"><n3:stuff></n3:stuff></n1:elem2>"
        );
    }

    #[test]
    fn a_default_namespace_is_taken_back() {
        assert_eq!(
            write(&Method::default(), "<a xmlns='u'><b xmlns=''><c xmlns='u'/></b></a>"),
            "<a xmlns=\"u\"><b xmlns=\"\"><c xmlns=\"u\"></c></b></a>"
        );
        assert_eq!(write(&Method::default(), "<a xmlns=''><b/></a>"), "<a><b></b></a>");
    }

    #[test]
    fn attributes_are_sorted_and_characters_escaped() {
        let document = "<e5 xmlns:b='http://b' xmlns:a='http://a' b:attr='out' a:attr='s&#9;&quot;&lt;' attr2='all' \
                        attr='I&#39;m'>a &gt; b &amp; c<![CDATA[<x>]]>&#13;\r\n<?p  q ?><!-- c --></e5>";
        let expected = "<e5 xmlns:a=\"http://a\" xmlns:b=\"http://b\" attr=\"I'm\" attr2=\"all\" \
                        a:attr=\"s&#x9;&quot;&lt;\" b:attr=\"out\">a &gt; b &amp; c&lt;x&gt;&#xD;\n<?p q ?>";
        assert_eq!(write(&Method::default(), document), format!("{expected}</e5>"));
        let comments = Method { comments: true, ..Method::default() };
        assert_eq!(write(&comments, document), format!("{expected}<!-- c --></e5>"));
    }
}
