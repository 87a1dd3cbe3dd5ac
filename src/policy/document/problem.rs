//! What keeps a JSON value from having the shape of a policy.

use crate::policy::json::Span;

/// One thing that has no place in a policy, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// The text that is wrong.
    pub span: Span,
}

/// What has no place in a policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProblemKind {
    /// The document is not an object.
    #[error("a policy is an object, not {0}")]
    NotAnObject(&'static str),
    /// There is no `Statement`.
    #[error("`Statement` is missing")]
    MissingStatement,
    /// A key that policies do not have. Keys are case-sensitive.
    #[error("`{0}` is not an element of a policy")]
    UnknownKey(String),
    /// A value of a type that the key does not take.
    #[error("`{key}` does not take a value of type {found}")]
    WrongType {
        /// The key.
        key: &'static str,
        /// The type that was found.
        found: &'static str,
    },
}
