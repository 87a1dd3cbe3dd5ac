//! The text being edited: keys into edits, with indentation, undo and search. It draws nothing and knows no policy.

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

    /// Types a character. Brackets and quotes come in pairs; typing the second of a pair steps over it.
    fn typed(&mut self, c: char) {
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
    fn new_line(&mut self) {
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

    fn to_next_level(&self) -> usize {
        self.indent - self.cursor().column % self.indent
    }

    /// Takes a level of indentation away from the line.
    fn dedent(&mut self) {
        let spot = self.cursor();
        let spaces = leading(self.line()).min(self.indent);
        if spaces > 0 {
            self.go(Spot { column: 0, ..spot });
            self.area.delete_str(spaces);
            self.go(Spot { column: spot.column.saturating_sub(spaces), ..spot });
        }
    }

    /// Deletes to the left; in the indentation a whole level, of a pair with nothing in it both.
    fn backspace(&mut self) {
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
mod tests {
    use super::{Buffer, Spot};

    /// Text with `|` at the cursor, keys, text after.
    fn edited(before: &str, keys: &str) -> String {
        let at = before.find('|').unwrap();
        let head = &before[..at];
        let mut buffer = Buffer::new(&before.replace('|', ""));
        let line = head.matches('\n').count();
        buffer.go(Spot { line, column: head.rsplit('\n').next().unwrap().chars().count() });
        for key in keys.split(' ') {
            buffer.key(key.parse().unwrap(), 10);
        }
        let spot = buffer.cursor();
        let mut lines = buffer.lines().to_vec();
        let at = lines[spot.line].char_indices().nth(spot.column).map_or(lines[spot.line].len(), |(at, _)| at);
        lines[spot.line].insert(at, '|');
        lines.join("\n")
    }

    #[test]
    fn lines_are_indented_as_they_are_begun() {
        let cases = [
            ("{|", "enter", "{\n    |"),
            ("{|}", "enter", "{\n    |\n}"),
            ("  \"a\": [|", "enter", "  \"a\": [\n    |"),
            ("    x,|", "enter y", "    x,\n    y|"),
            ("{\n    |", "}", "{\n}|"),
            ("        |", "backspace", "|"),
            ("    a|", "backspace", "    |"),
            ("|a", "tab", "    |a"),
            ("        a|", "shift-tab", "a|"),
        ];
        for (before, keys, after) in cases {
            assert_eq!(edited(before, keys), after, "{before:?} {keys}");
        }
    }

    #[test]
    fn brackets_and_quotes_come_in_pairs() {
        let cases = [
            ("|", "{", "{|}"),
            ("|", "{ \" a \" : [ ] }", "{\"a\":[]}|"),
            ("|", "{ enter \" a \" enter }", "{\n    \"a\"\n}|"),
            ("|", "[ backspace", "|"),
            ("|", "\" backspace", "|"),
            ("\"a|\"", "\"", "\"a\"|"),
            ("\"a|", "\"", "\"a\"|"),
            ("\"a\\|\"", "\"", "\"a\\\"|\""),
            ("\"$|\"", "{", "\"${|\""),
            ("|\"a\"", "[", "[|\"a\""),
            ("[[a|]", "]", "[[a]|]"),
            ("[a|]", "]", "[a]|"),
            ("|]", "[", "[|]"),
            ("{}|", "}", "{}}|"),
            ("\"a\\\"|\"", "backspace", "\"a\\|\""),
            ("\"\"|\"", "backspace", "\"|\""),
        ];
        for (before, keys, after) in cases {
            assert_eq!(edited(before, keys), after, "{before:?} {keys}");
        }
    }

    #[test]
    fn keys_move() {
        assert_eq!(edited("  ab|", "home x"), "  x|ab");
        assert_eq!(edited("  |ab", "home x"), "x|  ab");
        assert_eq!(edited("one\ntwo|", "ctrl-home x ctrl-end y"), "xone\ntwoy|");
        assert_eq!(edited("abc|", "shift-left shift-left x"), "ax|");
    }

    #[test]
    fn a_replacement_is_one_step_back() {
        let mut buffer = Buffer::new("{ }");
        buffer.replace("{\n}");
        buffer.undo();
        assert_eq!(buffer.text(), "{ }");
        buffer.redo();
        assert_eq!(buffer.text(), "{\n}");
    }

    #[test]
    fn places_are_selected_and_typed_over() {
        let mut buffer = Buffer::new("a < b <x y>\n\"<bucket>/<key>\"");
        assert!(buffer.select_place(Spot::default()));
        assert_eq!(buffer.cursor(), Spot { line: 1, column: 9 });
        buffer.key("z".parse().unwrap(), 10);
        assert!(buffer.select_place(buffer.cursor()));
        buffer.key("k".parse().unwrap(), 10);
        assert_eq!(buffer.lines()[1], "\"z/k\"");
        assert!(!buffer.select_place(buffer.cursor()));
    }

    #[test]
    fn a_new_line_takes_the_place_of_what_is_selected() {
        assert_eq!(
            edited("{\n  \"a\": [|x\n  y]}", "shift-down shift-home shift-right enter"),
            "{\n  \"a\": [\n    |\n  ]}"
        );
        assert_eq!(edited("{|x}", "shift-right enter"), "{\n    |\n}");
    }

    #[test]
    fn what_is_put_in_is_two_steps_back() {
        let mut buffer = Buffer::new("{\"é\": \"s3:Ge\"}");
        buffer.put(Spot { line: 0, column: 7 }, 6, "s3:GetObject\": [", "\"]");
        assert_eq!((buffer.text().as_str(), buffer.cursor().column), ("{\"é\": \"s3:GetObject\": [\"]}", 23));
        buffer.undo();
        buffer.undo();
        assert_eq!(buffer.text(), "{\"é\": \"s3:Ge\"}");
    }

    #[test]
    fn what_cannot_be_reached_is_left_as_it_is() {
        let text = format!("\"{}\"", "é".repeat(70_000));
        let mut buffer = Buffer::new(&text);
        buffer.put(Spot { line: 0, column: 70_001 }, 1, "x\"", "");
        assert_eq!(buffer.text(), text);
        buffer.key("end".parse().unwrap(), 10);
        assert_eq!(buffer.cursor().column, 70_002);
    }

    /// Numbers that look like chance.
    fn dice(seed: u64) -> impl FnMut(usize) -> usize {
        let mut state = seed;
        move |sides| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % sides
        }
    }

    /// All that is no white space, in order.
    fn ink(text: &str) -> Vec<char> {
        let mut all: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        all.sort_unstable();
        all
    }

    #[test]
    fn no_key_loses_text_and_every_edit_can_be_taken_back() {
        const PIECES: [&str; 16] =
            ["{", "}", "[", "]", "\"", "\\", ",", ":", " ", "\n", "\t", "    ", "é", "漢", "a", "\"x\": "];
        const KEYS: [&str; 20] = [
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "a",
            "é",
            "enter",
            "tab",
            "shift-tab",
            "backspace",
            "delete",
            "left",
            "right",
            "up",
            "end",
            "home",
            "shift-left",
        ];
        let mut dice = dice(1);
        for _ in 0..500 {
            let text: String = (0..dice(24)).map(|_| PIECES[dice(PIECES.len())]).collect();
            let mut buffer = Buffer::new(&text);
            buffer.go(Spot { line: dice(4), column: dice(12) });
            let mut told = Vec::new();
            for _ in 0..12 {
                let (before, selected) = (buffer.text(), buffer.selection().is_some());
                let key = KEYS[dice(KEYS.len())];
                told.push(key);
                buffer.key(key.parse().unwrap(), 5);
                let (after, spot) = (buffer.text(), buffer.cursor());
                assert!(spot.column <= buffer.lines()[spot.line].chars().count(), "{text:?} {told:?}");
                let (had, has) = (ink(&before), ink(&after));
                let lost = had.len().saturating_sub(has.len());
                let takes = matches!(key, "backspace" | "delete");
                assert!(selected || lost <= usize::from(takes) * 2, "{text:?} {told:?}: {before:?} {after:?}");
            }
            // More than all: of each key at most two edits.
            for _ in 0..30 {
                buffer.undo();
            }
            assert_eq!(buffer.text(), Buffer::new(&text).text(), "{told:?}");
        }
    }

    #[test]
    fn find_goes_round() {
        let mut buffer = Buffer::new("s3:*\nec2:*\ns3:*");
        assert!(buffer.find("s3:*", false));
        assert_eq!(buffer.cursor(), Spot { line: 2, column: 0 });
        assert!(buffer.find("s3:*", false));
        assert_eq!(buffer.cursor(), Spot { line: 0, column: 0 });
        assert!(!buffer.find("sqs", true));
    }
}
