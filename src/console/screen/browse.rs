//! The generic list: a window over the store, sorted and filtered there. A kind says what is particular to it in a
//! [`Listing`]; everything hands do in a list is here.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Screen;
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::key::{Code, Key};
use crate::console::paint::Pen;
use crate::console::place::{Pane, Place};
use crate::console::task::{Done, Failure, Fetch, Ticket};
use crate::console::terminal::{Mouse, MouseAct};
use crate::console::widget::table::{self, Shown};
use crate::console::widget::{Column, Cursor, Row, TextField, Typed, Widths};
use crate::store::view::Anchor;

/// How many rows are read at once: several screens, so that moving rarely waits.
const WINDOW_ROWS: usize = 240;
/// Reading goes on when the edge of what is here comes this near.
const MARGIN_ROWS: usize = 60;

/// Which rows a list wants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Only rows with this in them; empty for all.
    pub filter: String,
    /// Sorted by this column.
    pub sort: usize,
    /// Downwards.
    pub descending: bool,
    /// The first row, counted from 0.
    pub start: usize,
    /// How many.
    pub count: usize,
    /// Where this row now is, if it still is.
    pub seek: Option<String>,
    /// Where the window before stood, which makes this one quick.
    pub near: Option<Anchor>,
}

/// Rows of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The rows, from `start` on.
    pub rows: Vec<Row>,
    /// The index of the first of them in the whole list.
    pub start: usize,
    /// How many rows the whole list has.
    pub total: usize,
    /// Whether that was counted; else there are at least so many.
    pub is_counted: bool,
    /// The index in the whole list of the row that was sought.
    pub sought: Option<usize>,
    /// Where this window stands, for the next question.
    pub anchor: Option<Anchor>,
}

/// A read under way.
pub type Reading<T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send>>;

/// What is particular to the list of one kind.
pub trait Listing: 'static {
    /// The pane it stands in.
    fn pane(&self) -> Pane;

    /// Its columns; the first is the name.
    fn columns(&self) -> &'static [Column];

    /// Reads rows.
    fn read(&self, query: Query, cx: &Context) -> Reading<Page>;

    /// What can be done, most useful first; `targets` are the ids of the marked rows, else of the selected one.
    fn offers(&self, targets: &[String]) -> Vec<Offer>;

    /// Does one of them.
    fn act(&mut self, deed: Deed, targets: &[String], cx: &Context) -> Effect;

    /// Where a row leads.
    fn place(&self, row: &Row) -> Option<Place>;

    /// What to say when the account has none.
    fn when_empty(&self) -> &'static str;
}

/// A list on the screen.
pub struct Browse<L> {
    listing: L,
    query: Query,
    page: Fetch<Page>,
    widths: Widths,
    cursor: Cursor,
    /// The id of the selected row; the cursor follows it, not the other way round, when rows come anew.
    selected: Option<String>,
    marked: BTreeSet<String>,
    filter: TextField,
    is_filtering: bool,
    height: usize,
}

impl<L: Listing> Browse<L> {
    /// The list, with its first rows on their way.
    pub fn new(listing: L, cx: &Context) -> Self {
        let mut browse = Self {
            widths: Widths::new(listing.columns(), Some(0)),
            listing,
            query: Query { count: WINDOW_ROWS, ..Query::default() },
            page: Fetch::default(),
            cursor: Cursor::default(),
            selected: None,
            marked: BTreeSet::new(),
            filter: TextField::default(),
            is_filtering: false,
            height: 1,
        };
        browse.read(cx);
        browse
    }

    fn total(&self) -> usize {
        self.page.value().map_or(0, |page| page.total)
    }

    /// The row at an index of the whole list, if it is here.
    fn row(&self, index: usize) -> Option<&Row> {
        let page = self.page.value()?;
        page.rows.get(index.checked_sub(page.start)?)
    }

    fn selected_row(&self) -> Option<&Row> {
        self.row(self.cursor.selected)
    }

    /// What a deed is done to.
    fn targets(&self) -> Vec<String> {
        if self.marked.is_empty() {
            return self.selected_row().map(|row| row.id.clone()).into_iter().collect();
        }
        self.marked.iter().cloned().collect()
    }

