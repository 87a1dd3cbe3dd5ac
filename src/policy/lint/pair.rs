//! Condition keys that are safe only with another, in another sense, or not at all.

use super::checks::{security, suggestion, warning};
use super::{Family, Linter};
use crate::policy::PolicyType;
use crate::policy::condition::{Comparison, Operator};
use crate::policy::document::{ConditionKey, Statement};

pub(super) fn check(linter: &mut Linter<'_>, statement: &Statement) {
    if statement.condition.is_none() {
        return;
    }
    private_source(linter, statement);
    attributes(linter, statement);
    prefixes(linter, statement);
    untrustworthy(linter, statement);
    irrelevant(linter, statement);
    if linter.family == Family::ResourceControl && super::denies(statement) {
        control(linter, statement);
    }
}

/// The keys of a statement's condition with their operators.
fn keys(statement: &Statement) -> impl Iterator<Item = (Operator, &ConditionKey)> {
    let blocks = statement.conditions().iter();
    blocks.flat_map(|block| {
        let operator = Operator::parse(&block.operator.text);
        block.keys.iter().filter_map(move |key| Some((operator?, key)))
    })
}

fn find<'s>(statement: &'s Statement, names: &[&str]) -> Option<(Operator, &'s ConditionKey)> {
    keys(statement).find(|(_, key)| is(key, names))
}

pub(super) fn is(key: &ConditionKey, names: &[&str]) -> bool {
    let name = &key.key.text;
    names.iter().any(|known| {
        let tag = known.ends_with('/') && name.get(..known.len()).is_some_and(|head| head.eq_ignore_ascii_case(known));
        tag || name.eq_ignore_ascii_case(known)
    })
}

/// Private addresses mean something only within a VPC.
fn private_source(linter: &mut Linter<'_>, statement: &Statement) {
    let within =
        ["aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths"];
    if let Some((_, key)) = find(statement, &["aws:VpcSourceIp"])
        && find(statement, &within).is_none()
    {
        linter.find(&security::MISSING_PAIRED_CONDITION_KEYS, key.key.span);
    }
}

/// A limit on attributes is no limit unless the request must select them (DynamoDB Developer Guide, "Using conditions").
fn attributes(linter: &mut Linter<'_>, statement: &Statement) {
    if let Some((_, key)) = find(statement, &["dynamodb:Attributes"])
        && super::allows(statement)
        && find(statement, &["dynamodb:Select"]).is_none()
    {
        linter.find(&security::DYNAMODB_ATTRIBUTES_WITHOUT_SELECT, key.key.span);
    }
}

/// s3:prefix tells what the caller asked for, not what the answer holds.
fn prefixes(linter: &mut Linter<'_>, statement: &Statement) {
    for (operator, key) in keys(statement).filter(|(_, key)| is(key, &["s3:prefix"])) {
        let negative = operator.comparison.is_negated();
        let string = operator.comparison.name().starts_with("String");
        if string && ((super::denies(statement) && !negative) || (super::allows(statement) && negative)) {
            linter.find(&security::S3_PREFIX_IN_NEGATIVE_CONTEXT, key.key.span);
        }
    }
}

/// Keys whose values the caller writes.
const CALLERS: [&str; 2] = ["aws:Referer", "aws:UserAgent"];

fn untrustworthy(linter: &mut Linter<'_>, statement: &Statement) {
    // A service that asks sends its own value, which another check has a word on.
    if super::service_principal::only_services(statement) {
        return;
    }
    if let Some((_, key)) = find(statement, &CALLERS) {
        linter.find(&security::UNTRUSTWORTHY_CONDITION_KEY, key.key.span);
    }
}

/// Keys that are the same for every request that reaches a resource's policy. A VPC endpoint leads to many resources.
const OWN: [&str; 4] = ["s3:ResourceAccount", "aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths"];

fn irrelevant(linter: &mut Linter<'_>, statement: &Statement) {
    if linter.kind == PolicyType::Resource
        && let Some((_, key)) = find(statement, &OWN)
    {
        linter.find(&suggestion::IRRELEVANT_CONDITION_KEY_IN_POLICY, key.key.span);
    }
}

/// Keys that tell who asks.
const PRINCIPAL: [&str; 4] =
    ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount", "aws:PrincipalArn"];
/// Keys that tell on whose behalf a service asks.
const SOURCE: [&str; 4] = ["aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceAccount", "aws:SourceArn"];

/// What a resource control policy must also test, or it shuts AWS services out (AWS Organizations User Guide, "RCP
/// examples").
fn control(linter: &mut Linter<'_>, statement: &Statement) {
    let negative = |(operator, _): &(Operator, &ConditionKey)| operator.comparison.is_negated();
    let tested = |names: &[&str]| keys(statement).filter(negative).find(|(_, key)| is(key, names)).map(|(_, key)| key);
    let service = find(statement, &["aws:PrincipalIsAWSService", "aws:PrincipalServiceName"]).is_some();
    if let Some(key) = tested(&PRINCIPAL).filter(|_| !service) {
        linter.find(&warning::RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY, key.key.span);
    }
    let Some(key) = tested(&SOURCE) else { return };
    if !service {
        linter.find(&warning::RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY, key.key.span);
    }
    let present = |(operator, key): (Operator, &ConditionKey)| {
        operator.comparison == Comparison::Null && is(key, &["aws:SourceAccount", "aws:SourceArn"])
    };
    if !keys(statement).any(present) {
        linter.find(&warning::RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK, key.key.span);
    }
}
