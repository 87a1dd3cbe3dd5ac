//! How fast policies are linted and completed: AWS managed policies of the sizes that customers may have, read and linted;
//! a keystroke in a policy of full size.

#![expect(clippy::expect_used, reason = "a benchmark that cannot find its policies must stop")]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use tiam::policy::PolicyType;
use tiam::policy::catalog::{self, managed};
use tiam::policy::completion::{AccountNames, complete, hover};
use tiam::policy::document::Document;
use tiam::policy::json::tokens;
use tiam::policy::lint::lint;

/// The quota of a managed policy.
const SIZE_MAX: usize = 6_144;

fn main() {
    divan::main();
}

/// All AWS managed policies that a customer could have written.
fn texts() -> Vec<&'static str> {
    let all = managed::all().iter().map(managed::ManagedPolicy::document);
    all.filter(|text| text.len() <= SIZE_MAX).collect()
}

#[divan::bench]
fn lint_policies(bencher: Bencher<'_, '_>) {
    let documents: Vec<Document> = texts().into_iter().map(Document::parse).collect();
    catalog::condition_key("aws:username").expect("the catalog opens");
    let run = || documents.iter().map(|document| lint(black_box(document), PolicyType::Identity).len()).sum::<usize>();
    bencher.counter(ItemsCount::new(documents.len())).bench_local(run);
}

#[divan::bench]
fn read_and_lint_policies(bencher: Bencher<'_, '_>) {
    let texts = texts();
    let one = |text: &&str| lint(&Document::parse(black_box(*text)), PolicyType::Identity).len();
    bencher.counter(ItemsCount::new(texts.len())).bench_local(|| texts.iter().map(one).sum::<usize>());
}

/// The longest policy within the quota.
fn full() -> &'static str {
    texts().into_iter().max_by_key(|text| text.len()).expect("there are policies")
}

#[divan::bench]
fn keystroke_in_a_full_policy(bencher: Bencher<'_, '_>) {
    let text = full();
    let cursor = text.rfind(":Describe").or_else(|| text.rfind(":Get")).map_or(text.len() / 2, |at| at + 4);
    let names = AccountNames::default();
    bencher.bench_local(|| {
        let found = lint(&Document::parse(text), PolicyType::Identity).len();
        let coloured = tokens(text).len();
        let offered = complete(text, cursor, PolicyType::Identity, &names).candidates.len();
        black_box((found, coloured, offered, hover(text, cursor)))
    });
}
