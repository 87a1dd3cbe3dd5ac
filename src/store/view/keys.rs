//! An access key in a list, and on its user's page.

use jiff::Timestamp;
use rusqlite::Row as SqlRow;

use super::finding::{AGE_DAYS_MAX, Finding};
use super::{Last, Read, View};
use crate::store::error::Result;
use crate::store::tx::time;

/// An access key.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyRow {
    /// `AKIA…`
    pub id: String,
    /// The user's name; `None` for a key of the root user.
    pub owner: Option<String>,
    /// The user's ARN, or the root user's.
    pub owner_arn: String,
    /// Whether it works.
    pub is_active: bool,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last used.
    pub used: Last,
    /// For which service.
    pub service: Option<String>,
    /// In which region.
    pub region: Option<String>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

const ROW: &str =
    "SELECT k.id, u.name, u.arn, k.status, k.created, k.last_used, k.last_used_service, k.last_used_region
    FROM access_key k LEFT JOIN entity u ON u.id = k.user";

impl View<'_> {
    /// The access key of that id.
    pub fn key(&self, id: &str) -> Result<Option<KeyRow>> {
        self.read(|read| {
            let sql = format!("{ROW} WHERE k.account = ?1 AND k.id = ?2");
            read.one(&sql, (read.account.row, id), |row| read.read_key(row))
        })
    }
}

impl Read<'_> {
    pub(super) fn key_row(&self, rowid: i64) -> Result<Option<KeyRow>> {
        self.one(&format!("{ROW} WHERE k.rowid = ?1"), [rowid], |row| self.read_key(row))
    }

    /// The keys of a user, oldest first.
    pub(super) fn keys_of(&self, user: i64) -> Result<Vec<KeyRow>> {
        self.all(&format!("{ROW} WHERE k.user = ?1 ORDER BY k.created, k.id"), [user], |row| self.read_key(row))
    }

    fn read_key(&self, row: &SqlRow<'_>) -> rusqlite::Result<KeyRow> {
        let owner_arn: Option<String> = row.get(2)?;
        let mut key = KeyRow {
            id: row.get(0)?,
            owner: row.get(1)?,
            owner_arn: owner_arn.unwrap_or_else(|| self.account.arn("root")),
            is_active: row.get::<_, String>(3)? == "Active",
            created: time(row.get(4)?),
            used: self.last(row.get(5)?),
            service: row.get(6)?,
            region: row.get(7)?,
            findings: Vec::new(),
        };
        key.findings = self.key_findings(&key);
        Ok(key)
    }

    fn key_findings(&self, key: &KeyRow) -> Vec<Finding> {
        let mut findings = Vec::new();
        if key.owner.is_none() {
            findings.push(Finding::RootKey { id: key.id.clone() });
        }
        if !key.is_active {
            return findings;
        }
        let age = self.days_since(key.created);
        if age > AGE_DAYS_MAX {
            findings.push(Finding::KeyOld { id: key.id.clone(), days: age });
        }
        let unused = match key.used {
            Last::At(at) => Some((self.days_since(at), false)),
            Last::Never => Some((age, true)),
            Last::Unknown => None,
        };
        let unused = unused.filter(|(days, _)| *days > AGE_DAYS_MAX);
        findings.extend(unused.map(|(days, never)| Finding::KeyUnused { id: key.id.clone(), days, never }));
        findings
    }
}
