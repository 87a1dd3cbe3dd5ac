//! Who asks.

use serde::{Deserialize, Serialize};

use super::Session;

/// The identity on whose behalf an operation runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Caller {
    /// The account's root user; also whoever opens a local account, which answers to nobody else.
    Root,
    /// An IAM user.
    User {
        /// The user's name.
        name: String,
        /// The user's ARN.
        arn: String,
        /// The user's unique id.
        id: String,
    },
    /// A session of a role.
    AssumedRole {
        /// `arn:aws:sts::123456789012:assumed-role/Role/session`.
        arn: String,
        /// `AROA…:session`.
        id: String,
    },
    /// A federated user.
    Federated {
        /// `arn:aws:sts::123456789012:federated-user/name`.
        arn: String,
        /// `123456789012:name`.
        id: String,
    },
    /// Nobody known: whoever sends a request without a signature.
    Anonymous,
    /// One of the others, with temporary credentials.
    Temporary {
        /// Who it is.
        who: Box<Caller>,
        /// What the credentials carry.
        session: Box<Session>,
    },
}

impl Caller {
    /// Who it is, whatever the credentials: never [`Caller::Temporary`].
    pub fn who(&self) -> &Self {
        match self {
            Self::Temporary { who, .. } => who.who(),
            other => other,
        }
    }

    /// What its temporary credentials carry, if it has such.
    pub fn session(&self) -> Option<&Session> {
        match self {
            Self::Temporary { session, .. } => Some(session),
            _ => None,
        }
    }

    /// The name of the IAM user who asks, if it is one.
    pub fn user_name(&self) -> Option<&str> {
        match self.who() {
            Self::User { name, .. } => Some(name),
            _ => None,
        }
    }

    /// The ARN that errors and the journal name.
    pub fn arn(&self, partition: &str, account: &str) -> String {
        match self {
            Self::Root => format!("arn:{partition}:iam::{account}:root"),
            Self::User { arn, .. } | Self::AssumedRole { arn, .. } | Self::Federated { arn, .. } => arn.clone(),
            Self::Anonymous => "anonymous".to_owned(),
            Self::Temporary { who, .. } => who.arn(partition, account),
        }
    }
}
