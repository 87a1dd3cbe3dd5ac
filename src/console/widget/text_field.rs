//! One line of text being typed: grapheme by grapheme, with the keys that a shell's line has.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::console::key::{Code, Key};
use crate::console::paint::{Pen, width};
use crate::console::theme::Theme;

/// The longest text a field takes, in bytes.
const TEXT_BYTES_MAX: usize = 64 * 1024;

/// What a key did to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// The text is another.
    Changed,
    /// The cursor moved, or the key would have done something elsewhere in the text.
    Taken,
    /// Not for a text field.
    Ignored,
}

/// A line of text and where in it the cursor stands.
#[derive(Clone, Debug, Default)]
pub struct TextField {
    text: String,
    /// A byte offset, always between two graphemes.
    cursor: usize,
    secret: bool,
}

impl TextField {
    /// A field with a text, its cursor behind it.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text, secret: false }
    }

    /// A field that shows dots in place of what is typed.
    pub fn secret() -> Self {
        Self { secret: true, ..Self::default() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text up to the cursor.
    pub fn before(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or("")
    }

    /// Puts text at the cursor. Line breaks become spaces: this is one line.
    pub fn insert(&mut self, text: &str) {
        let text = text.trim_end_matches('\n').replace('\n', " ");
        if self.text.len() + text.len() <= TEXT_BYTES_MAX {
            self.text.insert_str(self.cursor, &text);
            self.cursor += text.len();
        }
    }

    /// Takes a key in.
    pub fn key(&mut self, key: Key) -> Typed {
        if let Some(c) = key.typed() {
            self.insert(c.encode_utf8(&mut [0; 4]));
            return Typed::Changed;
        }
        let to = match (key.code, key.ctrl, key.alt) {
            (Code::Left, false, false) | (Code::Char('b'), true, false) => self.left(),
            (Code::Right, false, false) | (Code::Char('f'), true, false) => self.right(),
            (Code::Left, ..) | (Code::Char('b'), false, true) => self.word_left(),
            (Code::Right, ..) | (Code::Char('f'), false, true) => self.word_right(),
            (Code::Home, ..) | (Code::Char('a'), true, false) => 0,
            (Code::End, ..) | (Code::Char('e'), true, false) => self.text.len(),
            (Code::Backspace, false, false) | (Code::Char('h'), true, false) => return self.cut(self.left()),
            (Code::Backspace, ..) | (Code::Char('w'), true, false) => return self.cut(self.word_left()),
            (Code::Delete, ..) | (Code::Char('d'), true, false) => return self.cut(self.right()),
            (Code::Char('u'), true, false) => return self.cut(0),
            (Code::Char('k'), true, false) => return self.cut(self.text.len()),
            _ => return Typed::Ignored,
        };
        self.cursor = to;
        Typed::Taken
    }

    /// Draws the field in the first row of `area`, scrolled so that the cursor is seen; shows the cursor when `focused`.
    pub fn view(&self, frame: &mut Frame, area: Rect, theme: &Theme, focused: Option<Style>) {
        let shown = |text: &str| if self.secret { dots(text, theme) } else { text.to_owned() };
        let (before, all) = (shown(self.before()), shown(&self.text));
        let room = area.width.saturating_sub(1);
        let mut from = 0;
        for grapheme in before.graphemes(true) {
            if width(before.get(from..).unwrap_or("")) <= room {
                break;
            }
            from += grapheme.len();
        }
        let style = focused.unwrap_or(theme.text);
        let mut pen = Pen::new(frame.buffer_mut(), theme, area, 0);
        pen.put(all.get(from..).unwrap_or(""), style);
        if focused.is_some() && area.width > 0 && area.height > 0 {
            let x = area.x + width(before.get(from..).unwrap_or("")).min(room);
            frame.set_cursor_position(Position::new(x, area.y));
        }
    }

    fn cut(&mut self, to: usize) -> Typed {
        let (from, to) = (self.cursor.min(to), self.cursor.max(to));
        if from == to {
            return Typed::Taken;
        }
        self.text.drain(from..to);
        self.cursor = from;
        Typed::Changed
    }

    fn left(&self) -> usize {
        self.before().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn right(&self) -> usize {
        let after = self.text.get(self.cursor..).unwrap_or("");
        after.graphemes(true).next().map_or(self.text.len(), |grapheme| self.cursor + grapheme.len())
    }

    fn word_left(&self) -> usize {
        self.before().unicode_word_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn word_right(&self) -> usize {
        let after = self.text.get(self.cursor..).unwrap_or("");
        after.unicode_word_indices().next().map_or(self.text.len(), |(at, word)| self.cursor + at + word.len())
    }
}

/// One glyph for each grapheme.
fn dots(text: &str, theme: &Theme) -> String {
    theme.glyph.hidden.repeat(text.graphemes(true).count())
}

#[cfg(test)]
mod tests {
    use super::{TextField, Typed};

    /// Text with `|` for the cursor, keys, text after.
    fn edited(before: &str, keys: &str) -> String {
        let mut field = TextField::new(before.replace('|', ""));
        field.cursor = before.find('|').unwrap();
        for key in keys.split(' ') {
            field.key(key.parse().unwrap());
        }
        let (left, right) = field.text.split_at(field.cursor);
        format!("{left}|{right}")
    }

    #[test]
    fn keys_move_and_cut_as_in_a_shell() {
        let cases = [
            ("nik|", "k i", "nikki|"),
            ("e\u{301}a|", "left backspace", "|a"),
            ("ab|cd", "home x end y", "xabcdy|"),
            ("one two|", "ctrl-w", "one |"),
            ("one two|", "alt-b ctrl-k", "one |"),
            ("one |two", "ctrl-u", "|two"),
            ("|one two", "ctrl-right delete", "one|two"),
            ("a👨‍👩‍👧b|", "left left", "a|👨‍👩‍👧b"),
        ];
        for (before, keys, after) in cases {
            assert_eq!(edited(before, keys), after, "{before} {keys}");
        }
    }

    #[test]
    fn keys_of_others_are_left_to_them() {
        let mut field = TextField::new("x");
        for key in ["enter", "esc", "tab", "ctrl-s", "up", "f1"] {
            assert_eq!(field.key(key.parse().unwrap()), Typed::Ignored, "{key}");
        }
    }

    #[test]
    fn a_paste_is_one_line() {
        let mut field = TextField::default();
        field.insert("two\nlines\n");
        assert_eq!(field.text(), "two lines");
    }
}
