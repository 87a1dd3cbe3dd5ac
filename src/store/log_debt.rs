//! Deleted secrets leave the write-ahead log, too.
//!
//! `secure_delete` overwrites them in the file, but a log keeps its old pages until it is emptied. That it must be emptied
//! stands in the store, from the very transaction that takes a secret away: whoever writes next pays the debt, whichever
//! process that is, when the first was killed or found somebody reading.

use std::sync::atomic::Ordering;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};

use super::error::Result;
use super::open::{BUSY_WAIT, Store};

/// How long the log waits for reads of an older state to end before it is emptied: longer than any ordinary read takes.
const HELD_WAIT: Duration = Duration::from_millis(250);

/// How many secrets had been taken away when the log was found to hold some.
#[derive(Debug)]
pub(super) struct Debt(i64);

/// Notes that a secret was taken away.
pub(super) fn owe(sql: &Connection) -> Result<()> {
    let text = "INSERT INTO log_debt (id, secrets) VALUES (1, 1) ON CONFLICT DO UPDATE SET secrets = secrets + 1";
    sql.prepare_cached(text)?.execute([])?;
    Ok(())
}

/// What the log still holds.
pub(super) fn owed(sql: &Connection) -> Result<Option<Debt>> {
    let text = "SELECT secrets FROM log_debt WHERE secrets > emptied";
    Ok(sql.prepare_cached(text)?.query_row([], |row| row.get(0).map(Debt)).optional()?)
}

impl Store {
    /// Empties the log. As long as somebody reads an older state that cannot be done, and the debt stays. Only the first
    /// attempt waits for them: writes must not all wait for one long read.
    pub(super) fn empty_log(&self, writer: &Connection, debt: &Debt) {
        let wait = if self.log_is_held.load(Ordering::Relaxed) { Duration::ZERO } else { HELD_WAIT };
        let tried = truncate(writer, wait).and_then(|is_held| {
            if !is_held {
                pay(writer, debt)?;
            }
            Ok(is_held)
        });
        match tried {
            Ok(is_held) => self.log_is_held.store(is_held, Ordering::Relaxed),
            Err(error) => tracing::warn!(%error, "the store's log could not be emptied; the next write tries again"),
        }
    }
}

/// Empties the write-ahead log; whether somebody's read kept it from that.
fn truncate(writer: &Connection, wait: Duration) -> Result<bool> {
    writer.busy_timeout(wait)?;
    let is_held = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    writer.busy_timeout(BUSY_WAIT)?;
    Ok(is_held?)
}

/// Notes up to where the debt is paid. The count only grows, so that what another process owes since then stays owed.
fn pay(writer: &Connection, debt: &Debt) -> Result<()> {
    writer.prepare_cached("UPDATE log_debt SET emptied = max(emptied, ?1)")?.execute([debt.0])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use rusqlite::Connection;
    use tempfile::TempDir;

    use super::{owe, owed, pay};
    use crate::api::{CreateAccessKey, CreateUser, DeleteAccessKey};
    use crate::iam::{Caller, Partition};
    use crate::store::mirror::Whole;
    use crate::store::{Account, Perform, Store};
    use crate::world::Real;

    /// A store in a file, with the user ann.
    struct Scene {
        folder: TempDir,
        store: Store,
        account: Account,
    }

    impl Scene {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::open(&folder.path().join("store"), Arc::new(Real)).unwrap();
            let account = store.ensure_account(&"123456789012".parse().unwrap(), Partition::Aws).unwrap();
            let scene = Self { folder, store, account };
            scene.make("ann");
            scene
        }

        fn path(&self) -> PathBuf {
            self.folder.path().join("store")
        }

        fn ok<O: Perform>(&self, operation: &O) -> O::Output {
            self.store.perform(&self.account, &Caller::Root, operation).unwrap()
        }

        fn make(&self, user: &str) {
            self.ok(&CreateUser { user_name: user.into(), ..CreateUser::default() });
        }

        /// A key of ann's: what deletes it, and its secret as it is sealed.
        fn key(&self) -> (DeleteAccessKey, Vec<u8>) {
            let user_name = Some("ann".to_owned());
            let id = self.ok(&CreateAccessKey { user_name: user_name.clone() }).access_key.access_key_id;
            let sealed = self
                .store
                .read(|sql| Ok(sql.query_row("SELECT secret FROM access_key WHERE id = ?1", [&id], |row| row.get(0))?));
            (DeleteAccessKey { user_name, access_key_id: id }, sealed.unwrap())
        }

        /// Whether the file or its log holds the bytes.
        fn holds(&self, bytes: &[u8]) -> bool {
            ["store", "store-wal"].iter().any(|name| {
                let held = std::fs::read(self.folder.path().join(name)).unwrap();
                held.windows(bytes.len()).any(|window| window == bytes)
            })
        }

        fn owes(&self) -> bool {
            self.store.read(owed).unwrap().is_some()
        }

        /// Somebody who reads the store as it is now until it is dropped.
        fn reader(&self) -> Connection {
            let reader = Connection::open(self.path()).unwrap();
            reader.execute_batch("BEGIN; SELECT count(*) FROM entity").unwrap();
            reader
        }
    }

    #[test]
    fn a_deleted_secret_is_not_left_in_the_log() {
        let scene = Scene::new();
        let (delete, sealed) = scene.key();
        assert!(scene.holds(&sealed));
        scene.ok(&delete);
        assert!(!scene.holds(&sealed) && !scene.owes());
    }

    #[test]
    fn the_next_write_empties_a_log_that_was_held() {
        let scene = Scene::new();
        let (delete, sealed) = scene.key();
        let reader = scene.reader();
        scene.ok(&delete);
        assert!(scene.holds(&sealed) && scene.owes());
        scene.make("bob");
        assert!(scene.owes(), "somebody still reads");
        drop(reader);
        scene.make("cid");
        assert!(!scene.holds(&sealed) && !scene.owes());
    }

    #[test]
    fn an_import_takes_the_keys_of_what_it_replaces() {
        let mut scene = Scene::new();
        let id = "111122223333".parse().unwrap();
        let import = |scene: &Scene| scene.store.import(&id, "aws", &Whole::default()).unwrap();
        scene.account = import(&scene);
        scene.make("ann");
        let (_, sealed) = scene.key();
        assert!(scene.holds(&sealed));
        import(&scene);
        assert!(!scene.holds(&sealed) && !scene.owes());
    }

    #[test]
    fn who_pays_late_pays_nothing_that_came_since() {
        let scene = Scene::new();
        let left = scene.store.write(|sql| {
            owe(sql)?;
            let late = owed(sql)?.unwrap();
            pay(sql, &late)?;
            owe(sql)?;
            pay(sql, &late)?;
            owed(sql)
        });
        assert!(left.unwrap().is_some());
    }

    #[test]
    fn another_process_pays_for_one_that_has_ended() {
        let mut scene = Scene::new();
        let (delete, sealed) = scene.key();
        let other = Store::open(&scene.path(), Arc::new(Real)).unwrap();
        let reader = scene.reader();
        scene.ok(&delete);
        scene.store = other;
        drop(reader);
        assert!(scene.holds(&sealed) && scene.owes());
        scene.make("bob");
        assert!(!scene.holds(&sealed) && !scene.owes());
    }
}
