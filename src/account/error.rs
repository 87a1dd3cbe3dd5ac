//! Why a call did not go through the door, or came back with an error.

use crate::{iam, remote, store};

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
    /// The endpoint refused, failed or could not be reached.
    #[error(transparent)]
    Remote(#[from] remote::Error),
    /// The store has an account of that id that answers to nobody else.
    #[error("the store holds a local account {0}, which cannot be a mirror as well")]
    NotAMirror(iam::AccountId),
    /// The program is stopping.
    #[error("the program is stopping")]
    Stopped,
}

impl Error {
    /// IAM's own error, if it is one.
    pub fn iam(&self) -> Option<&iam::Error> {
        match self {
            Self::Store(error) => error.iam(),
            Self::Remote(error) => error.service(),
            Self::ReadOnly(_) | Self::LocksOut(_) | Self::NotAMirror(_) | Self::Stopped => None,
        }
    }

    /// What the admin can do about it.
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::ReadOnly(_) => Some("Open it again without --read-only to change it.".into()),
            Self::LocksOut(_) => Some("Let another administrator do it, or confirm that you mean it.".into()),
            Self::NotAMirror(_) => Some("Name another file with --store.".into()),
            Self::Remote(error) => error.remedy(),
            Self::Store(error) => error.remedy().map(str::to_owned),
            Self::Stopped => None,
        }
    }
}
