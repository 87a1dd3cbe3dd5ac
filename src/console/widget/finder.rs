//! The line that one types in and the answers below it, best first: what choosing from a list and the search have in common.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Cursor, TextField, Typed, dialog};
use crate::console::action::Deed;
use crate::console::key::{Code, Key};
use crate::console::paint::Pen;
use crate::console::theme::Theme;

/// The most answers shown at once.
const ROWS_MAX: u16 = 16;
/// Rows of a dialog above the answers: the line, and a blank one.
const HEAD_ROWS: u16 = 2;

/// What a key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Something else is asked for.
    Anew,
    /// Only the selection or the cursor moved.
    Same,
    /// It is not for this.
    Nothing,
}

/// What is typed, and which answer is selected.
#[derive(Debug, Default)]
pub struct Finder {
    field: TextField,
    cursor: Cursor,
    height: usize,
}

impl Finder {
    /// What was typed.
    pub fn text(&self) -> &str {
        self.field.text()
    }

    /// Which answer is selected.
    pub fn selected(&self) -> usize {
        self.cursor.selected
    }

    /// Takes a key in; there are so many answers.
    pub fn key(&mut self, key: Key, total: usize) -> Asked {
        let deed = match key.code {
            Code::Down | Code::Tab => Deed::Down,
            Code::Up => Deed::Up,
            Code::PageDown => Deed::PageDown,
            Code::PageUp => Deed::PageUp,
            Code::Char('n') if key.ctrl => Deed::Down,
            Code::Char('p') if key.ctrl => Deed::Up,
            _ => return self.typed(key),
        };
        self.go(deed, total);
        Asked::Same
    }

    fn typed(&mut self, key: Key) -> Asked {
        match self.field.key(key) {
            Typed::Changed => {
                self.cursor = Cursor::default();
                Asked::Anew
            }
            Typed::Taken => Asked::Same,
            Typed::Ignored => Asked::Nothing,
        }
    }

    /// Moves the selection.
    pub fn go(&mut self, deed: Deed, total: usize) {
        self.cursor.go(deed, total, self.height.max(1));
    }

    /// Puts pasted text into the line.
    pub fn insert(&mut self, text: &str) {
        self.field.insert(text);
        self.cursor = Cursor::default();
    }

    /// There are other answers now.
    pub fn found(&mut self, total: usize) {
        self.cursor.show(total, self.height);
    }

    /// The room it has got.
    pub fn resized(&mut self, area: Rect) {
        self.height = usize::from(ROWS_MAX.min(area.height.saturating_sub(HEAD_ROWS + 4)));
    }

    /// Which answers are on the screen.
    pub fn shown(&self, total: usize) -> Range<usize> {
        let top = self.cursor.within(total, self.height).top;
        top..total.min(top + self.height)
    }

    /// Draws the dialog and the line; gives the room for the answers.
    pub fn open(&self, frame: &mut Frame, area: Rect, theme: &Theme, title: &str) -> Rect {
        let rows = u16::try_from(self.height).unwrap_or(ROWS_MAX);
        let inner = dialog::open(frame, area, theme, title, rows + HEAD_ROWS);
        Pen::new(frame.buffer_mut(), theme, inner, 0).put(theme.glyph.crumb, theme.accent);
        let field = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, ..inner };
        self.field.view(frame, field, theme, Some(theme.text));
        Rect { y: inner.y + HEAD_ROWS, height: inner.height.saturating_sub(HEAD_ROWS), ..inner }
    }

    /// Says something in place of answers.
    pub fn say(frame: &mut Frame, area: Rect, theme: &Theme, (text, style): (&str, Style)) {
        let mut pen = Pen::new(frame.buffer_mut(), theme, area, 0);
        pen.skip(2);
        pen.put(text, style);
    }
}

/// Writes a text with the letters at these bytes in the style of a match.
pub fn put_matched(pen: &mut Pen, text: &str, at: &[usize], theme: &Theme, base: Style) {
    let mut start = 0;
    let mut is_matched = at.contains(&0);
    for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
        let now = at.contains(&offset);
        if now != is_matched || offset == text.len() {
            let style = if is_matched { base.patch(theme.matched) } else { base };
            pen.put(text.get(start..offset).unwrap_or(""), style);
            (start, is_matched) = (offset, now);
        }
    }
}
