//! The text being edited: keys into edits, with indentation, undo and search. It draws nothing and knows no policy.

mod typing;

use tui_textarea::{CursorMove, TextArea, WrapMode};

use super::draft::{indent_of, leading};
use crate::console::key::{Code, Key};
use crate::console::widget::Typed;

/// How many edits can be taken back.
const EDITS_MAX: usize = 1000;

/// A place in the text: line and character of it, both from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The line.
    pub line: usize,
    /// The character of the line.
    pub column: usize,
}

impl Spot {
    /// The place of a byte of a text.
    pub fn of(text: &str, byte: usize) -> Self {
        let head = text.get(..byte).unwrap_or(text);
        let column = head.rsplit('\n').next().map_or(0, |line| line.chars().count());
        Self { line: head.matches('\n').count(), column }
    }
}

/// A text with a cursor and its history.
#[derive(Debug)]
pub struct Buffer {
    area: TextArea<'static>,
    indent: usize,
}

impl Buffer {
    /// A text, the cursor at its start.
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::from(text.split('\n').map(|line| line.trim_end_matches('\r')));
        area.set_max_histories(EDITS_MAX);
        area.set_wrap_mode(WrapMode::None);
        Self { area, indent: indent_of(text) }
    }

    /// The text as it is.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// How many spaces a level is indented by.
    pub fn indent(&self) -> usize {
        self.indent
    }

    /// Its lines.
    pub fn lines(&self) -> &[String] {
        self.area.lines()
    }

    /// Where the cursor is.
    pub fn cursor(&self) -> Spot {
        let at = self.area.cursor();
        Spot { line: at.0, column: at.1 }
    }

    /// What is selected, from its first character up to the one behind it.
    pub fn selection(&self) -> Option<(Spot, Spot)> {
        let ((from_line, from), (to_line, to)) = self.area.selection_range()?;
        Some((Spot { line: from_line, column: from }, Spot { line: to_line, column: to }))
    }

    /// Goes to a place, or as near as there is one.
    pub fn go(&mut self, spot: Spot) {
        self.area.cancel_selection();
        self.area.move_cursor(jump(spot.line, spot.column));
    }

    /// Selects the next text in angle brackets, around the end; false when there is none. Comparison has no place in JSON,
    /// so only words in brackets count.
    pub fn select_place(&mut self, from: Spot) -> bool {
        let lines = self.area.lines().len();
        let found = (0..=lines).find_map(|step| {
            let line = (from.line + step) % lines.max(1);
            let first = if step == 0 { from.column } else { 0 };
            place_in(self.area.lines().get(line)?, first).map(|columns| (line, columns))
        });
        let Some((line, columns)) = found else { return false };
        self.go(Spot { line, column: columns.start });
        self.area.start_selection();
        self.area.move_cursor(jump(line, columns.end));
        true
    }

    /// Takes a key in. `page` is how many lines are shown.
    pub fn key(&mut self, key: Key, page: usize) -> Typed {
        if let Some(c) = key.typed() {
            self.typed(c);
            return Typed::Changed;
        }
        match (key.code, key.ctrl) {
            (Code::Enter, _) => self.new_line(),
            (Code::Tab, false) if key.shift => self.dedent(),
            (Code::Tab, false) => drop(self.area.insert_str(" ".repeat(self.to_next_level()))),
            (Code::Backspace, false) => self.backspace(),
            (Code::Backspace | Code::Char('w'), true) => drop(self.area.delete_word()),
            (Code::Delete, false) | (Code::Char('d'), true) => drop(self.area.delete_next_char()),
            (Code::Delete, true) => drop(self.area.delete_next_word()),
            (Code::Char('k'), true) => drop(self.area.delete_line_by_end()),
            (Code::Char('u'), true) => drop(self.area.delete_line_by_head()),
            _ => return if self.moved(key, page) { Typed::Taken } else { Typed::Ignored },
        }
        Typed::Changed
    }

    /// Puts pasted text in as one edit.
    pub fn paste(&mut self, text: &str) {
        self.area.insert_str(text);
    }

    /// Puts another text in place of all of it; one step back brings the old one back.
    pub fn replace(&mut self, text: &str) {
        let before = self.cursor();
        self.area.select_all();
        self.area.insert_str(text);
        self.go(before);
    }

    /// Puts a text in place of so many characters from a place on, and more behind the cursor: two steps back at most.
    pub fn put(&mut self, from: Spot, characters: usize, text: &str, behind: &str) {
        self.go(from);
        // The widget reaches no column beyond 65,535: elsewhere nothing is to be put in place of anything.
        if self.cursor() != from {
            return;
        }
        self.area.delete_str(characters);
        self.area.insert_str(format!("{text}{behind}"));
        for _ in behind.chars() {
            self.area.move_cursor(CursorMove::Back);
        }
    }

    /// Takes the last edit back.
    pub fn undo(&mut self) {
        // A replacement empties the text first; nobody wants to see that.
        if self.area.undo() && self.area.is_empty() {
            self.area.undo();
        }
    }

    /// Makes the edit again.
    pub fn redo(&mut self) {
        if self.area.redo() && self.area.is_empty() {
            self.area.redo();
        }
    }

    /// Goes to the next place with this text, around the end; false when there is none.
    pub fn find(&mut self, text: &str, from_here: bool) -> bool {
        self.area.cancel_selection();
        // A pattern whose special characters are escaped is always one.
        self.area.set_search_pattern(regex::escape(text)).is_ok() && self.area.search_forward(from_here)
    }

    fn line(&self) -> &str {
        self.area.lines().get(self.cursor().line).map_or("", String::as_str)
    }

    /// The text of the line before the cursor and behind it.
    fn halves(&self) -> (&str, &str) {
        let line = self.line();
        let at = line.char_indices().nth(self.cursor().column).map_or(line.len(), |(at, _)| at);
        line.split_at_checked(at).unwrap_or((line, ""))
    }

    fn moved(&mut self, key: Key, page: usize) -> bool {
        let Spot { line, column } = self.cursor();
        let last = self.area.lines().len().saturating_sub(1);
        let to = match (key.code, key.ctrl || key.alt) {
            (Code::Left, false) => CursorMove::Back,
            (Code::Right, false) => CursorMove::Forward,
            (Code::Left, true) => CursorMove::WordBack,
            (Code::Right, true) => CursorMove::WordForward,
            (Code::Up, false) => CursorMove::Up,
            (Code::Down, false) => CursorMove::Down,
            (Code::Home, true) => jump(0, 0),
            (Code::End, true) => jump(last, usize::MAX),
            (Code::Home, false) | (Code::Char('a'), true) => {
                let text_start = leading(self.line());
                jump(line, if column == text_start { 0 } else { text_start })
            }
            (Code::End, false) => CursorMove::End,
            (Code::PageUp, _) => jump(line.saturating_sub(page), column),
            (Code::PageDown, _) => jump((line + page).min(last), column),
            _ => return false,
        };
        match (key.shift, self.area.is_selecting()) {
            (true, false) => self.area.start_selection(),
            (false, true) => self.area.cancel_selection(),
            _ => {}
        }
        self.area.move_cursor(to);
        true
    }
}

fn jump(line: usize, column: usize) -> CursorMove {
    CursorMove::Jump(u16::try_from(line).unwrap_or(u16::MAX), u16::try_from(column).unwrap_or(u16::MAX))
}

/// The first `<word>` of a line from a column on, in columns.
fn place_in(line: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let characters: Vec<char> = line.chars().collect();
    let opens = characters.iter().enumerate().skip(from).filter(|(_, c)| **c == '<').map(|(at, _)| at);
    opens.into_iter().find_map(|open| {
        let rest = characters.get(open + 1..)?;
        let length = rest.iter().position(|c| *c == '>').filter(|length| *length > 0)?;
        let is_word = rest.iter().take(length).all(|c| c.is_alphanumeric() || *c == '-');
        is_word.then_some(open..open + length + 2)
    })
}

#[cfg(test)]
mod tests;
