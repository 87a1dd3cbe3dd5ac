//! A user group in a list.

use jiff::Timestamp;

use super::{Read, number};
use crate::store::error::Result;
use crate::store::tx::time;

/// A user group in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupRow {
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// The path.
    pub path: String,
    /// When it was made.
    pub created: Timestamp,
    /// How many users are in it.
    pub users: usize,
    /// How many policies it has, attached and inline.
    pub policies: usize,
}

const ROW: &str = "SELECT e.name, e.arn, e.path, e.created, g.users,
        (SELECT count(*) FROM attachment WHERE entity = e.id) + (SELECT count(*) FROM inline_policy WHERE entity = e.id)
    FROM entity e JOIN grp g ON g.entity = e.id WHERE e.id = ?1";

impl Read<'_> {
    pub(super) fn group_row(&self, id: i64) -> Result<Option<GroupRow>> {
        self.one(ROW, [id], |row| {
            Ok(GroupRow {
                name: row.get(0)?,
                arn: row.get(1)?,
                path: row.get(2)?,
                created: time(row.get(3)?),
                users: number(row, 4)?,
                policies: number(row, 5)?,
            })
        })
    }
}
