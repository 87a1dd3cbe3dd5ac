//! What can go wrong in a store: IAM says no, or the store itself fails.

use std::path::PathBuf;

/// A result of the store.
pub type Result<T> = std::result::Result<T, Error>;

/// Why the store did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// IAM's answer.
    #[error(transparent)]
    Iam(#[from] crate::iam::Error),
    /// SQLite failed.
    #[error("the store failed: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A file could not be made, read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file was written by a later version of tiam.
    #[error("the store has schema {found}, this tiam knows {known}: open it with a later tiam")]
    Newer {
        /// The file's schema version.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// The file is a database of something else.
    #[error("the file is a database, but not a store of tiam")]
    Foreign,
    /// A secret cannot be unsealed: the key file is missing or another one.
    #[error("a secret of this store cannot be read: its key file {0} is missing or not the one it was sealed with")]
    Key(PathBuf),
    /// An account is to be imported that the store has from elsewhere.
    #[error("the store has account {0} already, and not from an import")]
    NotImported(crate::iam::AccountId),
    /// A value in the store is not what it should be.
    #[error("the store holds something unreadable: {0}")]
    Corrupt(String),
}

impl Error {
    /// IAM's answer, if it is one.
    pub fn iam(&self) -> Option<&crate::iam::Error> {
        match self {
            Self::Iam(error) => Some(error),
            _ => None,
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}
