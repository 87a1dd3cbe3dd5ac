//! What may be typed at a place in a policy, and what the thing at a place is.
//!
//! Works on half-typed text: the place is read from tokens, the statement around it from the tolerant parser. Nothing
//! here knows an editor; it is given a byte offset and gives back ranges.

mod action;
mod condition;
mod context;
mod element;
mod hover;
mod principal;
mod resource;

use super::PolicyType;
use super::document::{Document, Statement};
use super::json::Span;
use context::Context;

pub use hover::{Hover, hover};

/// How many candidates are worth showing.
pub const CANDIDATES_MAX: usize = 200;

/// The names of an account, to fill ARNs and values with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountNames {
    /// Twelve digits; `*` stands in where it is not known.
    pub account: Option<String>,
    /// Users, with their path if they have one: `ann`, `/division/ann`. So with all that follow.
    pub users: Vec<String>,
    /// Groups.
    pub groups: Vec<String>,
    /// Roles.
    pub roles: Vec<String>,
    /// Customer managed policies.
    pub policies: Vec<String>,
    /// Identity providers, by their ARN.
    pub providers: Vec<String>,
    /// Buckets of Amazon S3.
    pub buckets: Vec<String>,
}

impl AccountNames {
    /// The account id as it stands in ARNs.
    fn account(&self) -> &str {
        self.account.as_deref().unwrap_or("*")
    }

    /// The ARNs of what IAM has of a kind: `user`, `group`, `role` or `policy`.
    fn arns(&self, kind: &str) -> impl Iterator<Item = String> {
        let names = match kind {
            "user" => &self.users,
            "group" => &self.groups,
            "role" => &self.roles,
            _ => &self.policies,
        };
        let head = format!("arn:aws:iam::{}:{kind}/", self.account());
        names.iter().map(move |name| format!("{head}{}", name.trim_start_matches('/')))
    }
}

/// What a candidate is, for its icon and its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CandidateKind {
    /// A JSON key of policies.
    Element,
    /// A service, as the start of an action.
    Service,
    /// An action.
    Action,
    /// A pattern of actions.
    Pattern,
    /// An ARN, or the start of one.
    Resource,
    /// A condition operator.
    Operator,
    /// A condition key.
    Key,
    /// A policy variable.
    Variable,
    /// A principal.
    Principal,
    /// Any other value.
    Value,
}

/// One thing that may be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is shown, and matched against what is typed.
    pub label: String,
    /// What comes in place of the range, before the cursor.
    pub insert: String,
    /// What comes behind the cursor.
    pub rest: String,
    /// What it is, in a few words: `Read`, `String, several values`.
    pub detail: String,
    /// What sort of thing it is.
    pub kind: CandidateKind,
}

/// What may be typed at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// What a candidate replaces: what is typed of a string, with its closing quote.
    pub range: Span,
    /// Whether a string is begun.
    pub is_begun: bool,
    /// Whether what is typed is what the first candidate would put in.
    pub is_done: bool,
    /// What there is, the best first.
    pub candidates: Vec<Candidate>,
}

/// What may be typed at the cursor, a byte of the text.
pub fn complete(text: &str, cursor: usize, kind: PolicyType, names: &AccountNames) -> Completion {
    let context = Context::at(text, cursor);
    let document = Document::parse(text);
    let statement = document.statements().iter().find(|statement| statement.span.touches(cursor));
    let place = Place { context: &context, kind, names, statement };
    let mut found = place.candidates();
    rank(&mut found, &context.typed);
    for candidate in &mut found {
        (candidate.insert, candidate.rest) = context.dressed(candidate);
    }
    let is_done = found.first().is_some_and(|first| first.label == context.range.of(text));
    Completion { range: context.replaced(), is_begun: context.is_quoted(), is_done, candidates: found }
}

/// All that candidates depend on.
struct Place<'c> {
    context: &'c Context,
    kind: PolicyType,
    names: &'c AccountNames,
    statement: Option<&'c Statement>,
}

impl Place<'_> {
    fn candidates(&self) -> Vec<Candidate> {
        let path: Vec<&str> = self.context.path.iter().map(String::as_str).collect();
        if self.context.is_key {
            return match path.as_slice() {
                [] => element::top(self),
                ["Statement"] => element::statement(self),
                ["Statement", "Principal" | "NotPrincipal"] => principal::types(self),
                ["Statement", "Condition"] => condition::operators(),
                ["Statement", "Condition", operator] => condition::keys(self, operator),
                _ => Vec::new(),
            };
        }
        match path.as_slice() {
            ["Version"] => element::versions(),
            ["Statement", "Effect"] => element::effects(),
            ["Statement", "Action" | "NotAction"] => action::candidates(self),
            ["Statement", "Resource" | "NotResource"] => resource::candidates(self),
            ["Statement", "Principal" | "NotPrincipal"] => principal::values(self, None),
            ["Statement", "Principal" | "NotPrincipal", kind] => principal::values(self, Some(kind)),
            ["Statement", "Condition", operator, key] => condition::values(self, operator, key),
            _ => Vec::new(),
        }
    }
}

fn candidate(kind: CandidateKind, label: impl Into<String>, detail: impl Into<String>) -> Candidate {
    Candidate { label: label.into(), insert: String::new(), rest: String::new(), detail: detail.into(), kind }
}

/// Keeps what fits what is typed: first what starts so, then what holds it, then what has its letters in order.
fn rank(candidates: &mut Vec<Candidate>, typed: &str) {
    let typed = typed.to_lowercase();
    let mut scored: Vec<(u8, Candidate)> =
        candidates.drain(..).filter_map(|candidate| Some((score(&candidate.label, &typed)?, candidate))).collect();
    // Stable: candidates of one score stay in the order they were found.
    scored.sort_by_key(|(score, _)| *score);
    candidates.extend(scored.into_iter().map(|(_, candidate)| candidate).take(CANDIDATES_MAX));
}

fn score(label: &str, typed: &str) -> Option<u8> {
    let label = label.to_lowercase();
    if label.starts_with(typed) {
        return Some(0);
    }
    if label.contains(typed) {
        return Some(1);
    }
    let mut letters = label.chars();
    typed.chars().all(|wanted| letters.any(|letter| letter == wanted)).then_some(2)
}

#[cfg(test)]
mod tests;
