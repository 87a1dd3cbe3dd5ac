//! Policy summary tables: services, access levels, actions (IAM User Guide, "Policy summary").

use super::{Asked, Reach, Standing, current_actions};
use crate::policy::catalog::{self, AccessLevel, Action, Service};
use crate::policy::decision::Policies;
use crate::policy::document::Document;

/// A summary, as the console's tables show it.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The services with actions within reach.
    pub allowed: Vec<ServiceSummary>,
    /// The services with actions that are explicitly denied, on whatever resource.
    pub denied: Vec<ServiceSummary>,
}

/// What policies say of a service.
#[derive(Clone, Debug)]
pub struct ServiceSummary {
    /// The service.
    pub service: &'static Service,
    /// How much of each access level, of those levels that the service has.
    pub levels: Vec<(AccessLevel, LevelAccess)>,
    /// The actions in question, in the catalog's order.
    pub actions: Vec<ActionSummary>,
}

/// How much of an access level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LevelAccess {
    /// None of its actions.
    None,
    /// Some of them.
    Limited,
    /// All of them.
    Full,
}

/// What policies say of an action.
#[derive(Clone, Debug)]
pub struct ActionSummary {
    /// The action.
    pub action: &'static Action,
    /// How far it is within reach.
    pub reach: Reach,
    /// The resources of the statements that allow it, as they are written.
    pub resources: Vec<String>,
    /// The condition keys of the statements that allow it, in lower case.
    pub condition_keys: Vec<String>,
}

/// Summarizes what policies come to, over the current actions of the catalog.
pub fn summary(policies: &Policies) -> Summary {
    let mut summary = Summary::default();
    let of_service = |action: &'static Action| action.service().map(|service| service.prefix);
    for actions in current_actions().chunk_by(|(a, _), (b, _)| of_service(a) == of_service(b)) {
        let standings = actions.iter().map(|(action, asked)| (*action, Standing::of(asked, policies)));
        let (mut allowed, mut denied) = (Vec::new(), Vec::new());
        for (action, standing) in standings {
            if standing.reach != Reach::None {
                allowed.push(ActionSummary::new(action, &standing));
            }
            if standing.denied {
                denied.push(ActionSummary::new(action, &standing));
            }
        }
        summary.allowed.extend(ServiceSummary::new(actions, allowed));
        summary.denied.extend(ServiceSummary::new(actions, denied));
    }
    summary
}

impl ServiceSummary {
    /// `all` are the actions of one service.
    fn new(all: &[(&'static Action, Asked)], found: Vec<ActionSummary>) -> Option<Self> {
        let service = found.first()?.action.service()?;
        let level = |level: AccessLevel| {
            let total = all.iter().filter(|(action, _)| action.level == level).count();
            let ours = found.iter().filter(|one| one.action.level == level).count();
            let access = match ours {
                0 => LevelAccess::None,
                _ if ours == total => LevelAccess::Full,
                _ => LevelAccess::Limited,
            };
            (total > 0).then_some((level, access))
        };
        Some(Self { service, levels: AccessLevel::ALL.into_iter().filter_map(level).collect(), actions: found })
    }
}

impl ActionSummary {
    fn new(action: &'static Action, standing: &Standing<'_>) -> Self {
        let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
        Self {
            action,
            reach: standing.reach,
            resources: owned(standing.resources()),
            condition_keys: owned(standing.condition_keys()),
        }
    }
}

/// The actions a document names that no service has, as they are written: the console's uncategorised ones.
pub fn unknown_actions(document: &Document) -> Vec<&str> {
    let fields = document.statements().iter().flat_map(|statement| [&statement.action, &statement.not_action]);
    let texts = fields.flatten().flat_map(|field| field.value.texts());
    texts.filter(|text| *text != "*" && catalog::expand(text).is_empty()).collect()
}
