//! Condition keys that the statement's actions do not carry.
//!
//! Access Analyzer does not test every key against the reference, only some; which, it does not publish. The tables here
//! hold the keys whose documentation names the actions they are for.

use super::checks::{error, warning};
use super::{Finding, HELD_MAX, Linter};
use crate::policy::catalog;
use crate::policy::document::{ConditionKey, Item, Statement};

/// Keys that one kind of request carries and that others are often listed beside.
const BOUND: [&str; 3] = ["iam:PassedToService", "iam:AssociatedResourceArn", "iam:AWSServiceName"];

/// Keys that only the services here set (IAM User Guide, "AWS global condition context keys"). The list grows.
const VPCE_KEYS: [&str; 3] = ["aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths"];
const VPCE_SERVICES: [&str; 14] = [
    "s3",
    "kms",
    "lambda",
    "athena",
    "cloudformation",
    "ebs",
    "scheduler",
    "rekognition",
    "apprunner",
    "servicediscovery",
    "dms",
    "license-manager",
    "textract",
    "transcribe",
];

pub(super) fn check(linter: &mut Linter<'_>, statement: &Statement) {
    let all = || statement.conditions().iter().flat_map(|block| &block.keys);
    let is = |key: &ConditionKey, names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(&key.key.text));
    for key in all().filter(|key| is(key, &BOUND)).take(HELD_MAX) {
        bound(linter, statement, key);
    }
    for key in all().filter(|key| is(key, &VPCE_KEYS)).take(HELD_MAX) {
        endpoint(linter, statement, key);
    }
    let known = |key: &&ConditionKey| catalog::condition_key(&key.key.text).is_some();
    for key in all().filter(|key| ends(&key.key.text, ":CreateAction")).filter(known).take(HELD_MAX) {
        companion(linter, statement, key);
    }
}

fn ends(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len()).and_then(|at| text.get(at..));
    start.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// The single actions of the statement. Access Analyzer does not judge patterns.
fn named(statement: &Statement) -> impl Iterator<Item = &Item> {
    let items = statement.action.as_ref().map_or(&[][..], |field| &field.value.items);
    items.iter().filter(|item| !item.text.contains(['*', '?']))
}

/// Actions that never carry a key beside one that does.
fn bound(linter: &mut Linter<'_>, statement: &Statement, key: &ConditionKey) {
    let without = |item: &&Item| catalog::action(&item.text).is_some_and(|action| !action.takes_key(&key.key.text));
    let mut spans = named(statement).filter(without).map(|item| item.span);
    let Some(first) = spans.next() else { return };
    let finding = Finding::new(&error::UNSUPPORTED_ACTION_FOR_CONDITION_KEY, first);
    linter.push(spans.fold(finding, Finding::also).also(key.key.span));
}

/// `ec2:CreateAction` is carried by `ec2:CreateTags` alone, however the tagged thing is made.
fn companion(linter: &mut Linter<'_>, statement: &Statement, key: &ConditionKey) {
    let Some(field) = &statement.action else { return };
    let Some((prefix, _)) = key.key.text.split_once(':') else { return };
    // Only patterns of the key's own service, and single actions, can name an action that carries it.
    let own = |item: &&Item| {
        let service = item.text.split_once(':').map(|(service, _)| service);
        service.is_none_or(|service| service.eq_ignore_ascii_case(prefix)) || catalog::action(&item.text).is_some()
    };
    let mut items = field.value.items.iter().filter(own);
    let carries = |item: &Item| catalog::expand(&item.text).iter().any(|action| action.takes_key(&key.key.text));
    if items.any(|item| !linter.look_up() || carries(item)) {
        return;
    }
    let actions = catalog::service(prefix).map_or(&[][..], |service| service.actions());
    let names: Vec<_> =
        actions.iter().filter(|action| action.takes_key(&key.key.text)).map(catalog::Action::full_name).collect();
    if !names.is_empty() {
        let finding = Finding::new(&error::MISSING_ACTION_FOR_CONDITION_KEY, key.key.span);
        linter.push(finding.also(field.span).noted(format!("it goes with {}", names.join(", "))));
    }
}

fn endpoint(linter: &mut Linter<'_>, statement: &Statement, key: &ConditionKey) {
    let supported = |item: &Item| {
        let prefix = item.text.split(':').next().unwrap_or_default();
        VPCE_SERVICES.iter().any(|service| service.eq_ignore_ascii_case(prefix))
    };
    let all = statement.action.as_ref().is_some_and(|field| field.value.items.iter().all(supported));
    if !all {
        linter.find(&warning::USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES, key.key.span);
    }
}
