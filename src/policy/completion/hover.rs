//! The line that says what the thing under the cursor is.

use std::collections::BTreeSet;

use super::context::Context;
use super::{action, condition};
use crate::policy::catalog::{self, AccessLevel, Action};
use crate::policy::condition::Operator;
use crate::policy::json::Span;
use crate::policy::wildcard;

/// What the thing under the cursor is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The text it speaks of, without quotes.
    pub span: Span,
    /// One line.
    pub line: String,
}

/// How many names a line lists before it counts.
const NAMES_MAX: usize = 6;

/// What stands at the cursor, a byte of the text, if there is something to say of it.
pub fn hover(text: &str, cursor: usize) -> Option<Hover> {
    let context = Context::at(text, cursor);
    if !context.is_quoted() {
        return None;
    }
    let word = context.range.of(text);
    let path: Vec<&str> = context.path.iter().map(String::as_str).collect();
    let line = match (context.is_key, path.as_slice()) {
        (false, ["Statement", "Action" | "NotAction"]) => of_action(word),
        (false, ["Statement", "Resource" | "NotResource"]) => of_resource(word),
        (true, ["Statement", "Condition"]) => of_operator(word),
        (true, ["Statement", "Condition", _]) => of_key(word),
        _ => None,
    }?;
    Some(Hover { span: context.range, line })
}

fn of_action(name: &str) -> Option<String> {
    if wildcard::is_pattern(name) {
        return Some(of_pattern(name));
    }
    let found = catalog::action(name)?;
    let types: Vec<&str> = found.resource_types().map(|(resource, _)| resource.name).collect();
    let on = if types.is_empty() { "works on *".to_owned() } else { format!("works on {}", listed(&types)) };
    let gone = found.retired.map(|month| format!(" · retired, last listed {month}")).unwrap_or_default();
    let needs: Vec<&str> = found.dependent_actions().collect();
    let needs = if needs.is_empty() { String::new() } else { format!(" · needs {}", listed(&needs)) };
    Some(format!("{} · {} · {on}{needs}{gone}", found.full_name(), action::describe(found)))
}

/// How many actions a pattern stands for, by access level, and of which services.
fn of_pattern(name: &str) -> String {
    let actions = catalog::expand(name);
    let services: BTreeSet<&str> = actions.iter().filter_map(|action| Some(action.service()?.prefix)).collect();
    let count = |level: AccessLevel| {
        let count = actions.iter().filter(|action| action.level == level).count();
        (count > 0).then(|| format!("{count} {}", level.as_str()))
    };
    let levels: Vec<String> = AccessLevel::ALL.into_iter().filter_map(count).collect();
    let what = match actions.len() {
        0 => return format!("{name} matches no action"),
        1 => "1 action".to_owned(),
        count if services.len() > 1 => format!("{count} actions of {} services", services.len()),
        count => format!("{count} actions"),
    };
    let names: Vec<&str> = actions.iter().copied().map(|action: &Action| action.name).collect();
    let which = if services.len() > 1 { String::new() } else { format!(" · {}", listed(&names)) };
    format!("{name} · {what}: {}{which}", levels.join(", "))
}

fn listed(names: &[&str]) -> String {
    let shown = names.get(..NAMES_MAX.min(names.len())).unwrap_or_default().join(", ");
    if names.len() > NAMES_MAX { format!("{shown} and {} more", names.len() - NAMES_MAX) } else { shown }
}

fn of_resource(arn: &str) -> Option<String> {
    if arn == "*" {
        return Some("every resource".to_owned());
    }
    let service = arn.split(':').nth(2)?;
    let forms = catalog::arn_forms(service).iter().filter(|form| form.resource_type.fits(arn));
    let types: BTreeSet<&str> = forms.map(|form| form.resource_type.name).collect();
    let names: Vec<&str> = types.into_iter().collect();
    if names.is_empty() {
        return Some(format!("fits no resource of {service}"));
    }
    let owner = catalog::service(service).map_or(service, |service| service.name);
    Some(format!("{owner} · {}", listed(&names)))
}

fn of_operator(name: &str) -> Option<String> {
    let operator = Operator::parse(name)?;
    let absent = if operator.if_exists { " · true when the key is absent" } else { "" };
    Some(format!("{name} · {}{absent}", condition::compares(operator.comparison)))
}

fn of_key(name: &str) -> Option<String> {
    let key = catalog::condition_key(name)?;
    Some(format!("{} · {}", key.name, condition::describe(key)))
}
