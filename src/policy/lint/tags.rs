//! Conditions on a resource's tags with actions whose requests never carry them.

use super::checks::{security, suggestion};
use super::{Family, Finding, Linter};
use crate::policy::catalog::{self, Action};
use crate::policy::condition::{Comparison, Operator, Quantifier};
use crate::policy::document::{ConditionKey, Item, Statement};

pub(super) fn check(linter: &mut Linter<'_>, statement: &Statement) {
    let family = linter.family;
    let known = family == Family::Identity || (family == Family::ServiceControl && super::denies(statement));
    if !known {
        return;
    }
    for block in statement.conditions() {
        if Operator::parse(&block.operator.text).is_some_and(needs_value) {
            for key in block.keys.iter().filter(|key| is_resource_tag(&key.key.text)) {
                tag(linter, statement, key);
            }
        }
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

fn tag(linter: &mut Linter<'_>, statement: &Statement, key: &ConditionKey) {
    let allow = super::allows(statement);
    if let Some(field) = &statement.not_action {
        let check = if allow {
            &suggestion::ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE
        } else {
            &security::DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE
        };
        return linter.push(Finding::new(check, field.span).also(key.key.span));
    }
    let Some(field) = &statement.action else { return };
    let mut without = field.value.items.iter().filter(|item| never_tagged(item)).map(|item| item.span);
    let Some(first) = without.next() else { return };
    let check = if allow {
        &suggestion::ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE
    } else {
        &security::DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE
    };
    linter.push(without.fold(Finding::new(check, first), Finding::also).also(key.key.span));
}

/// Whether no action of that name ever carries a resource's tags. Actions that tag what they make carry the new tags, and
/// Access Analyzer does not count them.
fn never_tagged(item: &Item) -> bool {
    if item.is_star() || !item.text.contains(':') {
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
