//! Conditions on a resource's tags with actions whose requests never carry them.

use super::checks::{security, suggestion};
use super::{Family, Finding, HELD_MAX, Linter};
use crate::policy::catalog::{self, Action};
use crate::policy::condition::{Comparison, Operator, Quantifier};
use crate::policy::document::{ConditionBlock, ConditionKey, Item, Statement};
use crate::policy::json::Span;
use crate::policy::wildcard;

pub(super) fn check(linter: &mut Linter<'_>, statement: &Statement) {
    let family = linter.family;
    let known = family == Family::Identity || (family == Family::ServiceControl && super::denies(statement));
    if !known {
        return;
    }
    let tested = |block: &&ConditionBlock| Operator::parse(&block.operator.text).is_some_and(needs_value);
    let keys = statement.conditions().iter().filter(tested).flat_map(|block| &block.keys);
    let keys: Vec<_> = keys.filter(|key| is_resource_tag(&key.key.text)).take(HELD_MAX).collect();
    if keys.is_empty() {
        return;
    }
    let actions = statement.action.iter().flat_map(|field| &field.value.items);
    let untagged =
        actions.filter(|item| !wildcard::is_pattern(&item.text) || linter.look_up()).filter(|i| never_tagged(i));
    let without: Vec<Span> = untagged.map(|item| item.span).collect();
    for key in keys {
        tag(linter, statement, key, &without);
    }
}

/// Whether the test fails when the key is absent.
fn needs_value(operator: Operator) -> bool {
    let negated = operator.comparison.is_negated() || operator.comparison == Comparison::Null;
    !negated && !operator.if_exists && operator.quantifier != Some(Quantifier::All)
}

fn is_resource_tag(name: &str) -> bool {
    name.get(..16).is_some_and(|start| start.eq_ignore_ascii_case("aws:ResourceTag/"))
}

/// `without` are the actions whose requests never carry a tag.
fn tag(linter: &mut Linter<'_>, statement: &Statement, key: &ConditionKey, without: &[Span]) {
    let allow = super::allows(statement);
    if let Some(field) = &statement.not_action {
        let check = if allow {
            &suggestion::ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE
        } else {
            &security::DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE
        };
        return linter.push(Finding::new(check, field.span).also(key.key.span));
    }
    let Some((first, rest)) = without.split_first() else { return };
    let check = if allow {
        &suggestion::ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE
    } else {
        &security::DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE
    };
    linter.push(rest.iter().copied().fold(Finding::new(check, *first), Finding::also).also(key.key.span));
}

/// Whether no action of that name ever carries a resource's tags. Actions that tag what they make carry the new tags, and
/// Access Analyzer does not count them.
fn never_tagged(item: &Item) -> bool {
    // A pattern of services is another check's matter.
    if item.text.split_once(':').is_none_or(|(prefix, _)| catalog::service(prefix).is_none()) {
        return false;
    }
    let untagged = |action: &Action| {
        let keys = ["aws:ResourceTag/x", "aws:RequestTag/x", "aws:TagKeys"];
        !keys.iter().any(|key| action.takes_key(key))
    };
    if item.text.contains(['*', '?']) {
        let actions = catalog::expand(&item.text);
        return !actions.is_empty() && actions.into_iter().all(untagged);
    }
    catalog::action(&item.text).is_some_and(untagged)
}
