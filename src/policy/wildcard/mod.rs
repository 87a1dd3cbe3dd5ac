//! Wildcards: `*` is any run of characters, `?` is any one.
//!
//! Two pointers and one place to go back to, so a hostile pattern costs at most length times length, where a matcher that
//! tries every split is exponential. `arn` holds the rules that make ARNs more than text.

pub mod arn;
mod relation;

pub use relation::{covers, overlap};

/// Whether letters of different case are the same. Only ASCII is folded: names of actions are ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `a` is not `A`.
    Sensitive,
    /// `a` is `A`.
    Insensitive,
}

/// Any run of characters. These three bytes occur in no UTF-8 text, so a literal `*` can stand beside them.
const STAR: u8 = 0xFF;
/// Any one character.
const ONE: u8 = 0xFE;
/// Any run of characters that stays within a segment of an ARN.
const WITHIN: u8 = 0xFD;

/// Whether a text fits a pattern, as a whole. For a pattern that is used once: nothing is made ready.
pub fn matches(pattern: &str, text: &str, case: Case) -> bool {
    let pattern = |at| pattern.as_bytes().get(at).copied().map(wild);
    let text = |at| text.as_bytes().get(at).copied();
    match case {
        Case::Sensitive => fits::<false>(pattern, text, 0),
        Case::Insensitive => fits::<true>(pattern, text, 0),
    }
}

/// Whether a text holds a wildcard.
pub fn is_pattern(text: &str) -> bool {
    memchr::memchr2(b'*', b'?', text.as_bytes()).is_some()
}

/// A pattern made ready to be matched often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Kind);

/// Most patterns need no general matching.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// `*`.
    Any,
    /// No wildcard.
    Exact(Box<[u8]>),
    /// A single `*`, at the end.
    Prefix(Box<[u8]>),
    /// Anything else.
    General(Box<[u8]>),
}

impl Pattern {
    /// Takes `*` and `?` as wildcards, and all else literally.
    pub fn new(text: &str) -> Self {
        let mut builder = Builder::default();
        builder.wild(text);
        builder.finish()
    }

    /// Whether it fits everything.
    pub fn is_any(&self) -> bool {
        self.0 == Kind::Any
    }

    /// The text it stands for, if it has no wildcard.
    pub fn literal(&self) -> Option<&str> {
        if let Kind::Exact(bytes) = &self.0 { std::str::from_utf8(bytes).ok() } else { None }
    }

    /// Whether a text fits, as a whole.
    pub fn matches(&self, text: &str, case: Case) -> bool {
        match case {
            Case::Sensitive => self.fits::<false>(text.as_bytes()),
            Case::Insensitive => self.fits::<true>(text.as_bytes()),
        }
    }

    fn fits<const FOLD: bool>(&self, text: &[u8]) -> bool {
        let same = |a: &[u8], b: &[u8]| if FOLD { a.eq_ignore_ascii_case(b) } else { a == b };
        match &self.0 {
            Kind::Any => true,
            Kind::Exact(bytes) => same(bytes, text),
            Kind::Prefix(bytes) => text.get(..bytes.len()).is_some_and(|start| same(bytes, start)),
            Kind::General(bytes) => glob::<FOLD>(bytes, text, 0),
        }
    }
}

/// Puts a pattern together from text with wildcards and text without.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    bytes: Vec<u8>,
}

impl Builder {
    /// Adds text in which `*` and `?` are wildcards.
    pub fn wild(&mut self, text: &str) {
        self.bytes.extend(text.bytes().map(wild));
    }

