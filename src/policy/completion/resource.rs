//! ARNs of what the statement's actions work on, with the account's own id and names filled in.

use std::collections::BTreeSet;

use super::{AccountNames, Candidate, CandidateKind, Place, candidate};
use crate::policy::catalog::{self, Action, ResourceType};
use crate::policy::document::Statement;

/// The kinds that names are known of where the statement does not say what it works on.
const KNOWN: [&str; 6] = ["bucket", "object", "user", "group", "role", "policy"];

pub(super) fn candidates(place: &Place<'_>) -> Vec<Candidate> {
    let all = candidate(CandidateKind::Resource, "*", "every resource");
    let actions = actions(place.statement);
    let types = types(&actions);
    let kinds = if actions.is_empty() { KNOWN.to_vec() } else { types.iter().filter_map(|of| kind(of)).collect() };
    let own = kinds.into_iter().flat_map(|kind| named(place.names, kind));
    let forms = types.iter().map(|resource| template(resource, place.names));
    let mut seen = BTreeSet::new();
    std::iter::once(all).chain(own).chain(forms).filter(|found| seen.insert(found.label.clone())).collect()
}

/// Which of the names that are known a type's ARNs hold.
fn kind(resource: &ResourceType) -> Option<&'static str> {
    let form = resource.arn.strip_prefix("arn:${Partition}:")?;
    match form {
        "s3:::${BucketName}" => Some("bucket"),
        "s3:::${BucketName}/${ObjectName}" => Some("object"),
        _ => {
            let (kind, _) = form.strip_prefix("iam::${Account}:")?.split_once("/${")?;
            KNOWN.into_iter().find(|known| *known == kind)
        }
    }
}

/// The ARNs of what the account is known to have of a kind.
pub(super) fn named(names: &AccountNames, kind: &'static str) -> Vec<Candidate> {
    let bucket = |end: &str| names.buckets.iter().map(|name| format!("arn:aws:s3:::{name}{end}")).collect();
    let arns: Vec<String> = match kind {
        "bucket" => bucket(""),
        "object" => bucket("/*"),
        _ => names.arns(kind).collect(),
    };
    arns.into_iter().map(|arn| candidate(CandidateKind::Resource, arn, kind)).collect()
}

/// The actions that a statement allows or denies. Of `*`, which says nothing of what it works on, none.
fn actions(statement: Option<&Statement>) -> Vec<&'static Action> {
    let field = statement.and_then(|statement| statement.action.as_ref());
    let names = field.into_iter().flat_map(|field| field.value.texts());
    names.filter(|name| *name != "*").flat_map(catalog::expand).collect()
}

/// The types that actions work on, each once, in the order of the actions.
fn types(actions: &[&'static Action]) -> Vec<&'static ResourceType> {
    let mut seen = BTreeSet::new();
    let all = actions.iter().flat_map(|action| action.resource_types());
    all.map(|(resource, _)| resource).filter(|resource| seen.insert(resource.arn)).collect()
}

/// The form of an ARN with the partition and account known and `*` for the rest.
fn template(resource: &ResourceType, names: &AccountNames) -> Candidate {
    let filled = resource.arn.replace("${Partition}", "aws").replace("${Account}", names.account());
    let mut arn = String::new();
    let mut rest = filled.as_str();
    while let Some((before, after)) = rest.split_once("${") {
        arn.push_str(before);
        arn.push('*');
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    candidate(CandidateKind::Resource, arn + rest, resource.name)
}
