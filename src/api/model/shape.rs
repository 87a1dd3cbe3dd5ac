//! Shapes: what a value of a member must be, as data that everything about the API reads.

use serde_json::Value;

/// No upper limit on a length.
pub const UNBOUNDED: usize = usize::MAX;

/// What a value of a member must be.
#[derive(Debug)]
pub enum Shape {
    /// Characters.
    Text(Text),
    /// A whole number within limits, both included.
    Integer {
        /// The smallest.
        min: Option<i64>,
        /// The largest.
        max: Option<i64>,
    },
    /// `true` or `false`.
    Boolean,
    /// A moment, ISO 8601 in UTC on the wire.
    Timestamp,
    /// Bytes, base-64 on the wire.
    Blob,
    /// `Name.member.1`, `Name.member.2`, …
    List {
        /// The shape of each.
        of: &'static Shape,
        /// The fewest.
        min: usize,
        /// The most.
        max: usize,
    },
    /// `Name.entry.1.key`, `Name.entry.1.value`, …
    Map {
        /// The shape of the keys.
        key: &'static Shape,
        /// The shape of the values.
        value: &'static Shape,
    },
    /// Members by name.
    Structure(&'static [Member]),
}

/// The limits of a text.
#[derive(Debug)]
pub struct Text {
    /// The fewest characters.
    pub min: usize,
    /// The most characters.
    pub max: usize,
    /// A regular expression that the whole must match; empty for none.
    pub pattern: &'static str,
    /// The values allowed; empty for any.
    pub values: &'static [&'static str],
    /// Never shown, logged or journaled.
    pub secret: bool,
    /// Whether the answers of IAM percent-encode it.
    pub encoding: Encoding,
}

/// How an answer carries a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Plain,
    /// Percent-encoded, as IAM sends policy documents.
    Percent,
    /// As it is, but endpoints are known that percent-encode it.
    Either,
}

/// A text without limits, to be narrowed.
pub const fn text() -> Text {
    Text { min: 0, max: UNBOUNDED, pattern: "", values: &[], secret: false, encoding: Encoding::Plain }
}

impl Text {
    /// Between `min` and `max` characters.
    #[must_use]
    pub const fn length(self, min: usize, max: usize) -> Self {
        Self { min, max, ..self }
    }

    /// Wholly matched by `pattern`.
    #[must_use]
    pub const fn pattern(self, pattern: &'static str) -> Self {
        Self { pattern, ..self }
    }

    /// One of `values`.
    #[must_use]
    pub const fn values(self, values: &'static [&'static str]) -> Self {
        Self { values, ..self }
    }

    /// Never shown.
    #[must_use]
    pub const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    /// A policy document.
    #[must_use]
    pub const fn document(self) -> Self {
        Self { encoding: Encoding::Percent, ..self }
    }

    /// A metadata document.
    #[must_use]
    pub const fn metadata(self) -> Self {
        Self { encoding: Encoding::Either, ..self }
    }

    /// Whether it is a policy document.
    pub fn is_document(&self) -> bool {
        self.encoding == Encoding::Percent
    }
}

/// A list of `of`.
pub const fn list(of: &'static Shape, min: usize, max: usize) -> Shape {
    Shape::List { of, min, max }
}

/// A named member of a call, an output or a structure.
#[derive(Debug)]
pub struct Member {
    /// As the API writes it: `UserName`.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it holds.
    pub shape: &'static Shape,
}

impl Member {
    /// Whether an answer tells of the member: not if it is not there, nor if it is a text that the model wants longer than
    /// it is, as the name of the root user, who has none.
    pub(in crate::api) fn is_told(&self, value: &Value) -> bool {
        match (self.shape, value) {
            (_, Value::Null) => false,
            (Shape::Text(text), Value::String(given)) => !given.is_empty() || text.min == 0 || !self.required,
            _ => true,
        }
    }
}