    /// Adds text that stands for itself.
    pub fn literal(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// The pattern.
    pub fn finish(mut self) -> Pattern {
        // A run of stars says no more than one.
        self.bytes.dedup_by(|next, before| *next == STAR && *before == STAR);
        let special = |byte: &u8| *byte >= WITHIN;
        Pattern(match (self.bytes.iter().position(special), self.bytes.last()) {
            (None, _) => Kind::Exact(self.bytes.into_boxed_slice()),
            (Some(0), _) if self.bytes.len() == 1 && self.bytes.first() == Some(&STAR) => Kind::Any,
            (Some(at), Some(&STAR)) if at + 1 == self.bytes.len() => {
                self.bytes.pop();
                Kind::Prefix(self.bytes.into_boxed_slice())
            }
            _ => Kind::General(self.bytes.into_boxed_slice()),
        })
    }
}

/// A byte of a text in which `*` and `?` are wildcards.
fn wild(byte: u8) -> u8 {
    match byte {
        b'*' => STAR,
        b'?' => ONE,
        other => other,
    }
}

/// How many bytes the character that starts with this one has.
fn width(lead: u8) -> usize {
    match lead {
        WITHIN.. => 1,
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}

/// Where to go on if the rest of a pattern does not fit: after a star, with one more character taken by it.
#[derive(Clone, Copy)]
struct Retry {
    pattern: usize,
    text: usize,
}

/// Matches a pattern of literal bytes, [`STAR`], [`ONE`] and [`WITHIN`]. The last two do not take a `:` that stands before
/// `bound` in the text.
fn glob<const FOLD: bool>(pattern: &[u8], text: &[u8], bound: usize) -> bool {
    fits::<FOLD>(|at| pattern.get(at).copied(), |at| text.get(at).copied(), bound)
}

/// The same of a pattern and a text that are given byte by byte. The text may have wildcards too: a [`STAR`] is taken by a
/// star only, a [`ONE`] by a star or a [`ONE`].
///
/// Only the last star ever has to take more: what an earlier one could take, the later one can take as well. A star that
/// stays within its segment may be stuck, and then the last free one before it takes more.
fn fits<const FOLD: bool>(
    pattern: impl Fn(usize) -> Option<u8>,
    text: impl Fn(usize) -> Option<u8>,
    bound: usize,
) -> bool {
    let (mut p, mut t) = (0, 0);
    let (mut free, mut within): (Option<Retry>, Option<Retry>) = (None, None);
    let is_bound = |at: usize, byte: u8| at < bound && byte == b':';
    loop {
        match (pattern(p), text(t)) {
            (None, None) => return true,
            (Some(STAR), _) => {
                p += 1;
                (free, within) = (Some(Retry { pattern: p, text: t }), None);
                continue;
            }
            (Some(WITHIN), _) => {
                p += 1;
                within = Some(Retry { pattern: p, text: t });
                continue;
            }
            (Some(ONE), Some(byte)) if byte != STAR && !is_bound(t, byte) => {
                (p, t) = (p + 1, t + width(byte));
                continue;
            }
            (Some(a), Some(b)) if a == b || (FOLD && a.eq_ignore_ascii_case(&b)) => {
                (p, t) = (p + 1, t + 1);
                continue;
            }
            _ => {}
        }
        within = within.and_then(|retry| longer(&text, retry, |at, byte| !is_bound(at, byte)));
        if within.is_none() {
            free = free.and_then(|retry| longer(&text, retry, |_, _| true));
        }
        let Some(retry) = within.or(free) else { return false };
        (p, t) = (retry.pattern, retry.text);
    }
}

/// The same star with one more character, if there is one that it may take.
fn longer(text: impl Fn(usize) -> Option<u8>, retry: Retry, may: impl Fn(usize, u8) -> bool) -> Option<Retry> {
    let byte = text(retry.text)?;
    may(retry.text, byte).then(|| Retry { text: retry.text + width(byte), ..retry })
}

#[cfg(test)]
mod tests {
    use super::{Builder, Case, Pattern, matches};

    /// Every text over an alphabet, up to a length.
    pub(super) fn texts(alphabet: &[char], length: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut from = 0;
        for _ in 0..length {
            let longer: Vec<String> =
                all.iter().skip(from).flat_map(|t| alphabet.iter().map(move |c| format!("{t}{c}"))).collect();
            from = all.len();
            all.extend(longer);
        }
        all
    }

    /// Says what a pattern means, and nothing about how to find out.
    fn naive(pattern: &[char], text: &[char]) -> bool {
        match pattern {
            [] => text.is_empty(),
            ['*', rest @ ..] => (0..=text.len()).any(|taken| naive(rest, &text[taken..])),
            ['?', rest @ ..] => !text.is_empty() && naive(rest, &text[1..]),
            [c, rest @ ..] => text.first() == Some(c) && naive(rest, &text[1..]),
        }
    }

    #[test]
    fn it_agrees_with_a_naive_matcher_on_all_short_texts() {
        let subjects: Vec<Vec<char>> = texts(&['a', 'b', 'é'], 5).iter().map(|text| text.chars().collect()).collect();
        for pattern in texts(&['a', 'b', 'é', '*', '?'], 4) {
            let compiled = Pattern::new(&pattern);
            let chars: Vec<char> = pattern.chars().collect();
            for subject in &subjects {
                let text: String = subject.iter().collect();
                let fits = naive(&chars, subject);
                assert_eq!(compiled.matches(&text, Case::Sensitive), fits, "{pattern} on {text}");
                assert_eq!(matches(&pattern, &text, Case::Sensitive), fits, "{pattern} on {text}");
            }
        }
    }

    #[test]
    fn case_is_folded_when_asked() {
        assert!(matches("S3:get*", "s3:GetObject", Case::Insensitive));
        assert!(!matches("S3:get*", "s3:GetObject", Case::Sensitive));
        assert!(matches("*o?j*T", "s3:GetObject", Case::Insensitive));
    }

    #[test]
    fn a_literal_star_is_no_wildcard() {
        let mut builder = Builder::default();
        builder.wild("a*");
        builder.literal("*?");
        let pattern = builder.finish();
        assert!(pattern.matches("axx*?", Case::Sensitive));
        assert!(!pattern.matches("axxyz", Case::Sensitive));
    }

    #[test]
    fn a_hostile_pattern_ends() {
        let pattern = "*a".repeat(1_000) + "b";
        assert!(!matches(&pattern, &"a".repeat(6_000), Case::Sensitive));
    }
}
