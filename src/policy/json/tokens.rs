//! A text, broken or not, as tokens to colour.

use super::Span;
use super::lexer::{Lexeme, Lexer, Sort};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A string that is a key.
    Key,
    /// A string that is a value.
    String,
    /// A number.
    Number,
    /// `true`, `false` or `null`.
    Literal,
    /// One of `{ } [ ] : ,`.
    Punctuation,
    /// What has no place in JSON.
    Unknown,
}

/// A stretch of text to colour. What lies between tokens is white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it is.
    pub span: Span,
}

/// The tokens of a text, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut words = Lexer::new(text).peekable();
    let mut open = Vec::new();
    let mut before = None;
    let mut tokens = Vec::new();
    while let Some(word) = words.next() {
        match word.sort {
            Sort::Open(opener) => open.push(opener),
            Sort::Close(_) => drop(open.pop()),
            _ => {}
        }
        if word.sort == Sort::Comment {
            tokens.push(Token { kind: TokenKind::Unknown, span: word.span });
            continue;
        }
        let followed = words.peek().is_some_and(|next| next.sort == Sort::Colon);
        let starts = open.last() == Some(&'{') && matches!(before, Some(Sort::Open('{') | Sort::Comma));
        tokens.push(Token { kind: kind(text, word, followed || starts), span: word.span });
        before = Some(word.sort);
    }
    tokens
}

fn kind(text: &str, word: Lexeme, is_key: bool) -> TokenKind {
    match word.sort {
        Sort::String if is_key => TokenKind::Key,
        Sort::String => TokenKind::String,
        Sort::Number => TokenKind::Number,
        Sort::Word if matches!(word.span.of(text), "true" | "false" | "null") => TokenKind::Literal,
        Sort::Word | Sort::Quoted | Sort::Comment | Sort::Unknown => TokenKind::Unknown,
        _ => TokenKind::Punctuation,
    }
}

#[cfg(test)]
mod tests {
    use super::{TokenKind, tokens};

    #[test]
    fn broken_text_is_coloured_all_the_same() {
        let text = "{\"a\": [\"b\", 1, true, x, \"c\n \"d\"";
        let seen: Vec<_> = tokens(text)
            .iter()
            .filter(|t| t.kind != TokenKind::Punctuation)
            .map(|t| (t.kind, t.span.of(text)))
            .collect();
        assert_eq!(
            seen,
            [
                (TokenKind::Key, "\"a\""),
                (TokenKind::String, "\"b\""),
                (TokenKind::Number, "1"),
                (TokenKind::Literal, "true"),
                (TokenKind::Unknown, "x"),
                (TokenKind::String, "\"c"),
                (TokenKind::String, "\"d\""),
            ]
        );
    }

    #[test]
    fn a_key_is_one_before_its_colon_is_typed() {
        let kinds: Vec<_> = tokens("{\"a\": 1, \"Act").iter().map(|token| token.kind).collect();
        assert_eq!(kinds.last(), Some(&TokenKind::Key));
    }
}
