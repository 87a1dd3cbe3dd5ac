//! Resources: that an ARN is one, and that the service has such resources.

use std::collections::BTreeSet;

use super::checks::{error, suggestion};
use super::{Check, Edit, Family, Finding, Linter, repair};
use crate::policy::catalog::{self, ARN_LENGTH_MAX, ArnForm};
use crate::policy::document::{Item, ItemKind, Items, Statement};
use crate::policy::wildcard::overlap;

pub(super) fn check(linter: &mut Linter<'_>, statement: &Statement) {
    for field in [&statement.resource, &statement.not_resource].into_iter().flatten() {
        for item in field.value.items.iter().filter(|item| item.kind == ItemKind::String) {
            arn(linter, statement, item);
        }
    }
    if linter.family == Family::Resource {
        belongs(linter, statement);
    }
}

/// An ARN whose policy variables are wildcards: they may stand for anything.
fn opened(text: &str) -> Option<String> {
    let mut rest = text;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        out.push('*');
        rest = after.split_once('}')?.1;
    }
    (!out.is_empty()).then(|| out + rest)
}

fn arn(linter: &mut Linter<'_>, statement: &Statement, item: &Item) {
    if item.is_star() || item.text.is_empty() {
        return;
    }
    let open = opened(&item.text);
    let text = open.as_deref().unwrap_or(&item.text);
    if !text.starts_with("arn:") {
        // A wildcard may stand for the prefix; IAM refuses what cannot.
        if !text.starts_with('*') && !"arn:".starts_with(text.split('*').next().unwrap_or_default()) {
            let finding = Finding::new(&error::INVALID_ARN_PREFIX, item.span);
            let meant = if linter.guess() { repair::prefixed(&item.text, statement) } else { None };
            linter.push(offered(finding, item, meant));
        }
        return;
    }
    let mut fields = text.splitn(6, ':').skip(1);
    let mut next = || fields.next();
    let (Some(partition), Some(service), Some(region), Some(account), Some(resource)) =
        (next(), next(), next(), next(), next())
    else {
        return wrong(linter, &error::MISSING_ARN_FIELD, item);
    };
    let parts = Parts { service, region, account, resource };
    if let Some(check) = partition_and_service(linter, partition, service).or_else(|| parts.check()) {
        wrong(linter, check, item);
    }
}

/// Notes an ARN that does not work, with the one that was most likely meant.
fn wrong(linter: &mut Linter<'_>, check: &'static Check, item: &Item) {
    let finding = Finding::new(check, item.span);
    let meant = if linter.guess() { repair::arn(check, &item.text) } else { None };
    let service = item.text.split(':').nth(2).unwrap_or_default();
    let finding = match (check == &error::INVALID_ARN_RESOURCE, &meant) {
        (true, None) => finding.noted(repair::forms(service)),
        _ if check == &error::MISSING_ARN_REGION => finding.noted("write the Region, or * for every one"),
        _ if check == &error::MISSING_ARN_ACCOUNT => finding.noted("write the account, or * for every one"),
        _ => finding,
    };
    linter.push(offered(finding, item, meant));
}

/// A finding with what was most likely meant in place of the item.
fn offered(finding: Finding, item: &Item, meant: Option<String>) -> Finding {
    let Some(meant) = meant else { return finding };
    finding.noted(format!("did you mean {meant}?")).fixed(format!("Use {meant}"), vec![Edit::string(item.span, &meant)])
}

fn is_open(field: &str) -> bool {
    field.contains(['*', '?'])
}

fn partition_and_service(linter: &Linter<'_>, partition: &str, service: &str) -> Option<&'static Check> {
    if !is_open(partition) && !catalog::partitions().iter().any(|known| known.name == partition) {
        return Some(&error::INVALID_PARTITION);
    }
    if service == "*" {
        return None;
    }
    if is_open(service) {
        return Some(&suggestion::WILDCARD_IN_SERVICE_NAME);
    }
    if service.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Some(&error::INVALID_ARN_SERVICE_CASE);
    }
    let known = !catalog::arn_forms(service).is_empty() || catalog::service(service).is_some();
    (!known || !linter.names.has_name(service)).then_some(&error::INVALID_SERVICE)
}

/// Services that own some of the resources themselves, whose ARNs then leave the account empty.
const PUBLIC: [&str; 1] = ["ssm"];

/// The fields of an ARN after its partition.
pub(super) struct Parts<'t> {
    pub(super) service: &'t str,
    pub(super) region: &'t str,
    pub(super) account: &'t str,
    pub(super) resource: &'t str,
}

