//! The window over a list: which rows are read, when reading goes on, and where the selection stands in what came.

use super::{Browse, WINDOW_ROWS};
use crate::console::context::Context;
use crate::console::screen::listing::Listing;
use crate::console::widget::Widths;

/// Reading goes on when the edge of what is here comes this near.
const MARGIN_ROWS: usize = 60;

impl<L: Listing> Browse<L> {
    /// Reads the window around the cursor.
    pub(super) fn read(&mut self, cx: &Context) {
        let middle = WINDOW_ROWS.saturating_sub(self.height) / 2;
        self.query.start = self.cursor.top.saturating_sub(middle);
        self.query.near = self.page.value().and_then(|page| page.anchor.clone());
        let reading = self.listing.read(self.query.clone(), cx);
        self.page.start(&cx.tasks, reading);
    }

    /// Reads on when the cursor came near the edge of what is here.
    fn read_on(&mut self, cx: &Context) {
        let Some(page) = self.page.value() else { return };
        let end = page.start + page.rows.len();
        let is_near_start = page.start > 0 && self.cursor.top < page.start + MARGIN_ROWS;
        let is_near_end = end < page.total && self.cursor.top + self.height + MARGIN_ROWS > end;
        let wanted = self.cursor.top.saturating_sub(WINDOW_ROWS.saturating_sub(self.height) / 2);
        // A read under way that already aims here is left to finish: a held key must not starve itself.
        let is_aimed = self.page.is_loading() && wanted.abs_diff(self.query.start) < MARGIN_ROWS;
        if (is_near_start || is_near_end) && !is_aimed {
            self.query.seek = None;
            self.read(cx);
        }
    }

    pub(super) fn moved(&mut self, cx: &Context) {
        if let Some(row) = self.selected_row() {
            self.selected = Some(row.id.clone());
        }
        self.read_on(cx);
    }

    /// Reads so that the selected row is found again wherever it now is.
    pub(super) fn seek(&mut self, cx: &Context) {
        self.query.seek = self.selected.clone();
        self.read(cx);
    }

    /// Starts over with other rows; the selection stays on its row if it is among them.
    pub(super) fn requery(&mut self, cx: &Context) {
        self.widths = Widths::new(self.listing.columns(), Some(self.query.sort));
        self.seek(cx);
    }

    /// Rows came: the selection stays on its row, wherever that now is.
    pub(super) fn took_in(&mut self, cx: &Context) {
        let Some(page) = self.page.value() else { return };
        self.widths.take_in(&page.rows);
        let held = self.selected.as_ref().and_then(|id| page.rows.iter().position(|row| row.id == *id));
        let row = held.map(|at| page.start + at).or(page.sought).unwrap_or(self.cursor.selected);
        self.cursor.select(row, page.total, self.height);
        self.moved(cx);
    }
}
