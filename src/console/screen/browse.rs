//! The generic list: a window over the store, sorted and filtered there. A kind says what is particular to it in a
//! [`Listing`]; everything hands do in a list is here.

mod marking;
#[cfg(test)]
mod tests;
mod window;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::filter::Filter;
use super::listing::{Listing, Page, Query};
use super::marks::Marks;
use super::preview::{self, Preview};
use super::{Screen, columns};
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::key::{Code, Key};
use crate::console::paint::Pen;
use crate::console::place::Place;
use crate::console::task::{Done, Failure, Fetch, Ticket};
use crate::console::terminal::{Mouse, MouseAct};
use crate::console::widget::table::{self, Shown};
use crate::console::widget::{Cursor, Row, Typed, Widths};
use crate::store::view;

/// How many rows are read at once: several screens, so that moving rarely waits.
const WINDOW_ROWS: usize = 240;

/// A list on the screen.
pub struct Browse<L> {
    listing: L,
    query: Query,
    page: Fetch<Page>,
    widths: Widths,
    cursor: Cursor,
    /// The id of the selected row; the cursor follows it, not the other way round, when rows come anew.
    selected: Option<String>,
    marks: Marks,
    filter: Filter,
    /// Every column over the whole width.
    is_wide: bool,
    preview: Preview,
    height: usize,
    body: Rect,
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
            marks: Marks::default(),
            filter: Filter::default(),
            is_wide: false,
            preview: Preview::default(),
            height: 1,
            body: Rect::default(),
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
        if self.marks.is_empty() {
            return self.selected_row().map(|row| row.id.clone()).into_iter().collect();
        }
        self.marks.ids()
    }

    /// Sorts by the next of the columns shown.
    fn sort(&mut self, cx: &Context) {
        let columns = self.listing.columns();
        let sorts = |at: &usize| columns.get(*at).is_some_and(|column| column.sorts);
        let sortable: Vec<usize> = self.order(cx).into_iter().filter(sorts).collect();
        let now = sortable.iter().position(|at| *at == self.query.sort);
        let next = now.and_then(|now| sortable.get(now + 1)).or(sortable.first());
        self.query.sort = next.copied().unwrap_or(0);
        self.query.descending = false;
        self.requery(cx);
    }

    /// The numbers of the columns shown, from left to right.
    fn order(&self, cx: &Context) -> Vec<usize> {
        let all = self.listing.columns();
        let mut order = columns::order(self.listing.pane(), all, cx);
        if self.is_wide {
            let rest: Vec<usize> = (0..all.len()).filter(|index| !order.contains(index)).collect();
            order.extend(rest);
        }
        order
    }

    /// The list's part of the body and the preview's.
    fn halves(&self, body: Rect, cx: &Context) -> (Rect, Option<Rect>) {
        preview::parts(body, cx.kept.has_preview() && !self.is_wide)
    }

    /// Shows the selected row beside the list.
    fn look(&mut self, cx: &Context) {
        let place = self.selected_row().and_then(|row| self.listing.place(row));
        match self.halves(self.body, cx).1 {
            Some(area) => self.preview.follow(place, area, cx),
            None => self.preview = Preview::default(),
        }
        self.preview.receive(cx);
    }

    fn back(&mut self, cx: &Context) -> Effect {
        if !self.marks.is_empty() {
            self.marks.clear();
        } else if self.query.filter.is_empty() {
            return Effect::Say(format!("This is the outermost place; {} ends tiam.", cx.keymap.hint(Deed::Quit)));
        } else {
            self.filter.clear();
            self.query.filter.clear();
            self.requery(cx);
        }
        Effect::None
    }

    fn filtered(&mut self, cx: &Context) {
        self.query.filter = self.filter.field.text().trim().to_owned();
        self.requery(cx);
    }

    /// The row of the filter, if there is one, and the table below it.
    fn parts(&self, area: Rect) -> (Option<Rect>, Rect) {
        if !self.filter.is_typing && self.query.filter.is_empty() {
            return (None, area);
        }
        let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        (Some(Rect { height: 1, ..area }), rest)
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
        if self.filter.is_typing {
            return vec![Offer::new(Deed::Choose, "keep filter"), Offer::new(Deed::Keep, "clear")];
        }
        let targets = self.targets();
        let mut offers = Vec::new();
        if !targets.is_empty() {
            offers.push(Deed::Open.into());
        }
        for mut offer in self.listing.offers(&targets) {
            if self.marks.count() > 0 && offer.deed != Deed::New {
                offer.name = format!("{} {}", offer.name, self.marks.count());
            }
            offers.push(offer);
        }
        // Questions about a thing after what is done with the list: the footer has room for the first of them.
        let questions: Vec<Offer> = offers.extract_if(.., |offer| offer.deed.is_question()).collect();
        let look = [Deed::Filter, Deed::Mark, Deed::Sort, Deed::Reverse, Deed::Range, Deed::MarkAll];
        let show = [Deed::Columns, Deed::Preview, Deed::Wide, Deed::Refresh, Deed::Back];
        let moves =
            [Deed::Down, Deed::Up, Deed::PageDown, Deed::PageUp, Deed::HalfDown, Deed::HalfUp, Deed::Top, Deed::Bottom];
        offers.extend(look.into_iter().map(Offer::from).chain(questions));
        offers.extend(show.into_iter().chain(moves).map(Offer::from));
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
            Deed::Filter => self.filter.is_typing = true,
            Deed::Choose => self.filter.is_typing = false,
            Deed::Keep => {
                self.filter.clear();
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
            Deed::MarkAll => return self.mark_all(cx),
            Deed::Range => return self.range(None, cx),
            Deed::Columns => return columns::open(self.listing.pane(), self.listing.columns(), cx),
            Deed::Preview => {
                self.is_wide = false;
                return Effect::Keep(cx.kept.clone().with_preview_turned());
            }
            Deed::Wide => self.is_wide = !self.is_wide,
            Deed::Refresh => self.requery(cx),
            Deed::Back => return self.back(cx),
            // What is done to a range is done once all of it is marked.
            deed if self.marks.range(0).is_some() => return self.range(Some(deed), cx),
            deed => {
                let targets = self.targets();
                return self.listing.act(deed, &targets, cx);
            }
        }
        Effect::None
    }

    fn is_typing(&self) -> bool {
        self.filter.is_typing
    }

    fn is_waiting(&self) -> bool {
        self.page.is_new() || self.marks.is_reading()
    }

    fn typed(&mut self, key: Key, cx: &Context) -> Option<Effect> {
        if !self.filter.is_typing {
            return None;
        }
        match self.filter.field.key(key) {
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
        if self.filter.is_typing {
            self.filter.field.insert(text);
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
                let (list, _) = self.halves(area, cx);
                if !list.contains((mouse.x, mouse.y).into()) {
                    return Effect::None;
                }
                let (_, table) = self.parts(list);
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
        if self.page.take_in() {
            self.took_in(cx);
        }
        self.look(cx);
        self.marks.take_in()
    }

    fn arrange(&mut self, by: view::Column, cx: &Context) {
        (self.query.sort, self.query.descending) = (self.listing.column_of(by).unwrap_or(0), false);
        self.query.filter.clear();
        self.filter.clear();
        (self.selected, self.cursor) = (None, Cursor::default());
        self.marks.clear();
        self.requery(cx);
    }

    fn committed(&mut self, _ticket: Ticket, result: &Result<Done, Failure>, _cx: &Context) -> Option<Effect> {
        // What was done was done to the marked rows; it need not be done to them again.
        if result.is_ok() {
            self.marks.clear();
        }
        None
    }

    fn refresh(&mut self, cx: &Context) {
        self.seek(cx);
        self.preview.refresh(cx);
    }

    fn remark(&self, _cx: &Context) -> Option<(String, bool)> {
        let row = self.selected_row()?;
        row.finding.as_ref().map(|finding| (finding.clone(), true))
    }

    fn resized(&mut self, area: Rect) {
        self.body = area;
        let (_, table) = self.parts(area);
        self.height = usize::from(table.height.saturating_sub(1)).max(1);
        let total = self.total();
        if total > 0 {
            self.cursor.show(total, self.height);
        }
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let (list, beside) = self.halves(area, cx);
        let (filter, table_area) = self.parts(list);
        if let Some(filter) = filter {
            let is_counted = self.page.value().is_some_and(|page| page.is_counted);
            self.filter.view(frame, filter, cx, (self.total(), is_counted));
        }
        let total = self.total();
        let end = total.min(self.cursor.top + usize::from(table_area.height.saturating_sub(1)));
        let is_marked = |row: &Row, at: usize| self.marks.has(&row.id, at, self.cursor.selected);
        let rows: Vec<(Option<&Row>, bool)> = (self.cursor.top..end)
            .map(|index| {
                let row = self.row(index);
                (row, row.is_some_and(|row| is_marked(row, index)))
            })
            .collect();
        let shown = Shown {
            columns: self.listing.columns(),
            order: &self.order(cx),
            widths: &self.widths,
            sort: Some((self.query.sort, self.query.descending)),
            selected: (total > 0).then(|| self.cursor.selected - self.cursor.top),
        };
        table::view(frame, table_area, &cx.theme, shown, &rows);
        if total == 0 {
            self.view_empty(frame, table_area, cx);
        }
        if let Some(beside) = beside {
            self.preview.view(frame, beside, cx);
        }
    }
}
