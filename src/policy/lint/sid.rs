//! Statement ids: their characters, and that they differ.

use std::collections::HashMap;

use super::checks::{error, suggestion, warning};
use super::{Edit, Family, Finding, Linter};
use crate::policy::document::{ItemKind, Statement};

pub(super) fn check(linter: &mut Linter<'_>, statement: &Statement) {
    let Some(field) = statement.sid.as_ref().filter(|field| field.value.kind == ItemKind::String) else { return };
    let sid = &field.value.text;
    if sid.is_empty() {
        let edit = Edit::remove(linter.text(), field.key.to(field.span));
        let finding = Finding::new(&suggestion::EMPTY_SID_VALUE, field.span);
        return linter.push(finding.fixed("Remove the empty Sid", vec![edit]));
    }
    let strict = matches!(linter.family, Family::Identity | Family::ServiceControl | Family::ResourceControl);
    if strict && !sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let kept: String = sid.chars().filter(char::is_ascii_alphanumeric).collect();
        let finding = Finding::new(&error::UNSUPPORTED_SID, field.span);
        linter.push(finding.fixed(format!("Use {kept}"), vec![Edit::string(field.span, &kept)]));
    }
}

/// Sids that stand more than once, each time but the first.
pub(super) fn unique(linter: &mut Linter<'_>) {
    let check =
        if linter.family.is_at_resource() { &warning::UNIQUE_SIDS_RECOMMENDED } else { &error::UNIQUE_SIDS_REQUIRED };
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let document = linter.document;
    for statement in document.statements() {
        let (Some(sid), Some(field)) = (statement.name(), &statement.sid) else { continue };
        let count = seen.entry(sid).or_default();
        *count += 1;
        if *count > 1 {
            let other = format!("{sid}{count}");
            let finding = Finding::new(check, field.span);
            linter.push(finding.fixed(format!("Use {other}"), vec![Edit::string(field.span, &other)]));
        }
    }
}
