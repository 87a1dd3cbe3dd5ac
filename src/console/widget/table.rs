//! A table: columns laid out so that names are never cut, and rows drawn, the selected one as a bar in reverse video.
//!
//! It draws the rows it is given; which rows those are is the window's business.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::console::paint::{Pen, width};
use crate::console::theme::Theme;

/// Columns before the first cell: a blank one, the bar or mark, a blank one.
const LEAD: u16 = 3;
/// Blank columns between two cells.
const GAP: u16 = 2;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub title: &'static str,
    /// How narrow it may get. `u16::MAX` means that it is never cut.
    pub min: u16,
    /// Numbers stand at the right.
    pub right: bool,
    /// Columns of a higher rank are left out first where room is scarce; rank 0 always stays.
    pub rank: u8,
    /// Whether the list can be sorted by it.
    pub sorts: bool,
    /// Whether it is shown only when it was chosen, or where the list is wide.
    pub extra: bool,
}

impl Column {
    /// The column of the name: never cut, never left out.
    pub const fn name(title: &'static str) -> Self {
        Self { title, min: u16::MAX, right: false, rank: 0, sorts: true, extra: false }
    }

    /// A column that may shrink to `min` columns.
    pub const fn new(title: &'static str, min: u16, rank: u8) -> Self {
        Self { title, min, right: false, rank, sorts: true, extra: false }
    }

    /// The same column for numbers.
    #[must_use]
    pub const fn right(self) -> Self {
        Self { right: true, ..self }
    }

    /// The same column, shown only when it was chosen.
    #[must_use]
    pub const fn extra(self) -> Self {
        Self { extra: true, ..self }
    }

    /// The same column, by which one cannot sort.
    #[must_use]
    pub const fn unsorted(self) -> Self {
        Self { sorts: false, ..self }
    }
}

/// How a value speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    #[default]
    Plain,
    /// In the background: nothing there, unknown, of secondary interest.
    Dim,
    /// Something is wrong: the value is followed by `!`.
    Finding,
    /// Leads somewhere.
    Link,
}

impl Tone {
    /// How it is written.
    pub fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Plain => theme.text,
            Self::Dim => theme.dim,
            Self::Finding => theme.warning,
            Self::Link => theme.accent,
        }
    }
}

/// One value of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// How it speaks.
    pub tone: Tone,
}

impl Cell {
    /// An ordinary value.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Plain }
    }

    /// A value in the background.
    pub fn dim(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Dim }
    }

    /// A value that is wrong.
    pub fn finding(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Finding }
    }

    /// A value nobody knows: never shown as "never" or "none".
    pub fn unknown(theme: &Theme) -> Self {
        Self::dim(theme.glyph.unknown)
    }

    /// Nothing there.
    pub fn none(theme: &Theme) -> Self {
        Self::dim(theme.glyph.none)
    }

    fn columns(&self) -> u16 {
        width(&self.text) + if self.tone == Tone::Finding { 2 } else { 0 }
    }
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// By what the row is known: a name, an ARN, an id. Selection and marks go by it.
    pub id: String,
    /// The values, in the order of the columns.
    pub cells: Vec<Cell>,
    /// What is wrong with it, in a sentence, for the line above the footer.
    pub finding: Option<String>,
}

/// The widths that the contents of columns ask for; they only grow while the same list is shown, so nothing jumps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Widths(Vec<u16>);

impl Widths {
    /// The widths that the heads ask for; the one that is sorted by has a mark behind it.
    pub fn new(columns: &[Column], sort: Option<usize>) -> Self {
        let mark = |index| 2 * u16::from(sort == Some(index));
        Self(columns.iter().enumerate().map(|(index, column)| width(column.title) + mark(index)).collect())
    }

    /// Grows for the rows.
    pub fn take_in(&mut self, rows: &[Row]) {
        for row in rows {
            for (width, cell) in self.0.iter_mut().zip(&row.cells) {
                *width = cell.columns().max(*width);
            }
        }
    }

    /// What each of the columns in `order` gets of `room`: all if that fits; else the last in rank go until the rest fits
    /// when shrunk, and shrink. `None` is left out.
    fn lay_out(&self, columns: &[Column], order: &[usize], room: u16) -> Vec<Option<u16>> {
        let shown = columns.iter().enumerate().filter(|(index, _)| order.contains(index));
        let mut by_rank: Vec<(usize, &Column)> = shown.collect();
        by_rank.sort_by_key(|(_, column)| std::cmp::Reverse(column.rank));
        let least = |index: usize, column: &Column| self.0.get(index).map(|width| column.min.min(*width));
        let mut least_total: u16 =
            by_rank.iter().filter_map(|(index, column)| Some(least(*index, column)? + GAP)).sum();
        let own = |(index, width): (usize, &u16)| order.contains(&index).then_some(*width);
        let mut widths: Vec<Option<u16>> = self.0.iter().enumerate().map(own).collect();
        for (index, column) in by_rank.iter().take_while(|(_, column)| column.rank > 0) {
            if least_total > room + GAP {
                least_total -= least(*index, column).unwrap_or(0) + GAP;
                if let Some(width) = widths.get_mut(*index) {
                    *width = None;
                }
            }
        }
        for (index, column) in by_rank {
            let total = widths.iter().flatten().map(|width| width + GAP).sum::<u16>();
            let excess = total.saturating_sub(room + GAP);
            if let Some(Some(width)) = widths.get_mut(index) {
                *width = width.saturating_sub(excess).max(column.min.min(*width));
            }
        }
        widths
    }
}