    /// Reads the window around the cursor.
    fn read(&mut self, cx: &Context) {
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

    fn moved(&mut self, cx: &Context) {
        if let Some(row) = self.selected_row() {
            self.selected = Some(row.id.clone());
        }
        self.read_on(cx);
    }

    /// Reads so that the selected row is found again wherever it now is.
    fn seek(&mut self, cx: &Context) {
        self.query.seek = self.selected.clone();
        self.read(cx);
    }

    /// Starts over with other rows; the selection stays on its row if it is among them.
    fn requery(&mut self, cx: &Context) {
        self.widths = Widths::new(self.listing.columns(), Some(self.query.sort));
        self.seek(cx);
    }

    fn sort(&mut self, cx: &Context) {
        let columns = self.listing.columns();
        let sortable: Vec<usize> = (0..columns.len()).filter(|at| columns.get(*at).is_some_and(|c| c.sorts)).collect();
        let next = sortable.iter().find(|at| **at > self.query.sort).or(sortable.first());
        self.query.sort = next.copied().unwrap_or(0);
        self.query.descending = false;
        self.requery(cx);
    }

    fn mark(&mut self) {
        if let Some(id) = self.selected_row().map(|row| row.id.clone())
            && !self.marked.remove(&id)
        {
            self.marked.insert(id);
        }
        self.cursor.go(Deed::Down, self.total(), self.height);
    }

    fn mark_all(&mut self) {
        if self.marked.is_empty() {
            self.marked =
                self.page.value().map(|page| page.rows.iter().map(|row| row.id.clone()).collect()).unwrap_or_default();
        } else {
            self.marked.clear();
        }
    }

    fn back(&mut self, cx: &Context) -> Effect {
        if !self.marked.is_empty() {
            self.marked.clear();
        } else if self.query.filter.is_empty() {
            return Effect::Say(format!("This is the outermost place; {} ends tiam.", cx.keymap.hint(Deed::Quit)));
        } else {
            self.filter = TextField::default();
            self.query.filter.clear();
            self.requery(cx);
        }
        Effect::None
    }

    fn filtered(&mut self, cx: &Context) {
        self.query.filter = self.filter.text().trim().to_owned();
        self.requery(cx);
    }

    /// The row of the filter, if there is one, and the table below it.
    fn parts(&self, area: Rect) -> (Option<Rect>, Rect) {
        if !self.is_filtering && self.query.filter.is_empty() {
            return (None, area);
        }
        let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        (Some(Rect { height: 1, ..area }), rest)
    }

    fn view_filter(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let total = self.total();
        let mut pen = Pen::new(frame.buffer_mut(), theme, area, 0);
        pen.skip(3);
        pen.put("/", theme.accent);
        let is_counted = self.page.value().is_some_and(|page| page.is_counted);
        let more = if is_counted { "" } else { "+" };
        let count = format!("{total}{more} {}", if total == 1 { "match" } else { "matches" });
        pen.to(area.right().saturating_sub(crate::console::paint::width(&count) + 1));
        pen.put(&count, theme.dim);
        let field = Rect { x: area.x + 4, width: area.width.saturating_sub(24), ..area };
        self.filter.view(frame, field, theme, self.is_filtering.then_some(theme.text));
    }

    fn view_empty(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let (text, style) = match (self.page.failure(), self.page.value()) {
            (Some(failure), _) => (failure.to_string(), theme.error),
            (None, None) => (format!("reading{}", theme.glyph.cut), theme.dim),
            (None, Some(_)) if !self.query.filter.is_empty() => ("Nothing matches.".to_owned(), theme.dim),
            (None, Some(_)) => (self.listing.when_empty().to_owned(), theme.dim),
        };
        let mut pen = Pen::new(frame.buffer_mut(), theme, area, 1);
        pen.skip(3);
        pen.put(&text, style);
    }
}

impl<L: Listing> Screen for Browse<L> {
    fn place(&self) -> Option<Place> {
        Some(Place::Pane(self.listing.pane()))
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        if self.is_filtering {
            return vec![Offer::new(Deed::Choose, "keep filter"), Offer::new(Deed::Keep, "clear")];
        }
        let targets = self.targets();
        let mut offers = Vec::new();
        if !targets.is_empty() {
            offers.push(Deed::Open.into());
        }
        for mut offer in self.listing.offers(&targets) {
            if !self.marked.is_empty() && offer.deed != Deed::New {
                offer.name = format!("{} {}", offer.name, self.marked.len());
            }
            offers.push(offer);
        }
        let look = [Deed::Mark, Deed::Filter, Deed::Sort, Deed::Reverse, Deed::MarkAll, Deed::Refresh, Deed::Back];
        let moves =
            [Deed::Down, Deed::Up, Deed::PageDown, Deed::PageUp, Deed::HalfDown, Deed::HalfUp, Deed::Top, Deed::Bottom];
        offers.extend(look.into_iter().chain(moves).map(Offer::from));
        offers
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        if self.cursor.go(deed, self.total(), self.height) {
            self.moved(cx);
            return Effect::None;
        }
        match deed {
            Deed::Open => {
                return self.selected_row().and_then(|row| self.listing.place(row)).map_or(Effect::None, Effect::Go);
            }
            Deed::Filter => self.is_filtering = true,
            Deed::Choose => self.is_filtering = false,
            Deed::Keep => {
                self.is_filtering = false;
                self.filter = TextField::default();
                self.filtered(cx);
            }
            Deed::Sort => self.sort(cx),
            Deed::Reverse => {
                self.query.descending = !self.query.descending;
                self.requery(cx);
            }
            Deed::Mark => {
                self.mark();
                self.moved(cx);
            }
            Deed::MarkAll => self.mark_all(),
            Deed::Refresh => self.requery(cx),
            Deed::Back => return self.back(cx),
            deed => {
                let targets = self.targets();
                return self.listing.act(deed, &targets, cx);
            }
        }
        Effect::None
    }

