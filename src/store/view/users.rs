//! A user in a list.

use jiff::Timestamp;

use super::finding::{AGE_DAYS_MAX, Finding};
use super::{Last, Read, number};
use crate::store::error::Result;
use crate::store::tx::time;

/// A user's second factor; of several the one that is hardest to get round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mfa {
    /// The store cannot say.
    Unknown,
    /// None.
    None,
    /// There is one, of a kind that the store does not know.
    Some,
    /// A virtual device: an authenticator app.
    Virtual,
    /// A hardware token.
    Hardware,
    /// A passkey or security key.
    Passkey,
}

/// A user's console password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Password {
    /// The store cannot say.
    Unknown,
    /// No password, so no console access.
    None,
    /// Last set then.
    Set(Timestamp),
}

/// A user in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct UserRow {
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// The path.
    pub path: String,
    /// When it was made.
    pub created: Timestamp,
    /// Its first group by name.
    pub first_group: Option<String>,
    /// How many groups it is in.
    pub groups: usize,
    /// The latest of password and keys.
    pub activity: Last,
    /// Its second factor.
    pub mfa: Mfa,
    /// Its console password.
    pub password: Password,
    /// When the oldest active access key was made; `None` without one.
    pub oldest_key: Option<Timestamp>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

const ROW: &str =
    "SELECT e.name, e.arn, e.path, e.created, e.activity, u.groups, u.mfa_devices, u.password_set, u.oldest_key,
        (SELECT g.name FROM membership m JOIN entity g ON g.id = m.grp WHERE m.user = e.id ORDER BY g.name_key LIMIT 1)
    FROM entity e JOIN user u ON u.entity = e.id WHERE e.id = ?1";

impl Read<'_> {
    pub(super) fn user_row(&self, id: i64) -> Result<Option<UserRow>> {
        let row = self.one(ROW, [id], |row| {
            Ok(UserRow {
                name: row.get(0)?,
                arn: row.get(1)?,
                path: row.get(2)?,
                created: time(row.get(3)?),
                activity: self.last(row.get(4)?),
                groups: number(row, 5)?,
                mfa: if number(row, 6)? > 0 { Mfa::Some } else { Mfa::None },
                password: row.get::<_, Option<i64>>(7)?.map_or(Password::None, |at| Password::Set(time(at))),
                oldest_key: row.get::<_, Option<i64>>(8)?.map(time),
                first_group: row.get(9)?,
                findings: Vec::new(),
            })
        })?;
        let Some(mut user) = row else { return Ok(None) };
        if user.mfa == Mfa::Some {
            user.mfa = self.mfa_devices(id)?.iter().map(|device| device.kind).max().unwrap_or(Mfa::Some);
        }
        if self.is_partial() {
            user.hide_absence();
        }
        user.findings = self.user_findings(id, &user)?;
        Ok(Some(user))
    }

    fn user_findings(&self, id: i64, user: &UserRow) -> Result<Vec<Finding>> {
        let mut findings = Vec::new();
        let has_password = matches!(user.password, Password::Set(_));
        if has_password && user.mfa == Mfa::None {
            findings.push(Finding::NoMfa);
        }
        if user.oldest_key.is_some() {
            for key in self.keys_of(id)? {
                findings.extend(key.findings);
            }
        }
        let can_act = has_password || user.oldest_key.is_some();
        let inactive = |since: Timestamp, never| {
            let days = self.days_since(since);
            (can_act && days > AGE_DAYS_MAX).then_some(Finding::Inactive { days, never })
        };
        findings.extend(match user.activity {
            Last::At(at) => inactive(at, false),
            Last::Never => inactive(user.created, true),
            Last::Unknown => None,
        });
        Ok(findings)
    }
}

impl UserRow {
    /// What is not there is not known: so it is in a mirror that was never read to the end.
    fn hide_absence(&mut self) {
        if self.mfa == Mfa::None {
            self.mfa = Mfa::Unknown;
        }
        if self.password == Password::None {
            self.password = Password::Unknown;
        }
    }
}
