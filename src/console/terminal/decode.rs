//! Bytes from the terminal into input: keys, pastes, mouse, and the answers to what we asked.
//!
//! Pure: it is handed bytes and never reads. Why not crossterm's reader: it spins when the terminal hangs up, keeps the
//! rest of a burst longer than 1,024 bytes until the next key, and fights `$EDITOR` for the terminal from a thread of
//! its own. Forms follow "XTerm Control Sequences" and the kitty keyboard protocol.

use crate::console::key::{Code, Key};

/// What longest paste is taken in, in bytes; the rest is dropped. The longest document IAM takes has 131,072 characters.
pub const PASTE_BYTES_MAX: usize = 1 << 20;

/// What came from the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// Text pasted as a whole.
    Paste(String),
    /// The mouse.
    Mouse(Mouse),
    /// The terminal's background colour, in answer to our question.
    Background(u8, u8, u8),
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What was done.
    pub act: MouseAct,
    /// Column, from 0.
    pub x: u16,
    /// Row, from 0.
    pub y: u16,
}

/// The acts of a mouse that anything here answers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAct {
    /// The main button went down.
    Click,
    /// The wheel went up.
    Up,
    /// The wheel went down.
    Down,
}

/// What the first bytes of the buffer are.
enum Step {
    /// So many bytes, meaning this.
    Take(usize, Option<Input>),
    /// The start of something longer.
    More,
}

/// Takes bytes in and gives input out, remembering what is not whole yet.
#[derive(Debug, Default)]
pub struct Decoder {
    buffer: Vec<u8>,
    paste: Option<Vec<u8>>,
}

const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

impl Decoder {
    /// Takes in what was read and gives every input that is whole.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        self.buffer.extend_from_slice(bytes);
        while !self.buffer.is_empty() {
            if self.paste.is_some() {
                if !self.take_paste(out) {
                    return;
                }
                continue;
            }
            if self.buffer.starts_with(PASTE_START) {
                self.buffer.drain(..PASTE_START.len());
                self.paste = Some(Vec::new());
                continue;
            }
            match step(&self.buffer) {
                Step::Take(length, input) => {
                    self.buffer.drain(..length.max(1));
                    out.extend(input);
                }
                Step::More => return,
            }
        }
    }

    /// Whether the bytes so far are the start of a sequence whose rest should come at once.
    pub fn is_waiting(&self) -> bool {
        self.paste.is_none() && !self.buffer.is_empty()
    }

    /// Nothing more came: the bytes so far mean what they say by themselves.
    pub fn give_up(&mut self, out: &mut Vec<Input>) {
        let bytes = std::mem::take(&mut self.buffer);
        if let [0x1b, rest @ ..] = bytes.as_slice() {
            let held = std::str::from_utf8(rest).ok().and_then(|s| s.chars().next());
            out.push(Input::Key(match held {
                Some(c) => Key { alt: true, ..plain(c) },
                None => Key::of(Code::Esc),
            }));
        }
    }

    /// Moves the buffer into the paste; true once the paste has ended.
    fn take_paste(&mut self, out: &mut Vec<Input>) -> bool {
        let Some(paste) = self.paste.as_mut() else { return true };
        let end = self.buffer.windows(PASTE_END.len()).position(|w| w == PASTE_END);
        // What may be the first part of the end mark stays in the buffer.
        let upto = end.unwrap_or_else(|| self.buffer.len().saturating_sub(PASTE_END.len() - 1));
        let room = PASTE_BYTES_MAX.saturating_sub(paste.len());
        paste.extend(self.buffer.drain(..upto).take(room));
        if end.is_none() {
            return false;
        }
        self.buffer.drain(..PASTE_END.len());
        let text =
            String::from_utf8_lossy(&self.paste.take().unwrap_or_default()).replace("\r\n", "\n").replace('\r', "\n");
        out.push(Input::Paste(text));
        true
    }
}

/// Reads one input off the front. A lone Escape at the end is the key: nothing that follows comes apart from it but on
/// the slowest of links, and waiting would make every Escape late.
fn step(bytes: &[u8]) -> Step {
    match bytes {
        [0x1b] => take(1, Key::of(Code::Esc)),
        [0x1b, b'[', rest @ ..] => control_sequence(rest),
        [0x1b, b'O', rest @ ..] => match rest {
            [] => Step::More,
            [last, ..] => Step::Take(3, final_key(*last).map(|code| Input::Key(Key::of(code)))),
        },
        [0x1b, b']' | b'P' | b'_' | b'^', ..] => string_sequence(bytes),
        [0x1b, 0x1b, ..] => take(1, Key::of(Code::Esc)),
        [0x1b, rest @ ..] => match character(rest) {
            Some((length, c)) => take(length + 1, Key { alt: true, ..plain(c) }),
            None if is_cut_short(rest) => Step::More,
            None => Step::Take(2, None),
        },
        _ => match character(bytes) {
            Some((length, c)) => take(length, plain(c)),
            None if is_cut_short(bytes) => Step::More,
            None => Step::Take(1, None),
        },
    }
}

