//! Why a call did not go through the door, or came back with an error.

use crate::{iam, store};

/// A result of the door.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The account is open read-only, and the operation would change it.
    #[error("{0} was not sent: this account is open read-only")]
    ReadOnly(&'static str),
    /// The change would take away the caller's own way in.
    #[error("{0}")]
    LocksOut(String),
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The program is stopping.
    #[error("the program is stopping")]
    Stopped,
}

impl Error {
    /// IAM's own error, if it is one.
    pub fn iam(&self) -> Option<&iam::Error> {
        match self {
            Self::Store(error) => error.iam(),
            Self::ReadOnly(_) | Self::LocksOut(_) | Self::Stopped => None,
        }
    }

    /// What the admin can do about it.
    pub fn remedy(&self) -> Option<&'static str> {
        match self {
            Self::ReadOnly(_) => Some("open it again without --read-only to change it"),
            Self::LocksOut(_) => Some("let another administrator do it, or confirm that you mean it"),
            Self::Store(_) | Self::Stopped => None,
        }
    }
}
