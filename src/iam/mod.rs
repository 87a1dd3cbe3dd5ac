//! The nouns of IAM: account ids, ARNs, paths, names, unique ids, tags, quotas, and IAM's errors.
//!
//! Nothing here does I/O or looks at a clock. Rules follow the IAM User Guide, "IAM and AWS STS quotas, name
//! requirements, and character limits" and "IAM identifiers".

mod account;
mod arn;
mod caller;
mod error;
mod id;
mod kind;
pub mod quota;
mod session;

pub use account::{AccountAlias, AccountId, InvalidName};
pub use arn::{Arn, InvalidArn, Partition};
pub use caller::Caller;
pub use error::{Error, Result};
pub use id::{IdKind, access_key_id, account_id, secret_access_key, unique_id, uuid};
pub use kind::Kind;
pub use session::Session;
