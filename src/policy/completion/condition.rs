//! Condition operators, the keys that the statement's requests carry, and values by the key's type.

use std::collections::BTreeSet;

use super::{Candidate, CandidateKind, Place, candidate, principal, resource};
use crate::policy::catalog::{self, ConditionKey, ValueType, managed};
use crate::policy::condition::{Comparison, Operator, Quantifier};

/// Operators in the order people need them: by family, plain before prefixed.
pub(super) fn operators() -> Vec<Candidate> {
    let plain = Comparison::ALL.iter().map(|(comparison, name)| operator(name, compares(*comparison)));
    let optional = Comparison::ALL.iter().filter(|(comparison, _)| *comparison != Comparison::Null);
    let optional = optional.map(|(_, name)| operator(&format!("{name}IfExists"), "true when the key is absent"));
    let sets = ["StringEquals", "StringLike", "ArnLike"];
    let any = sets.iter().map(|name| operator(&format!("ForAnyValue:{name}"), "one of the request's values matches"));
    let every = sets.iter().map(|name| operator(&format!("ForAllValues:{name}"), "all match, or there are none"));
    plain.chain(any).chain(every).chain(optional).collect()
}

fn operator(name: &str, detail: &str) -> Candidate {
    candidate(CandidateKind::Operator, name, detail)
}

/// What an operator does, in a few words.
pub(super) fn compares(comparison: Comparison) -> &'static str {
    let name = comparison.name();
    match comparison {
        Comparison::StringLike => "text with wildcards",
        Comparison::StringNotLike => "text with wildcards does not match",
        Comparison::Null => "whether the key is absent",
        Comparison::Bool => "true or false",
        Comparison::IpAddress => "an address in a range",
        Comparison::NotIpAddress => "an address in no range",
        Comparison::BinaryEquals => "Base64, the same bytes",
        _ if name.starts_with("Arn") && comparison.is_negated() => "ARN with wildcards does not match",
        _ if name.starts_with("Arn") => "ARN with wildcards",
        _ if name.starts_with("Numeric") => "numbers",
        _ if name.starts_with("Date") => "dates",
        _ if name.ends_with("IgnoreCase") => "text, in any case",
        _ => "text, exactly",
    }
}

/// Keys of the statement's actions, then global ones, those that fit the operator first.
pub(super) fn keys(place: &Place<'_>, operator: &str) -> Vec<Candidate> {
    let operator = Operator::parse(operator);
    let mut seen = BTreeSet::new();
    let there = |name: &str| place.context.siblings.iter().any(|sibling| sibling.eq_ignore_ascii_case(name));
    let mut all: Vec<&ConditionKey> = own(place).into_iter().chain(catalog::global_keys()).collect();
    all.retain(|key| !there(key.name) && seen.insert(key.name.to_ascii_lowercase()));
    all.sort_by_key(|key| !operator.is_none_or(|operator| suits(operator, key)));
    all.into_iter().map(offered).collect()
}

fn offered(key: &ConditionKey) -> Candidate {
    let label = key.variable_prefix().unwrap_or(key.name);
    candidate(CandidateKind::Key, label, describe(key))
}

/// A key in a few words: `String, several values`.
pub(super) fn describe(key: &ConditionKey) -> String {
    let several = if key.multivalued { ", several values" } else { "" };
    format!("{}{several}", key.value_type.as_str())
}

/// The keys of the statement's actions; of patterns, those of the whole service.
fn own(place: &Place<'_>) -> Vec<&'static ConditionKey> {
    let field = place.statement.and_then(|statement| statement.action.as_ref());
    let names: Vec<&str> = field.map(|field| field.value.texts().collect()).unwrap_or_default();
    let mut all = Vec::new();
    let mut whole = BTreeSet::new();
    for name in names {
        let Some((prefix, _)) = name.split_once(':') else { continue };
        match catalog::action(name) {
            Some(action) if !whole.contains(prefix) => all.extend(action.condition_keys()),
            None if whole.insert(prefix) => {
                all.extend(catalog::service(prefix).map_or(&[][..], |service| service.condition_keys()));
            }
            _ => {}
        }
    }
    all
}

/// Whether operator and key are made for each other.
fn suits(operator: Operator, key: &ConditionKey) -> bool {
    let name = operator.comparison.name();
    let family = match key.value_type {
        ValueType::String => name.starts_with("String"),
        ValueType::Arn => name.starts_with("Arn"),
        ValueType::Bool => operator.comparison == Comparison::Bool,
        ValueType::Numeric => name.starts_with("Numeric"),
        ValueType::Date => name.starts_with("Date"),
        ValueType::IpAddress => name.ends_with("IpAddress"),
        ValueType::Binary => name.starts_with("Binary"),
    };
    let sets = matches!(operator.quantifier, Some(Quantifier::All | Quantifier::Any)) == key.multivalued;
    operator.comparison == Comparison::Null || (family && sets)
}

pub(super) fn values(place: &Place<'_>, operator: &str, key: &str) -> Vec<Candidate> {
    if place.context.typed.contains("${") {
        return variables(&place.context.typed);
    }
    let comparison = Operator::parse(operator).map(|operator| operator.comparison);
    let known = catalog::condition_key(key);
    let boolean = matches!(comparison, Some(Comparison::Bool | Comparison::Null));
    if boolean || known.is_some_and(|key| key.value_type == ValueType::Bool) {
        return ["true", "false"].into_iter().map(|text| candidate(CandidateKind::Value, text, "")).collect();
    }
    of_key(place, &key.to_ascii_lowercase(), known)
}

fn of_key(place: &Place<'_>, key: &str, known: Option<&ConditionKey>) -> Vec<Candidate> {
    let value = |text: &str, detail: &str| candidate(CandidateKind::Value, text, detail);
    match key {
        "aws:requestedregion" | "ec2:region" => {
            let regions =
                catalog::partitions().iter().flat_map(|p| p.regions.iter().map(|region| value(region, p.name)));
            regions.collect()
        }
        "iam:passedtoservice"
        | "iam:awsservicename"
        | "aws:calledvia"
        | "aws:calledviafirst"
        | "aws:calledvialast"
        | "aws:principalservicename" => principal::services().collect(),
        "iam:policyarn" | "iam:permissionsboundary" => {
            let own = resource::named(place.names, "policy");
            own.into_iter().chain(managed::all().iter().map(|policy| value(&policy.arn, "AWS managed"))).collect()
        }
        "aws:username" => {
            place.names.users.iter().map(|name| value(name.rsplit('/').next().unwrap_or(name), "user")).collect()
        }
        _ if key.ends_with("account") => {
            let own = place.names.account.iter().map(|id| value(id, "this account"));
            own.chain([value("${aws:PrincipalAccount}", "the caller's account")]).collect()
        }
        _ if known.is_some_and(|key| key.value_type == ValueType::Arn) => {
            ["role", "user"].into_iter().flat_map(|kind| resource::named(place.names, kind)).collect()
        }
        _ => variables(""),
    }
}

/// Policy variables, after what stands before them.
fn variables(typed: &str) -> Vec<Candidate> {
    let before = typed.rsplit_once("${").map_or("", |(before, _)| before);
    let single = catalog::global_keys().iter().filter(|key| !key.multivalued);
    let make = |key: &ConditionKey| {
        let label = format!("{before}${{{}", key.variable_prefix().unwrap_or(key.name));
        let closed = if key.variable_prefix().is_some() { label } else { label + "}" };
        candidate(CandidateKind::Variable, closed, describe(key))
    };
    single.map(make).collect()
}
