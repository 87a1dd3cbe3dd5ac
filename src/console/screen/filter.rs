//! The filter of a list: the line above the heads, and how many rows it leaves.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::console::context::Context;
use crate::console::paint::{Pen, width};
use crate::console::widget::TextField;

/// Columns at the right end for the number of rows.
const COUNT_COLUMNS: u16 = 24;

/// What a list is filtered by.
#[derive(Debug, Default)]
pub struct Filter {
    /// What was typed.
    pub field: TextField,
    /// Whether it is being typed in.
    pub is_typing: bool,
}

impl Filter {
    /// No filter any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Draws it with the number of rows it leaves, and whether those were counted to the end.
    pub fn view(&self, frame: &mut Frame, area: Rect, cx: &Context, (total, is_counted): (usize, bool)) {
        let theme = &cx.theme;
        let mut pen = Pen::new(frame.buffer_mut(), theme, area, 0);
        pen.skip(3);
        pen.put("/", theme.accent);
        let more = if is_counted { "" } else { "+" };
        let count = format!("{total}{more} {}", if total == 1 { "match" } else { "matches" });
        pen.to(area.right().saturating_sub(width(&count) + 1));
        pen.put(&count, theme.dim);
        let field = Rect { x: area.x + 4, width: area.width.saturating_sub(COUNT_COLUMNS), ..area };
        self.field.view(frame, field, theme, self.is_typing.then_some(theme.text));
    }
}
