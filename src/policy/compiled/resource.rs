//! `Resource` and `NotResource`. Case counts.

use std::borrow::Cow;

use crate::policy::condition::{Context, Expanded, Lookup, Template, Truth};
use crate::policy::document::{Items, Statement, Version};
use crate::policy::wildcard::arn::ResourcePattern;

/// The resources that a statement speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resources {
    /// All but these.
    negated: bool,
    /// Nothing is stated, as in trust policies: the resource is the one that the policy stands at. Or `*` is.
    any: bool,
    fixed: Vec<ResourcePattern>,
    /// Those with policy variables.
    templates: Vec<Template>,
    /// All of them, as they are written.
    written: Vec<Box<str>>,
}

impl Resources {
    pub(crate) fn new(statement: &Statement, version: Version) -> Self {
        let (field, negated) = match (&statement.resource, &statement.not_resource) {
            (Some(field), _) => (Some(field), false),
            (None, not_resource) => (not_resource.as_ref(), not_resource.is_some()),
        };
        let (fixed, templates, written) = (Vec::new(), Vec::new(), Vec::new());
        let mut resources = Self { negated, any: field.is_none(), fixed, templates, written };
        field.iter().flat_map(|field| Items::texts(&field.value)).for_each(|text| resources.add(text, version));
        resources
    }

    fn add(&mut self, text: &str, version: Version) {
        let template = Template::new(text, version);
        self.written.push(text.into());
        match template.pattern(&Context::new()) {
            Expanded::Value(builder) if template.is_fixed() => {
                let pattern = ResourcePattern::from(builder.finish());
                self.any |= pattern.is_any();
                self.fixed.push(pattern);
            }
            _ => self.templates.push(template),
        }
    }

    /// Whether it speaks of a resource. A variable without a value makes its pattern fit nothing, which in
    /// `NotResource` leaves the statement in force.
    pub(crate) fn matches(&self, resource: &str, context: &Context) -> Truth {
        let listed = if self.any || self.fixed.iter().any(|pattern| pattern.matches(resource)) {
            Truth::Yes
        } else {
            Truth::any(self.templates.iter().map(|template| expanded(template, resource, context)))
        };
        if self.negated { listed.not() } else { listed }
    }

    /// Whether it speaks of every resource.
    pub(crate) fn is_unlimited(&self) -> bool {
        self.any && !self.negated
    }

    /// Whether it speaks of all resources but those that are written.
    pub(crate) fn is_negated(&self) -> bool {
        self.negated
    }

    /// What is written, whether listed or excepted.
    pub(crate) fn written(&self) -> impl Iterator<Item = &str> {
        self.written.iter().map(|text| &**text)
    }

    /// Whether something that `fits` says could be meant is among what it speaks of. Variables may be anything.
    pub(crate) fn may_include(&self, fits: impl Fn(&str) -> bool) -> bool {
        let open = |text: &str| fits(&without_variables(text));
        self.negated || self.any || self.written().any(open)
    }

    /// The keys of its variables that the context does not know.
    pub(crate) fn unknown_keys<'c>(&'c self, context: &'c Context) -> impl Iterator<Item = &'c str> {
        self.templates.iter().flat_map(Template::keys).filter(|key| context.lookup(key) == Lookup::Unknown)
    }
}

/// A pattern with `*` for its variables.
fn without_variables(text: &str) -> Cow<'_, str> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) =
        rest.split_once("${").and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)))
    {
        out.push_str(before);
        out.push('*');
        rest = after;
    }
    if out.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(out + rest) }
}

fn expanded(template: &Template, resource: &str, context: &Context) -> Truth {
    match template.pattern(context) {
        Expanded::Value(builder) => ResourcePattern::from(builder.finish()).matches(resource).into(),
        Expanded::Missing => Truth::No,
        Expanded::Unknown => Truth::Unknown,
    }
}