    fn is_typing(&self) -> bool {
        self.is_filtering
    }

    fn is_waiting(&self) -> bool {
        self.page.is_new()
    }

    fn typed(&mut self, key: Key, cx: &Context) -> Option<Effect> {
        if !self.is_filtering {
            return None;
        }
        match self.filter.key(key) {
            Typed::Changed => self.filtered(cx),
            Typed::Taken => {}
            Typed::Ignored => {
                // The list moves under the filter with the keys that type nothing.
                let deed = match key.code {
                    Code::Down => Deed::Down,
                    Code::Up => Deed::Up,
                    Code::PageDown => Deed::PageDown,
                    Code::PageUp => Deed::PageUp,
                    _ => return None,
                };
                self.cursor.go(deed, self.total(), self.height);
                self.moved(cx);
            }
        }
        Some(Effect::None)
    }

    fn pasted(&mut self, text: &str, cx: &Context) -> Effect {
        if self.is_filtering {
            self.filter.insert(text);
            self.filtered(cx);
        }
        Effect::None
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, cx: &Context) -> Effect {
        let (total, height) = (self.total(), self.height);
        match mouse.act {
            MouseAct::Up => drop(self.cursor.go(Deed::Up, total, height)),
            MouseAct::Down => drop(self.cursor.go(Deed::Down, total, height)),
            MouseAct::Click => {
                let (_, table) = self.parts(area);
                let Some(row) = mouse.y.checked_sub(table.y + 1).map(|row| self.cursor.top + usize::from(row)) else {
                    return Effect::None;
                };
                if row == self.cursor.selected {
                    return self.update(Deed::Open, cx);
                }
                self.cursor.select(row, total, height);
            }
        }
        self.moved(cx);
        Effect::None
    }

    fn receive(&mut self, cx: &Context) -> Effect {
        if !self.page.take_in() {
            return Effect::None;
        }
        let Some(page) = self.page.value() else { return Effect::None };
        self.widths.take_in(&page.rows);
        let held = self.selected.as_ref().and_then(|id| page.rows.iter().position(|row| row.id == *id));
        let row = held.map(|at| page.start + at).or(page.sought).unwrap_or(self.cursor.selected);
        self.cursor.select(row, page.total, self.height);
        self.moved(cx);
        Effect::None
    }

    fn committed(&mut self, _ticket: Ticket, result: &Result<Done, Failure>, _cx: &Context) -> Option<Effect> {
        // What was done was done to the marked rows; it need not be done to them again.
        if result.is_ok() {
            self.marked.clear();
        }
        None
    }

    fn refresh(&mut self, cx: &Context) {
        self.seek(cx);
    }

    fn remark(&self, _cx: &Context) -> Option<(String, bool)> {
        let row = self.selected_row()?;
        row.finding.as_ref().map(|finding| (finding.clone(), true))
    }

    fn resized(&mut self, area: Rect) {
        let (_, table) = self.parts(area);
        self.height = usize::from(table.height.saturating_sub(1)).max(1);
        let total = self.total();
        if total > 0 {
            self.cursor.show(total, self.height);
        }
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let (filter, table_area) = self.parts(area);
        if let Some(filter) = filter {
            self.view_filter(frame, filter, cx);
        }
        let total = self.total();
        let end = total.min(self.cursor.top + usize::from(table_area.height.saturating_sub(1)));
        let rows: Vec<(Option<&Row>, bool)> = (self.cursor.top..end)
            .map(|index| {
                let row = self.row(index);
                (row, row.is_some_and(|row| self.marked.contains(&row.id)))
            })
            .collect();
        let shown = Shown {
            columns: self.listing.columns(),
            widths: &self.widths,
            sort: Some((self.query.sort, self.query.descending)),
            selected: (total > 0).then(|| self.cursor.selected - self.cursor.top),
        };
        table::view(frame, table_area, &cx.theme, shown, &rows);
        if total == 0 {
            self.view_empty(frame, table_area, cx);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Browse, Listing, Page, Query, Reading};
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
    fn a_small_window_is_told_politely_and_loses_nothing() {
        let mut bench = bench(50);
        bench.keys("j j").resize(60, 20);
        assert!(bench.screen().contains("tiam needs 80 columns and 24 rows."));
        bench.resize(80, 24);
        assert!(bench.reversed().contains("u00002"));
    }
}
