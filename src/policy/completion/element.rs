//! JSON keys of policies and statements, and the values that are words of the grammar.

use super::{Candidate, CandidateKind, Place, candidate};
use crate::policy::PolicyType;

fn element(name: &str, detail: &str) -> Candidate {
    candidate(CandidateKind::Element, name, detail)
}

pub(super) fn unless_there(place: &Place<'_>, all: Vec<Candidate>) -> Vec<Candidate> {
    let there = |name: &str| place.context.siblings.iter().any(|sibling| sibling == name);
    all.into_iter().filter(|candidate| !there(&candidate.label)).collect()
}

pub(super) fn top(place: &Place<'_>) -> Vec<Candidate> {
    let all = vec![
        element("Version", "of the policy language"),
        element("Statement", "one or a list"),
        element("Id", "of the policy"),
    ];
    unless_there(place, all)
}

pub(super) fn statement(place: &Place<'_>) -> Vec<Candidate> {
    let mut all = vec![element("Sid", "the statement's name"), element("Effect", "Allow or Deny")];
    if place.kind.has_principal() {
        all.push(element("Principal", "whom it is about"));
        if !matches!(place.kind, PolicyType::RoleTrust | PolicyType::ResourceControl) {
            all.push(element("NotPrincipal", "all but these"));
        }
    }
    all.push(element("Action", "what may be done"));
    all.push(element("NotAction", "all but these"));
    if place.kind != PolicyType::RoleTrust {
        all.push(element("Resource", "what it is done to"));
        all.push(element("NotResource", "all but these"));
    }
    all.push(element("Condition", "when it applies"));
    // A statement has an element or its Not form, never both.
    let there = |name: &str| place.context.siblings.iter().any(|sibling| sibling == name);
    all.retain(|candidate| {
        let name = candidate.label.as_str();
        name.strip_prefix("Not").map_or_else(|| !there(&format!("Not{name}")), |plain| !there(plain))
    });
    unless_there(place, all)
}

pub(super) fn versions() -> Vec<Candidate> {
    vec![
        candidate(CandidateKind::Value, "2012-10-17", "current, with policy variables"),
        candidate(CandidateKind::Value, "2008-10-17", "older, without policy variables"),
    ]
}

pub(super) fn effects() -> Vec<Candidate> {
    vec![candidate(CandidateKind::Value, "Allow", ""), candidate(CandidateKind::Value, "Deny", "wins over every Allow")]
}
