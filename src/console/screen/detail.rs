//! The generic page of one thing: tabs, each answering a question, its lines grouped by where they come from. A kind says
//! what is particular to it in a [`Subject`].

use ratatui::Frame;
use ratatui::layout::Rect;

use super::sheet::{Amendment, Document, Line, Part, Section, Sheet, Subject, Tab};
use super::source::Look;
use super::{Screen, Tabs};
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::editor::analysis::Analysis;
use crate::console::editor::view::json_style;
use crate::console::effect::Effect;
use crate::console::paint::{Pen, width};
use crate::console::place::Place;
use crate::console::task::Fetch;
use crate::console::terminal::{Mouse, MouseAct};
use crate::console::theme::Theme;
use crate::console::widget::{Cursor, Tone};
use crate::policy::PolicyType;

/// The widest a first column gets before the second has to give way.
const FIRST_COLUMN_MAX: u16 = 44;

/// What stands on one row of the screen.
enum Drawn<'a> {
    Blank,
    Title(&'a str),
    /// A line, its number among the lines that can be selected, and its section.
    Line(&'a Line, usize, usize),
    Nothing,
    /// A line of a document: of which section, from which byte on.
    Code(&'a str, usize, usize),
}

/// A page on the screen.
pub struct Detail<S: Subject> {
    subject: S,
    is_glance: bool,
    page: Fetch<Option<S::Page>>,
    amendment: Fetch<Amendment<S::Page>>,
    sheet: Sheet,
    /// The documents of the tab shown, looked at for their colours, by section.
    analyses: Vec<Option<Analysis>>,
    /// Where to go once the page is there: a tab, and a section of it.
    wanted: Option<(&'static str, &'static str)>,
    tab: usize,
    /// The selected line of the tab, and the first row shown.
    cursor: Cursor,
    height: usize,
}

impl<S: Subject> Detail<S> {
    /// The page, on its way.
    pub fn new(subject: S, cx: &Context) -> Self {
        let mut detail = Self::of(subject, false);
        detail.refresh(cx);
        detail
    }

    /// The page at a glance: what the store knows, nothing selected.
    pub fn glance(subject: S, cx: &Context) -> Self {
        let mut detail = Self::of(subject, true);
        detail.refresh(cx);
        detail
    }

    fn of(subject: S, is_glance: bool) -> Self {
        Self {
            subject,
            is_glance,
            page: Fetch::default(),
            amendment: Fetch::default(),
            sheet: Sheet::default(),
            analyses: Vec::new(),
            wanted: None,
            tab: 0,
            cursor: Cursor::default(),
            height: 1,
        }
    }

    fn tab(&self) -> Option<&Tab> {
        self.sheet.tabs.get(self.tab)
    }

    fn page(&self) -> Option<&S::Page> {
        self.page.value().and_then(Option::as_ref)
    }

    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.tab().into_iter().flat_map(|tab| &tab.sections).flat_map(|section| &section.lines)
    }

    fn selected(&self) -> Option<&Line> {
        self.lines().nth(self.cursor.selected)
    }

    fn part(&self) -> Part {
        self.selected().map(|line| line.part.clone()).unwrap_or_default()
    }

    /// The rows of the tab, as they stand one below the other.
    fn rows(&self) -> Vec<Drawn<'_>> {
        let mut rows = Vec::new();
        let mut number = 0;
        for (index, section) in self.tab().into_iter().flat_map(|tab| &tab.sections).enumerate() {
            if !rows.is_empty() {
                rows.push(Drawn::Blank);
            }
            if !section.title.is_empty() {
                rows.push(Drawn::Title(&section.title));
            }
            if section.lines.is_empty() && section.document.is_none() {
                rows.push(Drawn::Nothing);
            }
            for line in &section.lines {
                rows.push(Drawn::Line(line, number, index));
                number += 1;
            }
            let code = section.document.as_ref().map_or("", Document::text).lines();
            let mut offset = 0;
            for line in code {
                rows.push(Drawn::Code(line, index, offset));
                offset += line.len() + 1;
            }
        }
        rows
    }

    fn switch(&mut self, by: isize) {
        let count = self.sheet.tabs.len().max(1).cast_signed();
        self.tab = (self.tab.cast_signed() + by).rem_euclid(count).unsigned_abs();
        self.cursor = Cursor::default();
        self.analyse();
    }

    /// Looks at the documents of the tab.
    fn analyse(&mut self) {
        let analysis = |section: &Section| match &section.document {
            Some(Document::Policy(text)) => Some(Analysis::of(text, PolicyType::Identity)),
            _ => None,
        };
        self.analyses = self.tab().map(|tab| tab.sections.iter().map(analysis).collect()).unwrap_or_default();
    }

    /// Goes to the tab and the section that were asked for, if the page is there.
    fn show_wanted(&mut self) {
        let Some((title, section)) = self.wanted.filter(|_| !self.sheet.tabs.is_empty()) else { return };
        let Some(at) = self.sheet.tabs.iter().position(|tab| tab.title == title) else { return };
        self.wanted = None;
        (self.tab, self.cursor) = (at, Cursor::default());
        self.analyse();
        let before = self.tab().into_iter().flat_map(|tab| &tab.sections).take_while(|one| one.title != section);
        let line: usize = before.map(|section| section.lines.len()).sum();
        if line < self.lines().count() {
            self.cursor.selected = line;
            self.scroll();
        }
    }

    /// Puts the page into words.
    fn tell(&mut self, cx: &Context) {
        let amendment = self.amendment.value();
        let Some(page) = self.page.value_mut().and_then(Option::as_mut) else { return };
        if let Some(amend) = amendment {
            amend(page);
        }
        self.sheet = self.subject.sheet(page, &Look::of(cx));
        self.tab = self.tab.min(self.sheet.tabs.len().saturating_sub(1));
        self.cursor.selected = self.cursor.selected.min(self.lines().count().saturating_sub(1));
        self.analyse();
        self.show_wanted();
    }

    /// Moves to another line; where there are only few lines or none, the rows scroll.
    fn go(&mut self, deed: Deed) -> bool {
        let (rows, lines) = (self.rows().len(), self.lines().count());
        if lines > 1 {
            let mut cursor = Cursor { selected: self.cursor.selected, top: 0 };
            if !cursor.go(deed, lines, self.height) {
                return false;
            }
            self.cursor.selected = cursor.selected;
            self.scroll();
            return true;
        }
        let mut scroll = Cursor { selected: self.cursor.top, top: self.cursor.top };
        let moved = scroll.go(deed, rows.saturating_sub(self.height) + 1, 1);
        self.cursor.top = scroll.selected;
        moved
    }

    /// Scrolls so that the selected line is seen, with its heading where there is room.
    fn scroll(&mut self) {
        let rows = self.rows();
        let at =
            rows.iter().position(|row| matches!(row, Drawn::Line(_, number, _) if *number == self.cursor.selected));
        let (total, at) = (rows.len(), at.unwrap_or(0));
        let heading = if at <= 2 { 0 } else { at };
        self.cursor.top = self.cursor.top.clamp((at + 1).saturating_sub(self.height), heading);
        self.cursor.top = self.cursor.top.min(total.saturating_sub(1));
    }

    /// How wide the columns of a section's lines are.
    fn columns(section: &Section) -> Vec<u16> {
        let mut columns: Vec<u16> = Vec::new();
        for line in &section.lines {
            for (index, cell) in line.cells.iter().enumerate() {
                let wide = width(&cell.text) + if cell.tone == Tone::Finding { 2 } else { 0 };
                match columns.get_mut(index) {
                    Some(column) => *column = wide.max(*column),
                    None => columns.push(wide),
                }
            }
        }
        if let Some(first) = columns.first_mut() {
            *first = (*first).min(FIRST_COLUMN_MAX);
        }
        columns
    }
}

