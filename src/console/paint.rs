//! Text onto cells: the one sink through which every word reaches the screen.
//!
//! Whatever is put passes [`visible`], is measured in columns and cut at a grapheme with a mark. Nothing here knows what
//! it draws.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::theme::Theme;
use crate::text::visible;

/// How many columns a text takes once it is made visible.
pub fn width(text: &str) -> u16 {
    u16::try_from(visible(text).width()).unwrap_or(u16::MAX)
}

/// The longest start of `text` that fits in `columns`, and the columns it takes.
pub fn fit(text: &str, columns: u16) -> (&str, u16) {
    let (mut used, mut end) = (0, 0);
    for (at, grapheme) in text.grapheme_indices(true) {
        let wide = u16::try_from(grapheme.width()).unwrap_or(u16::MAX);
        if wide > columns - used {
            break;
        }
        used += wide;
        end = at + grapheme.len();
    }
    (text.get(..end).unwrap_or(""), used)
}

/// Writes from left to right in one row and never beyond its end.
#[derive(Debug)]
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    cut: &'static str,
    x: u16,
    y: u16,
    end: u16,
}

impl<'a> Pen<'a> {
    /// A pen at the start of row `row` of the area, counted from its top. A row outside of it takes nothing.
    pub fn new(buffer: &'a mut Buffer, theme: &Theme, area: Rect, row: u16) -> Self {
        let area = area.intersection(buffer.area);
        let end = if row < area.height { area.right() } else { area.x };
        Self { buffer, cut: theme.glyph.cut, x: area.x, y: area.y.saturating_add(row), end }
    }

    /// Writes the text; cuts it with a mark where the row ends.
    pub fn put(&mut self, text: &str, style: Style) {
        self.put_within(text, self.room(), style);
    }

    /// Writes the text in at most so many columns, and returns how many it took.
    pub fn put_within(&mut self, text: &str, columns: u16, style: Style) -> u16 {
        let columns = columns.min(self.room());
        let text = visible(text);
        if columns == 0 || text.is_empty() {
            return 0;
        }
        let from = self.x;
        let (shown, used) = fit(&text, columns);
        if shown.len() == text.len() {
            self.raw(shown, used, style);
        } else {
            let (shown, used) = fit(&text, columns - 1);
            self.raw(shown, used, style);
            self.raw(self.cut, 1, style);
        }
        self.x - from
    }

    /// Writes the text in exactly so many columns.
    pub fn column(&mut self, text: &str, columns: u16, style: Style) {
        let used = self.put_within(text, columns, style);
        self.skip(columns.saturating_sub(used));
    }

    /// Writes the text so that it ends where `columns` end.
    pub fn column_right(&mut self, text: &str, columns: u16, style: Style) {
        self.skip(columns.saturating_sub(width(text)));
        self.put_within(text, columns, style);
    }

    /// Leaves columns as they are.
    pub fn skip(&mut self, columns: u16) {
        self.x = self.x.saturating_add(columns).min(self.end);
    }

    /// Goes to a column counted from the left of the screen, if it is further right.
    pub fn to(&mut self, x: u16) {
        self.x = self.x.max(x).min(self.end);
    }

    /// The columns that are left.
    pub fn room(&self) -> u16 {
        self.end.saturating_sub(self.x)
    }

    /// The column of the next character, from the left of the screen.
    pub fn x(&self) -> u16 {
        self.x
    }

    fn raw(&mut self, text: &str, used: u16, style: Style) {
        self.buffer.set_stringn(self.x, self.y, text, usize::from(used), style);
        self.x += used;
    }
}

/// Breaks a text into lines of at most so many columns, at spaces where there are any.
pub fn wrap(text: &str, columns: u16) -> Vec<String> {
    let columns = columns.max(8);
    let mut lines = vec![String::new()];
    for word in visible(text).split(' ') {
        let mut rest = word;
        while let Some(line) = lines.last_mut() {
            let gap = u16::from(!line.is_empty());
            if width(line).saturating_add(gap).saturating_add(width(rest)) <= columns {
                line.push_str(if gap == 1 { " " } else { "" });
                line.push_str(rest);
                break;
            }
            if line.is_empty() {
                let (head, _) = fit(rest, columns);
                line.push_str(head);
                rest = rest.get(head.len()..).unwrap_or("");
            }
            lines.push(String::new());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::{Pen, fit, wrap};
    use crate::console::colour::Depth;
    use crate::console::theme::{Ground, Theme};

    fn written(columns: u16, write: impl FnOnce(&mut Pen)) -> String {
        let area = Rect::new(0, 0, columns, 1);
        let mut buffer = Buffer::empty(area);
        let theme = Theme::new(Ground::Dark, Depth::None, true);
        write(&mut Pen::new(&mut buffer, &theme, area, 0));
        buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[test]
    fn text_is_cut_with_a_mark_and_made_visible() {
        assert_eq!(written(8, |pen| pen.put("administrator", Style::new())), "adminis…");
        assert_eq!(written(8, |pen| pen.put("a\u{202e}b", Style::new())), "a\\u{202…");
        assert_eq!(written(6, |pen| pen.put("日本語文", Style::new())), "日 本 … ");
    }

    #[test]
    fn columns_stand_under_each_other() {
        let line = written(12, |pen| {
            pen.column("ab", 4, Style::new());
            pen.column_right("7", 3, Style::new());
            pen.put("|", Style::new());
        });
        assert_eq!(line, "ab    7|    ");
    }

    #[test]
    fn graphemes_stay_whole_and_lines_break_at_spaces() {
        assert_eq!(fit("e\u{301}x", 1), ("e\u{301}", 1));
        assert_eq!(wrap("Delete this user and all", 12), ["Delete this", "user and all"]);
        assert_eq!(wrap("arn:aws:iam::123", 8), ["arn:aws:", "iam::123"]);
    }
}
