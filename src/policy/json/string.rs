//! What stands between the quotes of a JSON string.

use super::{Fault, FaultKind, Span};

/// Whether the text of a string token ends with its own closing quote.
fn closed(raw: &str) -> bool {
    let Some(inner) = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return false };
    // An odd number of backslashes before the quote escapes it.
    inner.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0
}

/// The text of a string token, unescaped; what is wrong with it goes to `faults`.
pub(super) fn unescape(text: &str, span: Span, faults: &mut Vec<Fault>) -> String {
    let raw = span.of(text);
    let is_closed = closed(raw);
    let inner = raw.get(1..raw.len() - usize::from(is_closed)).unwrap_or_default();
    let plain = !inner.bytes().any(|byte| byte == b'\\' || byte < 0x20);
    let value = if plain { inner.to_owned() } else { slowly(inner, span.start + 1, faults) };
    if !is_closed {
        faults.push(Fault { kind: FaultKind::UnclosedString, span });
    }
    value
}

/// Unescapes character by character. `start` is where `inner` stands in the text.
fn slowly(inner: &str, start: usize, faults: &mut Vec<Fault>) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut at = 0;
    while let Some(c) = inner.get(at..).and_then(|rest| rest.chars().next()) {
        let (length, result) =
            if c == '\\' { escape(inner.get(at..).unwrap_or_default()) } else { (c.len_utf8(), plain(c)) };
        match result {
            Ok(c) => out.push(c),
            Err((kind, replacement)) => {
                out.push(replacement);
                faults.push(Fault { kind, span: Span::new(start + at, start + at + length) });
            }
        }
        at += length;
    }
    out
}

/// A character, or what is wrong and what to read in its place.
type Read = Result<char, (FaultKind, char)>;

/// A character that stands for itself.
fn plain(c: char) -> Read {
    if c < ' ' { Err((FaultKind::ControlCharacter, c)) } else { Ok(c) }
}

/// The escape sequence that `rest` starts with: its length, and its character.
fn escape(rest: &str) -> (usize, Read) {
    let Some(c) = rest.chars().nth(1) else { return (1, Err((FaultKind::BadEscape, '\\'))) };
    let simple = match c {
        '"' | '\\' | '/' => c,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(rest),
        _ => return (1 + c.len_utf8(), Err((FaultKind::BadEscape, c))),
    };
    (2, Ok(simple))
}

/// The four hexadecimal digits of a `\uXXXX` at the start of `rest`.
fn unit(rest: &str) -> Option<u32> {
    let digits = rest.strip_prefix("\\u")?.get(..4)?;
    if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) { u32::from_str_radix(digits, 16).ok() } else { None }
}

/// A `\uXXXX`, or two of them that are a surrogate pair.
fn unicode(rest: &str) -> (usize, Read) {
    let Some(high) = unit(rest) else { return (2, Err((FaultKind::BadEscape, 'u'))) };
    if let Some(c) = char::from_u32(high) {
        return (6, Ok(c));
    }
    let low = rest.get(6..).and_then(unit).filter(|low| (0xDC00..0xE000).contains(low));
    if let (0xD800..0xDC00, Some(low)) = (high, low) {
        let c = char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00));
        return (12, c.ok_or((FaultKind::LoneSurrogate, char::REPLACEMENT_CHARACTER)));
    }
    (6, Err((FaultKind::LoneSurrogate, char::REPLACEMENT_CHARACTER)))
}
