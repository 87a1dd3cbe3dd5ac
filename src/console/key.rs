//! Keys: what was pressed, how it is spelled in a configuration file, and how a footer shows it.
//!
//! A character already carries its shift; `shift` is said only of keys that have none, as `shift-tab`.

use std::fmt;
use std::str::FromStr;

/// Which key, whatever is held with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character, as typed.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tabulator.
    Tab,
    /// Delete to the left.
    Backspace,
    /// Delete to the right.
    Delete,
    /// Insert.
    Insert,
    /// To the start.
    Home,
    /// To the end.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// A function key, 1 to 24.
    F(u8),
}

/// A key with what was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Control was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held, where the code does not say so itself.
    pub shift: bool,
}

impl Key {
    /// A key alone.
    pub const fn of(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character alone.
    pub const fn char(c: char) -> Self {
        Self::of(Code::Char(c))
    }

    /// A character with control.
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false, shift: false }
    }

    /// The character this key types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// The names of keys that are not characters, as configuration spells them.
const NAMES: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("insert", Code::Insert),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("space", Code::Char(' ')),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "f{n}"),
            _ => Ok(()),
        }
    }
}

/// A key's name that nobody knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no key; write it like `n`, `ctrl-s`, `shift-tab`, `f1` or `space`")]
pub struct UnknownKey(String);

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        let mut key = Self::char('\0');
        let mut rest = text;
        loop {
            let (held, name) = match rest.split_once('-') {
                Some(("ctrl", name)) => (&mut key.ctrl, name),
                Some(("alt", name)) => (&mut key.alt, name),
                Some(("shift", name)) => (&mut key.shift, name),
                _ => break,
            };
            *held = true;
            rest = name;
        }
        key.code = code_named(rest).ok_or_else(|| UnknownKey(text.to_owned()))?;
        Ok(key)
    }
}

/// The code with this name.
fn code_named(name: &str) -> Option<Code> {
    if let Some((_, code)) = NAMES.iter().find(|(n, _)| *n == name) {
        return Some(*code);
    }
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Some(Code::Char(c)),
        (Some('f'), Some(_)) => name.get(1..)?.parse().ok().filter(|n| (1..=24).contains(n)).map(Code::F),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Key};

    #[test]
    fn names_go_there_and_back() {
        for name in ["n", "ctrl-s", "shift-tab", "space", "f12", "alt-x", "-", "ctrl--", "pgdn", "?", "ctrl-alt-space"]
        {
            assert_eq!(name.parse::<Key>().expect(name).to_string(), name);
        }
    }

    #[test]
    fn unknown_names_are_refused() {
        for name in ["", "hyper-x", "f25", "ab", "ctrl-"] {
            assert!(name.parse::<Key>().is_err(), "{name}");
        }
    }

    #[test]
    fn only_plain_characters_type() {
        assert_eq!(Key::char('ü').typed(), Some('ü'));
        assert_eq!(Key::ctrl('a').typed(), None);
        assert_eq!(Key::of(Code::Enter).typed(), None);
    }
}
