//! What is wrong or unwise in a policy, with places, reasons and repairs: the checks of IAM Access Analyzer's policy
//! validation, offline.
//!
//! Lint never stops a save; that is [`super::refusal`]'s part. It reads the document and the catalog and nothing else. A
//! rule that rests on a table AWS does not publish says so where the table stands.

mod action;
pub mod checks;
mod condition;
mod covered;
mod finding;
mod groups;
mod key;
mod meant;
mod names;
mod near;
mod openness;
mod pair;
mod principal;
mod provider;
mod reach;
mod repair;
mod resource;
mod roles;
mod service_principal;
mod shape;
mod sid;
mod size;
mod syntax;
mod tags;
mod value;
mod variable;

pub mod neutral;

use super::PolicyType;
use super::catalog::dates::Day;
use super::document::{Document, Effect, Statement};
use super::json::Span;
use checks::Check;
use names::Names;

pub use checks::{Severity, all as all_checks};
pub use finding::{Edit, Finding, Fix, Part, path};

/// How the rules group the kinds of policy, as Access Analyzer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Identity,
    Resource,
    Trust,
    ServiceControl,
    ResourceControl,
}

impl Family {
    fn of(kind: PolicyType) -> Self {
        match kind {
            PolicyType::Resource | PolicyType::VpcEndpoint => Self::Resource,
            PolicyType::RoleTrust => Self::Trust,
            PolicyType::ServiceControl => Self::ServiceControl,
            PolicyType::ResourceControl => Self::ResourceControl,
            _ => Self::Identity,
        }
    }

    /// Whether it stands at one resource: a resource's policy, or the trust policy of a role.
    fn is_at_resource(self) -> bool {
        matches!(self, Self::Resource | Self::Trust)
    }
}

/// What lint is asked to judge a document by.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// The kind of policy it is.
    pub kind: PolicyType,
    /// The service of the resource whose policy it is, where that is known: `s3`, `kms`, …
    pub service: Option<&'q str>,
    /// A day of the past to judge as of: which names and checks there were. None for the day of the catalog.
    pub on: Option<Day>,
}

impl From<PolicyType> for Question<'_> {
    fn from(kind: PolicyType) -> Self {
        Self { kind, service: None, on: None }
    }
}

/// One run over a document.
struct Linter<'d> {
    document: &'d Document,
    kind: PolicyType,
    family: Family,
    /// The service of the resource the policy stands at, where the caller said: `s3`.
    at: Option<&'d str>,
    names: Names,
    findings: Vec<Finding>,
    /// How many more misspelt names get a guess at what was meant.
    guesses: usize,
    /// How many more patterns of actions may be held against the actions of their service.
    patterns: usize,
    /// How many more letters of patterns may be compared, to find what covers what.
    comparisons: usize,
}

/// How many misspelt names of a document get a guess. A guess looks through the catalog, and no document with more of them
/// was misspelt by hand.
const GUESSES_MAX: usize = 200;

/// How many patterns of actions of a document are held against the actions of their service, which takes up to a tenth of a
/// millisecond each: more than the longest policy that AWS stores, a KMS key's of 32 KB, can have. What comes later in a
/// longer document counts as known.
const PATTERNS_MAX: usize = 4_096;

/// How many letters are compared, at worst, to find patterns that cover others: all pairs of a list of 20,480 characters, as
/// many as an S3 bucket's policy may have. In longer documents the patterns that come later may be left uncompared; plain
/// names and prefixes never are.
const COMPARISONS_MAX: usize = 20_480 * 20_480;

/// How many items of one list of a statement are held against all of another: condition keys against actions, sessions and
/// providers against principals. A statement within IAM's quotas has no more of them, and the work stays in proportion to
/// the text.
const HELD_MAX: usize = 200;

impl Linter<'_> {
    /// Whether one more misspelt name may be guessed at.
    fn guess(&mut self) -> bool {
        let left = self.guesses.checked_sub(1);
        self.guesses = left.unwrap_or(0);
        left.is_some()
    }

    /// Whether one more pattern of actions may be looked up.
    fn look_up(&mut self) -> bool {
        let left = self.patterns.checked_sub(1);
        self.patterns = left.unwrap_or(0);
        left.is_some()
    }

    /// Notes a finding.
    fn push(&mut self, finding: Finding) {
        if self.names.has_check(finding.check) {
            self.findings.push(finding);
        }
    }

    /// Notes a finding that needs no more than its place.
    fn find(&mut self, check: &'static Check, span: Span) {
        self.push(Finding::new(check, span));
    }

    fn text(&self) -> &str {
        &self.document.text
    }
}

/// What there is to say of a document, in the order of its text. A kind of policy alone is a question.
pub fn lint<'q>(document: &'q Document, question: impl Into<Question<'q>>) -> Vec<Finding> {
    let Question { kind, service, on } = question.into();
    let (family, names) = (Family::of(kind), Names::new(on));
    let mut linter = Linter {
        document,
        kind,
        family,
        at: service,
        names,
        findings: Vec::new(),
        guesses: GUESSES_MAX,
        patterns: PATTERNS_MAX,
        comparisons: COMPARISONS_MAX,
    };
    if syntax::check(&mut linter) {
        shape::document(&mut linter);
        size::check(&mut linter);
        sid::unique(&mut linter);
        covered::statements(&mut linter);
        let has_variables = document.text.contains("${");
        for statement in document.statements() {
            statement_checks(&mut linter, statement);
            if has_variables {
                variable::check(&mut linter, statement);
            }
        }
    }
    let mut findings = linter.findings;
    findings.sort_by_key(|finding| (finding.span(), finding.check.severity));
    findings
}

fn statement_checks(linter: &mut Linter<'_>, statement: &Statement) {
    shape::statement(linter, statement);
    sid::check(linter, statement);
    action::check(linter, statement);
    covered::items(linter, statement);
    resource::check(linter, statement);
    condition::check(linter, statement);
    roles::check(linter, statement);
    tags::check(linter, statement);
    pair::check(linter, statement);
    reach::check(linter, statement);
    if linter.family != Family::Identity && linter.family != Family::ServiceControl {
        principal::check(linter, statement);
        provider::check(linter, statement);
        service_principal::check(linter, statement);
    }
}

/// Whether the statement allows.
fn allows(statement: &Statement) -> bool {
    statement.effect() == Some(Effect::Allow)
}

/// Whether the statement denies.
fn denies(statement: &Statement) -> bool {
    statement.effect() == Some(Effect::Deny)
}

#[cfg(test)]
mod tests;
