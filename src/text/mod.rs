//! Text on its way out: every hostile character made visible, at every sink.
//!
//! Nothing here knows where the text goes. Screen, stdout, logs, errors, window title and clipboard all call
//! [`visible`] before a value that came from outside reaches them.

use std::borrow::Cow;

/// The text with every control, bidirectional, zero-width, tag and other invisible character replaced by a visible
/// escape: `\u{202e}` for U+202E, `\n` for a line feed. Text without any is returned as it is.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            c if is_plain(c) => out.push(c),
            '\n' | '\r' | '\t' => out.extend(c.escape_default()),
            c => out.extend(c.escape_unicode()),
        }
    }
    Cow::Owned(out)
}

/// Whether a character can be shown as it is: it takes up room, and does nothing to its neighbours.
pub fn is_plain(c: char) -> bool {
    match c {
        ' '..='~' => true,
        '\0'..='\u{9f}' | '\u{ad}' => false,
        // Grapheme joiners, Hangul fillers, Mongolian and zero-width characters, bidi controls, separators.
        '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' => false,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' => false,
        '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => false,
        // Shorthand and musical format controls, tags, variation selectors, private use.
        '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}' => false,
        '\u{e000}'..='\u{f8ff}' => false,
        // Spaces that look like the ordinary one, or like nothing.
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(visible("mateo, Ünïcode 日本"), std::borrow::Cow::Borrowed(_)));
    }

    #[test]
    fn hostile_characters_are_spelled_out() {
        assert_eq!(visible("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(visible("adm\u{202e}nimda"), "adm\\u{202e}nimda");
        assert_eq!(visible("two\u{200b}\nlines"), "two\\u{200b}\\nlines");
        assert_eq!(visible("tag\u{e0041}"), "tag\\u{e0041}");
    }
}
