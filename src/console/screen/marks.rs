//! Marked rows, and those that are being marked: one by one, a range, or all that a list holds.

use std::collections::BTreeSet;

use super::listing::{Page, Reading};
use crate::console::action::Deed;
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::task::Fetch;

/// The most rows that are marked at once.
pub const MARKS_MAX: usize = 5000;

/// What is marked.
#[derive(Debug, Default)]
pub struct Marks {
    ids: BTreeSet<String>,
    /// Where a range began, by its place in the list.
    from: Option<usize>,
    /// Rows to mark that are not here yet.
    reading: Fetch<Page>,
    /// How many were asked for, and what is done once they are marked.
    then: Option<Deed>,
}

impl Marks {
    /// Whether nothing is marked, nor being marked.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.from.is_none()
    }

    /// How many are marked.
    pub fn count(&self) -> usize {
        self.ids.len()
    }

    /// The marked rows.
    pub fn ids(&self) -> Vec<String> {
        self.ids.iter().cloned().collect()
    }

    /// Whether a row is marked: by itself, or as one of the range up to the cursor.
    pub fn has(&self, id: &str, at: usize, cursor: usize) -> bool {
        self.ids.contains(id) || self.range(cursor).is_some_and(|(first, last)| (first..=last).contains(&at))
    }

    /// Marks the row, or no longer.
    pub fn turn(&mut self, id: String) {
        if !self.ids.remove(&id) {
            self.ids.insert(id);
        }
    }

    /// Marks these.
    pub fn add(&mut self, ids: impl IntoIterator<Item = String>) {
        self.ids.extend(ids);
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Begins a range.
    pub fn begin(&mut self, at: usize) {
        self.from = Some(at);
    }

    /// The first and the last row of the range.
    pub fn range(&self, cursor: usize) -> Option<(usize, usize)> {
        self.from.map(|from| (from.min(cursor), from.max(cursor)))
    }

    /// Ends the range; its rows are marked by then.
    pub fn end(&mut self) {
        self.from = None;
    }

    /// Marks what is read, then does the deed.
    pub fn read(&mut self, rows: Reading<Page>, then: Option<Deed>, cx: &Context) {
        self.reading.start(&cx.tasks, rows);
        self.then = then;
    }

    /// Whether rows to mark are on their way.
    pub fn is_reading(&self) -> bool {
        self.reading.is_loading()
    }

    /// Marks the rows that arrived, and says so where not all could be.
    pub fn take_in(&mut self) -> Effect {
        if !self.reading.take_in() {
            return Effect::None;
        }
        if let Some(failure) = self.reading.failure() {
            return Effect::Fail(failure.clone());
        }
        let Some(page) = self.reading.value() else { return Effect::None };
        self.ids.extend(page.rows.iter().map(|row| row.id.clone()));
        let (count, then) = (page.rows.len(), self.then.take());
        if let Some(deed) = then {
            return Effect::Do(deed);
        }
        if count == MARKS_MAX && (page.total > count || !page.is_counted) {
            return Effect::Say(format!("Marked the first {MARKS_MAX} rows; a filter makes the list shorter."));
        }
        Effect::Say(format!("Marked {count} rows."))
    }
}
