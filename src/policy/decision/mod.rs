//! May this principal do this? IAM's answer, layer by layer.
//!
//! Follows the IAM User Guide, "Policy evaluation logic": an explicit deny in any layer wins; control policies, endpoint
//! policies, boundaries and session policies must let a request through; identity and resource policies grant. Plain
//! [`decide`] takes what a context does not say for absent; [`answer`] gives a third answer where something unknown would
//! change the outcome; [`explain()`] says which statement of which policy did what.
//!
//! Where the documentation leaves a point open:
//! - An explicit deny anywhere is reported as explicit, even where another layer lacks an allow.
//! - A resource control policy counts wherever it is given. Which services AWS lets them reach grows by the month, so
//!   that is for whoever attaches them.
//! - A federated user's session without a session policy is not limited by one.
//! - `*` in a resource policy names the principal itself, as its own ARN does: the guide has implicit denies limit only
//!   what is granted to a role or a user whose session it is.
//! - A federated user's session does not tell its user: a policy that names the user grants where the user is known.
//! - Which operations a session may call at all is no matter of policies: that a federated user's session reaches neither IAM
//!   nor, but for GetCallerIdentity, STS, is for the service to say.
//!
//! `documented.rs` holds the rules against the guide, page by page.

mod explain;
mod layer;
mod policies;
mod principal;
mod reason;
mod request;
mod rules;

pub use explain::{Explanation, LayerReport, StatementReport, explain};
pub use layer::{Layer, Layers};
pub use policies::{Attached, Level, Policies, Source, Via};
pub use principal::{Principal, PrincipalKind};
pub use request::Request;

use super::compiled::{Named, Rule};
use super::condition::Truth;
use super::document::Effect;

/// What comes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It may be done.
    Allowed,
    /// Nothing allows it, or a layer does not let it through.
    ImplicitDeny,
    /// A statement denies it.
    ExplicitDeny,
}

/// The decision on a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decision {
    /// What comes of it.
    pub outcome: Outcome,
    /// The layers that deny it: those with an explicit deny if there are any, else those that lack an allow.
    pub blocked_by: Layers,
}

/// The decision where not everything is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Whatever the unknown values are.
    Decided(Decision),
    /// It depends on values that are unknown.
    Depends {
        /// The most that is possible.
        best: Decision,
        /// The least.
        worst: Decision,
        /// The context keys it depends on, in lower case.
        keys: Vec<String>,
    },
}

impl Decision {
    /// Whether the request may be done.
    pub fn is_allowed(self) -> bool {
        self.outcome == Outcome::Allowed
    }
}

/// How a statement is taken whose conditions are unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unknown {
    /// To the requester's favour.
    Best,
    /// Against the requester.
    Worst,
}

/// Decides a request. What the context leaves unknown counts against the requester.
pub fn decide(request: &Request, policies: &Policies) -> Decision {
    decide_with(request, policies, Unknown::Worst)
}

/// Decides a request, and says so if it depends on what the context leaves unknown.
pub fn answer(request: &Request, policies: &Policies) -> Answer {
    let worst = decide_with(request, policies, Unknown::Worst);
    let best = decide_with(request, policies, Unknown::Best);
    if best.outcome == worst.outcome {
        return Answer::Decided(worst);
    }
    Answer::Depends { best, worst, keys: explain::unknown_keys(request, policies) }
}

/// What a layer says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Verdict {
    denies: bool,
    /// How directly the principal is named where it allows.
    allows: Option<Named>,
}

/// Whether and how a rule speaks of a request. `Named::Directly` where rules name no principal.
fn applies(rule: &Rule, request: &Request, at_resource: bool) -> Option<(Truth, Named)> {
    if !rule.actions.matches(&request.action) {
        return None;
    }
    let named = match &rule.principals {
        Some(principals) if at_resource => principals.name(&request.principal)?,
        _ => Named::Directly,
    };
    let truth = match rule.resources.matches(&request.resource, &request.context) {
        Truth::No => Truth::No,
        truth => truth.and(rule.conditions_hold(&request.context)),
    };
    Some((truth, named))
}

/// What documents say of a request. Once one denies, nothing else matters.
fn verdict(documents: &[Attached], request: &Request, at_resource: bool, unknown: Unknown) -> Verdict {
    let mut verdict = Verdict::default();
    for rule in documents.iter().flat_map(|attached| attached.policy.candidates(&request.action)) {
        // An allow that would add nothing need not be looked at.
        if rule.effect == Effect::Allow && verdict.allows == Some(Named::Directly) {
            continue;
        }
        let Some((truth, named)) = applies(rule, request, at_resource) else { continue };
        let holds = match truth {
            Truth::Yes => true,
            Truth::No => false,
            Truth::Unknown => (rule.effect == Effect::Allow) == (unknown == Unknown::Best),
        };
        match rule.effect {
            Effect::Deny if holds => return Verdict { denies: true, allows: None },
            Effect::Allow if holds => verdict.allows = verdict.allows.max(Some(named)),
            _ => {}
        }
    }
    verdict
}

fn decide_with(request: &Request, policies: &Policies, unknown: Unknown) -> Decision {
    let mut verdicts = rules::Verdicts::default();
    let of = |documents: &[Attached], at_resource| verdict(documents, request, at_resource, unknown);
    if rules::is_limited_by_control_policies(request) {
        for level in policies.scps.iter().filter(|_| request.principal.has_identity()) {
            verdicts.pass(Layer::ServiceControl, of(&level.policies, false));
        }
        for level in &policies.rcps {
            // `RCPFullAWSAccess` is attached everywhere and cannot be detached.
            let denies = of(&level.policies, true).denies;
            verdicts.pass(Layer::ResourceControl, Verdict { denies, allows: Some(Named::Directly) });
        }
    }
    if let Some(endpoint) = &policies.endpoint {
        verdicts.pass(Layer::VpcEndpoint, of(endpoint, true));
    }
    if let Some(resource) = &policies.resource {
        verdicts.resource = of(std::slice::from_ref(resource), true);
    }
    if request.principal.has_identity() {
        verdicts.identity = of(&policies.identity, false);
        verdicts.boundary = policies.boundary.as_deref().map(|documents| of(documents, false));
        verdicts.session = policies.session.as_deref().map(|documents| of(documents, false));
    }
    rules::combine(request, &verdicts)
}

#[cfg(test)]
mod documented;
#[cfg(test)]
mod tests;
