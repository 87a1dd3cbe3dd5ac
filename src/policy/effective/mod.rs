//! What a set of policies comes to, action by action, whatever the resource: summaries, differences, ways to escalate.
//!
//! A decision needs one resource and one context. Here the question is what is possible at all: an action is out of reach,
//! within reach on some resources or under some conditions, or free. Policies of resources are left out: they speak of
//! what others let the principal do.

mod diff;
mod escalation;
mod summary;

pub use diff::{Change, ChangeKind, change, diff, speak_differently};
pub use escalation::{Escalation, WAYS, Way, escalations};
pub use summary::{ActionSummary, LevelAccess, ServiceSummary, Summary, summary, unknown_actions};

use std::sync::OnceLock;

use super::catalog::{self, Action, Service};
use super::compiled::{ActionName, Compiled, Rule};
use super::condition::Condition;
use super::decision::{Attached, Layer, Policies};
use super::document::Effect;
use super::wildcard::overlap;

/// How far an action is within reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reach {
    /// Nothing allows it, or something denies it altogether.
    None,
    /// On some resources, or under some conditions.
    Limited,
    /// On all resources, without conditions.
    Full,
}

/// What policies say of one action.
#[derive(Clone, Debug)]
pub struct Standing<'p> {
    /// How far it is within reach.
    pub reach: Reach,
    /// Whether some statement denies it, on whatever resource.
    pub denied: bool,
    /// The statements that speak of it, by layer, control policies also by level.
    rules: Vec<(Layer, usize, &'p Rule)>,
}

/// An action, ready to be asked about.
#[derive(Clone, Debug)]
pub struct Asked {
    name: ActionName,
    /// Where the catalog knows the action: the resources it works on. None of them means that only `*` will do.
    resources: Option<Vec<String>>,
}

impl Asked {
    /// An action by name, whatever resources it works on.
    pub fn new(action: &str) -> Self {
        Self { name: ActionName::new(action), resources: None }
    }

    /// An action of the catalog. A statement on resources that it does not work on does not count.
    pub fn of(action: &Action) -> Self {
        let resources = action.resource_types().map(|(resource, _)| resource.pattern()).collect();
        Self { name: ActionName::new(&action.full_name()), resources: Some(resources) }
    }

    /// Whether a resource pattern could be one that the action works on.
    pub(crate) fn works_on(&self, written: &str) -> bool {
        let Some(resources) = &self.resources else { return true };
        let same_service = |resource: &String| match (resource.split(':').nth(2), written.split(':').nth(2)) {
            (Some(a), Some(b)) => a == b || a.contains(['*', '?']) || b.contains(['*', '?']),
            _ => true,
        };
        written == "*" || resources.iter().any(|resource| same_service(resource) && overlap(resource, written))
    }
}

impl<'p> Standing<'p> {
    /// What the policies of a principal come to, within boundary, session and service control policies.
    pub fn of(asked: &Asked, policies: &'p Policies) -> Self {
        let mut standing = Self { reach: Reach::Full, denied: false, rules: Vec::new() };
        standing.take(asked, (Layer::Identity, 0), &policies.identity);
        let limits = [(Layer::Boundary, &policies.boundary), (Layer::Session, &policies.session)];
        for (layer, documents) in limits {
            if let Some(documents) = documents {
                standing.take(asked, (layer, 0), documents);
            }
        }
        for (at, level) in policies.scps.iter().enumerate() {
            standing.take(asked, (Layer::ServiceControl, at), &level.policies);
        }
        standing
    }

