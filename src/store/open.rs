//! Opening a store: the file and its permissions, the connections, the pragmas.
//!
//! One connection writes, others read beside it; a store in memory has one for both.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::error::{Error, Result};
use super::log_debt::owed;
use super::principal::CompiledDocuments;
use super::vault::Vault;
use super::{files, schema, sealed};
use crate::world::World;

/// How long a connection waits for another process's write to end.
pub(super) const BUSY_WAIT: Duration = Duration::from_secs(10);
/// Connections kept for reading: about as many as threads read at once. More would open and close one with every read.
const READERS_KEPT: usize = 32;
/// Prepared statements kept by each connection.
const STATEMENTS_KEPT: usize = 128;

/// A store: one SQLite file, or memory, with any number of accounts.
pub struct Store {
    /// `None` for a store in memory.
    path: Option<PathBuf>,
    writer: Mutex<Connection>,
    /// Whether a read kept the write-ahead log from being emptied when that was last tried.
    pub(super) log_is_held: AtomicBool,
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
        let mut writer = Connection::open(path)?;
        prepare(&writer)?;
        let is_new = schema::recognise(&writer)? == 0;
        let sealed = || if is_new { Ok(Vec::new()) } else { sealed::tally(&writer) };
        let vault = Vault::open(&beside(path, ".key"), world.as_ref(), sealed)?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        schema::migrate(&mut writer)?;
        Ok(Self::new(Some(path.to_owned()), writer, world, vault))
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
        let (log_is_held, compiled) = (AtomicBool::default(), CompiledDocuments::default());
        Self { path, writer, log_is_held, readers, watcher, world, vault, compiled }
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

    /// Runs a write in one transaction: all of it or nothing. A log that still holds a secret which was taken away is then
    /// emptied.
    pub(super) fn write<T>(&self, run: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut writer = self.writer();
        // A deferred transaction that upgrades to a write fails at once, whatever the busy wait says.
        let tx = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let value = run(&tx)?;
        let owed = owed(&tx)?;
        tx.commit()?;
        if let (Some(_), Some(debt)) = (&self.path, owed) {
            self.empty_log(&writer, &debt);
        }
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
    use crate::api::{CreateAccessKey, CreateUser};
    use crate::iam::{Caller, Partition};
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

    #[test]
    fn a_store_whose_key_file_is_missing_is_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (path, key) = (folder.path().join("store"), folder.path().join("store.key"));
        let open = || Store::open(&path, Arc::new(Real));
        let store = open().unwrap();
        let account = store.ensure_account(&"123456789012".parse().unwrap(), Partition::Aws).unwrap();
        store.perform(&account, &Caller::Root, &CreateUser { user_name: "ann".into(), ..Default::default() }).unwrap();
        drop(store);
        std::fs::remove_file(&key).unwrap();
        let store = open().expect("nothing was sealed with the key that is gone");
        let create = CreateAccessKey { user_name: Some("ann".into()) };
        let made = store.perform(&account, &Caller::Root, &create).unwrap().access_key;
        drop(store);

        let kept = std::fs::read(&key).unwrap();
        std::fs::remove_file(&key).unwrap();
        let (sentence, remedy) = refused(&folder, "store");
        let named = format!("its key file {} is missing", key.display());
        assert!(sentence.starts_with(&named) && sentence.ends_with(": 1 access key"), "{sentence}");
        assert!(remedy.contains("32 random bytes"), "{remedy}");

        std::fs::write(&key, [7; 32]).unwrap();
        let store = open().unwrap();
        assert!(store.credential(&account, &made.access_key_id).is_err());
        let other = store.perform(&account, &Caller::Root, &create).unwrap().access_key;
        assert!(store.credential(&account, &other.access_key_id).unwrap().is_some());
        drop(store);
        std::fs::write(&key, kept).unwrap();
        let credential = open().unwrap().credential(&account, &made.access_key_id).unwrap().unwrap();
        assert_eq!(*credential.secret, made.secret_access_key.into_bytes());
    }
}
