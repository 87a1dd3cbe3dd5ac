//! Quoting for a shell, so that what is pasted is what was meant, and what is shown hides nothing.

use crate::text::is_plain;

/// The text as one word of a POSIX shell; with invisible characters in it, as bash and zsh write them, `$'…'`.
///
/// A NUL cannot be in a word; the caller sees to it that there is none.
pub(super) fn word(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "_@%+=:,./-".contains(c);
    if !text.is_empty() && text.chars().all(bare) {
        return text.to_owned();
    }
    if text.chars().all(is_plain) {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    let mut out = String::from("$'");
    for c in text.chars() {
        match c {
            '\'' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // A shell may look for history in it.
            '!' => out.push_str("\\x21"),
            c if is_plain(c) => out.push(c),
            c => bytes(&mut out, c),
        }
    }
    out.push('\'');
    out
}

/// The character byte by byte: `\u` is not known to every bash, and depends on the locale.
fn bytes(out: &mut String, c: char) {
    use std::fmt::Write as _;
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        // Writing to a string cannot fail.
        let _ = write!(out, "\\x{byte:02x}");
    }
}

/// JSON text with every invisible character in it escaped, as only strings can hold one.
pub fn escape_json(json: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '\n' || is_plain(c) {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escape_json, word};

    #[test]
    fn words_are_quoted_only_as_much_as_needed() {
        assert_eq!(word("arn:aws:iam::1:user/a@b"), "arn:aws:iam::1:user/a@b");
        assert_eq!(word(""), "''");
        assert_eq!(word("a b$c"), "'a b$c'");
        assert_eq!(word("it's"), r"'it'\''s'");
        assert_eq!(word("a\n!\u{202e}'"), r"$'a\n\x21\xe2\x80\xae\''");
    }

    #[test]
    fn json_hides_nothing() {
        assert_eq!(escape_json("\"é\u{202e}\u{e0041}\""), "\"é\\u202e\\udb40\\udc41\"");
    }
}
