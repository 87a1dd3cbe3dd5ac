//! Principals: their types, and who they can be.

use super::{Candidate, CandidateKind, Place, candidate};
use crate::policy::PolicyType;

/// Services that policies most often name.
const SERVICES: [&str; 22] = [
    "apigateway",
    "backup",
    "cloudformation",
    "cloudfront",
    "cloudtrail",
    "codebuild",
    "codepipeline",
    "config",
    "delivery.logs",
    "ec2",
    "ecs-tasks",
    "eks",
    "events",
    "firehose",
    "glue",
    "lambda",
    "logging.s3",
    "rds",
    "s3",
    "sagemaker",
    "sns",
    "states",
];
/// Identity providers that IAM knows by their host.
const PROVIDERS: [&str; 4] =
    ["cognito-identity.amazonaws.com", "accounts.google.com", "graph.facebook.com", "www.amazon.com"];

pub(super) fn types() -> Vec<Candidate> {
    let kind = |name: &str, detail: &str| candidate(CandidateKind::Element, name, detail);
    vec![
        kind("AWS", "accounts, users, roles, sessions"),
        kind("Service", "AWS services"),
        kind("Federated", "identity providers"),
        kind("CanonicalUser", "accounts by their id in Amazon S3"),
    ]
}

/// Service principals, for principals and for keys that hold one.
pub(super) fn services() -> impl Iterator<Item = Candidate> {
    SERVICES.iter().map(|name| candidate(CandidateKind::Principal, format!("{name}.amazonaws.com"), "service"))
}

pub(super) fn values(place: &Place<'_>, kind: Option<&str>) -> Vec<Candidate> {
    let everyone = || candidate(CandidateKind::Principal, "*", "everyone");
    match kind {
        None => vec![everyone()],
        Some("Service") => services().collect(),
        Some("Federated") => providers(place),
        Some("AWS") => {
            let star = (place.kind != PolicyType::RoleTrust).then(everyone);
            star.into_iter().chain(people(place)).collect()
        }
        Some(_) => Vec::new(),
    }
}

fn people(place: &Place<'_>) -> impl Iterator<Item = Candidate> {
    let account = place.names.account.as_deref();
    let root =
        account.map(|id| candidate(CandidateKind::Principal, format!("arn:aws:iam::{id}:root"), "whole account"));
    let id = account.map(|id| candidate(CandidateKind::Principal, id, "whole account"));
    let named = ["role", "user"].into_iter().flat_map(|kind| super::resource::named(place.names, kind));
    let named = named.map(|found| Candidate { kind: CandidateKind::Principal, ..found });
    root.into_iter().chain(named).chain(id)
}

fn providers(place: &Place<'_>) -> Vec<Candidate> {
    let account = place.names.account();
    let own = ["saml-provider", "oidc-provider"].into_iter().map(|kind| {
        candidate(CandidateKind::Principal, format!("arn:aws:iam::{account}:{kind}/"), "provider of this account")
    });
    let known = PROVIDERS.iter().map(|host| candidate(CandidateKind::Principal, *host, "identity provider"));
    own.chain(known).collect()
}
