//! The checks that lint makes: code, severity, what is wrong, and why it matters.
//!
//! Codes and severities are those of IAM Access Analyzer (IAM User Guide, "IAM policy validation check reference"); the
//! sentences are ours.

pub mod error;
pub mod security;
pub mod suggestion;
pub mod warning;

/// How grave a finding is, as Access Analyzer grades it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Part of the policy does not work.
    Error,
    /// The policy allows more than is wise.
    SecurityWarning,
    /// The policy strays from good practice.
    Warning,
    /// It could be said better; access stays the same.
    Suggestion,
}

impl Severity {
    /// As Access Analyzer's API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "ERROR",
            Self::SecurityWarning => "SECURITY_WARNING",
            Self::Warning => "WARNING",
            Self::Suggestion => "SUGGESTION",
        }
    }
}

/// One thing that lint looks for.
#[derive(Debug, PartialEq, Eq)]
pub struct Check {
    /// Access Analyzer's issue code.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong.
    pub says: &'static str,
    /// Why it matters.
    pub why: &'static str,
}

/// Rows of a table of checks, all of one severity, and the list of them.
macro_rules! checks {
    ($severity:ident; $($code:ident: $says:literal, $why:literal;)*) => {
        $(
            #[doc = $says]
            pub static $code: Check =
                Check { code: stringify!($code), severity: Severity::$severity, says: $says, why: $why };
        )*
        /// All of them.
        pub static ALL: &[&Check] = &[$(&$code),*];
    };
}
use checks;

/// Every check there is, the gravest first.
pub fn all() -> impl Iterator<Item = &'static Check> {
    [error::ALL, security::ALL, warning::ALL, suggestion::ALL].into_iter().flatten().copied()
}

/// The check of that code.
pub fn find(code: &str) -> Option<&'static Check> {
    all().find(|check| check.code == code)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_sentences_end() {
        let codes: HashSet<_> = all().map(|check| check.code).collect();
        assert_eq!((codes.len(), all().count()), (153, 153));
        for check in all() {
            assert!(check.says.ends_with('.') && check.why.ends_with('.'), "{}", check.code);
            assert_eq!(find(check.code), Some(check));
        }
    }
}
