//! Words of JSON put together into values, going on after what is wrong.

use std::collections::HashMap;

use super::lexer::{Lexeme, Lexer, Sort};
use super::string::unescape;
use super::{DEPTH_MAX, Fault, FaultKind, Member, Node, Parsed, Span, Value};

/// Objects with more members than this look for equal keys with a table.
const SMALL_OBJECT_MAX: usize = 16;

pub(super) fn parse(text: &str) -> Parsed {
    let mut parser = Parser { text, words: Lexer::new(text).peekable(), faults: Vec::new(), open: Vec::new() };
    let root = parser.root();
    let mut faults = parser.faults;
    faults.sort_by_key(|fault| fault.span);
    Parsed { root, faults }
}

struct Parser<'t> {
    text: &'t str,
    words: std::iter::Peekable<Lexer<'t>>,
    faults: Vec<Fault>,
    /// The closers that the containers around the current place wait for.
    open: Vec<char>,
}

impl Parser<'_> {
    fn fault(&mut self, kind: FaultKind, span: Span) {
        self.faults.push(Fault { kind, span });
    }

    /// The next word that means something.
    fn peek(&mut self) -> Option<Lexeme> {
        while let Some(comment) = self.words.next_if(|word| word.sort == Sort::Comment) {
            self.fault(FaultKind::Comment, comment.span);
        }
        self.words.peek().copied()
    }

    /// What stands in quotes that JSON does not know.
    fn quoted(&mut self, span: Span) -> String {
        self.fault(FaultKind::WrongQuotes, span);
        let mut inner = span.of(self.text).chars();
        inner.next();
        inner.next_back();
        inner.as_str().to_owned()
    }

    fn root(&mut self) -> Option<Node> {
        let root = loop {
            let Some(word) = self.peek() else {
                self.fault(FaultKind::Empty, Span::new(0, self.text.len()));
                return None;
            };
            if let Some(node) = self.value(word) {
                break node;
            }
            self.words.next();
            self.fault(FaultKind::Expected("a value"), word.span);
        };
        if let Some(word) = self.peek() {
            let end = self.text.trim_end().len();
            self.fault(FaultKind::Trailing, Span::new(word.span.start, end.max(word.span.end)));
        }
        Some(root)
    }

    /// The value that starts with `word`, which is still to be taken. None, and nothing taken, if it starts none.
    fn value(&mut self, word: Lexeme) -> Option<Node> {
        if matches!(word.sort, Sort::Close(_) | Sort::Colon | Sort::Comma) {
            return None;
        }
        self.words.next();
        let value = match word.sort {
            Sort::Open(opener) => return Some(self.container(opener, word.span)),
            Sort::String => Value::String(unescape(self.text, word.span, &mut self.faults)),
            Sort::Quoted => Value::String(self.quoted(word.span)),
            Sort::Number => self.number(word.span),
            _ => self.word(word.span),
        };
        Some(Node { span: word.span, value })
    }

    fn number(&mut self, span: Span) -> Value {
        let raw = span.of(self.text);
        if !is_number(raw) {
            self.fault(FaultKind::BadNumber, span);
        }
        Value::Number(raw.to_owned())
    }

    /// A literal; any other word is kept as a string, so that what was typed is not lost.
    fn word(&mut self, span: Span) -> Value {
        match span.of(self.text) {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            other => {
                self.fault(FaultKind::Unexpected, span);
                Value::String(other.to_owned())
            }
        }
    }

    fn container(&mut self, opener: char, start: Span) -> Node {
        if self.open.len() == DEPTH_MAX {
            return self.too_deep(start);
        }
        self.open.push(if opener == '{' { '}' } else { ']' });
        let (value, end) = if opener == '{' { self.object(start) } else { self.array(start) };
        self.open.pop();
        Node { span: start.to(end), value }
    }

    /// Passes over a container that is nested too deep, without going into it.
    fn too_deep(&mut self, start: Span) -> Node {
        let (mut depth, mut end) = (1_usize, start);
        while depth > 0
            && let Some(word) = self.words.next()
        {
            end = word.span;
            match word.sort {
                Sort::Open(_) => depth += 1,
                Sort::Close(_) => depth -= 1,
                _ => {}
            }
        }
        self.fault(FaultKind::TooDeep, start);
        Node { span: start.to(end), value: Value::Null }
    }

    fn array(&mut self, start: Span) -> (Value, Span) {
        let mut elements: Vec<Node> = Vec::new();
        let end = self.elements(start, |parser, word| {
            let node = parser.value(word)?;
            let span = node.span;
            elements.push(node);
            Some(span)
        });
        (Value::Array(elements), end)
    }

    fn object(&mut self, start: Span) -> (Value, Span) {
        let mut members = Vec::new();
        let end = self.elements(start, |parser, word| {
            let member = parser.member(word)?;
            let span = member.span();
            members.push(member);
            Some(span)
        });
        self.duplicates(&members);
        (Value::Object(members), end)
    }

    /// The elements of the container opened at `start`, to its closer; gives where it ends. `element` reads one from a
    /// word, or takes nothing.
    fn elements(&mut self, start: Span, mut element: impl FnMut(&mut Self, Lexeme) -> Option<Span>) -> Span {
        let mut last = start;
        // The comma that waits for an element; and whether an element waits for a comma.
        let (mut comma, mut full) = (None, false);
        loop {
            let Some(word) = self.peek() else {
                self.fault(FaultKind::Unclosed(if self.open.last() == Some(&'}') { '{' } else { '[' }), start);
                return last;
            };
            match word.sort {
                Sort::Close(closer) if self.closes(closer) => {
                    if let Some(comma) = comma {
                        self.fault(FaultKind::TrailingComma, comma);
                    }
                    return self.close(closer, word, start, last);
                }
                Sort::Close(closer) => self.skip(FaultKind::StrayCloser(closer), word),
                Sort::Comma if full => {
                    self.words.next();
                    (comma, full) = (Some(word.span), false);
                }
                Sort::Comma => self.skip(FaultKind::Expected("an element before `,`"), word),
                Sort::Colon => self.skip(FaultKind::Unexpected, word),
                _ => {
                    if full {
                        self.fault(FaultKind::Expected("`,`"), Span::new(last.end, word.span.start.max(last.end)));
                    }
                    if let Some(span) = element(self, word) {
                        last = span;
                        (comma, full) = (None, true);
                    }
                }
            }
        }
    }

    fn skip(&mut self, kind: FaultKind, word: Lexeme) {
        self.words.next();
        self.fault(kind, word.span);
    }

    /// Whether some open container waits for this closer.
    fn closes(&self, closer: char) -> bool {
        self.open.contains(&closer)
    }

    /// Ends a container at its own closer, or before one that belongs to a container around it.
    fn close(&mut self, closer: char, word: Lexeme, start: Span, last: Span) -> Span {
        if self.open.last() == Some(&closer) {
            self.words.next();
            return word.span;
        }
        self.fault(FaultKind::Unclosed(if closer == ']' { '{' } else { '[' }), start);
        last
    }

    /// A member that starts with `word`. A key without a value gets none, and is kept with null.
    fn member(&mut self, word: Lexeme) -> Option<Member> {
        if !matches!(word.sort, Sort::String | Sort::Quoted) {
            self.fault(FaultKind::Expected("a key in quotes"), word.span);
        }
        if matches!(word.sort, Sort::Open(_)) {
            self.value(word);
            return None;
        }
        self.words.next();
        let key = match word.sort {
            Sort::String => unescape(self.text, word.span, &mut self.faults),
            Sort::Quoted => self.quoted(word.span),
            _ => word.span.of(self.text).to_owned(),
        };
        let after = Span::new(word.span.end, word.span.end);
        match self.peek() {
            Some(Lexeme { sort: Sort::Colon, .. }) => drop(self.words.next()),
            _ => self.fault(FaultKind::Expected("`:`"), after),
        }
        let value = self.peek().and_then(|next| self.value(next));
        let value = value.unwrap_or_else(|| {
            self.fault(FaultKind::Expected("a value"), after);
            Node { span: after, value: Value::Null }
        });
        Some(Member { key, key_span: word.span, value })
    }

    fn duplicates(&mut self, members: &[Member]) {
        if members.len() <= SMALL_OBJECT_MAX {
            for (at, member) in members.iter().enumerate() {
                let first = members.iter().take(at).find(|earlier| earlier.key == member.key);
                self.duplicate(member, first.map(|first| first.key_span));
            }
            return;
        }
        let mut seen = HashMap::with_capacity(members.len());
        for member in members {
            let first = seen.get(member.key.as_str()).copied();
            seen.entry(member.key.as_str()).or_insert(member.key_span);
            self.duplicate(member, first);
        }
    }

    fn duplicate(&mut self, member: &Member, first: Option<Span>) {
        if let Some(first) = first {
            self.fault(FaultKind::DuplicateKey { key: member.key.clone(), first }, member.key_span);
        }
    }
}

/// Whether a text is a number as RFC 8259 writes them.
fn is_number(raw: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = raw.strip_prefix('-').unwrap_or(raw);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let exponent = exponent.map(|exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}
