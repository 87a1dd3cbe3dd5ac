//! The list of what may be typed at the cursor, below it.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::console::action::Deed;
use crate::console::key::{Code, Key};
use crate::console::paint::{Pen, width};
use crate::console::theme::Theme;
use crate::console::widget::Cursor;
use crate::policy::completion::{Candidate, Completion};

/// The most candidates shown at once.
const ROWS_MAX: u16 = 8;
/// The widest the list gets, in columns.
const COLUMNS_MAX: u16 = 72;

/// The candidates, and which is selected.
#[derive(Debug)]
pub struct Popup {
    completion: Completion,
    cursor: Cursor,
}

/// What a key does to the list.
#[derive(Debug)]
pub enum Chosen {
    /// The key was for the list.
    Moved,
    /// This candidate is to be put in.
    Take(Candidate),
    /// The list is to go.
    Close,
    /// The key is for the text.
    Text,
}

impl Popup {
    /// The list of candidates; `None` when there are none.
    pub fn of(completion: Completion) -> Option<Self> {
        (!completion.candidates.is_empty()).then(|| Self { completion, cursor: Cursor::default() })
    }

    /// The bytes of the text that a candidate replaces.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.completion.range.range()
    }

    /// Takes a key before the text does.
    pub fn key(&mut self, key: Key) -> Chosen {
        let deed = match key.code {
            Code::Down => Deed::Down,
            Code::Up => Deed::Up,
            Code::PageDown => Deed::PageDown,
            Code::PageUp => Deed::PageUp,
            Code::Tab | Code::Enter => {
                let candidate = self.completion.candidates.get(self.cursor.selected);
                return candidate.map_or(Chosen::Close, |candidate| Chosen::Take(candidate.clone()));
            }
            Code::Esc => return Chosen::Close,
            _ => return Chosen::Text,
        };
        self.cursor.go(deed, self.completion.candidates.len(), usize::from(ROWS_MAX));
        Chosen::Moved
    }

    /// Draws the list below the cursor, or above it where there is no room.
    pub fn view(&self, frame: &mut Frame, area: Rect, theme: &Theme, (x, y): (u16, u16)) {
        let candidates = &self.completion.candidates;
        let shown = candidates.iter().enumerate().skip(self.cursor.top).take(usize::from(ROWS_MAX));
        let rows = u16::try_from(shown.len()).unwrap_or(ROWS_MAX);
        let labels = shown.clone().map(|(_, candidate)| width(&candidate.label)).max().unwrap_or(0);
        let details = shown.clone().map(|(_, candidate)| width(&candidate.detail)).max().unwrap_or(0);
        let columns = (labels + details + 6).min(COLUMNS_MAX).min(area.width);
        let top = if y + 1 + rows <= area.bottom() { y + 1 } else { y.saturating_sub(rows) };
        let place = Rect { x: x.min(area.right().saturating_sub(columns)), y: top, width: columns, height: rows };
        for ((index, candidate), row) in shown.zip(0..rows) {
            let is_selected = index == self.cursor.selected;
            let (text, detail) = if is_selected { (theme.selected, theme.selected) } else { (theme.text, theme.dim) };
            blank(frame, place, row, text);
            let mut pen = Pen::new(frame.buffer_mut(), theme, place, row);
            pen.put(theme.glyph.rule, theme.frame);
            pen.skip(1);
            pen.column(&candidate.label, labels.min(columns.saturating_sub(3)), text);
            pen.skip(2);
            pen.put(&candidate.detail, detail);
        }
    }
}

/// Clears a row of the list.
fn blank(frame: &mut Frame, place: Rect, row: u16, style: ratatui::style::Style) {
    for x in place.left()..place.right() {
        if let Some(cell) = frame.buffer_mut().cell_mut((x, place.y + row)) {
            cell.reset();
            cell.set_style(style);
        }
    }
}