impl Parts<'_> {
    pub(super) fn check(&self) -> Option<&'static Check> {
        if !self.region.is_empty() && !is_open(self.region) && !catalog::is_region(self.region) {
            return Some(&error::INVALID_ARN_REGION);
        }
        let forms = catalog::arn_forms(self.service);
        let constant = || forms.iter().any(|form| form.account == self.account);
        if !matches!(self.account, "" | "aws") && !is_open(self.account) && !is_account(self.account) && !constant() {
            return Some(&error::INVALID_ARN_ACCOUNT);
        }
        if forms.is_empty() || self.service == "*" || self.resource.len() > ARN_LENGTH_MAX {
            return None;
        }
        let mut fitting = forms.iter().filter(|form| overlap(&form.resource, self.resource)).peekable();
        if fitting.peek().is_none() {
            // Access Analyzer judges what is spelled out; on patterns that fit no form it was never seen to say anything.
            return (!is_open(self.resource)).then_some(&error::INVALID_ARN_RESOURCE);
        }
        self.places(fitting)
    }

    /// Region and account against the forms that the resource fits: an ARN is wrong if it is for all of them.
    fn places<'f>(&self, forms: impl Iterator<Item = &'f ArnForm>) -> Option<&'static Check> {
        let mut first = None;
        for form in forms {
            match self.against(form) {
                None => return None,
                wrong => first = first.or(wrong),
            }
        }
        first
    }

    fn against(&self, form: &ArnForm) -> Option<&'static Check> {
        if self.region.is_empty() && !form.region.is_empty() {
            return Some(&error::MISSING_ARN_REGION);
        }
        if self.account.is_empty() && !form.account.is_empty() && !PUBLIC.contains(&self.service) {
            return Some(&error::MISSING_ARN_ACCOUNT);
        }
        if form.region.is_empty() && !self.region.is_empty() && !is_open(self.region) {
            return Some(&error::ARN_REGION_NOT_ALLOWED);
        }
        if form.account.is_empty() && !self.account.is_empty() && !is_open(self.account) {
            return Some(&error::ARN_ACCOUNT_NOT_ALLOWED);
        }
        None
    }
}

pub(super) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// In a resource's policy, actions and resources that are of another service than the rest.
fn belongs(linter: &mut Linter<'_>, statement: &Statement) {
    let (Some(actions), Some(resources)) = (&statement.action, &statement.resource) else { return };
    let services: BTreeSet<&str> = match linter.at {
        Some(service) => BTreeSet::from([service]),
        None => resources.value.texts().filter_map(arn_service).collect(),
    };
    if services.is_empty() || actions.value.items.is_empty() {
        return;
    }
    for item in &actions.value.items {
        let Some(action) = catalog::action(&item.text) else { continue };
        let prefix = action.service().map_or("", |service| service.prefix);
        let mut reached = action.resource_types().map(|(resource, _)| resource.field(2));
        let foreign = !services.contains(prefix) && !reached.any(|service| services.contains(service));
        if foreign {
            linter.find(&error::UNSUPPORTED_ACTION_IN_POLICY, item.span);
        }
    }
    let reached = reached(&actions.value);
    for item in &resources.value.items {
        let Some(service) = arn_service(&item.text) else { continue };
        let known = linter.at.is_none_or(|at| at == service);
        if !known || reached.as_ref().is_some_and(|reached| !reached.contains(service)) {
            linter.find(&error::UNSUPPORTED_RESOURCE_ARN_IN_POLICY, item.span);
        }
    }
}

/// The service an ARN names, if it is a known one.
fn arn_service(text: &str) -> Option<&str> {
    let service = text.strip_prefix("arn:")?.split(':').nth(1)?;
    (!catalog::arn_forms(service).is_empty()).then_some(service)
}

/// The services whose resources a policy's actions can work on. None for all: what the catalog does not know can be any.
fn reached(actions: &Items) -> Option<BTreeSet<&'static str>> {
    let mut reached = BTreeSet::new();
    for text in actions.texts() {
        let action = catalog::action(text)?;
        reached.extend(action.service().map(|service| service.prefix));
        reached.extend(action.resource_types().map(|(resource, _)| resource.field(2)));
    }
    Some(reached)
}

#[cfg(test)]
mod tests {
    use super::opened;

    #[test]
    fn variables_stand_for_anything() {
        assert_eq!(opened("arn:aws:s3:::b/${aws:username}/*").as_deref(), Some("arn:aws:s3:::b/*/*"));
        assert_eq!(opened("arn:aws:s3:::b/${a}${b}").as_deref(), Some("arn:aws:s3:::b/**"));
        assert_eq!(opened("arn:aws:s3:::b"), None);
        assert_eq!(opened("arn:aws:s3:::b/${a"), None);
    }
}
