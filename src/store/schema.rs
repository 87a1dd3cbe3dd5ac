//! The schema, as an append-only list of migrations, each with its reason.
//!
//! Everything that has a name, an ARN and tags is a row of `entity`, whatever its kind; what only one kind has stands in
//! a table of its own. Times are seconds since 1970, UTC. Documents are the text that was sent, byte for byte.
//!
//! A few columns are sums over other tables (`user.groups`, `policy.attachments`, …), so that a list of a million rows can
//! be sorted by them from an index. Triggers keep them; no code writes them.

use rusqlite::Connection;

use super::error::{Error, Result};

/// `tiam` in ASCII: marks the file as ours.
const APPLICATION_ID: i64 = 0x7469_616d;

/// The migrations. Never edit one that was released: append.
const MIGRATIONS: &[&str] = &[
    // The first schema: accounts, entities of every kind, policies, credentials, tags, the journal.
    include_str!("schema.sql"),
    // The uses of services, so that access nobody uses can be told from access somebody does.
    include_str!("service_use.sql"),
    // Codes that STS took are spent one by one; the last step is that of the codes that set the device's clock.
    "ALTER TABLE mfa_device ADD COLUMN used TEXT NOT NULL DEFAULT '[]'",
    // AWS counts the policies in use, not their versions.
    "DROP TRIGGER policy_version_counted; DROP TRIGGER policy_version_uncounted; DROP TABLE version_tally",
    // Every attachment counts the policies in use: of a million policies few are.
    "CREATE INDEX policy_in_use ON policy (account) WHERE attachments + boundaries > 0",
    // Whether the log must be emptied outlives the process that found it could not be.
    include_str!("log_debt.sql"),
    // The uses of actions, so that reports of the granularity ACTION_LEVEL have something to say.
    include_str!("action_use.sql"),
];

fn newest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The database's schema, 0 for an empty file. It only reads.
///
/// # Errors
/// [`Error::Newer`] or [`Error::Foreign`] for a file that is not ours to change.
pub(super) fn recognise(connection: &Connection) -> Result<i64> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION_ID && (version != 0 || has_tables(connection)?) {
        return Err(Error::Foreign);
    }
    if version > newest() {
        return Err(Error::Newer { found: version, known: newest() });
    }
    Ok(version)
}

/// Brings the database up to the newest schema.
///
/// # Errors
/// [`Error::Newer`] or [`Error::Foreign`] for a file that is not ours to migrate.
pub(super) fn migrate(connection: &mut Connection) -> Result<()> {
    let known = newest();
    if recognise(connection)? == known {
        return Ok(());
    }
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another process may have migrated while this one waited for the lock.
    let version: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for migration in MIGRATIONS.iter().skip(usize::try_from(version).unwrap_or(0)) {
        tx.execute_batch(migration)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", known)?;
    tx.commit()?;
    Ok(())
}

fn has_tables(connection: &Connection) -> Result<bool> {
    Ok(connection.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use crate::store::kit::Kit;

    /// Deleting an entity looks for what refers to it: without an index that is a scan of the whole table. Accounts are
    /// not deleted.
    #[test]
    fn every_reference_can_be_followed_back_by_an_index() {
        let lacking = Kit::new().store.read(|sql| {
            let mut statement = sql.prepare(
                "SELECT t.name || '.' || f.\"from\" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
                 WHERE t.type = 'table' AND f.\"table\" <> 'account' AND NOT EXISTS (
                     SELECT 1 FROM pragma_index_list(t.name) l, pragma_index_info(l.name) i
                     WHERE i.seqno = 0 AND i.name = f.\"from\"
                 ) AND NOT EXISTS (
                     SELECT 1 FROM pragma_table_info(t.name) c WHERE c.name = f.\"from\" AND c.pk = 1
                 )",
            )?;
            Ok(statement.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?)
        });
        assert_eq!(lacking.unwrap(), Vec::<String>::new());
    }
}
