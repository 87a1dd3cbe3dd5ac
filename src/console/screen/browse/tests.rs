//! Lists by hand: moving, sorting, filtering, marking, over a list that is made up.

use super::super::listing::{Listing, Page, Query, Reading};
use super::Browse;
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::place::{Pane, Place};
use crate::console::testkit::Bench;
use crate::console::widget::{Cell, Column, Row};

/// So many users, `u00000` and on, sorted by name alone.
struct Many(usize);

impl Listing for Many {
    fn pane(&self) -> Pane {
        Pane::Users
    }
    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] = &[Column::name("Name"), Column::new("Number", 6, 1).right()];
        COLUMNS
    }
    fn read(&self, query: Query, _cx: &Context) -> Reading<Page> {
        let mut all: Vec<usize> = (0..self.0).filter(|n| format!("u{n:05}").contains(&query.filter)).collect();
        if query.descending {
            all.reverse();
        }
        let row = |n: &usize| Row {
            id: format!("u{n:05}"),
            cells: vec![Cell::new(format!("u{n:05}")), Cell::finding(n.to_string())],
            finding: (*n == 3).then(|| "u00003: something is wrong".to_owned()),
        };
        let page = Page {
            rows: all.iter().skip(query.start).take(query.count).map(row).collect(),
            start: query.start,
            total: all.len(),
            is_counted: true,
            anchor: None,
            sought: query.seek.and_then(|id| all.iter().position(|n| format!("u{n:05}") == id)),
        };
        Box::pin(async { Ok(page) })
    }
    fn offers(&self, _targets: &[String]) -> Vec<Offer> {
        vec![Deed::New.into(), Deed::Delete.into()]
    }
    fn act(&mut self, deed: Deed, targets: &[String], _cx: &Context) -> Effect {
        Effect::Say(format!("{deed:?} {}", targets.join(" ")))
    }
    fn place(&self, _row: &Row) -> Option<Place> {
        None
    }
    fn when_empty(&self) -> &'static str {
        "There are no users."
    }
}

fn bench(count: usize) -> Bench {
    Bench::with(move |cx| Browse::new(Many(count), cx))
}

#[test]
fn a_list_looks_like_this() {
    let mut bench = bench(30);
    bench.keys("j j j");
    insta::assert_snapshot!(bench.screen());
}

#[test]
fn moving_through_a_million_rows_shows_the_right_ones() {
    let mut bench = bench(99_999);
    bench.keys("pgdn pgdn");
    assert!(bench.reversed().contains("u00036"), "{}", bench.reversed());
    bench.keys("G");
    assert!(bench.reversed().contains("u99998"), "{}", bench.reversed());
    bench.keys("k pgup");
    assert!(bench.reversed().contains("u99979"), "{}", bench.reversed());
    bench.keys("g");
    assert!(bench.reversed().contains("u00000"), "{}", bench.reversed());
}

#[test]
fn the_selection_stays_on_its_row_when_the_order_turns() {
    let mut bench = bench(5000);
    bench.keys("j j j O");
    assert!(bench.reversed().contains("u00003"), "{}", bench.screen());
    assert!(bench.screen().contains("Name ▼"));
}

#[test]
fn filtering_narrows_while_typing_and_esc_clears() {
    let mut bench = bench(5000);
    bench.keys("/").types("0012");
    assert!(bench.line_with("matches").contains("11 matches"), "{}", bench.screen());
    bench.keys("enter");
    assert!(bench.line_with("0012").contains("/0012"));
    bench.keys("esc");
    assert!(!bench.screen().contains("matches"));
    bench.keys("/").types("nobody");
    assert!(bench.screen().contains("Nothing matches."));
}

#[test]
fn deeds_are_done_to_the_marked_rows() {
    let mut bench = bench(50);
    bench.keys("space space");
    assert!(bench.line_with("enter open").contains("d delete 2"));
    bench.keys("d");
    assert!(bench.screen().contains("Delete u00000 u00001"));
    bench.keys("esc esc d");
    assert!(bench.screen().contains("Delete u00002"));
}

#[test]
fn a_range_is_marked_also_where_it_is_not_here() {
    let mut bench = bench(5000);
    bench.keys("v j j v");
    assert!(bench.line_with("enter open").contains("d delete 3"), "{}", bench.screen());
    bench.keys("esc g v G d");
    assert!(bench.screen().contains("Delete u00000 u00001 u00002"), "{}", bench.screen());
    bench.keys("esc esc g v j esc d");
    assert!(bench.screen().contains("Delete u00001"), "{}", bench.screen());
}

#[test]
fn all_rows_that_the_filter_leaves_are_marked() {
    let mut bench = bench(5000);
    bench.keys("/").types("u00").keys("enter *");
    assert!(bench.screen().contains("Marked 1000 rows."), "{}", bench.screen());
    bench.keys("j");
    assert!(bench.line_with("enter open").contains("d delete 1000"), "{}", bench.screen());
    let mut bench = self::bench(9000);
    bench.keys("*");
    assert!(bench.screen().contains("Marked the first 5000 rows; a filter makes the list shorter."));
}

#[test]
fn a_small_window_is_told_politely_and_loses_nothing() {
    let mut bench = bench(50);
    bench.keys("j j").resize(60, 20);
    assert!(bench.screen().contains("tiam needs 80 columns and 24 rows."));
    bench.resize(80, 24);
    assert!(bench.reversed().contains("u00002"));
}