/// A line with its cells in columns; of the selected one the first cell stands out.
fn view_line(pen: &mut Pen, theme: &Theme, (line, is_selected): (&Line, bool), columns: &[u16]) {
    pen.column(if is_selected { theme.glyph.bar } else { "" }, 2, theme.accent);
    pen.skip(2);
    for (index, (cell, columns)) in line.cells.iter().zip(columns).enumerate() {
        let own = cell.tone.style(theme);
        let style = if is_selected && index == 0 { theme.selected } else { own };
        let text = if cell.tone == Tone::Finding { format!("{} !", cell.text) } else { cell.text.clone() };
        let from = pen.x();
        let is_last = index + 1 == line.cells.len();
        pen.put_within(&text, if is_last { pen.room() } else { *columns }, style);
        pen.to(from + columns + 3);
    }
}

impl<S: Subject> Screen for Detail<S> {
    fn place(&self) -> Option<Place> {
        Some(self.subject.place())
    }

    fn crumbs(&self) -> Vec<String> {
        self.subject.crumbs()
    }

    fn tabs(&self) -> Option<Tabs> {
        let title = |tab: &Tab| (tab.title.to_owned(), tab.count.map(|count| count as u64));
        Some(Tabs { titles: self.sheet.tabs.iter().map(title).collect(), active: self.tab })
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        let mut offers = Vec::new();
        if self.selected().is_some_and(|line| line.place.is_some()) {
            offers.push(Offer::from(Deed::Open));
        }
        if let (Some(page), Some(tab)) = (self.page(), self.tab()) {
            offers.extend(self.subject.offers(page, tab.title, &self.part()));
        }
        let rest = [Deed::NextTab, Deed::PrevTab, Deed::Refresh];
        let moves =
            [Deed::Down, Deed::Up, Deed::PageDown, Deed::PageUp, Deed::HalfDown, Deed::HalfUp, Deed::Top, Deed::Bottom];
        offers.extend(rest.into_iter().chain(moves).map(Offer::from));
        offers
    }