    /// Takes in one layer: the reach is that of the narrowest.
    fn take(&mut self, asked: &Asked, (layer, level): (Layer, usize), documents: &'p [Attached]) {
        let from = self.rules.len();
        for attached in documents {
            let speaking = attached.policy.candidates(&asked.name).filter(|rule| rule.actions.matches(&asked.name));
            let reaching = speaking.filter(|rule| rule.resources.may_include(|written| asked.works_on(written)));
            self.rules.extend(reaching.map(|rule| (layer, level, rule)));
        }
        let ours = || self.rules.iter().skip(from).map(|(_, _, rule)| *rule);
        let denies = ours().any(|rule| rule.effect == Effect::Deny);
        let of = |effect| ours().filter(move |rule: &&Rule| rule.effect == effect);
        let reach = if of(Effect::Deny).any(Rule::is_unlimited) || of(Effect::Allow).next().is_none() {
            Reach::None
        } else if of(Effect::Allow).any(Rule::is_unlimited) && !denies {
            Reach::Full
        } else {
            Reach::Limited
        };
        self.reach = self.reach.min(reach);
        self.denied |= denies;
    }

    /// The resources of the statements that allow it, as they are written, each once.
    pub fn resources(&self) -> Vec<&'p str> {
        let allowed = self.granting().flat_map(|rule| rule.resources.written());
        once_each(allowed)
    }

    /// The condition keys of the statements that allow it, in lower case, each once.
    pub fn condition_keys(&self) -> Vec<&'p str> {
        once_each(self.granting().flat_map(|rule| rule.conditions.iter().map(Condition::key)))
    }

    fn granting(&self) -> impl Iterator<Item = &'p Rule> {
        let grants = |(layer, _, rule): &(Layer, usize, &'p Rule)| {
            (*layer == Layer::Identity && rule.effect == Effect::Allow).then_some(*rule)
        };
        self.rules.iter().filter_map(grants)
    }
}

fn once_each<'p>(texts: impl Iterator<Item = &'p str>) -> Vec<&'p str> {
    let mut texts: Vec<&str> = texts.collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// The current actions of the catalog, ready to be asked about, in its order.
pub fn current_actions() -> &'static [(&'static Action, Asked)] {
    static ALL: OnceLock<Vec<(&'static Action, Asked)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let actions = catalog::services().iter().flat_map(catalog::Service::actions);
        actions.filter(|action| action.retired.is_none()).map(|action| (action, Asked::of(action))).collect()
    })
}

/// Whether a statement of the policy allows an action of the service, whatever its resources and conditions: then the
/// access advisor lists the service (IAM User Guide, "Refine permissions using last accessed information").
pub fn grants_service(policy: &Compiled, service: &Service) -> bool {
    let is_spoken_of = |name: &ActionName| {
        policy.candidates(name).any(|rule| rule.effect == Effect::Allow && rule.actions.matches(name))
    };
    service.actions().iter().any(|action| is_spoken_of(&ActionName::new(&action.full_name())))
}

/// Whether a statement of the policy allows an action, whatever its resources and conditions.
pub fn grants_action(policy: &Compiled, action: &Action) -> bool {
    let name = ActionName::new(&action.full_name());
    policy.candidates(&name).any(|rule| rule.effect == Effect::Allow && rule.actions.matches(&name))
}

/// The actions of a service whose calls are reported one by one (IAM User Guide, "IAM action last accessed information
/// services and actions"): those of IAM and STS that are operations of theirs. What others do does not pass here.
pub fn tracked_actions(service: &Service) -> impl Iterator<Item = &'static Action> {
    let known = ["iam", "sts"].contains(&service.prefix).then(|| catalog::service(service.prefix)).flatten();
    let actions = known.into_iter().flat_map(Service::actions);
    actions.filter(|action| !action.permission_only && action.retired.is_none())
}

/// The services that a policy lets its holder use.
pub fn services_granted(policy: &Compiled) -> Vec<&'static Service> {
    let may_allow = |service: &&Service| {
        let name = ActionName::new(&format!("{}:", service.prefix));
        policy.candidates(&name).any(|rule| rule.effect == Effect::Allow)
    };
    catalog::services().iter().filter(may_allow).filter(|service| grants_service(policy, service)).collect()
}

/// Whether the policies let a principal do anything to anything.
pub fn is_administrator(policies: &Policies) -> bool {
    // An action that no service has is only reached by `*`.
    Standing::of(&Asked::new("any-service:AnyAction"), policies).reach == Reach::Full
        && Standing::of(&Asked::new("iam:AnyAction"), policies).reach == Reach::Full
}

#[cfg(test)]
mod tests;
