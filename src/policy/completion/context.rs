//! Where in a policy a cursor stands: the keys on the way there, whether a key or a value is due, and what is typed of it.

use super::{Candidate, CandidateKind};
use crate::policy::condition::Operator;
use crate::policy::json::{Span, Token, TokenKind, tokens};

/// The place of a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Context {
    /// The keys on the way from the top, lists passed over: `["Statement", "Action"]`.
    pub(super) path: Vec<String>,
    /// Whether a key is due.
    pub(super) is_key: bool,
    /// What is typed of the string up to the cursor, as it is written.
    pub(super) typed: String,
    /// The inside of the string at the cursor, or nothing where none is begun.
    pub(super) range: Span,
    /// The string that the cursor stands in.
    pub(super) string: Within,
    /// Whether a colon follows, of a key.
    pub(super) colon: bool,
    /// The other keys of the object, of a key.
    pub(super) siblings: Vec<String>,
}

/// What string a cursor stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Within {
    /// None.
    #[default]
    Nothing,
    /// One that is not closed yet.
    Open,
    /// One that is.
    Closed,
}

/// An object or a list that is open at the cursor.
struct Frame {
    is_object: bool,
    /// The key whose value is due.
    key: Option<String>,
    keys: Vec<String>,
}

impl Context {
    pub(super) fn at(text: &str, cursor: usize) -> Self {
        let all = tokens(text);
        let before = all.partition_point(|token| token.span.start < cursor);
        let (past, rest) = all.split_at_checked(before).unwrap_or((&all, &[]));
        let current = past.last().filter(|token| holds(text, token, cursor));
        let past = if current.is_some() { past.split_last().map_or(past, |(_, past)| past) } else { past };
        let mut frames: Vec<Frame> = Vec::new();
        for token in past {
            read(text, token, &mut frames);
        }
        let due = frames.last().is_some_and(|frame| frame.is_object && frame.key.is_none());
        let string = match current {
            None => Within::Nothing,
            Some(token) if is_closed(text, token) => Within::Closed,
            Some(_) => Within::Open,
        };
        let inside = current.map_or(Span::new(cursor, cursor), |token| {
            let start = token.span.start + 1;
            // A string that is not closed yet runs to the end of the line, and what stands there is not its own.
            let end = if string == Within::Closed { token.span.end - 1 } else { cursor };
            Span::new(start, end.max(start))
        });
        let mut context = Self {
            path: frames.iter().filter_map(|frame| frame.key.clone()).collect(),
            is_key: due,
            typed: text.get(inside.start..cursor).unwrap_or_default().to_owned(),
            range: inside,
            string,
            ..Self::default()
        };
        context.colon = rest.first().is_some_and(|token| token.span.of(text) == ":");
        if due {
            context.siblings = frames.pop().map(|frame| frame.keys).unwrap_or_default();
            context.siblings.extend(following(text, rest));
        }
        context
    }

    /// Whether the cursor stands in a string.
    pub(super) fn is_quoted(&self) -> bool {
        self.string != Within::Nothing
    }

    /// What a candidate replaces: the string with its closing quote.
    pub(super) fn replaced(&self) -> Span {
        Span::new(self.range.start, self.range.end + usize::from(self.string == Within::Closed))
    }

    /// A candidate as it has to stand in the text, before the cursor and behind it: in quotes, a key with its colon and the
    /// brackets or quotes of its value. What is only a beginning leaves the cursor inside the quotes.
    pub(super) fn dressed(&self, candidate: &Candidate) -> (String, String) {
        let quote = if self.is_quoted() { "" } else { "\"" };
        // Paths may hold quotes and backslashes.
        let label = candidate.label.replace('\\', "\\\\").replace('"', "\\\"");
        let begun = format!("{quote}{label}");
        let is_beginning = candidate.kind == CandidateKind::Variable || candidate.label.ends_with([':', '/']);
        if is_beginning {
            return (begun, "\"".to_owned());
        }
        if !self.is_key || self.colon {
            return (begun + "\"", String::new());
        }
        let (open, close) = value_of(self.path.len(), &candidate.label);
        (format!("{begun}\": {open}"), close.to_owned())
    }
}

