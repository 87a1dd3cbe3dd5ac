//! Services let in by a resource's policy: on whose behalf they ask (IAM User Guide, "The confused deputy problem").

use super::checks::{error, security, suggestion};
use super::{Family, Linter, pair};
use crate::policy::condition::Operator;
use crate::policy::document::{ConditionKey, Item, Principals, Statement};

/// Keys that say on whose behalf a service asks.
const SOURCE: [&str; 5] =
    ["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceOwner"];
/// Keys that a service's requests never carry: those of the principal and of a network of the customer's.
const NEVER: [&str; 12] = [
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalTag/",
    "aws:userid",
    "aws:username",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:VpcSourceIp",
    "aws:MultiFactorAuthPresent",
    "aws:MultiFactorAuthAge",
];
/// Keys that were used to tell on whose behalf a service asks before there were better ones.
const WEAKER: [&str; 2] = ["aws:Referer", "aws:UserAgent"];
/// Services that say on whose behalf they assume a role. Most do not, so a trust policy that names another is left alone.
const ASSUMING: [&str; 14] = [
    "appflow",
    "backup",
    "bedrock",
    "cloudtrail",
    "datasync",
    "dlm",
    "fis",
    "logs",
    "pipes",
    "rolesanywhere",
    "scheduler",
    "sns",
    "ssm",
    "transfer",
];

pub(super) fn check(linter: &mut Linter<'_>, statement: &Statement) {
    let services = services(statement);
    if services.is_empty() || linter.family == Family::ResourceControl || !super::allows(statement) {
        return;
    }
    let keys = || statement.conditions().iter().flat_map(|block| block.keys.iter().map(move |key| (block, key)));
    if only_services(statement) {
        let absent = |operator: &str| Operator::parse(operator).is_some_and(|operator| !operator.if_exists);
        let never: Vec<&ConditionKey> = keys()
            .filter(|(block, key)| absent(&block.operator.text) && pair::is(key, &NEVER))
            .map(|(_, key)| key)
            .collect();
        for key in never {
            linter.find(&error::UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL, key.key.span);
        }
    }
    if keys().any(|(_, key)| pair::is(key, &SOURCE)) {
        return;
    }
    if let Some((_, key)) = keys().find(|(_, key)| pair::is(key, &WEAKER)) {
        return linter.find(&suggestion::RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL, key.key.span);
    }
    let trust = linter.family == Family::Trust;
    for item in services {
        let name = item.text.split('.').next().unwrap_or_default();
        if !trust || ASSUMING.contains(&name) {
            linter.find(&security::RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL, item.span);
        }
    }
}

/// The service principals a statement names.
fn services(statement: &Statement) -> Vec<&Item> {
    let Some(Principals::Typed(entries)) = statement.principal.as_ref().map(|field| &field.value) else {
        return Vec::new();
    };
    entries.iter().filter(|entry| entry.kind.text == "Service").flat_map(|entry| &entry.values.items).collect()
}

/// Whether a statement is about services and nobody else.
pub(super) fn only_services(statement: &Statement) -> bool {
    match statement.principal.as_ref().map(|field| &field.value) {
        Some(Principals::Typed(entries)) => {
            !entries.is_empty() && entries.iter().all(|entry| entry.kind.text == "Service")
        }
        _ => false,
    }
}
