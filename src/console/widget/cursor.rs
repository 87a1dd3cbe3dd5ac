//! Where one is in a list of known length: the selected row, and the first one shown.
//!
//! It counts rows and knows none of them; a list that moves under it selects anew by id.
//!
//! A step over the edge scrolls by half a page. Scrolling repaints every row, some 4,300 bytes of names at 120×40, and over a
//! slow line that is paid once for many steps instead of at each.

use crate::console::action::Deed;

/// Selection and scroll.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The selected row.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
}

impl Cursor {
    /// Moves as the deed says in a list of `total` rows of which `height` are shown; false when it is no move.
    pub fn go(&mut self, deed: Deed, total: usize, height: usize) -> bool {
        let last = total.saturating_sub(1);
        let page = height.max(1);
        let half = (height / 2).max(1);
        self.selected = match deed {
            Deed::Down => self.selected + 1,
            Deed::Up => self.selected.saturating_sub(1),
            Deed::PageDown => self.selected + page,
            Deed::PageUp => self.selected.saturating_sub(page),
            Deed::HalfDown => self.selected + half,
            Deed::HalfUp => self.selected.saturating_sub(half),
            Deed::Top => 0,
            Deed::Bottom => last,
            _ => return false,
        }
        .min(last);
        if matches!(deed, Deed::Down | Deed::Up) {
            self.make_room(height);
        }
        self.show(total, height);
        true
    }

    /// Scrolls by half a page when a step has left the rows shown.
    fn make_room(&mut self, height: usize) {
        let half = height / 2;
        if self.selected >= self.top + height {
            self.top = (self.selected + 1 + half).saturating_sub(height.max(1));
        } else if self.selected < self.top {
            self.top = self.selected.saturating_sub(half);
        }
    }

    /// Selects a row and scrolls so that it is seen.
    pub fn select(&mut self, row: usize, total: usize, height: usize) {
        self.selected = row.min(total.saturating_sub(1));
        self.show(total, height);
    }

    /// The same in a list or a room that may have another size by now.
    #[must_use]
    pub fn within(mut self, total: usize, height: usize) -> Self {
        self.show(total, height);
        self
    }

    /// Scrolls so that the selected row is seen and no room is wasted below the last.
    pub fn show(&mut self, total: usize, height: usize) {
        self.selected = self.selected.min(total.saturating_sub(1));
        let lowest_top = total.saturating_sub(height);
        let first = (self.selected + 1).saturating_sub(height);
        self.top = self.top.clamp(first, self.selected.max(first)).min(lowest_top.max(first));
    }
}

#[cfg(test)]
mod tests {
    use super::Cursor;
    use crate::console::action::Deed;

    #[test]
    fn the_selected_row_is_always_seen() {
        let mut cursor = Cursor::default();
        let moves = [
            (Deed::Down, 1, 0),
            (Deed::PageDown, 11, 2),
            (Deed::Bottom, 99, 90),
            (Deed::HalfUp, 94, 90),
            (Deed::PageUp, 84, 84),
            (Deed::Top, 0, 0),
            (Deed::Up, 0, 0),
        ];
        for (deed, selected, top) in moves {
            assert!(cursor.go(deed, 100, 10));
            assert_eq!(cursor, Cursor { selected, top }, "{deed:?}");
        }
        assert!(!cursor.go(Deed::New, 100, 10));
    }

    #[test]
    fn a_step_over_the_edge_scrolls_by_half_a_page_and_never_past_the_ends() {
        let mut cursor = Cursor { selected: 9, top: 0 };
        let steps = [(Deed::Down, 10, 6), (Deed::Up, 9, 6)];
        for (deed, selected, top) in steps {
            cursor.go(deed, 100, 10);
            assert_eq!(cursor, Cursor { selected, top }, "{deed:?}");
        }
        let ends = [(98, 89, Deed::Down, 99, 90), (3, 4, Deed::Up, 2, 0), (20, 20, Deed::Up, 19, 14)];
        for (at, from, deed, selected, top) in ends {
            let mut cursor = Cursor { selected: at, top: from };
            cursor.go(deed, 100, 10);
            assert_eq!(cursor, Cursor { selected, top }, "{deed:?} from {at}");
        }
        let mut lone = Cursor::default();
        for _ in 0..5 {
            lone.go(Deed::Down, 3, 1);
            assert_eq!(lone.selected, lone.top);
        }
        assert_eq!(lone.selected, 2);
    }

    #[test]
    fn a_list_that_shrank_and_an_empty_one() {
        let mut cursor = Cursor { selected: 90, top: 85 };
        cursor.show(50, 10);
        assert_eq!(cursor, Cursor { selected: 49, top: 40 });
        cursor.show(0, 10);
        assert_eq!(cursor, Cursor { selected: 0, top: 0 });
    }
}
