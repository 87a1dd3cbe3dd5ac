//! Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'default'}`, and `${*}`, `${?}`, `${$}` for the
//! characters themselves.
//!
//! Only documents of version 2012-10-17 have them; in others they are plain text. A variable without a value and without a
//! default makes the whole value match nothing. The documentation leaves open what a `*` in a value means: it is a
//! star here, since a tag must not widen the policy it is used in. A key with several values is no variable.

use super::{Context, Lookup};
use crate::policy::document::Version;
use crate::policy::wildcard::Builder;

/// A value of a policy, with its variables found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// As it stands in the policy, where wildcards may count.
    Text(Box<str>),
    /// A character that is no wildcard.
    Literal(Box<str>),
    /// A key in lower case, and what stands for it when it is absent.
    Variable { key: Box<str>, default: Option<Box<str>> },
}

/// A template with its variables filled in.
#[derive(Debug)]
pub(crate) enum Expanded<T> {
    /// The value.
    Value(T),
    /// A variable has no value.
    Missing,
    /// A variable is unknown.
    Unknown,
}

impl Template {
    /// Finds the variables of a value.
    pub(crate) fn new(text: &str, version: Version) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while version == Version::V2012
            && let Some((before, inner, after)) = next_variable(rest)
        {
            push_text(&mut parts, before);
            parts.push(variable(inner));
            rest = after;
        }
        push_text(&mut parts, rest);
        Self { parts }
    }

    /// Whether it says the same for every request.
    pub(crate) fn is_fixed(&self) -> bool {
        !self.parts.iter().any(|part| matches!(part, Part::Variable { .. }))
    }

    /// The keys of its variables, in lower case.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| if let Part::Variable { key, .. } = part { Some(&**key) } else { None })
    }

    /// As text, in which nothing is a wildcard.
    pub(crate) fn text(&self, context: &Context) -> Expanded<String> {
        self.expand(context, String::new(), |out, text, _| out.push_str(text))
    }

    /// As a pattern, in which wildcards count where the policy wrote them.
    pub(crate) fn pattern(&self, context: &Context) -> Expanded<Builder> {
        self.expand(
            context,
            Builder::default(),
            |out, text, is_wild| {
                if is_wild { out.wild(text) } else { out.literal(text) }
            },
        )
    }

    fn expand<T>(&self, context: &Context, mut out: T, mut push: impl FnMut(&mut T, &str, bool)) -> Expanded<T> {
        for part in &self.parts {
            match part {
                Part::Text(text) => push(&mut out, text, true),
                Part::Literal(text) => push(&mut out, text, false),
                Part::Variable { key, default } => match (context.lookup(key), default) {
                    (Lookup::Values([value]), _) => push(&mut out, value, false),
                    (Lookup::Unknown, _) => return Expanded::Unknown,
                    (_, Some(default)) => push(&mut out, default, false),
                    (_, None) => return Expanded::Missing,
                },
            }
        }
        Expanded::Value(out)
    }
}

/// The text before the first `${…}`, what is in it, and the text after it.
fn next_variable(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("${")?;
    let (inner, after) = rest.split_once('}')?;
    Some((before, inner, after))
}

fn push_text(parts: &mut Vec<Part>, text: &str) {
    if !text.is_empty() {
        parts.push(Part::Text(text.into()));
    }
}

fn variable(inner: &str) -> Part {
    if matches!(inner, "*" | "?" | "$") {
        return Part::Literal(inner.into());
    }
    let (key, default) = inner.split_once(',').map_or((inner, None), |(key, default)| (key, Some(default)));
    let default = default.map(|default| {
        let trimmed = default.trim();
        trimmed.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).unwrap_or(trimmed).into()
    });
    Part::Variable { key: key.trim().to_ascii_lowercase().into(), default }
}
