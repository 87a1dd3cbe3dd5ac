//! Typing: pairs of brackets and quotes, new lines and their indentation, deleting by levels.

use tui_textarea::CursorMove;

use super::{Buffer, Spot};
use crate::console::editor::draft::leading;

impl Buffer {
    /// Types a character. Brackets and quotes come in pairs; typing the second of a pair steps over it.
    pub(super) fn typed(&mut self, c: char) {
        let (before, after) = self.halves();
        let (within, next) = (Within::of(before), after.chars().next());
        let is_free = next.is_none_or(|next| next.is_whitespace() || matches!(next, '}' | ']' | ',' | ':'));
        match (c, within) {
            _ if self.area.is_selecting() => self.area.insert_char(c),
            ('"', Within::String) if next == Some('"') => self.area.move_cursor(CursorMove::Forward),
            ('"', Within::Json) if is_free => self.pair("\"\""),
            ('{', Within::Json) if is_free && self.unclosed() >= 0 => self.pair("{}"),
            ('[', Within::Json) if is_free && self.unclosed() >= 0 => self.pair("[]"),
            ('}' | ']', Within::Json) => self.close(c),
            _ => self.area.insert_char(c),
        }
    }

    fn pair(&mut self, both: &str) {
        self.area.insert_str(both);
        self.area.move_cursor(CursorMove::Back);
    }

    /// Types a closing bracket: steps over the one that is there already, or goes a level back and puts it in.
    fn close(&mut self, c: char) {
        let Spot { line, .. } = self.cursor();
        let is_blank = self.line().trim().is_empty();
        match self.next_closing(c).filter(|_| self.unclosed() <= 0) {
            Some(spot) if is_blank && spot.line > line => {
                self.go(Spot { line, column: 0 });
                self.area.delete_str(self.line().chars().count() + 1);
                self.go(Spot { line: spot.line - 1, column: spot.column + 1 });
            }
            Some(spot) => self.go(Spot { column: spot.column + 1, ..spot }),
            None => {
                if self.halves().0.trim().is_empty() {
                    self.dedent();
                }
                self.area.insert_char(c);
            }
        }
    }

    /// Where this bracket comes next, with nothing but blanks before it.
    fn next_closing(&self, c: char) -> Option<Spot> {
        let Spot { line, column } = self.cursor();
        let lines = self.area.lines().iter().enumerate().skip(line);
        let mut rest = lines.flat_map(|(at, text)| {
            let first = if at == line { column } else { 0 };
            text.chars().enumerate().skip(first).map(move |(column, c)| (Spot { line: at, column }, c))
        });
        let (spot, found) = rest.find(|(_, c)| !c.is_whitespace())?;
        (found == c).then_some(spot)
    }

    /// How many more brackets are opened than closed.
    fn unclosed(&self) -> isize {
        let brackets = |line: &String| {
            let mut within = Within::Json;
            line.chars()
                .map(|c| {
                    within = within.past(c);
                    match (c, within) {
                        ('{' | '[', Within::Json) => 1,
                        ('}' | ']', Within::Json) => -1,
                        _ => 0,
                    }
                })
                .sum::<isize>()
        };
        self.area.lines().iter().map(brackets).sum()
    }

    /// A new line, as far in as this one, one level more behind an opening bracket; a closing one goes to its own line.
    pub(super) fn new_line(&mut self) {
        // What is selected goes first: the new line begins where it began.
        self.area.delete_str(0);
        let (before, after) = self.halves();
        let depth = leading(before);
        let opens = before.trim_end().ends_with(['{', '[']);
        let closes = after.trim_start().starts_with(['}', ']']);
        let inner = format!("\n{}", " ".repeat(depth + if opens { self.indent } else { 0 }));
        if opens && closes {
            let spot = self.cursor();
            self.area.insert_str(format!("{inner}\n{}", " ".repeat(depth)));
            self.go(Spot { line: spot.line + 1, column: inner.len() - 1 });
        } else {
            self.area.insert_str(inner);
        }
    }

    pub(super) fn to_next_level(&self) -> usize {
        self.indent - self.cursor().column % self.indent
    }

    /// Takes a level of indentation away from the line.
    pub(super) fn dedent(&mut self) {
        let spot = self.cursor();
        let spaces = leading(self.line()).min(self.indent);
        if spaces > 0 {
            self.go(Spot { column: 0, ..spot });
            self.area.delete_str(spaces);
            self.go(Spot { column: spot.column.saturating_sub(spaces), ..spot });
        }
    }

    /// Deletes to the left; in the indentation a whole level, of a pair with nothing in it both.
    pub(super) fn backspace(&mut self) {
        let (before, after) = self.halves();
        let is_pair = match (before.chars().next_back(), after.chars().next()) {
            (Some('{'), Some('}')) | (Some('['), Some(']')) => Within::of(before) == Within::Json,
            // The first of a pair opens a string; one behind a backslash does not.
            (Some('"'), Some('"')) => before.strip_suffix('"').map(Within::of) == Some(Within::Json),
            _ => false,
        };
        if is_pair && !self.area.is_selecting() {
            self.area.delete_next_char();
            self.area.delete_char();
            return;
        }
        let is_level =
            !before.is_empty() && before.chars().all(|c| c == ' ') && before.len().is_multiple_of(self.indent);
        if is_level && !self.area.is_selecting() {
            self.dedent();
        } else {
            self.area.delete_char();
        }
    }
}

/// What a place of a line stands in. Strings of JSON end with their line at the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Json,
    String,
    /// In a string, behind a backslash.
    Escape,
}

impl Within {
    /// Behind this beginning of a line.
    fn of(before: &str) -> Self {
        before.chars().fold(Self::Json, Self::past)
    }

    /// Behind one more character.
    fn past(self, c: char) -> Self {
        match (self, c) {
            (Self::Json, '"') | (Self::Escape, _) => Self::String,
            (Self::String, '"') => Self::Json,
            (Self::String, '\\') => Self::Escape,
            (within, _) => within,
        }
    }
}