fn take(length: usize, key: Key) -> Step {
    Step::Take(length, Some(Input::Key(key)))
}

/// The first character, and how many bytes it takes.
fn character(bytes: &[u8]) -> Option<(usize, char)> {
    (1..=bytes.len().min(4)).find_map(|n| {
        let c = std::str::from_utf8(bytes.get(..n)?).ok()?.chars().next()?;
        Some((n, c))
    })
}

/// Whether the bytes are the start of a character whose rest is still to come.
fn is_cut_short(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
}

/// The key behind a character as a terminal in raw mode sends it.
fn plain(c: char) -> Key {
    match c {
        '\r' => Key::of(Code::Enter),
        '\t' => Key::of(Code::Tab),
        '\u{7f}' => Key::of(Code::Backspace),
        '\0' => Key::ctrl(' '),
        '\u{1b}' => Key::of(Code::Esc),
        '\u{1}'..='\u{1a}' => Key::ctrl(char::from(u8::try_from(u32::from(c)).unwrap_or(0) + b'a' - 1)),
        '\u{1c}'..='\u{1f}' => Key::ctrl(char::from(u8::try_from(u32::from(c)).unwrap_or(0) + b'@')),
        c => Key::char(c),
    }
}

/// The key that a sequence's last letter names.
fn final_key(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'M' => Code::Enter,
        b'P' => Code::F(1),
        b'Q' => Code::F(2),
        b'R' => Code::F(3),
        b'S' => Code::F(4),
        _ => return None,
    })
}

/// The key that a number before `~` names.
fn tilde_key(number: u16) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(u8::try_from(number - 10).ok()?),
        17..=21 => Code::F(u8::try_from(number - 11).ok()?),
        23..=24 => Code::F(u8::try_from(number - 12).ok()?),
        _ => return None,
    })
}

/// `ESC [` and what follows it.
fn control_sequence(rest: &[u8]) -> Step {
    let Some(end) = rest.iter().position(|b| (0x40..=0x7e).contains(b)) else {
        return if rest.len() > 64 { Step::Take(rest.len() + 2, None) } else { Step::More };
    };
    let (Some(body), Some(last)) = (rest.get(..end), rest.get(end)) else { return Step::More };
    let body = String::from_utf8_lossy(body);
    Step::Take(end + 3, sequence_input(&body, *last))
}

/// What a control sequence means, if it is one of ours.
fn sequence_input(body: &str, last: u8) -> Option<Input> {
    if let Some(mouse) = body.strip_prefix('<') {
        return mouse_input(mouse, last).map(Input::Mouse);
    }
    let mut numbers = body.split(';').map(|part| part.split(':').next().unwrap_or("").parse::<u16>().ok());
    let first = numbers.next().flatten();
    let held = numbers.next().flatten().unwrap_or(1).saturating_sub(1);
    let key = match last {
        b'Z' => Key { shift: true, ..Key::of(Code::Tab) },
        b'~' => Key::of(tilde_key(first?)?),
        b'u' => plain(char::from_u32(u32::from(first?))?),
        last => Key::of(final_key(last)?),
    };
    Some(Input::Key(hold(key, held)))
}

/// Adds what was held, in the bits of the kitty protocol: shift 1, alt 2, control 4.
fn hold(key: Key, held: u16) -> Key {
    let shift = key.shift || held & 1 != 0;
    let (code, shift) = match key.code {
        Code::Char(c) if shift => (Code::Char(c.to_uppercase().next().unwrap_or(c)), false),
        code => (code, shift),
    };
    Key { code, shift, alt: key.alt || held & 2 != 0, ctrl: key.ctrl || held & 4 != 0 }
}

/// A mouse report in SGR form: `button;column;row` and `M` for pressed.
fn mouse_input(body: &str, last: u8) -> Option<Mouse> {
    let mut numbers = body.split(';').map_while(|part| part.parse::<u16>().ok());
    let (button, x, y) = (numbers.next()?, numbers.next()?.checked_sub(1)?, numbers.next()?.checked_sub(1)?);
    let act = match (button, last) {
        (0, b'M') => MouseAct::Click,
        (64, b'M') => MouseAct::Up,
        (65, b'M') => MouseAct::Down,
        _ => return None,
    };
    Some(Mouse { act, x, y })
}

