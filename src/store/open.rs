//! Opening a store: the file and its permissions, the connections, the pragmas.
//!
//! One connection writes, others read beside it; a store in memory has one for both.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::error::{Error, Result};
use super::principal::CompiledDocuments;
use super::vault::Vault;
use super::{files, schema};
use crate::world::World;

/// How long a connection waits for another process's write to end.
const BUSY_WAIT: Duration = Duration::from_secs(10);
/// How long the log waits for reads of an older state to end before it is emptied: longer than any ordinary read takes.
const TRUNCATION_WAIT: Duration = Duration::from_millis(250);
/// Connections kept for reading: about as many as threads read at once. More would open and close one with every read.
const READERS_KEPT: usize = 32;
/// Prepared statements kept by each connection.
const STATEMENTS_KEPT: usize = 128;

/// A store: one SQLite file, or memory, with any number of accounts.
pub struct Store {
    /// `None` for a store in memory.
    path: Option<PathBuf>,
    writer: Mutex<Connection>,
    /// Whether the write-ahead log still has to be emptied.
    owes_truncation: AtomicBool,
    readers: Mutex<Vec<Connection>>,
    /// Looks for changes and does nothing else: what it has seen must not depend on what it was used for.
    watcher: Mutex<Option<Connection>>,
    pub(super) world: Arc<dyn World>,
    pub(super) vault: Vault,
    pub(super) compiled: CompiledDocuments,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the store in the file, made with mode 0600 (and its folder with 0700) if it is not there. Its key lies beside
    /// it under the same name with `.key` added.
    ///
    /// # Errors
    /// When the file cannot be opened, is no store, or comes from a later tiam. It is left as it was then.
    pub fn open(path: &Path, world: Arc<dyn World>) -> Result<Self> {
        let named = |error| match error {
            error @ (Error::File { .. } | Error::Key(_)) => error,
            error => Error::Open { path: path.to_owned(), source: Box::new(error) },
        };
        Self::open_file(path, world).map_err(named)
    }

