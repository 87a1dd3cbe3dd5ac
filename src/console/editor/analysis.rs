//! What a text is, as far as the editor shows it: tokens to colour, problems with their places, brackets, size.
//!
//! Made anew after every edit from the policy room's own reading; nothing here judges a policy itself.

use std::ops::Range;

use crate::iam::quota::document_size;
use crate::policy::PolicyType;
use crate::policy::document::{Document, Field, Item, Statement};
use crate::policy::json::{Fault, LineIndex, Span, Token, TokenKind, tokens};
use crate::policy::lint::{self, Fix, Severity};
use crate::policy::refusal;

use super::buffer::Spot;
use super::repair::repair;

/// How grave a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    /// IAM refuses the document: it cannot be saved.
    Refused,
    /// It can be saved, and a part of it does not work or allows too much.
    Warning,
    /// It could be said better.
    Advice,
}

/// Something that is wrong with the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How grave it is.
    pub gravity: Gravity,
    /// Where it begins.
    pub spot: Spot,
    /// The bytes of the text that are wrong.
    pub span: Range<usize>,
    /// What is wrong, in a sentence.
    pub says: String,
    /// A repair that can be applied as it is.
    pub fix: Option<Fix>,
}

/// What is known of a text.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// The byte at which each line starts.
    pub starts: Vec<usize>,
    /// The tokens, in order.
    pub tokens: Vec<Token>,
    /// The problems, in order.
    pub findings: Vec<Finding>,
    /// The size in IAM's counting, in characters.
    pub size: usize,
    /// The statements, as far as they can be read.
    pub statements: Vec<Block>,
}

/// Where a statement stands, and what it says.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its lines.
    pub lines: Range<usize>,
    /// Its `Sid`, or its effect and the first of its actions.
    pub title: String,
}

impl Block {
    fn of(statement: &Statement, lines: Range<usize>) -> Self {
        let text = |field: &Option<Field<Item>>| field.as_ref().map(|field| field.value.text.clone());
        let actions = statement.action.iter().flat_map(|field| field.value.texts());
        let others = statement.not_action.iter().flat_map(|field| field.value.texts());
        let said = || {
            let first = actions.map(str::to_owned).chain(others.map(|action| format!("all but {action}"))).next();
            let words = [text(&statement.effect), first];
            words.into_iter().flatten().collect::<Vec<_>>().join(" ")
        };
        Self { lines, title: text(&statement.sid).filter(|sid| !sid.is_empty()).unwrap_or_else(said) }
    }
}

impl Analysis {
    /// Looks at a text that is to be a policy of this kind.
    pub fn of(text: &str, kind: PolicyType) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(breaks).collect();
        let document = Document::parse(text);
        let line = |byte: usize| starts.partition_point(|start| *start <= byte).saturating_sub(1);
        let lines = |span: Span| line(span.start)..line(span.end) + 1;
        Self {
            statements: document.statements().iter().map(|one| Block::of(one, lines(one.span))).collect(),
            tokens: tokens(text),
            findings: findings(&document, kind),
            size: document_size(text),
            starts,
        }
    }

    /// The byte of a place in the text.
    pub fn byte_of(&self, text: &str, spot: Spot) -> usize {
        let range = self.line(spot.line, text.len());
        let line = text.get(range.clone()).unwrap_or("");
        range.start + line.char_indices().nth(spot.column).map_or(line.len(), |(at, _)| at)
    }

    /// The place of a byte of the text.
    pub fn spot_of(&self, text: &str, byte: usize) -> Spot {
        let line = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        Spot { line, column: text.get(start..byte).unwrap_or("").chars().count() }
    }

    /// The byte range of a line, its end excluded.
    pub fn line(&self, line: usize, length: usize) -> Range<usize> {
        let start = self.starts.get(line).copied().unwrap_or(length);
        start..self.starts.get(line + 1).map_or(length, |next| next - 1)
    }

    /// The token that covers a byte.
    pub fn token_at(&self, byte: usize) -> Option<&Token> {
        let index = self.tokens.partition_point(|token| token.span.end <= byte);
        self.tokens.get(index).filter(|token| token.span.start <= byte)
    }

    /// The bracket that belongs to the one at a byte, or to the one just before it.
    pub fn partner(&self, text: &str, byte: usize) -> Option<usize> {
        [Some(byte), byte.checked_sub(1)].into_iter().flatten().find_map(|at| self.partner_of(text, at))
    }

    /// The first problem behind a place, around the end.
    pub fn next_finding(&self, after: Spot) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.spot > after).or(self.findings.first())
    }

    /// The first problem that keeps the document from being saved.
    pub fn refused(&self) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.gravity == Gravity::Refused)
    }

    /// The problem to tell about at a place: the one on its line, else the first; with its number.
    pub fn finding_for(&self, spot: Spot) -> Option<(usize, &Finding)> {
        let here = self.findings.iter().position(|finding| finding.spot.line == spot.line).unwrap_or(0);
        Some((here + 1, self.findings.get(here)?))
    }

    fn partner_of(&self, text: &str, byte: usize) -> Option<usize> {
        let bracket = |token: &Token| {
            let is_bracket = token.kind == TokenKind::Punctuation;
            text.get(token.span.range()).filter(|_| is_bracket).and_then(|t| t.chars().next())
        };
        let index = self.tokens.iter().position(|token| token.span.start == byte)?;
        let is_opening = match bracket(self.tokens.get(index)?)? {
            '{' | '[' => true,
            '}' | ']' => false,
            _ => return None,
        };
        let mut depth = 0_i32;
        let mut step = |token: &Token| {
            depth += match bracket(token) {
                Some('{' | '[') => 1,
                Some('}' | ']') => -1,
                _ => 0,
            };
            depth == 0
        };
        let found = if is_opening {
            self.tokens.iter().skip(index).find(|token| step(token))
        } else {
            self.tokens.iter().take(index + 1).rev().find(|token| step(token))
        };
        found.map(|token| token.span.start)
    }
}

