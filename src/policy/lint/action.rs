//! Actions: that the service and the action exist, and that a policy of this kind may name them.

use super::checks::{error, suggestion};
use super::{Check, Edit, Family, Finding, Linter, meant, shape};
use crate::policy::catalog;
use crate::policy::document::{Field, Item, ItemKind, Items, Statement};
use crate::policy::wildcard::{self, Case};

pub(super) fn check(linter: &mut Linter<'_>, statement: &Statement) {
    for field in [&statement.action, &statement.not_action].into_iter().flatten() {
        for item in field.value.items.iter().filter(|item| item.kind == ItemKind::String) {
            name(linter, field, item);
            if linter.family != Family::ResourceControl || !shape::is_full_access(statement) {
                kind(linter, item);
            }
        }
    }
}

fn name(linter: &mut Linter<'_>, field: &Field<Items>, item: &Item) {
    // Variables are another check's matter.
    if item.is_star() || item.text.contains("${") {
        return;
    }
    if let Some(list) = joined(field, item) {
        let finding = Finding::new(&error::INVALID_ACTION, item.span).noted("several actions are a list of strings");
        let edit = Edit { span: item.span, text: list };
        return linter.push(finding.fixed("Make it a list", vec![edit]));
    }
    let Some((prefix, name)) = item.text.split_once(':') else {
        return doubt(linter, &error::INVALID_ACTION, (field, item));
    };
    if prefix.contains(['*', '?']) {
        return linter.find(&suggestion::WILDCARD_IN_SERVICE_NAME, item.span);
    }
    if !linter.names.has_service(prefix, name == "*") {
        return doubt(linter, &error::INVALID_SERVICE_IN_ACTION, (field, item));
    }
    let counts = name == "*" || !wildcard::is_pattern(name) || linter.look_up();
    if counts && !linter.names.has_action(prefix, name) {
        doubt(linter, &error::INVALID_ACTION, (field, item));
    }
}

/// Actions in one string, as `s3:GetObject, s3:PutObject`, as the strings they should be.
fn joined(field: &Field<Items>, item: &Item) -> Option<String> {
    let parts: Vec<&str> = item.text.split([',', ';', ' ']).filter(|part| !part.is_empty()).collect();
    let known = |part: &&str| part.split_once(':').is_some_and(|(prefix, _)| catalog::service(prefix).is_some());
    if parts.len() < 2 || !parts.iter().all(known) {
        return None;
    }
    let strings: Vec<String> = parts.iter().map(|part| serde_json::Value::from(*part).to_string()).collect();
    let list = strings.join(", ");
    Some(if field.value.is_list { list } else { format!("[{list}]") })
}

/// Notes a name that does not exist, with the one that was most likely meant.
fn doubt(linter: &mut Linter<'_>, check: &'static Check, (field, item): (&Field<Items>, &Item)) {
    let finding = Finding::new(check, item.span);
    let Some(name) = guess(linter, field, item) else { return linter.push(finding) };
    let finding = finding.noted(format!("did you mean {name}?"));
    // What is listed already need not be listed twice.
    let is_listed = field.value.texts().any(|listed| wildcard::matches(listed, &name, Case::Insensitive));
    linter.push(if is_listed {
        finding.fixed(format!("Remove it, {name} is listed"), vec![Edit::remove(linter.text(), item.span)])
    } else {
        finding.fixed(format!("Use {name}"), vec![Edit::string(item.span, &name)])
    });
}

fn guess(linter: &mut Linter<'_>, field: &Field<Items>, item: &Item) -> Option<String> {
    if !linter.guess() {
        return None;
    }
    let unknown = item.text.split_once(':').filter(|(prefix, _)| catalog::service(prefix).is_none());
    match unknown {
        Some((prefix, name)) => meant::service(prefix, name),
        None => meant::action(&item.text, field.value.texts()),
    }
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
                let finding = Finding::new(&error::UNSUPPORTED_ACTION_IN_POLICY, item.span);
                linter.push(finding.noted("what the role may do stands in its permissions policies"));
            }
        }
        _ => {}
    }
}
