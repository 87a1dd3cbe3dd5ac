//! Principals of policies that stand at a resource: how they are written, and who they can be.

use super::checks::{error, suggestion, warning};
use super::{Edit, Family, Finding, Linter};
use crate::policy::document::{Field, Item, ItemKind, PrincipalEntry, Principals, Statement};

/// The types of principals.
const TYPES: [&str; 4] = ["AWS", "CanonicalUser", "Federated", "Service"];

pub(super) fn check(linter: &mut Linter<'_>, statement: &Statement) {
    if linter.family == Family::Trust
        && let Some(field) = &statement.not_principal
    {
        linter.find(&error::ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL, field.key);
    }
    for field in [&statement.principal, &statement.not_principal].into_iter().flatten() {
        match &field.value {
            Principals::Single(item) => single(linter, statement, field, item),
            Principals::Typed(entries) => typed(linter, field, entries),
        }
    }
}

fn single(linter: &mut Linter<'_>, statement: &Statement, field: &Field<Principals>, item: &Item) {
    if item.is_star() {
        if linter.family == Family::Trust && super::allows(statement) {
            linter.find(&error::ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL, field.span);
        }
        return;
    }
    let finding = Finding::new(&error::INVALID_PRINCIPAL_FORMAT, field.span);
    let typed =
        || Edit { span: field.span, text: format!("{{\"AWS\": {}}}", serde_json::Value::from(item.text.as_str())) };
    let account = super::resource::is_account(&item.text) || item.text.starts_with("arn:");
    linter.push(if account && item.kind == ItemKind::String {
        finding.fixed("Make it an AWS principal", vec![typed()])
    } else {
        finding
    });
}

fn typed(linter: &mut Linter<'_>, field: &Field<Principals>, entries: &[PrincipalEntry]) {
    // A resource control policy may say only `"*"`, and is told so.
    let here = linter.family != Family::ResourceControl;
    if here && entries.is_empty() && linter.document.problems.is_empty() {
        linter.find(&suggestion::EMPTY_OBJECT_PRINCIPAL, field.span);
    }
    for entry in entries {
        if !TYPES.contains(&entry.kind.text.as_str()) {
            let finding = Finding::new(&error::INVALID_PRINCIPAL_KEY, entry.kind.span);
            let meant = TYPES.iter().find(|name| name.eq_ignore_ascii_case(&entry.kind.text));
            linter.push(match meant {
                Some(name) => finding.fixed(format!("Use {name}"), vec![Edit::string(entry.kind.span, name)]),
                None => finding,
            });
            continue;
        }
        if !here {
            continue;
        }
        if entry.kind.text == "Federated" && linter.family == Family::Resource {
            linter.find(&error::FEDERATED_PRINCIPAL_NOT_SUPPORTED, entry.kind.span);
        }
        if entry.values.is_list && entry.values.items.is_empty() && linter.document.problems.is_empty() {
            linter.find(&suggestion::EMPTY_ARRAY_PRINCIPAL, entry.kind.span);
        }
        entry.values.items.iter().for_each(|item| value(linter, entry, item));
    }
}

fn value(linter: &mut Linter<'_>, entry: &PrincipalEntry, item: &Item) {
    let star = item.text == "*" && entry.kind.text == "AWS";
    if item.text.contains(['*', '?']) && !star {
        linter.find(&error::UNSUPPORTED_WILDCARD_IN_PRINCIPAL, item.span);
    }
    if is_unique_id(&item.text, "AROA") {
        linter.find(&warning::INVALID_ROLE_REFERENCE, item.span);
    } else if is_unique_id(&item.text, "AIDA") {
        linter.find(&warning::INVALID_USER_REFERENCE, item.span);
    }
}

fn is_unique_id(text: &str, prefix: &str) -> bool {
    text.len() > 16 && text.starts_with(prefix) && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}
