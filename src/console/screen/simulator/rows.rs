//! An answer on the screen: headings, sentences, and leaves that can be selected and lead somewhere.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::question::Part;
use super::statement::Statement;
use crate::console::action::Deed;
use crate::console::paint::{Pen, width, wrap};
use crate::console::place::Place;
use crate::console::theme::Theme;
use crate::console::widget::{Cell, Cursor};

/// The widest a column gets that is not the last.
const COLUMN_MAX: u16 = 40;

/// Where a leaf leads.
#[derive(Clone, Debug)]
pub(in crate::console) enum Leaf {
    /// To a statement of a policy.
    Statement(Box<Statement>),
    /// To the question why this principal may, and on what.
    Why(String, Option<String>),
    /// Into a field: the name that was meant.
    Fill(Part, String),
    /// To a page.
    Go(Place),
}

/// A line of an answer.
#[derive(Clone, Debug)]
pub(in crate::console) enum Item {
    /// A heading, after a blank line.
    Title(String),
    /// A sentence; true where it is what matters.
    Say(String, bool),
    /// A row that can be selected; the sentence tells more of it.
    Leaf(Vec<Cell>, Option<Leaf>, String),
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub(in crate::console) struct Rows {
    items: Vec<Item>,
    /// The selected leaf, and the first row that is shown.
    cursor: Cursor,
}

impl Rows {
    pub(in crate::console) fn new(items: Vec<Item>) -> Self {
        Self { items, cursor: Cursor::default() }
    }

    fn leaves(&self) -> impl Iterator<Item = (usize, &Item)> {
        self.items.iter().enumerate().filter(|(_, item)| matches!(item, Item::Leaf(..)))
    }

    fn selected_item(&self) -> Option<(usize, &Item)> {
        self.leaves().nth(self.cursor.selected)
    }

    /// Where the selected leaf leads.
    pub(in crate::console) fn selected(&self) -> Option<&Leaf> {
        match self.selected_item() {
            Some((_, Item::Leaf(_, leaf, _))) => leaf.as_ref(),
            _ => None,
        }
    }

    /// What more there is to say of the selected leaf.
    pub(in crate::console) fn remark(&self) -> Option<String> {
        match self.selected_item() {
            Some((_, Item::Leaf(_, _, says))) if !says.is_empty() => Some(says.clone()),
            _ => None,
        }
    }

    /// The first name that was meant, if that is what the answer is.
    pub(in crate::console) fn meant(&self) -> Option<(Part, String)> {
        self.items.iter().find_map(|item| match item {
            Item::Leaf(_, Some(Leaf::Fill(part, text)), _) => Some((*part, text.clone())),
            _ => None,
        })
    }

    /// Moves to another leaf and scrolls to it; false where the deed is no move.
    pub(in crate::console) fn go(&mut self, deed: Deed, height: usize) -> bool {
        let total = self.leaves().count();
        let mut cursor = Cursor { selected: self.cursor.selected, top: 0 };
        if !cursor.go(deed, total, height) {
            return false;
        }
        self.cursor.selected = cursor.selected;
        let at = self.selected_item().map_or(0, |(at, _)| at);
        let rows =
            self.items.iter().take(at).map(|item| 1 + usize::from(matches!(item, Item::Title(_)))).sum::<usize>();
        // From the first leaf on, what stands above it is seen too.
        self.cursor.top =
            if cursor.selected == 0 { 0 } else { self.cursor.top.clamp((rows + 1).saturating_sub(height), rows) };
        true
    }

    pub(in crate::console) fn view(&self, frame: &mut Frame, area: Rect, theme: &Theme, is_focused: bool) {
        let selected = self.selected_item().map(|(at, _)| at).filter(|_| is_focused);
        let mut lines: Vec<(Option<usize>, Option<&Item>)> = Vec::new();
        for (at, item) in self.items.iter().enumerate() {
            if matches!(item, Item::Title(_)) && at > 0 {
                lines.push((None, None));
            }
            lines.push((Some(at), Some(item)));
        }
        for ((at, item), row) in lines.into_iter().skip(self.cursor.top).zip(0..area.height) {
            let mut pen = Pen::new(frame.buffer_mut(), theme, area, row);
            pen.skip(1);
            match item {
                None => {}
                Some(Item::Title(text)) => {
                    pen.skip(2);
                    pen.put(text, theme.strong);
                }
                Some(Item::Say(text, matters)) => {
                    pen.skip(2);
                    pen.put(text, if *matters { theme.strong } else { theme.dim });
                }
                Some(Item::Leaf(cells, ..)) => {
                    let columns = at.map(|at| self.columns(at)).unwrap_or_default();
                    leaf(&mut pen, theme, (cells, at.is_some() && at == selected), &columns);
                }
            }
        }
    }

    /// How wide the columns of the leaves are that stand under the same heading.
    fn columns(&self, at: usize) -> Vec<u16> {
        let is_head = |item: &Item| !matches!(item, Item::Leaf(..));
        let from = self.items.iter().take(at).rposition(is_head).map_or(0, |head| head + 1);
        let mut columns: Vec<u16> = Vec::new();
        for item in self.items.iter().skip(from).take_while(|item| !is_head(item)) {
            let Item::Leaf(cells, ..) = item else { continue };
            for (index, cell) in cells.iter().enumerate() {
                let wide = width(&cell.text).min(COLUMN_MAX);
                match columns.get_mut(index) {
                    Some(column) => *column = wide.max(*column),
                    None => columns.push(wide),
                }
            }
        }
        columns
    }
}

fn leaf(pen: &mut Pen<'_>, theme: &Theme, (cells, is_selected): (&[Cell], bool), columns: &[u16]) {
    pen.column(if is_selected { theme.glyph.bar } else { "" }, 2, theme.accent);
    pen.skip(2);
    for (index, (cell, columns)) in cells.iter().zip(columns).enumerate() {
        let own = cell.tone.style(theme);
        let style = if is_selected && index == 0 { theme.selected } else { own };
        let from = pen.x();
        let is_last = index + 1 == cells.len();
        pen.put_within(&cell.text, if is_last { pen.room() } else { *columns }, style);
        pen.to(from + columns + 2);
    }
}

/// A sentence as lines that fit in most windows.
pub(in crate::console) fn say(text: &str, matters: bool) -> Vec<Item> {
    wrap(text, 74).into_iter().map(|line| Item::Say(line, matters)).collect()
}