    fn is_waiting(&self) -> bool {
        self.page.is_new()
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        match deed {
            Deed::Open => return self.selected().and_then(|line| line.place.clone()).map_or(Effect::None, Effect::Go),
            Deed::NextTab => self.switch(1),
            Deed::PrevTab => self.switch(-1),
            Deed::Refresh => self.refresh(cx),
            deed if self.go(deed) => {}
            deed => {
                let part = self.part();
                if let (Some(page), Some(tab)) = (self.page(), self.tab()) {
                    return self.subject.act(deed, page, (tab.title, &part), cx);
                }
            }
        }
        Effect::None
    }

    fn mouse(&mut self, mouse: Mouse, _area: Rect, _cx: &Context) -> Effect {
        match mouse.act {
            MouseAct::Up => self.go(Deed::Up),
            MouseAct::Down => self.go(Deed::Down),
            MouseAct::Click => false,
        };
        Effect::None
    }

    fn receive(&mut self, cx: &Context) -> Effect {
        // Both are taken in before either is told.
        let (page, amendment) = (self.page.take_in(), self.amendment.take_in());
        if page || amendment {
            self.tell(cx);
        }
        Effect::None
    }

    fn show(&mut self, tab: &'static str, section: &'static str) {
        self.wanted = Some((tab, section));
        self.show_wanted();
    }

    fn refresh(&mut self, cx: &Context) {
        let read = self.subject.read(cx);
        self.page.start(&cx.tasks, read);
        if let Some(read) = self.subject.amend(cx).filter(|_| !self.is_glance) {
            self.amendment.start(&cx.tasks, read);
        }
    }

    fn remark(&self, _cx: &Context) -> Option<(String, bool)> {
        match &self.sheet.finding {
            Some(finding) => Some((finding.clone(), true)),
            None => Some((self.sheet.facts.clone(), false)),
        }
    }

    fn resized(&mut self, area: Rect) {
        self.height = usize::from(area.height).max(1);
        if self.lines().count() > 1 {
            self.scroll();
        }
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        if let Some(told) = untold(&self.page, theme) {
            let mut pen = Pen::new(frame.buffer_mut(), theme, area, 0);
            pen.skip(3);
            return pen.put(&told, theme.dim);
        }
        let sections = self.tab().map(|tab| tab.sections.as_slice()).unwrap_or_default();
        let columns: Vec<Vec<u16>> = sections.iter().map(Self::columns).collect();
        for (row, y) in self.rows().into_iter().skip(self.cursor.top).zip(0..area.height) {
            let mut pen = Pen::new(frame.buffer_mut(), theme, area, y);
            pen.skip(1);
            match row {
                Drawn::Blank => {}
                Drawn::Title(title) => {
                    pen.skip(2);
                    pen.put(title, theme.strong);
                }
                Drawn::Nothing => {
                    pen.skip(4);
                    pen.put("none", theme.dim);
                }
                Drawn::Line(line, number, section) => {
                    let is_selected = number == self.cursor.selected && !self.is_glance;
                    let columns = columns.get(section).map(Vec::as_slice).unwrap_or_default();
                    view_line(&mut pen, theme, (line, is_selected), columns);
                }
                Drawn::Code(text, section, offset) => {
                    pen.skip(2);
                    match self.analyses.get(section).and_then(Option::as_ref) {
                        Some(analysis) => code(&mut pen, theme, text, |at| json_style(analysis, theme, offset + at)),
                        None => pen.put(text, theme.text),
                    }
                }
            }
        }
    }
}

/// Writes a line of a document in runs of one style.
pub(super) fn code(pen: &mut Pen, theme: &Theme, text: &str, style: impl Fn(usize) -> ratatui::style::Style) {
    let (mut start, mut current) = (0, theme.text);
    for (at, _) in text.char_indices() {
        let next = style(at);
        if next != current {
            pen.put(text.get(start..at).unwrap_or(""), current);
            (start, current) = (at, next);
        }
    }
    pen.put(text.get(start..).unwrap_or(""), current);
}

/// What to say in place of a page that is not there.
fn untold<T: Send + 'static>(page: &Fetch<Option<T>>, theme: &Theme) -> Option<String> {
    match (page.failure(), page.value()) {
        (Some(failure), _) => Some(failure.to_string()),
        (None, None) => Some(format!("reading{}", theme.glyph.cut)),
        (None, Some(None)) => Some("It is not here any more.".to_owned()),
        (None, Some(Some(_))) => None,
    }
}
