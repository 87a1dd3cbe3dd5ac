//! The editor drawn: gutter, text in colours, marks under what is wrong, the cursor.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use super::analysis::{Analysis, Gravity};
use super::buffer::{Buffer, Spot};
use crate::console::paint::{Pen, width};
use crate::console::theme::Theme;
use crate::policy::json::TokenKind;

/// The first line and column shown, columns as they stand on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    /// The first of the lines that are not folded away.
    pub top: usize,
    /// The first column.
    pub left: usize,
}

/// Columns of the gutter for so many lines: mark, number, rule.
pub fn gutter_columns(lines: usize) -> u16 {
    let digits = lines.max(10).ilog10() + 1;
    u16::try_from(digits).unwrap_or(8) + 5
}

impl Scroll {
    /// Moves so that the cursor is seen in an area of text.
    pub fn follow(&mut self, buffer: &Buffer, area: Rect, lines: &[usize]) {
        let spot = buffer.cursor();
        let row = row_of(lines, spot.line);
        let height = usize::from(area.height).max(1);
        let room = usize::from(area.width.saturating_sub(gutter_columns(buffer.lines().len()))).max(2) - 1;
        let column = usize::from(column_of(buffer, spot));
        self.top = self.top.clamp((row + 1).saturating_sub(height), row);
        self.left = self.left.clamp((column + 1).saturating_sub(room), column);
        if column < room {
            self.left = 0;
        }
    }
}

/// Which of the lines shown a line is.
fn row_of(lines: &[usize], line: usize) -> usize {
    lines.partition_point(|shown| *shown < line)
}

/// The column on the screen of a place, from the start of its line.
fn column_of(buffer: &Buffer, spot: Spot) -> u16 {
    let line = buffer.lines().get(spot.line).map_or("", String::as_str);
    let at = line.char_indices().nth(spot.column).map_or(line.len(), |(at, _)| at);
    width(line.get(..at).unwrap_or(""))
}

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The text.
    pub buffer: &'a Buffer,
    /// What is known of it.
    pub analysis: &'a Analysis,
    /// The text that is searched for.
    pub find: Option<&'a str>,
    /// Where it is scrolled to.
    pub scroll: Scroll,
    /// The lines that are not folded away.
    pub lines: &'a [usize],
}

/// Draws the text, and shows the cursor if it is in focus.
pub fn view(frame: &mut Frame, area: Rect, theme: &Theme, shown: Shown, is_focused: bool) {
    let text = shown.buffer.text();
    let gutter = gutter_columns(shown.buffer.lines().len());
    let cursor = shown.buffer.cursor();
    let cursor_byte = shown.analysis.byte_of(&text, cursor);
    let painter =
        Painter { shown, theme, text: &text, partner: shown.analysis.partner(&text, cursor_byte), cursor_byte };
    for ((index, line), row) in shown.lines.iter().copied().enumerate().skip(shown.scroll.top).zip(0..area.height) {
        let mut pen = Pen::new(frame.buffer_mut(), theme, area, row);
        painter.gutter(&mut pen, line, gutter);
        painter.line(&mut pen, line);
        let hidden = shown.lines.get(index + 1).map_or(0, |next| next.saturating_sub(line + 1));
        if hidden > 0 {
            let folded = shown.analysis.statements.iter().find(|block| block.lines.start == line);
            let title = folded.map(|block| block.title.as_str()).filter(|title| !title.is_empty());
            let title = title.map(|title| format!("{title}, ")).unwrap_or_default();
            pen.put(&format!(" {} {title}{hidden} lines", theme.glyph.cut), theme.dim);
        }
    }
    if is_focused {
        let (x, y) = screen_of(shown, area, cursor);
        frame.set_cursor_position(Position::new(x, y));
    }
}

