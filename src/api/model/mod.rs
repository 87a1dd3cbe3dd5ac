//! The model of the API: shapes, members and operations, as data that stands beside the typed structs it describes.
//!
//! `operations!` and `structure!` define a call or a structure once. Out of one definition come the Rust struct and the
//! table ([`Model`], [`Member`]) that the encoders, the validation and the command line read.

mod blob;
mod define;
mod redact;
mod shape;

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use blob::Blob;
pub(super) use define::{Absent, access, mark, operations, pages, required, service, structure};
pub(super) use redact::debug;
pub use redact::{HIDDEN, redact};
pub use shape::{Encoding, Member, Shape, Text, UNBOUNDED, list, text};

/// The two services whose API tiam speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// AWS Identity and Access Management.
    Iam,
    /// AWS Security Token Service.
    Sts,
}

impl Service {
    /// As signatures, ARNs and the `aws` command write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Iam => "iam",
            Self::Sts => "sts",
        }
    }

    /// The version of its Query API.
    pub fn version(self) -> &'static str {
        match self {
            Self::Iam => "2010-05-08",
            Self::Sts => "2011-06-15",
        }
    }

    /// The namespace of its XML.
    pub fn namespace(self) -> &'static str {
        match self {
            Self::Iam => "https://iam.amazonaws.com/doc/2010-05-08/",
            Self::Sts => "https://sts.amazonaws.com/doc/2011-06-15/",
        }
    }
}

/// What an operation does to the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing: it answers.
    Read,
    /// It changes something.
    Write,
}

/// What is particular about an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A read that leaves something in the store nevertheless: a report, a job, a session, a code that is spent. It changes
    /// nothing of the account, so no journal tells of it.
    LeavesTrace,
    /// It may take long although it does not answer in pages: it looks at a whole account, hashes a password, makes a key.
    Slow,
    /// It takes a secret away, or puts another one in its place.
    TakesSecret,
}

/// One operation of the API.
#[derive(Debug)]
pub struct Model {
    /// `CreateUser`.
    pub name: &'static str,
    /// Whose operation it is.
    pub service: Service,
    /// The group of operations it belongs to: `users`, `access-keys`, …
    pub group: &'static str,
    /// Whether it changes the account.
    pub access: Access,
    /// What else those must know who perform it.
    pub marks: &'static [Mark],
    /// What goes in, in the model's order.
    pub input: &'static [Member],
    /// What comes out.
    pub output: &'static [Member],
    /// The error codes that the model names for it.
    pub errors: &'static [&'static str],
    /// For an operation that answers in pages, the lists that grow with each.
    pub pages: Option<&'static [&'static str]>,
}

impl Model {
    /// The input member of that name.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.input.iter().find(|m| m.name == name)
    }

    /// Whether it bears the mark.
    pub fn has(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }
}

/// A typed call: its input is the implementing struct.
pub trait Operation: Serialize + DeserializeOwned + Clone + fmt::Debug + Send + Sync + 'static {
    /// What it answers.
    type Output: Serialize + DeserializeOwned + Clone + Default + fmt::Debug + Send + Sync + 'static;
    /// Its entry in the table of operations.
    const MODEL: &'static Model;
}