    fn open_file(path: &Path, world: Arc<dyn World>) -> Result<Self> {
        let failed = |source| Error::File { path: path.to_owned(), source };
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            files::create_folder(folder).map_err(failed)?;
        }
        match files::create_private(path) {
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error)),
        }
        // What a killed process left in the log may hold a secret that is gone.
        let leftover = std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0);
        let mut writer = Connection::open(path)?;
        prepare(&writer)?;
        schema::recognise(&writer)?;
        let vault = Vault::open(&beside(path, ".key"), world.as_ref())?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        schema::migrate(&mut writer)?;
        let mut store = Self::new(Some(path.to_owned()), writer, world, vault);
        store.owes_truncation = leftover.into();
        Ok(store)
    }

    /// A store in memory, gone when it is dropped.
    pub fn in_memory(world: Arc<dyn World>) -> Result<Self> {
        let mut writer = Connection::open_in_memory()?;
        prepare(&writer)?;
        schema::migrate(&mut writer)?;
        let vault = Vault::in_memory(world.as_ref());
        Ok(Self::new(None, writer, world, vault))
    }

    fn new(path: Option<PathBuf>, writer: Connection, world: Arc<dyn World>, vault: Vault) -> Self {
        let (writer, readers, watcher) = (writer.into(), Mutex::default(), Mutex::default());
        let (owes_truncation, compiled) = (AtomicBool::default(), CompiledDocuments::default());
        Self { path, writer, owes_truncation, readers, watcher, world, vault, compiled }
    }

    /// The file, unless the store is in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The time, as this store's world has it.
    pub fn now(&self) -> jiff::Timestamp {
        self.world.now()
    }

    /// Randomness, as this store's world has it.
    pub fn fill(&self, bytes: &mut [u8]) {
        self.world.fill(bytes);
    }

    /// Runs a read on one snapshot of the store. Must not block on anything else.
    pub(super) fn read<T>(&self, run: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let Some(path) = &self.path else { return run(&self.writer()) };
        let idle = self.readers().pop();
        let reader = match idle {
            Some(reader) => reader,
            None => open_reader(path)?,
        };
        // A panic in between drops the connection, and with it the transaction.
        reader.prepare_cached("BEGIN")?.execute([])?;
        let result = run(&reader);
        reader.prepare_cached("COMMIT")?.execute([])?;
        let mut readers = self.readers();
        if readers.len() < READERS_KEPT {
            readers.push(reader);
        }
        result
    }

    /// Runs a write in one transaction: all of it or nothing.
    pub(super) fn write<T>(&self, run: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut writer = self.writer();
        // A deferred transaction that upgrades to a write fails at once, whatever the busy wait says.
        let tx = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let value = run(&tx)?;
        tx.commit()?;
        Ok(value)
    }

    /// Lends the connection that looks for changes; a store in memory has none.
    pub(super) fn watch<T>(&self, look: impl FnOnce(Option<&Connection>) -> Result<T>) -> Result<T> {
        let Some(path) = &self.path else { return look(None) };
        let mut watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner);
        if watcher.is_none() {
            *watcher = Some(open_reader(path)?);
        }
        look(watcher.as_ref())
    }

    /// Rows that the writing connection has changed since the store was opened.
    pub(super) fn changes(&self) -> u64 {
        self.writer().total_changes()
    }

    /// Empties the write-ahead log, so that a deleted secret is not left in it. As long as somebody reads an older state that
    /// cannot be done, and is owed: the next write pays it, or whoever closes the store last.
    /// Only the first attempt waits: writes must not all wait for one long read.
    pub(super) fn truncate_log(&self) {
        if self.path.is_none() {
            return;
        }
        let writer = self.writer();
        let is_debt = self.owes_truncation.swap(true, Ordering::Relaxed);
        match truncate(&writer, if is_debt { Duration::ZERO } else { TRUNCATION_WAIT }) {
            Ok(is_busy) => self.owes_truncation.store(is_busy, Ordering::Relaxed),
            Err(error) => tracing::warn!(%error, "the store's log could not be emptied; the next write tries again"),
        }
    }

    /// Whether the log could not be emptied when it should have been.
    pub(super) fn owes_truncation(&self) -> bool {
        self.owes_truncation.load(Ordering::Relaxed)
    }

    /// A panic in a read or write leaves no transaction open: dropping it rolls back. So a poisoned lock is sound.
    fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn readers(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The file of the same name with that added.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Empties the write-ahead log; whether somebody's read kept it from that.
fn truncate(writer: &Connection, wait: Duration) -> Result<bool> {
    writer.busy_timeout(wait)?;
    let is_busy = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    writer.busy_timeout(BUSY_WAIT)?;
    Ok(is_busy?)
}

fn open_reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    prepare(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<()> {
    connection.busy_timeout(BUSY_WAIT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    connection.pragma_update(None, "page_size", 16384)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "trusted_schema", true)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rusqlite::Connection;

    use super::Store;
    use crate::api::{CreateAccessKey, CreateUser, DeleteAccessKey};
    use crate::iam::{Caller, Partition};
    use crate::store::{Account, Perform};
    use crate::world::Real;

    /// Opens the file and tells why it cannot be; the folder is then as it was.
    fn refused(folder: &tempfile::TempDir, name: &str) -> (String, &'static str) {
        let path = folder.path().join(name);
        let before = std::fs::read(&path).unwrap();
        let error = Store::open(&path, Arc::new(Real)).unwrap_err();
        assert_eq!(std::fs::read(&path).unwrap(), before, "{error}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "{error}");
        let told = error.to_string();
        let (place, sentence) = told.split_once(": ").unwrap();
        assert_eq!(place, path.display().to_string());
        (sentence.to_owned(), error.remedy().unwrap())
    }

    #[test]
    fn a_file_that_is_no_store_is_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("notes"), "Buy milk. ".repeat(1000)).unwrap();
        let (sentence, remedy) = refused(&folder, "notes");
        assert!(sentence.starts_with("this is no store"), "{sentence}");
        assert!(remedy.contains("--store"));
    }

    #[test]
    fn a_database_of_another_program_is_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        Connection::open(folder.path().join("other")).unwrap().execute_batch("CREATE TABLE note (text)").unwrap();
        let (sentence, remedy) = refused(&folder, "other");
        assert_eq!(sentence, "this is a database of another program");
        assert!(remedy.contains("not touched"));
    }

    #[test]
    fn a_store_of_a_later_tiam_is_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let sql = Connection::open(folder.path().join("later")).unwrap();
        sql.execute_batch("PRAGMA application_id = 0x7469616d; PRAGMA user_version = 9000").unwrap();
        drop(sql);
        let (sentence, _) = refused(&folder, "later");
        assert!(sentence.contains("schema 9000"), "{sentence}");
    }

    fn ok<O: Perform>(store: &Store, account: &Account, operation: &O) -> O::Output {
        store.perform(account, &Caller::Root, operation).unwrap()
    }

    #[test]
    fn a_deleted_secret_is_not_left_in_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store");
        let store = Store::open(&path, Arc::new(Real)).unwrap();
        let account = store.ensure_account(&"123456789012".parse().unwrap(), Partition::Aws).unwrap();
        let log = || std::fs::metadata(folder.path().join("store-wal")).unwrap().len();
        let user = |name: &str| CreateUser { user_name: name.into(), ..CreateUser::default() };
        let key = || {
            let made = ok(&store, &account, &CreateAccessKey { user_name: Some("ann".into()) }).access_key;
            DeleteAccessKey { user_name: Some("ann".into()), access_key_id: made.access_key_id }
        };
        ok(&store, &account, &user("ann"));
        let (one, other) = (key(), key());
        assert!(log() > 0);
        ok(&store, &account, &one);
        assert_eq!(log(), 0);
        ok(&store, &account, &user("bob"));
        assert!(log() > 0, "what holds no secret is not worth the time");

        let reader = Connection::open(&path).unwrap();
        reader.execute_batch("BEGIN; SELECT count(*) FROM entity").unwrap();
        ok(&store, &account, &other);
        assert!(log() > 0 && store.owes_truncation());
        drop(reader);
        ok(&store, &account, &user("cid"));
        assert_eq!(log(), 0, "the next write pays");

        ok(&store, &account, &user("dan"));
        assert!(log() > 0 && !store.owes_truncation());
        let next = Store::open(&path, Arc::new(Real)).unwrap();
        assert!(next.owes_truncation(), "nobody knows what a log from before holds");
        ok(&next, &account, &user("eve"));
        assert_eq!(log(), 0);
        assert!(!next.owes_truncation());
    }
}