/// Where on the screen a place of the text stands.
pub fn screen_of(shown: Shown, area: Rect, spot: Spot) -> (u16, u16) {
    let gutter = gutter_columns(shown.buffer.lines().len());
    let x = usize::from(column_of(shown.buffer, spot)).saturating_sub(shown.scroll.left);
    let x = area.x + gutter + u16::try_from(x).unwrap_or(0);
    let row = row_of(shown.lines, spot.line).saturating_sub(shown.scroll.top);
    let y = area.y + u16::try_from(row).unwrap_or(0);
    (x.min(area.right().saturating_sub(1)), y)
}

/// The colour of a byte of a document.
pub fn json_style(analysis: &Analysis, theme: &Theme, byte: usize) -> Style {
    match analysis.token_at(byte).map(|token| token.kind) {
        Some(TokenKind::Key) => theme.json_key,
        Some(TokenKind::String) => theme.json_string,
        Some(TokenKind::Number | TokenKind::Literal) => theme.json_literal,
        Some(TokenKind::Punctuation) => theme.json_punctuation,
        Some(TokenKind::Unknown) => theme.json_error,
        None => theme.text,
    }
}

struct Painter<'a> {
    shown: Shown<'a>,
    theme: &'a Theme,
    text: &'a str,
    partner: Option<usize>,
    cursor_byte: usize,
}

impl Painter<'_> {
    fn gutter(&self, pen: &mut Pen, line: usize, columns: u16) {
        let here = self.shown.analysis.findings.iter().filter(|finding| finding.spot.line == line);
        let (mark, style) = match here.map(|finding| finding.gravity).min_by_key(|gravity| *gravity as u8) {
            Some(Gravity::Refused) => ("!", self.theme.error),
            Some(Gravity::Warning) => ("!", self.theme.warning),
            Some(Gravity::Advice) => (self.theme.glyph.dot, self.theme.dim),
            None => ("", self.theme.text),
        };
        let is_here = self.shown.buffer.cursor().line == line;
        pen.column(mark, 2, style);
        let style = if is_here { self.theme.text } else { self.theme.dim };
        pen.column_right(&(line + 1).to_string(), columns - 5, style);
        pen.put(&format!(" {} ", self.theme.glyph.rule), self.theme.dim);
    }

    /// One line, in runs of one style, from the column it is scrolled to.
    fn line(&self, pen: &mut Pen, line: usize) {
        let range = self.shown.analysis.line(line, self.text.len());
        let text = self.text.get(range.clone()).unwrap_or("");
        let found = self.found(text);
        let (mut run, mut run_style) = (String::new(), Style::new());
        let mut column = 0;
        for (at, grapheme) in text.grapheme_indices(true) {
            let from = column;
            column += usize::from(width(grapheme));
            if from < self.shown.scroll.left {
                continue;
            }
            let style = self.style(range.start + at, found.iter().any(|range| range.contains(&at)));
            if style != run_style {
                pen.put(&run, run_style);
                run.clear();
                run_style = style;
            }
            run.push_str(grapheme);
        }
        pen.put(&run, run_style);
    }

    /// Where in a line the searched text stands.
    fn found(&self, line: &str) -> Vec<std::ops::Range<usize>> {
        let needle = self.shown.find.filter(|needle| !needle.is_empty());
        needle.map(|needle| line.match_indices(needle).map(|(at, m)| at..at + m.len()).collect()).unwrap_or_default()
    }

    fn style(&self, byte: usize, is_found: bool) -> Style {
        let theme = self.theme;
        let mut style = json_style(self.shown.analysis, theme, byte);
        if self.shown.analysis.findings.iter().any(|finding| finding.span.contains(&byte)) {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        if is_found {
            style = style.patch(theme.matched);
        }
        let is_bracket = self.partner.is_some_and(|at| at == byte);
        if is_bracket && byte != self.cursor_byte {
            style = style.patch(theme.bracket);
        }
        if self.is_selected(byte) { style.patch(theme.selected) } else { style }
    }

    fn is_selected(&self, byte: usize) -> bool {
        let Some((from, to)) = self.shown.buffer.selection() else { return false };
        let byte_of = |spot| self.shown.analysis.byte_of(self.text, spot);
        (byte_of(from)..byte_of(to)).contains(&byte)
    }
}
