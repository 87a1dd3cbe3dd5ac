//! Why a request is decided as it is: every statement that spoke of the action, and how far it came.

use std::sync::Arc;

use super::{Attached, Decision, Layer, Outcome, Policies, Request, Source, decide, rules};
use crate::policy::compiled::{Named, Rule};
use crate::policy::condition::Truth;
use crate::policy::document::Effect;
use crate::policy::json::Span;

/// Why a request is decided as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The decision.
    pub decision: Decision,
    /// What each layer said that took part, in the order of [`Layer::ALL`], control policies by level.
    pub layers: Vec<LayerReport>,
}

/// What a layer said.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerReport {
    /// Which layer.
    pub layer: Layer,
    /// The level of an organization, for control policies.
    pub target: Option<String>,
    /// What it says by itself.
    pub outcome: Outcome,
    /// The statements that speak of the action, in the order of the documents.
    pub statements: Vec<StatementReport>,
}

/// How a statement took part.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementReport {
    /// The policy it is in.
    pub source: Arc<Source>,
    /// Which statement of the policy, from 0.
    pub index: usize,
    /// Its `Sid`.
    pub sid: Option<String>,
    /// Where it stands in the policy's text.
    pub span: Span,
    /// What it does.
    pub effect: Effect,
    /// Whether it speaks of the principal.
    pub principal: bool,
    /// Whether it speaks of the resource.
    pub resource: Truth,
    /// Whether its conditions hold.
    pub conditions: Truth,
    /// The condition keys that would settle it, in lower case.
    pub unknown: Vec<String>,
    /// Whether it only names the principal's account.
    pub by_account: bool,
}

impl StatementReport {
    /// Whether it took part in the decision.
    pub fn applies(&self) -> Truth {
        Truth::from(self.principal).and(self.resource).and(self.conditions)
    }
}

/// Decides a request and says why.
pub fn explain(request: &Request, policies: &Policies) -> Explanation {
    let report = |layer, target: Option<&str>, documents: &[Attached], at_resource| {
        layer_report(request, (layer, target), documents, at_resource)
    };
    let mut layers = Vec::new();
    if rules::is_limited_by_control_policies(request) {
        for level in policies.scps.iter().filter(|_| request.principal.has_identity()) {
            layers.push(report(Layer::ServiceControl, Some(&level.target), &level.policies, false));
        }
        for level in &policies.rcps {
            let mut found = report(Layer::ResourceControl, Some(&level.target), &level.policies, true);
            if found.outcome == Outcome::ImplicitDeny {
                found.outcome = Outcome::Allowed;
            }
            layers.push(found);
        }
    }
    if let Some(endpoint) = &policies.endpoint {
        layers.push(report(Layer::VpcEndpoint, None, endpoint, true));
    }
    if let Some(resource) = &policies.resource {
        layers.push(report(rules::resource_layer(request), None, std::slice::from_ref(resource), true));
    }
    if request.principal.has_identity() {
        layers.push(report(Layer::Identity, None, &policies.identity, false));
        let limits = [(Layer::Boundary, &policies.boundary), (Layer::Session, &policies.session)];
        let given = limits.into_iter().filter_map(|(layer, documents)| documents.as_ref().map(|found| (layer, found)));
        layers.extend(given.map(|(layer, documents)| report(layer, None, documents, false)));
    }
    Explanation { decision: decide(request, policies), layers }
}

/// The context keys, in lower case, that some statement waits for.
pub(super) fn unknown_keys(request: &Request, policies: &Policies) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for report in explain(request, policies).layers.into_iter().flat_map(|layer| layer.statements) {
        if report.applies() == Truth::Unknown {
            keys.extend(report.unknown);
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn layer_report(
    request: &Request,
    (layer, target): (Layer, Option<&str>),
    documents: &[Attached],
    at_resource: bool,
) -> LayerReport {
    let of_document = |attached: &Attached| {
        let speaks = |rule: &&Rule| rule.actions.matches(&request.action);
        let one = |rule: &Rule| statement_report(rule, request, &attached.source, at_resource);
        attached.policy.rules().iter().filter(speaks).map(one).collect::<Vec<_>>()
    };
    let statements: Vec<StatementReport> = documents.iter().flat_map(of_document).collect();
    let some = |effect| statements.iter().any(|found| found.effect == effect && found.applies() == Truth::Yes);
    let outcome = match (some(Effect::Deny), some(Effect::Allow)) {
        (true, _) => Outcome::ExplicitDeny,
        (false, true) => Outcome::Allowed,
        (false, false) => Outcome::ImplicitDeny,
    };
    LayerReport { layer, target: target.map(str::to_owned), outcome, statements }
}

fn statement_report(rule: &Rule, request: &Request, source: &Arc<Source>, at_resource: bool) -> StatementReport {
    let named = match &rule.principals {
        Some(principals) if at_resource => principals.name(&request.principal),
        _ => Some(Named::Directly),
    };
    let of_resource = rule.resources.unknown_keys(&request.context).map(str::to_owned);
    StatementReport {
        source: Arc::clone(source),
        index: rule.index,
        sid: rule.sid.as_deref().map(str::to_owned),
        span: rule.span,
        effect: rule.effect,
        principal: named.is_some(),
        resource: rule.resources.matches(&request.resource, &request.context),
        conditions: rule.conditions_hold(&request.context),
        unknown: of_resource.chain(rule.unknown_keys(&request.context)).collect(),
        by_account: named == Some(Named::Account),
    }
}
