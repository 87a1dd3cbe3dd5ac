//! Actions: that the service and the action exist, and that a policy of this kind may name them.

use super::checks::{error, suggestion};
use super::names::Names;
use super::{Check, Edit, Family, Finding, Linter};
use crate::policy::catalog::{self, Service};
use crate::policy::document::{Field, Item, ItemKind, Items, Statement};
use crate::policy::wildcard::{self, Case};

pub(super) fn check(linter: &mut Linter<'_>, statement: &Statement) {
    for field in [&statement.action, &statement.not_action].into_iter().flatten() {
        for item in field.value.items.iter().filter(|item| item.kind == ItemKind::String) {
            name(linter, field, item);
            kind(linter, item);
        }
    }
}

fn name(linter: &mut Linter<'_>, field: &Field<Items>, item: &Item) {
    // Variables are another check's matter.
    if item.is_star() || item.text.contains("${") {
        return;
    }
    let Some((prefix, name)) = item.text.split_once(':') else {
        return doubt(linter, &error::INVALID_ACTION, (field, item), meant(item, ""));
    };
    if prefix.contains(['*', '?']) {
        return linter.find(&suggestion::WILDCARD_IN_SERVICE_NAME, item.span);
    }
    if !linter.names.has_service(prefix, name == "*") {
        return doubt(linter, &error::INVALID_SERVICE_IN_ACTION, (field, item), service_meant(item, prefix));
    }
    if !linter.names.has_action(prefix, name) {
        let prefix = catalog::service(prefix).map_or(prefix, |service| service.prefix);
        doubt(linter, &error::INVALID_ACTION, (field, item), meant(item, prefix));
    }
}

/// Notes a name that does not exist, with the one that was most likely meant.
fn doubt(linter: &mut Linter<'_>, check: &'static Check, (field, item): (&Field<Items>, &Item), meant: Option<String>) {
    let finding = Finding::new(check, item.span);
    let Some(name) = meant else { return linter.push(finding) };
    let finding = finding.noted(format!("did you mean {name}?"));
    // What is listed already need not be listed twice.
    let is_listed = field.value.texts().any(|listed| wildcard::matches(listed, &name, Case::Insensitive));
    linter.push(if is_listed {
        finding.fixed(format!("Remove it, {name} is listed"), vec![Edit::remove(linter.text(), item.span)])
    } else {
        finding.fixed(format!("Use {name}"), vec![Edit::string(item.span, &name)])
    });
}

/// The action that was most likely meant.
fn meant(item: &Item, prefix: &str) -> Option<String> {
    let (_, name) = item.text.split_once(':').unwrap_or(("", &item.text));
    let services = catalog::services().iter().filter(|service| prefix.is_empty() || service.prefix == prefix);
    let actions = services.flat_map(Service::actions).filter(|action| action.retired.is_none());
    let limit = if prefix.is_empty() { 0 } else { 1 + name.len() / 8 };
    let near = actions.filter_map(|action| Some((distance(action.name, name, limit)?, action)));
    near.min_by_key(|near| near.0).map(|(_, action)| action.full_name())
}

fn service_meant(item: &Item, prefix: &str) -> Option<String> {
    let (_, name) = item.text.split_once(':').unwrap_or_default();
    let today = Names::new(None);
    let known = |service: &&Service| service.retired.is_none() && today.has_action(service.prefix, name);
    let near = catalog::services().iter().filter_map(|service| Some((distance(service.prefix, prefix, 2)?, service)));
    let near = near.filter(|(_, service)| known(service)).min_by_key(|near| near.0);
    near.map(|(_, service)| format!("{}:{name}", service.prefix))
}

/// How many letters to change, add or drop to get from one name to the other, case aside, if no more than `limit`.
pub(super) fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, x) in a.bytes().enumerate() {
        let mut next = vec![at + 1];
        for (pair, y) in row.windows(2).zip(b.bytes()) {
            let &[diagonal, above] = pair else { continue };
            let left = next.last().copied().unwrap_or(0);
            let change = usize::from(!x.eq_ignore_ascii_case(&y));
            next.push((diagonal + change).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().filter(|distance| *distance <= limit)
}

/// What policies of one kind ask of actions.
fn kind(linter: &mut Linter<'_>, item: &Item) {
    let text = item.text.as_str();
    match linter.family {
        Family::ServiceControl => {
            let inner = text.get(..text.len().saturating_sub(1)).unwrap_or_default();
            if inner.contains(['*', '?']) || (text.ends_with('?')) {
                linter.find(&error::SCP_SYNTAX_ERROR_ACTION_WILDCARD, item.span);
            }
        }
        Family::ResourceControl => {
            let service = text.split_once(':').and_then(|(prefix, _)| catalog::service(prefix));
            if !service.is_some_and(|service| service.supports_rcp) {
                linter.find(&error::RCP_SYNTAX_ERROR_ACTION, item.span);
            }
        }
        Family::Trust => {
            let prefix = text.split_once(':').map_or("", |(prefix, _)| prefix);
            if !prefix.eq_ignore_ascii_case("sts") && catalog::service(prefix).is_some() {
                linter.find(&error::UNSUPPORTED_ACTION_IN_POLICY, item.span);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn names_a_few_letters_apart_are_near() {
        assert_eq!(distance("GetObject", "GetObjekt", 2), Some(1));
        assert_eq!(distance("GetObject", "getobjects", 2), Some(1));
        assert_eq!(distance("GetObject", "PutObjects", 1), None);
        assert_eq!(distance("abc", "", 2), None);
    }
}
