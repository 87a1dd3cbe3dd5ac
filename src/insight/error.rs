//! Why a question has no answer, and the way on.

use crate::store;

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Nobody has that name.
    #[error("the account has no user, role, user group or policy `{name}`")]
    UnknownPrincipal {
        /// What was asked for.
        name: String,
        /// Names like it, as they would be asked for.
        near: Vec<String>,
    },
    /// Several have that name.
    #[error("`{name}` is the name of {}", .choices.join(" and of "))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// What it may mean: `user/ann`.
        choices: Vec<String>,
    },
    /// A principal of another account.
    #[error("`{0}` is not of this account, whose policies are all that is known")]
    OtherAccount(String),
    /// No service has that action.
    #[error("no service has the action `{name}`")]
    UnknownAction {
        /// What was asked for.
        name: String,
        /// Actions like it.
        near: Vec<String>,
    },
    /// An action with wildcards.
    #[error("`{0}` is a pattern, and a question is about one action")]
    ActionPattern(String),
    /// No service has that prefix.
    #[error("no service has the prefix `{name}`")]
    UnknownService {
        /// What was asked for.
        name: String,
        /// Prefixes like it.
        near: Vec<String>,
    },
    /// Something that is no ARN.
    #[error("`{0}` is no ARN, and nothing of that name is in the account")]
    NotAResource(String),
    /// A role that does not exist: nobody can assume it.
    #[error("the account has no role with the ARN `{0}`")]
    UnknownRole(String),
    /// Nobody waits for the answer any more.
    #[error("the question was given up")]
    Stopped,
    /// A context entry without a key.
    #[error("`{0}` has no condition key: it is KEY=VALUE, or KEY alone for one that the request does not have")]
    BadContext(String),
}

impl Error {
    /// The way on, in a sentence.
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::UnknownPrincipal { near, .. }
            | Self::UnknownAction { near, .. }
            | Self::UnknownService { near, .. }
                if !near.is_empty() =>
            {
                Some(format!("Did you mean {}?", near.join(", ")))
            }
            Self::UnknownPrincipal { .. } => {
                Some("Name a user, `role/NAME`, `group/NAME`, `policy/NAME`, `root`, or an ARN.".into())
            }
            Self::UnknownAction { .. } => Some("An action is SERVICE:NAME, as `s3:GetObject`.".into()),
            Self::ActionPattern(_) => {
                Some("`tiam can PRINCIPAL --service SERVICE` lists all actions of a service.".into())
            }
            Self::UnknownService { .. } => Some("It is what actions begin with: `s3`, `iam`, `ec2`.".into()),
            Self::OtherAccount(_) => Some("`--account ID` asks another account of the store.".into()),
            Self::Ambiguous { choices, .. } => Some(format!("Ask for {}.", choices.join(" or "))),
            Self::NotAResource(_) => Some(
                "A resource is an ARN, `*`, or `user/NAME`, `role/NAME`, `group/NAME`, `policy/NAME` of the account."
                    .into(),
            ),
            Self::UnknownRole(_) => Some("`tiam search` finds it by a part of its name.".into()),
            Self::Store(error) => error.remedy().map(str::to_owned),
            Self::BadContext(_) | Self::Stopped => None,
        }
    }
}
