//! What is wrong with a row, as a value with the sentence that explains it.
//!
//! The thresholds follow the IAM User Guide, "Security best practices in IAM": access keys are changed, and what nobody
//! uses removed, after 90 days.

use super::list::Column;

/// Days after which an access key is old, and after which what was not used is unused.
pub const AGE_DAYS_MAX: i64 = 90;

/// Something that is wrong with a thing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Finding {
    /// A user with a password and no MFA device.
    NoMfa,
    /// An active access key older than [`AGE_DAYS_MAX`].
    KeyOld {
        /// The key.
        id: String,
        /// Its age.
        days: i64,
    },
    /// An active access key not used for longer than [`AGE_DAYS_MAX`].
    KeyUnused {
        /// The key.
        id: String,
        /// Days since its last use, or since it was made.
        days: i64,
        /// Whether it was never used at all.
        never: bool,
    },
    /// A user who can sign in or call, and has not for longer than [`AGE_DAYS_MAX`].
    Inactive {
        /// Days since the last activity, or since the user was made.
        days: i64,
        /// Whether there was never any.
        never: bool,
    },
    /// A role that nobody assumed for longer than [`AGE_DAYS_MAX`].
    RoleUnused {
        /// Days since it was last assumed, or since it was made.
        days: i64,
        /// Whether it never was.
        never: bool,
    },
    /// A role that anyone may assume.
    TrustsAnyone,
    /// A role that trusts a principal that no longer exists.
    TrustsDeleted {
        /// Its unique id.
        id: String,
    },
    /// An access key of the root user.
    RootKey {
        /// The key.
        id: String,
    },
}

impl Finding {
    /// The column whose value is wrong.
    pub fn column(&self) -> Column {
        match self {
            Self::NoMfa => Column::Mfa,
            Self::KeyOld { .. } | Self::KeyUnused { .. } => Column::Key,
            Self::Inactive { .. } | Self::RoleUnused { .. } => Column::Activity,
            Self::TrustsAnyone | Self::TrustsDeleted { .. } => Column::Trusted,
            Self::RootKey { .. } => Column::Owner,
        }
    }

    /// What is wrong, in a few words: `no MFA with console access`.
    pub fn sentence(&self) -> String {
        match self {
            Self::NoMfa => "no MFA with console access".into(),
            Self::KeyOld { id, days } => format!("key {} is {days} days old", short(id)),
            Self::KeyUnused { id, days, never: false } => format!("key {} unused for {days} days", short(id)),
            Self::KeyUnused { id, days, never: true } => {
                format!("key {} never used since it was made {days} days ago", short(id))
            }
            Self::Inactive { days, never: false } => format!("inactive for {days} days"),
            Self::Inactive { days, never: true } => format!("never active since it was made {days} days ago"),
            Self::RoleUnused { days, never: false } => format!("not assumed for {days} days"),
            Self::RoleUnused { days, never: true } => format!("never assumed since it was made {days} days ago"),
            Self::TrustsAnyone => "anyone in any account may assume it".into(),
            Self::TrustsDeleted { id } => format!("trusts {id}, which was deleted"),
            Self::RootKey { .. } => "the root user has an access key".into(),
        }
    }
}

/// An access key id as sentences write it: `AKIA…7Q4B`.
fn short(id: &str) -> String {
    match (id.get(..4), id.get(id.len().saturating_sub(4)..)) {
        (Some(head), Some(tail)) if id.len() > 8 => format!("{head}…{tail}"),
        _ => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Finding;

    #[test]
    fn sentences_name_the_key_in_short() {
        let finding = Finding::KeyOld { id: "AKIAIOSFODNN7EXA7Q4B".into(), days: 391 };
        assert_eq!(finding.sentence(), "key AKIA…7Q4B is 391 days old");
    }
}