/// Faults of the JSON; else what is no policy; else what IAM refuses.
fn findings(document: &Document, kind: PolicyType) -> Vec<Finding> {
    let lines = LineIndex::new(&document.text);
    let finding = |span: Span, says: String| {
        let at = lines.position(span.start);
        let spot = Spot { line: at.line.saturating_sub(1), column: at.column.saturating_sub(1) };
        Finding { gravity: Gravity::Refused, spot, span: span.range(), says, fix: None }
    };
    let told = |fault: &Fault| Finding { fix: repair(document, fault), ..finding(fault.span, fault.kind.to_string()) };
    let faults: Vec<Finding> = document.json.faults.iter().map(told).collect();
    if !faults.is_empty() {
        return faults;
    }
    let problems: Vec<Finding> = document.problems.iter().map(|p| finding(p.span, p.kind.to_string())).collect();
    if !problems.is_empty() {
        return problems;
    }
    let refused = refusal::check(document, kind).err();
    let refused = refused.map(|refusal| finding(refusal.span.unwrap_or_default(), refusal.message_now()));
    let advice = lint::lint(document, kind).into_iter().map(|found| {
        let says = match &found.note {
            Some(note) => format!("{} {note}", found.check.says),
            None => found.check.says.to_owned(),
        };
        let gravity = match found.check.severity {
            Severity::Error | Severity::SecurityWarning | Severity::Warning => Gravity::Warning,
            Severity::Suggestion => Gravity::Advice,
        };
        let span = found.span();
        Finding { gravity, fix: found.fix, ..finding(span, says) }
    });
    // What IAM refuses is told once, in IAM's words, with the lint's repair.
    let (same, mut all): (Vec<Finding>, Vec<Finding>) =
        advice.partition(|found| refused.as_ref().is_some_and(|refused| refused.span == found.span));
    let fix = same.into_iter().find_map(|found| found.fix);
    all.extend(refused.map(|refused| Finding { fix, ..refused }));
    all.sort_by_key(|found| found.span.start);
    all
}

#[cfg(test)]
mod tests {
    use super::Analysis;
    use crate::console::editor::buffer::Spot;
    use crate::policy::PolicyType;

    #[test]
    fn a_syntax_error_is_marked_where_it_is() {
        let text = "{\n    \"Version\": \"2012-10-17\"\n    \"Statement\": []\n}";
        let analysis = Analysis::of(text, PolicyType::Identity);
        let first = analysis.findings.first().unwrap();
        assert_eq!((first.spot.line, first.says.as_str()), (1, "expected `,`"));
        assert_eq!(analysis.next_finding(Spot::default()), Some(first));
        let mended = first.fix.as_ref().unwrap().apply(text);
        assert!(Analysis::of(&mended, PolicyType::Identity).findings.iter().all(|found| found.says != "expected `,`"));
        assert!(mended.contains("\"2012-10-17\",\n"), "{mended}");
    }

    #[test]
    fn what_iam_refuses_is_told_in_its_words() {
        let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*"}]}"#;
        let analysis = Analysis::of(text, PolicyType::Identity);
        assert_eq!(analysis.refused().map(|f| f.says.as_str()), Some("Policy statement must contain resources."));
        assert_eq!(analysis.size, text.len());
    }

    #[test]
    fn brackets_know_each_other() {
        let text = "{ \"a\": [1, {}] }";
        let analysis = Analysis::of(text, PolicyType::Identity);
        assert_eq!(analysis.partner(text, 0), Some(15));
        assert_eq!(analysis.partner(text, 16), Some(0));
        assert_eq!(analysis.partner(text, 7), Some(13));
        assert_eq!(analysis.partner(text, 3), None);
    }
}