/// How the value of a key begins and ends. Where one string may stand for a list, it is a string.
fn value_of(depth: usize, key: &str) -> (&'static str, &'static str) {
    match (depth, key) {
        (0, "Statement") => ("[", "]"),
        (1, "Condition" | "Principal" | "NotPrincipal") => ("{", "}"),
        (2, operator) if Operator::parse(operator).is_some() => ("{", "}"),
        _ => ("\"", "\""),
    }
}

/// Whether the cursor stands inside the token, which is a string.
fn holds(text: &str, token: &Token, cursor: usize) -> bool {
    let string = matches!(token.kind, TokenKind::Key | TokenKind::String);
    string && (cursor < token.span.end || (cursor == token.span.end && !is_closed(text, token)))
}

fn is_closed(text: &str, token: &Token) -> bool {
    let raw = token.span.of(text);
    let inside = raw.get(1..).and_then(|rest| rest.strip_suffix('"'));
    inside.is_some_and(|inside| (inside.len() - inside.trim_end_matches('\\').len()).is_multiple_of(2))
}

/// A key as it is written, without its quotes. Keys of policies need no escapes.
fn name(text: &str, token: &Token) -> String {
    token.span.of(text).trim_matches('"').to_owned()
}

fn read(text: &str, token: &Token, frames: &mut Vec<Frame>) {
    match (token.kind, token.span.of(text)) {
        (TokenKind::Punctuation, open @ ("{" | "[")) => {
            frames.push(Frame { is_object: open == "{", key: None, keys: Vec::new() });
        }
        (TokenKind::Punctuation, "}" | "]") => drop(frames.pop()),
        (TokenKind::Punctuation, ",") => {
            if let Some(frame) = frames.last_mut().filter(|frame| frame.is_object) {
                frame.key = None;
            }
        }
        (TokenKind::Key, _) => {
            if let Some(frame) = frames.last_mut() {
                frame.key = Some(name(text, token));
                frame.keys.push(name(text, token));
            }
        }
        _ => {}
    }
}

/// The keys of the same object behind the cursor.
fn following(text: &str, rest: &[Token]) -> Vec<String> {
    let mut depth = 0_usize;
    let mut keys = Vec::new();
    for token in rest {
        match token.span.of(text) {
            "{" | "[" => depth += 1,
            "}" | "]" if depth == 0 => break,
            "}" | "]" => depth -= 1,
            _ if depth == 0 && token.kind == TokenKind::Key => keys.push(name(text, token)),
            _ => {}
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::{Context, Within};

    /// The context at the `|` of a text.
    fn at(text: &str) -> Context {
        Context::at(&text.replace('|', ""), text.find('|').unwrap())
    }

    #[test]
    fn the_way_to_the_cursor_is_read() {
        let context = at(r#"{"Statement": [{"Effect": "Allow", "Action": ["s3:List*", "s3:G|et"]}]}"#);
        assert_eq!(context.path, ["Statement", "Action"]);
        assert_eq!((context.typed.as_str(), context.is_quoted(), context.is_key), ("s3:G", true, false));
    }

    #[test]
    fn a_half_typed_text_has_a_place_too() {
        let context = at(r#"{"Statement": {"Condition": {"StringEquals": {"aws:U|"#);
        assert_eq!(context.path, ["Statement", "Condition", "StringEquals"]);
        assert!(context.is_key && context.is_quoted() && !context.colon);
    }

    #[test]
    fn keys_know_their_siblings_on_both_sides() {
        let context = at(r#"{"Version": "x", |, "Statement": [{"Effect": 1}]}"#);
        assert_eq!(context.siblings, ["Version", "Statement"]);
        assert_eq!((context.path.len(), context.is_key, context.is_quoted()), (0, true, false));
    }

    #[test]
    fn a_string_may_end_with_a_backslash() {
        let whole = |text: &str| {
            let context = at(text);
            (context.string, context.replaced().of(&text.replace('|', "")).to_owned())
        };
        assert_eq!(whole(r#"{"Sid": "|a\\"}"#), (Within::Closed, r#"a\\""#.to_owned()));
        assert_eq!(whole(r#"{"Sid": "|a\"}"#).0, Within::Open);
        assert_eq!(whole(r#"{"Sid": "|"}"#), (Within::Closed, "\"".to_owned()));
    }

    #[test]
    fn after_a_closed_string_none_is_begun() {
        let context = at(r#"{"Version": "2012-10-17"|}"#);
        assert!(!context.is_quoted() && !context.is_key);
    }
}
