//! The pieces of answers: yes, no or it depends; and the statements that make it so.

use std::collections::HashSet;

use serde::Serialize;

use crate::policy::catalog;
use crate::policy::condition::Truth;
use crate::policy::decision::{self, Decision, Layer, Source, StatementReport, Via};
use crate::policy::document::Effect;
use crate::policy::json::Span;

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// Whatever is unknown.
    Yes,
    /// It hangs on condition keys that are unknown.
    Depends,
    /// Whatever is unknown.
    No,
}

impl Answer {
    /// The answer of a decision, and the condition keys it hangs on.
    pub(super) fn of(answer: &decision::Answer) -> (Self, Vec<String>) {
        match answer {
            decision::Answer::Decided(decision) if decision.is_allowed() => (Self::Yes, Vec::new()),
            decision::Answer::Depends { best, keys, .. } if best.is_allowed() => (Self::Depends, spelled(keys)),
            decision::Answer::Decided(_) | decision::Answer::Depends { .. } => (Self::No, Vec::new()),
        }
    }
}

/// The decision that is told: where it is no whatever is unknown, the best that there is, and else the worst.
pub(super) fn told(answer: &decision::Answer) -> Decision {
    match answer {
        decision::Answer::Depends { best, worst, .. } if best.is_allowed() => *worst,
        decision::Answer::Decided(decision) | decision::Answer::Depends { best: decision, .. } => *decision,
    }
}

impl From<Truth> for Answer {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::Yes => Self::Yes,
            Truth::Unknown => Self::Depends,
            Truth::No => Self::No,
        }
    }
}

/// A statement that speaks of what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Clause {
    /// `identity`, `boundary`, `trust`, `resource`, `session`, …
    pub layer: &'static str,
    /// The policy's name.
    pub policy: String,
    /// Its ARN, if it is a managed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `attached`, `inline`, `group` or `group-inline`.
    pub via: &'static str,
    /// The group that brings it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Which statement, from 1.
    pub statement: usize,
    /// Its `Sid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// `Allow` or `Deny`.
    pub effect: &'static str,
    /// Whether it takes part.
    pub applies: Answer,
    /// The condition keys that would settle it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<String>,
    /// The line of the policy's text on which it begins, from 1, where the text was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The character of that line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// Where it stands in the policy's text, in bytes.
    #[serde(skip)]
    pub span: Span,
    /// Where the policy comes from.
    #[serde(skip)]
    pub source: Source,
}

impl Clause {
    pub(super) fn new(layer: Layer, report: &StatementReport) -> Self {
        let source = report.source.as_ref();
        let (via, group) = match &source.via {
            Via::Attached => ("attached", None),
            Via::Inline => ("inline", None),
            Via::Group(name) => ("group", Some(name.clone())),
            Via::GroupInline(name) => ("group-inline", Some(name.clone())),
        };
        let applies = report.applies();
        Self {
            layer: layer.name(),
            policy: source.name.rsplit('/').next().unwrap_or_default().to_owned(),
            arn: source.name.starts_with("arn:").then(|| source.name.clone()),
            via,
            group,
            statement: report.index + 1,
            sid: report.sid.clone(),
            effect: if report.effect == Effect::Allow { "Allow" } else { "Deny" },
            applies: applies.into(),
            depends_on: if applies == Truth::Unknown { spelled(&report.unknown) } else { Vec::new() },
            line: None,
            column: None,
            span: report.span,
            source: source.clone(),
        }
    }

    /// Which policy, by which way: `PowerUserAccess through Developers`.
    pub fn path(&self) -> String {
        match (self.via, &self.group) {
            ("inline", _) => format!("inline policy {}", self.policy),
            ("group-inline", Some(group)) => format!("inline policy {} of {group}", self.policy),
            (_, Some(group)) => format!("{} through {group}", self.policy),
            _ => self.policy.clone(),
        }
    }

    /// The statement by its `Sid`, or its number: `StayInEurope`, `statement 2`.
    pub fn name(&self) -> String {
        self.sid.clone().filter(|sid| !sid.is_empty()).unwrap_or_else(|| format!("statement {}", self.statement))
    }
}

/// Condition keys as AWS writes them, each once.
pub(super) fn spelled(keys: &[String]) -> Vec<String> {
    let mut names: Vec<String> = keys.iter().map(|key| spelling(key)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// A key in lower case as AWS writes it, its variable part as it is.
pub(super) fn spelling(key: &str) -> String {
    let Some(known) = catalog::condition_key(key) else { return key.to_owned() };
    match known.variable_prefix() {
        Some(prefix) => format!("{prefix}{}", key.get(prefix.len()..).unwrap_or_default()),
        None => known.name.to_owned(),
    }
}

/// Texts that are told once, in the order in which they came.
pub(super) fn once<T: Clone + Eq + std::hash::Hash>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    all.into_iter().filter(|one| seen.insert(one.clone())).collect()
}
