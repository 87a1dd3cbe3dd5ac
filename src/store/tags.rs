//! Tags, the same for every kind that has them.
//!
//! On users and roles keys differ whatever their case; on the other kinds case matters (both recorded on AWS).

use std::collections::HashSet;

use rusqlite::params;

use super::error::Result;
use super::page::Page;
use super::tx::{Entity, Tx, fold};
use crate::api::Tag;
use crate::iam::{Error, Kind};

/// The key as it is compared on that kind.
pub(super) fn key_fold(kind: Kind, key: &str) -> String {
    if ignores_case(kind) { fold(key) } else { key.to_owned() }
}

fn ignores_case(kind: Kind) -> bool {
    matches!(kind, Kind::User | Kind::Role)
}

/// Starts the keys that only AWS gives, whatever the case of its letters.
const RESERVED: &str = "aws:";

/// Refuses two tags with one key, and keys that are not to be given (IAM User Guide, "Tags for IAM resources").
pub(super) fn check_tags(kind: Kind, tags: &[Tag]) -> Result<()> {
    let is_reserved = |key: &str| key.get(..RESERVED.len()).is_some_and(|start| start.eq_ignore_ascii_case(RESERVED));
    if tags.iter().any(|tag| is_reserved(&tag.key)) {
        return Err(Error::invalid_input("Tag keys beginning with aws: are reserved for system use.").into());
    }
    let mut seen = HashSet::new();
    if tags.iter().all(|tag| seen.insert(key_fold(kind, &tag.key))) {
        return Ok(());
    }
    let remark = if ignores_case(kind) { " Please note that Tag keys are case insensitive." } else { "" };
    Err(Error::invalid_input(format!("Duplicate tag keys found.{remark}")).into())
}

/// Refuses a call that tags with nothing.
pub(super) fn check_some(tags: &[Tag]) -> Result<()> {
    if tags.is_empty() { Err(empty("tag map")) } else { Ok(()) }
}

/// Refuses a call that takes nothing away.
pub(super) fn check_some_keys(keys: &[String]) -> Result<()> {
    if keys.is_empty() { Err(empty("tag keys")) } else { Ok(()) }
}

fn empty(what: &str) -> super::Error {
    Error::invalid_input(format!("The provided {what} must not be null/empty.")).into()
}

/// The order of a kind's tag listing: by length and then letters for roles and policies (recorded), else as they came.
fn page_key(kind: Kind, tag: &(i64, Tag)) -> String {
    let (position, tag) = tag;
    match kind {
        Kind::Role | Kind::Policy => format!("{:03} {}", tag.key.chars().count(), tag.key),
        _ => format!("{position:019}"),
    }
}

impl Tx<'_> {
    /// A page of an entity's tags, whether there are more, and the marker for them.
    pub(super) fn tag_page(&self, entity: &Entity, page: &Page) -> Result<(Vec<Tag>, bool, Option<String>)> {
        let mut rows = self.all("SELECT key, value, position FROM tag WHERE entity = ?1", [entity.id], |row| {
            Ok((row.get(2)?, Tag { key: row.get(0)?, value: row.get(1)? }))
        })?;
        rows.sort_by_cached_key(|row| page_key(entity.kind, row));
        let (rows, more, marker) = page.pick(rows, |row| page_key(entity.kind, row));
        Ok((rows.into_iter().map(|(_, tag)| tag).collect(), more, marker))
    }

    /// The tags of an entity, in the order in which their keys came; `None` when there are none, as answers leave them
    /// out then.
    pub(super) fn tags(&self, entity: i64) -> Result<Option<Vec<Tag>>> {
        let tags = self.all("SELECT key, value FROM tag WHERE entity = ?1 ORDER BY position", [entity], |row| {
            Ok(Tag { key: row.get(0)?, value: row.get(1)? })
        })?;
        Ok(Some(tags).filter(|tags| !tags.is_empty()))
    }

    /// Adds tags, or changes those whose key is there: the key then takes the new spelling.
    pub(super) fn put_tags(&self, entity: &Entity, tags: &[Tag]) -> Result<()> {
        check_tags(entity.kind, tags)?;
        for tag in tags {
            self.execute(
                "INSERT INTO tag (entity, key_fold, key, value, position)
                 VALUES (?1, ?2, ?3, ?4, (SELECT ifnull(max(position), 0) + 1 FROM tag WHERE entity = ?1))
                 ON CONFLICT DO UPDATE SET key = excluded.key, value = excluded.value",
                params![entity.id, key_fold(entity.kind, &tag.key), tag.key, tag.value],
            )?;
        }
        let count = self.count("SELECT count(*) FROM tag WHERE entity = ?1", [entity.id])?;
        if u32::try_from(count).is_ok_and(|count| count <= self.account.quotas.tags_per_resource) {
            return Ok(());
        }
        Err(Error::limit_exceeded("The number of tags has reached the maximum limit.").into())
    }

    /// Removes tags; keys that are not there are no error.
    pub(super) fn remove_tags(&self, entity: &Entity, keys: &[String]) -> Result<()> {
        for key in keys {
            self.execute(
                "DELETE FROM tag WHERE entity = ?1 AND key_fold = ?2",
                params![entity.id, key_fold(entity.kind, key)],
            )?;
        }
        Ok(())
    }
}
