//! A text cut into words of JSON, without judging them.

use super::Span;

/// The sorts of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// One of `{ [`.
    Open(char),
    /// One of `} ]`.
    Close(char),
    Colon,
    Comma,
    /// From its quote to the closing one, or to the end of the line.
    String,
    /// Digits, signs, points and exponents.
    Number,
    /// A string in other quotes than JSON's, on one line: `'…'`, `“…”`.
    Quoted,
    /// From `//` to the end of the line, or from `/*` to `*/`. JSON has none.
    Comment,
    /// Letters.
    Word,
    /// Anything else.
    Unknown,
}

/// Quotes that text editors and other languages write. Any of a row closes what any of it opens.
const QUOTES: [&[char]; 3] = [&['\''], &['“', '”', '„'], &['‘', '’', '‚']];

/// One word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexeme {
    pub(super) sort: Sort,
    pub(super) span: Span,
}

/// Walks over a text word by word.
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// How long the run of such bytes is.
    fn run(&self, fits: impl Fn(u8) -> bool) -> usize {
        self.rest().iter().take_while(|byte| fits(**byte)).count()
    }

    /// The length of the string that starts here, with both quotes, or up to the end of its line.
    fn string(&self) -> usize {
        let rest = self.rest();
        let mut at = 1;
        while let Some(found) = rest.get(at..).and_then(|rest| memchr::memchr3(b'"', b'\\', b'\n', rest)) {
            at += found;
            match rest.get(at) {
                Some(b'"') => return at + 1,
                // A backslash before the end of the line escapes nothing.
                Some(b'\\') if rest.get(at + 1).is_some_and(|next| *next != b'\n') => at += 2,
                Some(b'\\') => at += 1,
                _ => return at - usize::from(rest.get(at - 1) == Some(&b'\r')),
            }
        }
        rest.len()
    }

    /// The length of a string in other quotes, if one starts here and ends on its line.
    fn quoted(&self) -> Option<usize> {
        let rest = self.text.get(self.at..)?;
        let first = rest.chars().next()?;
        let quotes = QUOTES.into_iter().find(|quotes| quotes.contains(&first))?;
        let inner = rest.get(first.len_utf8()..)?;
        let (end, last) = inner.char_indices().find(|(_, c)| *c == '\n' || quotes.contains(c))?;
        (last != '\n').then(|| first.len_utf8() + end + last.len_utf8())
    }

    /// The length of a comment, if one starts here.
    fn comment(&self) -> Option<usize> {
        let rest = self.rest();
        match rest.get(..2)? {
            b"//" => Some(memchr::memchr(b'\n', rest).unwrap_or(rest.len())),
            b"/*" => Some(memchr::memmem::find(rest.get(2..)?, b"*/").map_or(rest.len(), |at| at + 4)),
            _ => None,
        }
    }

    /// The length of what fits nowhere else: up to the next byte that could start something.
    fn unknown(&self) -> usize {
        let known = |byte: u8| b"{}[]:,\" \t\r\n".contains(&byte) || byte.is_ascii_alphanumeric();
        self.run(|byte| !known(byte)).max(1)
    }
}

impl Iterator for Lexer<'_> {
    type Item = Lexeme;

    fn next(&mut self) -> Option<Lexeme> {
        self.at += self.run(|byte| b" \t\r\n".contains(&byte));
        let first = *self.rest().first()?;
        let (sort, length) = match first {
            b'{' | b'[' => (Sort::Open(char::from(first)), 1),
            b'}' | b']' => (Sort::Close(char::from(first)), 1),
            b':' => (Sort::Colon, 1),
            b',' => (Sort::Comma, 1),
            b'"' => (Sort::String, self.string()),
            b'0'..=b'9' | b'-' | b'+' | b'.' => {
                (Sort::Number, self.run(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)))
            }
            _ if first.is_ascii_alphabetic() => (Sort::Word, self.run(|byte| byte.is_ascii_alphanumeric())),
            _ => {
                let quoted = self.quoted().map(|length| (Sort::Quoted, length));
                let comment = || self.comment().map(|length| (Sort::Comment, length));
                quoted.or_else(comment).unwrap_or_else(|| (Sort::Unknown, self.unknown()))
            }
        };
        let span = Span::new(self.at, self.at + length);
        self.at = span.end;
        Some(Lexeme { sort, span })
    }
}
