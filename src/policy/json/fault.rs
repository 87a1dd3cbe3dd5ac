//! What can be wrong with a JSON text.

use super::{DEPTH_MAX, Span};

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The text that is wrong.
    pub span: Span,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// There is no value.
    #[error("the text is empty")]
    Empty,
    /// Something else stands where this should.
    #[error("expected {0}")]
    Expected(&'static str),
    /// A comma before a closing bracket or brace.
    #[error("a comma must be followed by another element")]
    TrailingComma,
    /// A bracket or brace that is never closed.
    #[error("`{0}` is never closed")]
    Unclosed(char),
    /// A closing bracket or brace that closes nothing.
    #[error("`{0}` closes nothing")]
    StrayCloser(char),
    /// A string that does not end on its line.
    #[error("the string is never closed")]
    UnclosedString,
    /// A string in other quotes.
    #[error("strings stand in straight double quotes")]
    WrongQuotes,
    /// A comment.
    #[error("JSON has no comments")]
    Comment,
    /// A character that has no place in JSON outside strings.
    #[error("unexpected text")]
    Unexpected,
    /// Not a number as JSON writes them.
    #[error("not a JSON number")]
    BadNumber,
    /// An unknown sequence after a backslash.
    #[error("not a JSON escape sequence")]
    BadEscape,
    /// A control character in a string.
    #[error("a control character in a string must be escaped")]
    ControlCharacter,
    /// Half of a surrogate pair.
    #[error("half of a surrogate pair is not a character")]
    LoneSurrogate,
    /// The same key twice in one object.
    #[error("the key `{key}` is already in this object")]
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it stood before.
        first: Span,
    },
    /// Text after the document.
    #[error("text after the end of the document")]
    Trailing,
    /// Nested deeper than [`DEPTH_MAX`].
    #[error("nested more than {DEPTH_MAX} deep")]
    TooDeep,
}
