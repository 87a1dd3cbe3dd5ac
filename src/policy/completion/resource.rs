//! ARNs of what the statement's actions work on, with the account's own id and names filled in.

use std::collections::BTreeSet;

use super::{AccountNames, Candidate, CandidateKind, Place, candidate};
use crate::policy::catalog::{self, ResourceType};
use crate::policy::document::Statement;

pub(super) fn candidates(place: &Place<'_>) -> Vec<Candidate> {
    let mut all = vec![candidate(CandidateKind::Resource, "*", "every resource")];
    let mut seen = BTreeSet::new();
    let services = services_of(place.statement);
    let own = |service: &str| services.contains(service) || services.is_empty();
    if own("s3") {
        all.extend(place.names.buckets.iter().flat_map(|name| bucket(name)));
    }
    if own("iam") {
        all.extend(["user", "group", "role", "policy"].into_iter().flat_map(|kind| named(place.names, kind)));
    }
    for resource in types(place.statement).into_iter().filter(|resource| seen.insert(resource.arn)) {
        all.push(template(resource, place.names));
    }
    all
}

fn bucket(name: &str) -> [Candidate; 2] {
    [
        candidate(CandidateKind::Resource, format!("arn:aws:s3:::{name}"), "bucket"),
        candidate(CandidateKind::Resource, format!("arn:aws:s3:::{name}/*"), "objects"),
    ]
}

pub(super) fn named(names: &AccountNames, kind: &'static str) -> impl Iterator<Item = Candidate> {
    names.arns(kind).map(move |arn| candidate(CandidateKind::Resource, arn, kind))
}

/// The actions of a statement, as they are written.
fn actions(statement: Option<&Statement>) -> impl Iterator<Item = &str> {
    let field = statement.and_then(|statement| statement.action.as_ref());
    field.into_iter().flat_map(|field| field.value.texts())
}

/// The services that a statement's actions are of.
pub(super) fn services_of(statement: Option<&Statement>) -> BTreeSet<String> {
    let prefix = |action: &str| action.split_once(':').map(|(prefix, _)| prefix.to_ascii_lowercase());
    actions(statement).filter_map(prefix).collect()
}

/// The types a statement's actions work on; a pattern counts as the whole service.
fn types(statement: Option<&Statement>) -> Vec<&'static ResourceType> {
    let mut all: Vec<&'static ResourceType> = Vec::new();
    for action in actions(statement) {
        if let Some(action) = catalog::action(action) {
            all.extend(action.resource_types().map(|(resource, _)| resource));
        } else {
            let service = action.split_once(':').and_then(|(prefix, _)| catalog::service(prefix));
            all.extend(service.map_or(&[][..], |service| service.resource_types()));
        }
    }
    all
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
