//! Access that nobody used for long: passwords, access keys, roles.
//!
//! Follows IAM Access Analyzer's unused access findings. What the store cannot know is no finding: of an imported account
//! the keys and passwords, of a mirror what it was never told.

use jiff::Timestamp;
use serde::Serialize;

use super::Result;
use crate::store::view::AGE_DAYS_MAX;
use crate::store::{Account, Store};

/// Days over which IAM tells of the use of roles (API reference, `RoleLastUsed`).
const TRACKED_DAYS: i64 = 400;

/// What is unused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnusedKind {
    /// A console password.
    Password,
    /// An active access key.
    AccessKey,
    /// A role.
    Role,
}

/// Something that nobody used for long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unused {
    /// What.
    pub kind: UnusedKind,
    /// The user or role.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// Of a key: its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// When it was last used; absent if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used: Option<Timestamp>,
    /// Days since then, or since it was made.
    pub days: i64,
}

/// What nobody used for longer than [`AGE_DAYS_MAX`] days.
///
/// # Errors
/// When the store fails.
pub fn unused(store: &Store, account: &Account) -> Result<Vec<Unused>> {
    let now = store.now();
    // A day has to be over before it counts.
    let moment = now - jiff::SignedDuration::from_hours(24 * (AGE_DAYS_MAX + 1));
    let uses = store.unused_since(account, moment)?;
    let mut found = Vec::new();
    for one in uses {
        // IAM tells of every role when it was last used, so one of which it tells nothing was not.
        if one.last_used.is_none() && !account.sees_every_use() && one.what != crate::store::UseOf::Role {
            continue;
        }
        let days = (now.as_second() - one.last_used.unwrap_or(one.since).as_second()).div_euclid(86_400);
        if days > AGE_DAYS_MAX {
            let kind = match one.what {
                crate::store::UseOf::Password => UnusedKind::Password,
                crate::store::UseOf::Key(_) => UnusedKind::AccessKey,
                crate::store::UseOf::Role => UnusedKind::Role,
            };
            let key = if let crate::store::UseOf::Key(id) = one.what { Some(id) } else { None };
            let days = if one.last_used.is_none() && !account.sees_every_use() { days.min(TRACKED_DAYS) } else { days };
            found.push(Unused { kind, name: one.name, arn: one.arn, key, last_used: one.last_used, days });
        }
    }
    Ok(found)
}

impl Unused {
    /// In a few words: `password unused for 131 days`.
    pub fn sentence(&self) -> String {
        let what = match (self.kind, &self.key) {
            (UnusedKind::Password, _) => "password".to_owned(),
            (UnusedKind::AccessKey, key) => format!("access key {}", key.as_deref().unwrap_or_default()),
            (UnusedKind::Role, _) => "role".to_owned(),
        };
        match self.last_used {
            Some(_) => format!("{what} unused for {} days", self.days),
            None => format!("{what} never used in {} days", self.days),
        }
    }
}
