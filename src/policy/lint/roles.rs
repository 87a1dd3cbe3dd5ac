//! iam:PassRole and iam:CreateServiceLinkedRole allowed too widely.

use super::checks::{security, warning};
use super::{Check, Family, Finding, Linter};
use crate::policy::condition::{Comparison, Operator};
use crate::policy::document::{Item, Statement};
use crate::policy::json::Span;
use crate::policy::wildcard::{self, Case};

/// An action on roles, and the six checks on it.
struct Watched {
    action: &'static str,
    /// A role that no pattern names by chance: only one that is open to all of its kind matches it.
    role: &'static str,
    /// Keys that say for which service, and so make a wildcard in the resource harmless.
    limits: &'static [&'static str],
    /// Whether a limit that has a wildcard limits nothing.
    exact: bool,
    not_resource: &'static Check,
    star_action_not_resource: &'static Check,
    not_action_not_resource: &'static Check,
    star_resource: &'static Check,
    star_action_star_resource: &'static Check,
    not_action_star_resource: &'static Check,
}

static PASS_ROLE: Watched = Watched {
    action: "iam:PassRole",
    role: "role/\u{1}",
    limits: &["iam:PassedToService", "iam:AssociatedResourceArn"],
    exact: false,
    not_resource: &security::PASS_ROLE_WITH_NOT_RESOURCE,
    star_action_not_resource: &security::PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE,
    not_action_not_resource: &security::PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE,
    star_resource: &security::PASS_ROLE_WITH_STAR_IN_RESOURCE,
    star_action_star_resource: &security::PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE,
    not_action_star_resource: &security::PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION,
};

static CREATE_LINKED: Watched = Watched {
    action: "iam:CreateServiceLinkedRole",
    role: "role/aws-service-role/\u{1}/\u{1}",
    limits: &["iam:AWSServiceName"],
    exact: true,
    not_resource: &warning::CREATE_SLR_WITH_NOT_RESOURCE,
    star_action_not_resource: &warning::CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE,
    not_action_not_resource: &warning::CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE,
    star_resource: &warning::CREATE_SLR_WITH_STAR_IN_RESOURCE,
    star_action_star_resource: &warning::CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE,
    not_action_star_resource: &warning::CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION,
};

pub(super) fn check(linter: &mut Linter<'_>, statement: &Statement) {
    if linter.family != Family::Identity || !super::allows(statement) {
        return;
    }
    for watched in [&PASS_ROLE, &CREATE_LINKED] {
        watched.check(linter, statement);
    }
}

/// How a statement comes to allow an action.
enum Way {
    Named(Span),
    Star(Span),
    Not(Span),
}

impl Watched {
    fn check(&self, linter: &mut Linter<'_>, statement: &Statement) {
        let Some(way) = self.way(statement) else { return };
        if self.is_limited(statement) {
            return;
        }
        if let Some(resource) = self.open_resource(statement) {
            let (check, span) = match way {
                Way::Named(span) => (self.star_resource, span),
                Way::Star(span) => (self.star_action_star_resource, span),
                Way::Not(span) => (self.not_action_star_resource, span),
            };
            linter.push(Finding::new(check, span).also(resource));
        } else if let Some(field) = &statement.not_resource {
            let (check, span) = match way {
                Way::Named(span) => (self.not_resource, span),
                Way::Star(span) => (self.star_action_not_resource, span),
                Way::Not(span) => (self.not_action_not_resource, span),
            };
            linter.push(Finding::new(check, span).also(field.span));
        }
    }

    fn way(&self, statement: &Statement) -> Option<Way> {
        let fits = |item: &&Item| wildcard::matches(&item.text, self.action, Case::Insensitive);
        if let Some(field) = &statement.action {
            let item = field.value.items.iter().find(fits)?;
            return Some(if wildcard::is_pattern(&item.text) { Way::Star(item.span) } else { Way::Named(item.span) });
        }
        let field = statement.not_action.as_ref()?;
        let spared = field.value.items.iter().any(|item| fits(&item));
        (!spared).then_some(Way::Not(field.span))
    }

    /// A resource that stands for every role of the kind.
    fn open_resource(&self, statement: &Statement) -> Option<Span> {
        let items = &statement.resource.as_ref()?.value.items;
        let open = |item: &&Item| {
            let resource = item.text.splitn(6, ':').nth(5);
            item.is_star() || resource.is_some_and(|part| wildcard::matches(part, self.role, Case::Sensitive))
        };
        items.iter().find(open).map(|item| item.span)
    }

    /// Whether the condition names the service. StringEqualsIfExists does not count, as Access Analyzer sees it.
    fn is_limited(&self, statement: &Statement) -> bool {
        statement.conditions().iter().any(|block| {
            let Some(operator) = Operator::parse(&block.operator.text) else { return false };
            let names = match operator.comparison {
                Comparison::StringEquals | Comparison::ArnEquals => !operator.if_exists,
                Comparison::StringLike | Comparison::StringEqualsIgnoreCase | Comparison::ArnLike => true,
                _ => false,
            };
            names
                && block.keys.iter().any(|key| {
                    let limit = self.limits.iter().any(|limit| limit.eq_ignore_ascii_case(&key.key.text));
                    limit && !(self.exact && key.values.texts().any(wildcard::is_pattern))
                })
        })
    }
}
