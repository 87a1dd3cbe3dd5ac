//! The policies that take part in a decision, and where they come from.

use std::sync::Arc;

use crate::policy::compiled::Compiled;

/// How a policy reached the principal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Via {
    /// It is attached to it, or stands where its layer says.
    #[default]
    Attached,
    /// It is written into it.
    Inline,
    /// It is attached to this group of the user.
    Group(String),
    /// It is written into this group of the user.
    GroupInline(String),
}

/// Which policy this is, for explanations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Source {
    /// Its name or ARN.
    pub name: String,
    /// How it reached the principal.
    pub via: Via,
}

/// A policy that takes part.
#[derive(Clone, Debug, PartialEq)]
pub struct Attached {
    /// Which policy it is.
    pub source: Arc<Source>,
    /// What it says.
    pub policy: Arc<Compiled>,
}

impl Attached {
    /// A policy by name, attached.
    pub fn new(name: impl Into<String>, policy: impl Into<Arc<Compiled>>) -> Self {
        Self { source: Arc::new(Source { name: name.into(), via: Via::Attached }), policy: policy.into() }
    }
}

/// A root, organizational unit or account, with what is attached there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Level {
    /// Its name or id.
    pub target: String,
    /// The policies attached there. An SCP must be allowed by one of them at every level.
    pub policies: Vec<Attached>,
}

/// All policies that take part in a decision.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policies {
    /// Of the user, its groups, or the role.
    pub identity: Vec<Attached>,
    /// The permissions boundary, if there is one.
    pub boundary: Option<Vec<Attached>>,
    /// The session policies, if the session was made with some.
    pub session: Option<Vec<Attached>>,
    /// Service control policies, root first. None at all: the account is in no organization, or manages it.
    pub scps: Vec<Level>,
    /// Resource control policies, root first. `RCPFullAWSAccess` is implied.
    pub rcps: Vec<Level>,
    /// The policy of the resource; of a role, its trust policy.
    pub resource: Option<Attached>,
    /// The policies of the VPC endpoint, if the request comes through one.
    pub endpoint: Option<Vec<Attached>>,
}