/// An answer that ends with `BEL` or `ESC \`.
fn string_sequence(bytes: &[u8]) -> Step {
    let bell = bytes.iter().position(|b| *b == 0x07).map(|at| (at, at + 1));
    let terminator = bytes.windows(2).position(|w| w == b"\x1b\\").map(|at| (at, at + 2));
    match bell.into_iter().chain(terminator).min() {
        Some((end, length)) => {
            let body = bytes.get(2..end).unwrap_or_default();
            Step::Take(length, background(&String::from_utf8_lossy(body)))
        }
        None if bytes.len() > 256 => Step::Take(bytes.len(), None),
        None => Step::More,
    }
}

/// The background colour in `11;rgb:1e1e/2020/3030`.
fn background(body: &str) -> Option<Input> {
    let mut parts = body.strip_prefix("11;rgb:")?.split('/').map(|part| u8::from_str_radix(part.get(..2)?, 16).ok());
    Some(Input::Background(parts.next()??, parts.next()??, parts.next()??))
}

#[cfg(test)]
mod tests {
    use super::{Decoder, Input, Mouse, MouseAct};
    use crate::console::key::Key;

    fn decode(chunks: &[&[u8]]) -> Vec<Input> {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        for chunk in chunks {
            decoder.feed(chunk, &mut out);
        }
        if decoder.is_waiting() {
            decoder.give_up(&mut out);
        }
        out
    }

    fn keys(bytes: &[u8]) -> String {
        let names: Vec<String> = decode(&[bytes])
            .into_iter()
            .map(|input| match input {
                Input::Key(key) => key.to_string(),
                other => format!("{other:?}"),
            })
            .collect();
        names.join(" ")
    }

    #[test]
    fn keys_as_xterm_sends_them() {
        assert_eq!(keys(b"j\r\t\x7f\x01\x1a"), "j enter tab backspace ctrl-a ctrl-z");
        assert_eq!(
            keys(b"\x1b[A\x1bOB\x1b[1;5C\x1b[Z\x1b[5~\x1b[3;2~"),
            "up down ctrl-right shift-tab pgup shift-delete"
        );
        assert_eq!(keys(b"\x1bOP\x1b[15~\x1b[24~\x1bx"), "f1 f5 f12 alt-x");
        assert_eq!(keys("ü日".as_bytes()), "ü 日");
    }

    #[test]
    fn keys_as_kitty_sends_them() {
        assert_eq!(keys(b"\x1b[27u\x1b[105;5u\x1b[115;6u\x1b[13;2u"), "esc ctrl-i ctrl-S shift-enter");
    }

    #[test]
    fn escape_alone_is_the_key_and_a_split_sequence_is_whole() {
        assert_eq!(keys(b"\x1b"), "esc");
        assert_eq!(decode(&[b"\x1b[", b"A"]), [Input::Key("up".parse::<Key>().unwrap())]);
        assert_eq!(decode(&[&[0xc3], &[0xbc]]), [Input::Key(Key::char('ü'))]);
        assert_eq!(keys(b"\x1b["), "alt-[");
    }

    #[test]
    fn a_paste_is_one_input_however_it_is_cut() {
        let whole = b"\x1b[200~{\r\n  \"a\": 1\r\x1b[201~q";
        for cut in 0..whole.len() {
            if cut == 1 {
                continue; // A cut just behind the first Escape reads as the key: the price of a quick Escape.
            }
            let (left, right) = whole.split_at(cut);
            let expected = [Input::Paste("{\n  \"a\": 1\n".to_owned()), Input::Key(Key::char('q'))];
            assert_eq!(decode(&[left, right]), expected, "cut at {cut}");
        }
    }

    #[test]
    fn answers_and_mouse() {
        assert_eq!(decode(&[b"\x1b]11;rgb:ffff/fafa/0000\x1b\\"]), [Input::Background(255, 250, 0)]);
        assert_eq!(decode(&[b"\x1b[?62;c\x1b[<0;3;5M"]), [Input::Mouse(Mouse { act: MouseAct::Click, x: 2, y: 4 })]);
        assert_eq!(decode(&[b"\x1b[<65;1;1M\x1b[<0;1;1m"]), [Input::Mouse(Mouse { act: MouseAct::Down, x: 0, y: 0 })]);
    }

    #[test]
    fn rubbish_is_dropped_and_what_follows_is_read() {
        assert_eq!(keys(b"\xff\xfe\x80k"), "k");
        assert_eq!(keys(b"\x1b[999Xk"), "k");
    }
}
