//! What can go wrong in a store: IAM says no, or the store itself fails.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// A result of the store.
pub type Result<T> = std::result::Result<T, Error>;

/// Why the store did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// IAM's answer.
    #[error(transparent)]
    Iam(#[from] crate::iam::Error),
    /// SQLite failed.
    #[error("{sentence}: {0}", sentence = sqlite_sentence(.0))]
    Sqlite(#[from] rusqlite::Error),
    /// The store in the file cannot be opened.
    #[error("{path}: {source}")]
    Open {
        /// Which.
        path: PathBuf,
        /// Why.
        source: Box<Error>,
    },
    /// What was done together with other changes was not kept.
    #[error("a change was not kept: {0}")]
    Uncommitted(String),
    /// A file could not be made, read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file was written by a later version of tiam.
    #[error("the store was written by a later tiam (schema {found}, this one knows {known})")]
    Newer {
        /// The file's schema version.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// The file is a database of something else.
    #[error("this is a database of another program")]
    Foreign,
    /// A secret cannot be unsealed: the key file is missing or another one.
    #[error("a secret of this store cannot be read: its key file {0} is missing or not the one it was sealed with")]
    Key(PathBuf),
    /// The key file is missing, and secrets are sealed with the key that it held.
    #[error("its key file {path} is missing, and without it these cannot be used any more: {}", sealed.join(", "))]
    NoKey {
        /// Where it should be.
        path: PathBuf,
        /// What is sealed, and how many of each kind.
        sealed: Vec<String>,
    },
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

    /// Another refusal in place of IAM's; a failure of the store stays one.
    pub(super) fn refused_as(self, refusal: impl FnOnce() -> crate::iam::Error) -> Self {
        if self.iam().is_some() { refusal().into() } else { self }
    }

    /// What the admin can do about it.
    pub fn remedy(&self) -> Option<&'static str> {
        Some(match self {
            Self::Open { source, .. } => return source.remedy(),
            Self::Sqlite(error) => return sqlite_remedy(error.sqlite_error_code()?),
            Self::Newer { .. } => "Open it with that tiam, or name another file with --store.",
            Self::Foreign => "It was not touched. Name another file with --store.",
            Self::Key(_) => {
                "Put the key file back from where the store came; without it the rest can be read, secrets cannot."
            }
            Self::NoKey { .. } => {
                "Put the key file back from where the store came: nothing was changed. To go on without it, put a new key of \
                 32 random bytes there, as `head -c 32 /dev/urandom` gives them; what was sealed must then be made anew."
            }
            Self::NotImported(_) => "Import into another store: --store FILE.",
            Self::Corrupt(_) => DAMAGED,
            Self::Iam(_) | Self::Uncommitted(_) | Self::File { .. } => return None,
        })
    }
}

const DAMAGED: &str = "Copy the file, with those of the same name ending in -wal and .key, before anything else; \
                       `sqlite3 FILE .recover` saves what can be read.";

fn sqlite_sentence(error: &rusqlite::Error) -> &'static str {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => "this is no store, or its beginning is damaged",
        Some(ErrorCode::DatabaseCorrupt) => "the store is damaged",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "another program keeps the store locked",
        Some(ErrorCode::DiskFull) => "the disk is full, nothing was changed",
        Some(ErrorCode::ReadOnly) => "the store may not be written, nothing was changed",
        _ => "the store failed",
    }
}

fn sqlite_remedy(code: ErrorCode) -> Option<&'static str> {
    Some(match code {
        ErrorCode::NotADatabase => "Name another file with --store, or put it back from a copy.",
        ErrorCode::DatabaseCorrupt => DAMAGED,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => "Wait until it is done, and try again.",
        ErrorCode::DiskFull => "Make room and try again.",
        ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
            "See who may read and write the file and its folder."
        }
        _ => return None,
    })
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}
