//! Rows of the kinds that a list says little of: instance profiles, providers, MFA devices, server certificates.

use jiff::Timestamp;

use super::Read;
use crate::iam::Kind;
use crate::store::error::Result;
use crate::store::tx::time;

/// An entity in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityRow {
    /// Its kind.
    pub kind: Kind,
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// The path.
    pub path: String,
    /// When it was made.
    pub created: Timestamp,
}

impl Read<'_> {
    pub(super) fn entity_row(&self, id: i64) -> Result<Option<EntityRow>> {
        self.one("SELECT kind, name, arn, path, created FROM entity WHERE id = ?1", [id], |row| {
            Ok(EntityRow {
                kind: Kind::of_number(row.get(0)?).unwrap_or(Kind::InstanceProfile),
                name: row.get(1)?,
                arn: row.get(2)?,
                path: row.get(3)?,
                created: time(row.get(4)?),
            })
        })
    }
}
