//! Services, actions and the usual patterns of actions.

use super::{Candidate, CandidateKind, Place, candidate};
use crate::policy::PolicyType;
use crate::policy::catalog::{self, Action, Service};

/// The words that actions start with and that patterns are commonly made of.
const VERBS: [&str; 10] = ["Get", "List", "Describe", "Create", "Put", "Update", "Delete", "Tag", "Batch", "Start"];

pub(super) fn candidates(place: &Place<'_>) -> Vec<Candidate> {
    if place.kind == PolicyType::RoleTrust {
        return assuming();
    }
    let typed = place.context.typed.as_str();
    let Some((prefix, _)) = typed.split_once(':') else { return services(place.kind) };
    catalog::service(prefix).map_or_else(Vec::new, |service| of(prefix, service))
}

/// What a role trust policy can allow.
fn assuming() -> Vec<Candidate> {
    let names = [
        "AssumeRole",
        "AssumeRoleWithWebIdentity",
        "AssumeRoleWithSAML",
        "SetSourceIdentity",
        "TagSession",
        "SetContext",
    ];
    let actions = names.iter().filter_map(|name| catalog::service("sts")?.action(name));
    actions.map(|action| candidate(CandidateKind::Action, action.full_name(), describe(action))).collect()
}

fn services(kind: PolicyType) -> Vec<Candidate> {
    let reached = |service: &&Service| kind != PolicyType::ResourceControl || service.supports_rcp;
    let all = catalog::services().iter().filter(|service| service.retired.is_none()).filter(reached);
    let any = (kind != PolicyType::ResourceControl).then(|| candidate(CandidateKind::Pattern, "*", "every action"));
    let named = all.map(|service| candidate(CandidateKind::Service, format!("{}:", service.prefix), service.name));
    any.into_iter().chain(named).collect()
}

/// The actions of a service, after its patterns. The prefix stays as it is typed.
fn of(prefix: &str, service: &Service) -> Vec<Candidate> {
    let current = || service.actions().iter().filter(|action| action.retired.is_none());
    let pattern = |verb: &&str| {
        let count = current().filter(|action| action.name.starts_with(verb)).count();
        (count > 1).then(|| candidate(CandidateKind::Pattern, format!("{prefix}:{verb}*"), format!("{count} actions")))
    };
    let mut all =
        vec![candidate(CandidateKind::Pattern, format!("{prefix}:*"), format!("{} actions", current().count()))];
    all.extend(
        current().map(|action| candidate(CandidateKind::Action, format!("{prefix}:{}", action.name), describe(action))),
    );
    all.extend(VERBS.iter().filter_map(pattern));
    all
}

/// An action in a few words: `Read`, `Write, permission only`.
pub(super) fn describe(action: &Action) -> String {
    let level = action.level.as_str();
    if action.permission_only { format!("{level}, permission only") } else { level.to_owned() }
}
