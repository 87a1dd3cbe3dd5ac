//! What lists and searches cost in an account of a million users: `cargo bench --bench store`.
//!
//! The store is made once under `target/bench` (half a minute), and made anew when the schema changes.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark fails by panicking, and prints what it used"
)]

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use divan::{Bencher, black_box};
use rusqlite::Connection;
use tiam::iam::Partition;
use tiam::insight::search::{Search, documented};
use tiam::store::view::{Column, List, Pane};
use tiam::store::{Account, Store};
use tiam::world::Real;

const USERS: u32 = 1_000_000;
const PAGE: usize = 50;

fn main() {
    divan::main();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("VmRSS")) {
        println!("{line}");
    }
}

fn path() -> PathBuf {
    let schema = include_str!("../src/store/schema.sql").len();
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("store-{USERS}-{schema}.sqlite"))
}

fn open(path: &Path) -> (Store, Account) {
    let store = Store::open(path, Arc::new(Real)).unwrap();
    let account = store.ensure_account(&"123456789012".parse().unwrap(), Partition::Aws).unwrap();
    (store, account)
}

/// The store, made if it is not there.
fn store() -> &'static (Store, Account) {
    static STORE: OnceLock<(Store, Account)> = OnceLock::new();
    STORE.get_or_init(|| {
        if !path().exists() {
            let draft = path().with_extension("draft");
            drop(std::fs::remove_file(&draft));
            drop(open(&draft));
            fill(&Connection::open(&draft).unwrap());
            std::fs::rename(draft, path()).unwrap();
        }
        open(&path())
    })
}

/// A million users with names of people, every second with a password, every fourth with a key, in 200 groups.
fn fill(sql: &Connection) {
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
         WITH RECURSIVE u (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM u WHERE n < {USERS} - 1)
         INSERT INTO entity (account, kind, name, name_key, arn, uid, created, activity)
         SELECT 1, 1, name, name, 'arn:aws:iam::123456789012:user/' || name, printf('AIDA%017d', k), 1600000000 + k % 90000000,
            CASE WHEN k % 3 THEN 1700000000 + k % 60000000 END
         FROM (SELECT u.n * 7919 % {USERS} AS k, f.name || '.' || l.name || '-' || (u.n * 7919 % {USERS}) AS name
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

fn list(list: &List) -> usize {
    let (store, account) = store();
    store.view(account).list(list).unwrap().rows.len()
}

#[divan::bench(sample_count = 20)]
fn open_to_first_rows(bencher: Bencher) {
    store();
    bencher.bench(|| {
        let (store, account) = open(&path());
        store.view(&account).list(&List::of(Pane::Users, PAGE)).unwrap().rows.len()
    });
}

const COLUMNS: [Column; 7] =
    [Column::Name, Column::Groups, Column::Activity, Column::Mfa, Column::Password, Column::Key, Column::Created];

#[divan::bench(args = COLUMNS)]
fn first_page_sorted_by(bencher: Bencher, sort: Column) {
    store();
    bencher.bench(|| list(&List { sort, ..List::of(Pane::Users, PAGE) }));
}

#[divan::bench]
fn last_page(bencher: Bencher) {
    store();
    bencher.bench(|| list(&List { start: usize::MAX, ..List::of(Pane::Users, PAGE) }));
}

/// Paging on from the middle, where the window before gives the anchor.
#[divan::bench]
fn next_page_in_the_middle(bencher: Bencher) {
    let (store, account) = store();
    let middle = List { start: 500_000, sort: Column::Activity, ..List::of(Pane::Users, PAGE) };
    let near = store.view(account).list(&middle).unwrap().anchor;
    let next = List { start: 500_050, near, ..middle };
    bencher.bench(|| list(&next));
}

#[divan::bench(sample_count = 20)]
fn jump_to_the_middle(bencher: Bencher) {
    store();
    bencher.bench(|| list(&List { start: 500_000, ..List::of(Pane::Users, PAGE) }));
}

#[divan::bench(sample_count = 20)]
fn position_of_a_user(bencher: Bencher) {
    let (store, account) = store();
    bencher.bench(|| store.view(account).position(&List::of(Pane::Users, PAGE), "nikki.wolf-500003").unwrap());
}

const FILTERS: [&str; 7] = ["m", "ni", "nik", "nikki.wo", "wolf-50", "-500003", "zzz"];

#[divan::bench(args = FILTERS, sample_count = 20)]
fn filter(bencher: Bencher, filter: &str) {
    store();
    bencher.bench(|| list(&List { filter: filter.into(), ..List::of(Pane::Users, PAGE) }));
}

#[divan::bench(args = ["n", "nik", "nikki", "nikki wolf", "wolf nikki-50", "nikki.wlof", "AKIAR5P3", "delete mateo"], sample_count = 20)]
fn search_keystroke(bencher: Bencher, query: &str) {
    static SEARCH: OnceLock<Search> = OnceLock::new();
    let (store, account) = store();
    let view = store.view(account);
    let search = SEARCH.get_or_init(|| Search::new(&view, documented()).unwrap());
    bencher.bench(|| search.find(black_box(&view), query, 20).unwrap().hits.len());
}