/// What a table shows at the moment.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The columns.
    pub columns: &'a [Column],
    /// Which of them are shown, from left to right.
    pub order: &'a [usize],
    /// Their widths.
    pub widths: &'a Widths,
    /// Sorted by which column, and whether downwards.
    pub sort: Option<(usize, bool)>,
    /// Which row of those given is selected.
    pub selected: Option<usize>,
}

/// Draws the heads in the first row of the area and the rows below it. A row that is not here yet is `None`; the flag
/// says whether a row is marked.
pub fn view(frame: &mut Frame, area: Rect, theme: &Theme, shown: Shown, rows: &[(Option<&Row>, bool)]) {
    let layout = shown.widths.lay_out(shown.columns, shown.order, area.width.saturating_sub(LEAD + 1));
    heads(frame, area, theme, shown, &layout);
    for ((index, (row, is_marked)), y) in rows.iter().enumerate().zip(1..area.height) {
        let is_selected = shown.selected == Some(index);
        let mut pen = Pen::new(frame.buffer_mut(), theme, area, y);
        pen.skip(1);
        let (lead, style) = match (is_marked, is_selected) {
            (true, _) => (theme.glyph.mark, theme.marked),
            (false, true) => (theme.glyph.bar, theme.accent),
            (false, false) => (" ", theme.text),
        };
        pen.column(lead, 2, style);
        match row {
            Some(row) => cells(&mut pen, row, theme, shown, &layout),
            None => pen.put(theme.glyph.unknown, theme.dim),
        }
        if is_selected {
            let bar = Rect { x: area.x + 2, y: area.y + y, width: area.width.saturating_sub(3), height: 1 };
            frame.buffer_mut().set_style(bar.intersection(area), bar_style(theme));
        }
    }
}

/// The selected row has one style from end to end, so that nothing in it is darker than the rest.
fn bar_style(theme: &Theme) -> Style {
    Style { fg: Some(ratatui::style::Color::Reset), sub_modifier: ratatui::style::Modifier::DIM, ..theme.selected }
}

fn heads(frame: &mut Frame, area: Rect, theme: &Theme, shown: Shown, layout: &[Option<u16>]) {
    let mut pen = Pen::new(frame.buffer_mut(), theme, area, 0);
    pen.skip(LEAD);
    for index in shown.order.iter().copied() {
        let (Some(column), Some(columns)) = (shown.columns.get(index), width_of(layout, index)) else { continue };
        let title = match shown.sort {
            Some((by, true)) if by == index => format!("{} {}", column.title, theme.glyph.down),
            Some((by, false)) if by == index => format!("{} {}", column.title, theme.glyph.up),
            _ => column.title.to_owned(),
        };
        if column.right {
            pen.column_right(&title, columns, theme.dim);
        } else {
            pen.column(&title, columns, theme.dim);
        }
        pen.skip(GAP);
    }
}

/// The width of a column, if it is not left out.
fn width_of(layout: &[Option<u16>], index: usize) -> Option<u16> {
    layout.get(index).copied().flatten()
}

fn cells(pen: &mut Pen, row: &Row, theme: &Theme, shown: Shown, layout: &[Option<u16>]) {
    for index in shown.order.iter().copied() {
        let (Some(cell), Some(column)) = (row.cells.get(index), shown.columns.get(index)) else { continue };
        let Some(columns) = width_of(layout, index) else { continue };
        let style = cell.tone.style(theme);
        let (room, flag) = if cell.tone == Tone::Finding { (columns.saturating_sub(2), " !") } else { (columns, "") };
        let from = pen.x();
        if column.right {
            pen.skip(room.saturating_sub(width(&cell.text)));
        }
        pen.put_within(&cell.text, room, style);
        pen.put(flag, style);
        pen.to(from + columns + GAP);
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Column, Row, Widths};

    const COLUMNS: [Column; 3] = [Column::name("Name"), Column::new("Groups", 8, 2), Column::new("Age", 5, 1).right()];

    fn row(name: &str) -> Row {
        let cells = vec![Cell::new(name), Cell::new("Developers, Admins"), Cell::finding("391d")];
        Row { id: name.to_owned(), cells, finding: None }
    }

    #[test]
    fn the_name_is_never_cut_and_others_shrink_then_go() {
        let mut widths = Widths::new(&COLUMNS, Some(0));
        widths.take_in(&[row("a-user-with-a-long-name")]);
        assert_eq!(widths.lay_out(&COLUMNS, &[0, 1, 2], 80), [Some(23), Some(18), Some(6)]);
        assert_eq!(widths.lay_out(&COLUMNS, &[2, 0, 1], 45), [Some(23), Some(12), Some(6)]);
        assert_eq!(widths.lay_out(&COLUMNS, &[0, 1, 2], 33), [Some(23), None, Some(6)]);
        assert_eq!(widths.lay_out(&COLUMNS, &[0, 1, 2], 10), [Some(23), None, None]);
        assert_eq!(widths.lay_out(&COLUMNS, &[0, 2], 80), [Some(23), None, Some(6)]);
    }

    #[test]
    fn widths_only_grow() {
        let mut widths = Widths::new(&COLUMNS, Some(0));
        widths.take_in(&[row("a-long-name")]);
        let before = widths.clone();
        widths.take_in(&[row("b")]);
        assert_eq!(widths, before);
    }
}
