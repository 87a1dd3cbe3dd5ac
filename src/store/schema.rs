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
    use std::path::Path;
    use std::sync::Arc;

    use rusqlite::Connection;
    use serde_json::json;

    use super::{APPLICATION_ID, MIGRATIONS, newest};
    use crate::api::{Call, Service, find};
    use crate::iam::Caller;
    use crate::store::Store;
    use crate::store::kit::{ALLOW, Kit};
    use crate::world::Real;

    const ANN: &str = "
        INSERT INTO account (account_id, created) VALUES ('123456789012', 5);
        INSERT INTO entity (account, kind, name, name_key, arn, uid, created)
        VALUES (1, 1, 'ann', 'ann', 'arn:aws:iam::123456789012:user/ann', 'AIDA1', 5);
        INSERT INTO access_key (id, account, user, status, created, secret, last_used, last_used_service, last_used_region)
        VALUES ('AKIAIOSFODNN7EXAMPLE', 1, 1, 'Active', 5, x'01', 6, 'iam', 'us-east-1')";

    /// A store with the user ann and an access key, as a tiam of an earlier schema left it.
    fn earlier(path: &Path, version: usize) {
        let sql = Connection::open(path).unwrap();
        sql.execute_batch("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON").unwrap();
        for migration in &MIGRATIONS[..version] {
            sql.execute_batch(migration).unwrap();
        }
        sql.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        sql.pragma_update(None, "user_version", i64::try_from(version).unwrap()).unwrap();
        sql.execute_batch(ANN).unwrap();
    }

    /// Everything in a database but its rows.
    fn layout(path: &Path) -> Vec<(String, Option<String>)> {
        let sql = Connection::open(path).unwrap();
        let mut statement = sql.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn stores_of_every_earlier_schema_are_brought_up() {
        let folder = tempfile::tempdir().unwrap();
        let open = |name: &str| Store::open(&folder.path().join(name), Arc::new(Real));
        drop(open("new").unwrap());
        for version in 1..=MIGRATIONS.len() {
            let name = format!("schema{version}");
            let (path, key) = (folder.path().join(&name), folder.path().join(format!("{name}.key")));
            earlier(&path, version);
            let told = open(&name).unwrap_err().to_string();
            assert!(told.contains("is missing") && told.ends_with(": 1 access key"), "{told}");
            assert!(!key.exists());
            std::fs::write(&key, [7; 32]).unwrap();

            let store = open(&name).unwrap();
            let account = store.account("123456789012").unwrap().unwrap();
            let call = |name: &str, input: serde_json::Value| {
                let call = Call::new(find(Service::Iam, name).unwrap(), input.as_object().unwrap().clone());
                store.perform_call(&account, &Caller::Root, &call).unwrap()
            };
            let uses = store.action_uses(&account).unwrap();
            let is_past = version < 7;
            assert_eq!(
                uses.iter().map(|one| one.action.as_str()).collect::<Vec<_>>(),
                if is_past { vec!["*"] } else { vec![] }
            );
            assert_eq!(store.service_uses(&account).unwrap().len(), 1, "{name}");
            call("CreatePolicy", json!({"PolicyName": "p", "PolicyDocument": ALLOW}));
            let arn = "arn:aws:iam::123456789012:policy/p";
            call("AttachUserPolicy", json!({"UserName": "ann", "PolicyArn": arn}));
            call("DetachUserPolicy", json!({"UserName": "ann", "PolicyArn": arn}));
            call("DeletePolicy", json!({"PolicyArn": arn}));
            call("DeleteAccessKey", json!({"UserName": "ann", "AccessKeyId": "AKIAIOSFODNN7EXAMPLE"}));
            call("DeleteUser", json!({"UserName": "ann"}));
            drop(store);
            assert_eq!(layout(&path), layout(&folder.path().join("new")), "{name}");
            let sql = Connection::open(&path).unwrap();
            assert_eq!(sql.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0)).unwrap(), newest());
            let left = "SELECT (SELECT count(*) FROM entity) + (SELECT count(*) FROM action_use)
                        + (SELECT count(*) FROM log_debt WHERE secrets > emptied)";
            assert_eq!(sql.query_row(left, [], |row| row.get::<_, i64>(0)).unwrap(), 0, "{name}");
        }
    }

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
