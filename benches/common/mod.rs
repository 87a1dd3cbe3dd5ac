//! Accounts with very many users, made once under the target directory and made anew when the schema changes.

#![allow(dead_code, reason = "no benchmark uses all of it")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;
use tiam::iam::Partition;
use tiam::store::{Account, Store};
use tiam::world::Real;

/// The account that every store here holds.
pub(crate) const ACCOUNT: &str = "123456789012";

/// Opens a store and its account.
pub(crate) fn open(path: &Path) -> (Store, Account) {
    let store = Store::open(path, Arc::new(Real)).unwrap();
    let account = store.ensure_account(&ACCOUNT.parse().unwrap(), Partition::Aws).unwrap();
    (store, account)
}

/// The file of a store with so many users, made if it is not there: half a minute for a million.
pub(crate) fn of(users: u32) -> PathBuf {
    let schema = include_str!("../../src/store/schema.sql").len();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("store-{users}-{schema}.sqlite"));
    if !path.exists() {
        let draft = path.with_extension("draft");
        drop(std::fs::remove_file(&draft));
        drop(open(&draft));
        fill(&Connection::open(&draft).unwrap(), users);
        std::fs::rename(draft, &path).unwrap();
    }
    path
}

/// Users with names of people, every second with a password, every fourth with a key, in 200 groups.
fn fill(sql: &Connection, users: u32) {
    sql.execute_batch(&format!(
        "PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL; PRAGMA cache_size = -400000; PRAGMA foreign_keys = OFF;
         BEGIN;
         CREATE TEMP TABLE first (n, name); CREATE TEMP TABLE last (n, name);
         INSERT INTO first VALUES (0,'ana'),(1,'arnav'),(2,'jorge'),(3,'kwaku'),(4,'li'),(5,'mary'),(6,'mateo'),(7,'nikki'),
            (8,'paulo'),(9,'saanvi'),(10,'shirley'),(11,'terry'),(12,'zhang');
         INSERT INTO last VALUES (0,'major'),(1,'desai'),(2,'souza'),(3,'mensah'),(4,'juan'),(5,'jackson'),(6,'wolf'),
            (7,'santos'),(8,'sarkar'),(9,'rodriguez'),(10,'whitlock');
         WITH RECURSIVE g (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM g WHERE n < 199)
         INSERT INTO entity (account, kind, name, name_key, arn, uid, created)
         SELECT 1, 2, 'group-' || n, 'group-' || n, 'arn:aws:iam::123456789012:group/group-' || n,
            printf('AGPA%017d', n), 1600000000 FROM g;
         WITH RECURSIVE u (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM u WHERE n < {users} - 1)
         INSERT INTO entity (account, kind, name, name_key, arn, uid, created, activity)
         SELECT 1, 1, name, name, 'arn:aws:iam::123456789012:user/' || name, printf('AIDA%017d', k), 1600000000 + k % 90000000,
            CASE WHEN k % 3 THEN 1700000000 + k % 60000000 END
         FROM (SELECT u.n * 7919 % {users} AS k, f.name || '.' || l.name || '-' || (u.n * 7919 % {users}) AS name
               FROM u JOIN first f ON f.n = u.n % 13 JOIN last l ON l.n = u.n / 13 % 11);
         INSERT INTO membership SELECT id, id % 200 + 1 FROM entity WHERE kind = 1 AND id % 5;
         INSERT INTO login_profile (user, created, changed) SELECT id, created, created FROM entity WHERE kind = 1 AND id % 2;
         INSERT INTO access_key (id, account, user, status, created, last_used)
         SELECT printf('AKIAR5P3EXMP%08X', id * 2654435761 & 4294967295), 1, id, 'Active', created, activity
         FROM entity WHERE kind = 1 AND id % 4 = 0;
         COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);"
    ))
    .unwrap();
}
