//! Marking in a list: one row, a range, all that the filter leaves. Rows that are not here are read first.

use super::Browse;
use crate::console::action::Deed;
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::screen::listing::{Listing, Query};
use crate::console::screen::marks::MARKS_MAX;

impl<L: Listing> Browse<L> {
    pub(super) fn mark(&mut self) {
        if let Some(id) = self.selected_row().map(|row| row.id.clone()) {
            self.marks.turn(id);
        }
        self.cursor.go(Deed::Down, self.total(), self.height);
    }

    /// Marks rows from here to there, then does the deed. Those that are not here are read first.
    fn mark_rows(&mut self, first: usize, last: usize, then: Option<Deed>, cx: &Context) -> Effect {
        let here: Option<Vec<String>> = (first..=last).map(|at| Some(self.row(at)?.id.clone())).collect();
        if let Some(ids) = here {
            self.marks.add(ids);
            return then.map_or(Effect::None, Effect::Do);
        }
        let wanted = last - first + 1;
        // What could not be done to all of them is not done to some.
        let then = then.filter(|_| wanted <= MARKS_MAX);
        let query = Query { start: first, count: wanted.min(MARKS_MAX), seek: None, ..self.query.clone() };
        let rows = self.listing.read(query, cx);
        self.marks.read(rows, then, cx);
        Effect::None
    }

    pub(super) fn mark_all(&mut self, cx: &Context) -> Effect {
        let (is_some, total) = (!self.marks.is_empty(), self.total());
        self.marks.clear();
        if is_some || total == 0 {
            return Effect::None;
        }
        let is_counted = self.page.value().is_some_and(|page| page.is_counted);
        let last = if is_counted { total.min(MARKS_MAX) } else { MARKS_MAX } - 1;
        self.mark_rows(0, last, None, cx)
    }

    /// Begins a range, or ends it and marks its rows.
    pub(super) fn range(&mut self, then: Option<Deed>, cx: &Context) -> Effect {
        if let Some((first, last)) = self.marks.range(self.cursor.selected) {
            self.marks.end();
            return self.mark_rows(first, last, then, cx);
        }
        self.marks.begin(self.cursor.selected);
        Effect::Say("Marking from here; v ends the range, esc forgets it.".to_owned())
    }
}
