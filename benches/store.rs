//! What lists and searches cost in an account of a million users: `cargo bench --bench store`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark fails by panicking, and prints what it used"
)]

mod common;

use std::sync::OnceLock;

use common::{of, open};
use divan::{Bencher, black_box};
use tiam::insight::search::{Search, documented};
use tiam::store::view::{Column, List, Pane};
use tiam::store::{Account, Store};

const USERS: u32 = 1_000_000;
const PAGE: usize = 50;

fn main() {
    divan::main();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("VmRSS")) {
        println!("{line}");
    }
}

/// The store, made if it is not there.
fn store() -> &'static (Store, Account) {
    static STORE: OnceLock<(Store, Account)> = OnceLock::new();
    STORE.get_or_init(|| open(&of(USERS)))
}

fn list(list: &List) -> usize {
    let (store, account) = store();
    store.view(account).list(list).unwrap().rows.len()
}

#[divan::bench(sample_count = 20)]
fn open_to_first_rows(bencher: Bencher) {
    store();
    bencher.bench(|| {
        let (store, account) = open(&of(USERS));
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
    let list = List { start: 500_000, ..List::of(Pane::Users, 1) };
    let name = store.view(account).list(&list).unwrap().rows[0].name().to_owned();
    bencher.bench(|| store.view(account).position(&list, &name).unwrap().unwrap());
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
