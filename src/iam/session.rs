//! What temporary credentials carry besides whose they are.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A session: how long it lasts, and what was said when it was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// When its credentials were made.
    pub issued: Timestamp,
    /// When they stop to be good.
    pub expires: Timestamp,
    /// When MFA was shown, if it was.
    pub mfa: Option<Timestamp>,
    /// The unique id of the user or role whose policies it has; empty for the root user.
    pub holder: String,
    /// Session tags, in the order they were given.
    pub tags: Vec<(String, String)>,
    /// The keys of the tags that a next session inherits.
    pub transitive: Vec<String>,
    /// Who stands behind it, if that was said. It never changes along a chain of roles.
    pub source_identity: Option<String>,
    /// The session policy passed inline.
    pub policy: Option<String>,
    /// The ARNs of the managed session policies.
    pub policy_arns: Vec<String>,
    /// The identity provider that vouched for it, as `aws:FederatedProvider` names it.
    pub provider: Option<String>,
    /// Condition keys that came from the identity provider.
    pub claims: Vec<(String, String)>,
}

impl Session {
    /// Whether its policies limit it.
    pub fn is_limited(&self) -> bool {
        self.policy.is_some() || !self.policy_arns.is_empty()
    }

    /// The tags that a next session inherits.
    pub fn inherited(&self) -> impl Iterator<Item = &(String, String)> {
        let passes = |key: &str| self.transitive.iter().any(|transitive| transitive.eq_ignore_ascii_case(key));
        self.tags.iter().filter(move |(key, _)| passes(key))
    }
}
