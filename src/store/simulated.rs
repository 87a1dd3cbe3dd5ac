//! One run of the policy simulator: policies and context in, a result for each action out.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::error::Result;
use super::simulation::read_policy;
use crate::api::{EvaluationResult, PermissionsBoundaryDecisionDetail, Position, ResourceSpecificResult, Statement};
use crate::iam::{AccountId, Error};
use crate::policy::compiled::Compiled;
use crate::policy::condition::{Context, Truth};
use crate::policy::decision::{
    Attached, Explanation, Layer, Outcome, Policies, Principal, Request, StatementReport, explain,
};
use crate::policy::document::{self, Document};
use crate::policy::json::LineIndex;
use crate::policy::neutral::outcome_name;

/// What is simulated.
pub(super) struct Simulation {
    principal: Principal,
    pub policies: Policies,
    pub context: Context,
    /// The account that owns the resources, if it was said.
    owner: Option<String>,
    /// The documents by the names under which they take part.
    texts: HashMap<String, Arc<Document>>,
}

/// What came of one action on one resource.
struct Outcomes {
    decision: Outcome,
    matched: Vec<Statement>,
    missing: Vec<String>,
    by_boundary: Option<bool>,
}

impl Simulation {
    /// A simulation of requests that this caller makes; a user of the account if none is named.
    pub(super) fn new(account: &AccountId, caller: &str) -> Self {
        let caller =
            if caller.is_empty() { format!("arn:aws:iam::{account}:user/simulated") } else { caller.to_owned() };
        Self {
            principal: Principal::parse(&caller),
            policies: Policies::default(),
            context: Context::new(),
            owner: None,
            texts: HashMap::new(),
        }
    }

    fn attached(&mut self, name: String, text: &str) -> Result<Attached> {
        let document = read_policy(text)?;
        let compiled = Compiled::new(&document);
        self.texts.insert(name.clone(), Arc::new(document));
        Ok(Attached::new(name, compiled))
    }

    pub(super) fn add_identity(&mut self, name: String, text: &str) -> Result<()> {
        let attached = self.attached(name, text)?;
        self.policies.identity.push(attached);
        Ok(())
    }

    /// Documents of a list, named by their place in it.
    pub(super) fn documents(&mut self, list: &str, texts: &[String]) -> Result<Vec<Attached>> {
        (1..).zip(texts).map(|(number, text)| self.attached(format!("{list}.{number}"), text)).collect()
    }

    pub(super) fn set_boundary(&mut self, texts: Option<&[String]>) -> Result<()> {
        if let Some(texts) = texts.filter(|texts| !texts.is_empty()) {
            self.policies.boundary = Some(self.documents("PermissionsBoundaryPolicyInputList", texts)?);
        }
        Ok(())
    }

    pub(super) fn set_resource_policy(&mut self, text: Option<&str>, owner: Option<&str>) -> Result<()> {
        self.owner = owner.map(|owner| owner.split(':').nth(4).unwrap_or(owner).to_owned());
        if let Some(text) = text {
            self.policies.resource = Some(self.attached("ResourcePolicy".into(), text)?);
        }
        Ok(())
    }

    /// The results, one for each action.
    ///
    /// # Errors
    /// `InvalidInput` for what is no action.
    pub(super) fn run(&self, actions: &[String], resources: &[String]) -> Result<Vec<EvaluationResult>> {
        actions.iter().map(|action| self.action(action, resources)).collect()
    }

    fn action(&self, action: &str, resources: &[String]) -> Result<EvaluationResult> {
        let is_action = action.split_once(':').is_some_and(|(service, name)| !service.is_empty() && !name.is_empty());
        if !is_action || action.contains('*') {
            return Err(Error::invalid_input(format!("Invalid action: {action}")).into());
        }
        let outcomes: Vec<(&str, Outcomes)> = match resources {
            [] => vec![("*", self.outcomes(action, "*"))],
            some => some.iter().map(|resource| (resource.as_str(), self.outcomes(action, resource))).collect(),
        };
        let specific: Vec<_> = outcomes.iter().map(|(resource, outcomes)| outcomes.specific(resource)).collect();
        let name = if let [(one, _)] = outcomes.as_slice() { *one } else { "*" };
        Ok(EvaluationResult {
            eval_action_name: action.to_owned(),
            eval_resource_name: Some(name.to_owned()),
            eval_decision: outcome_name(together(outcomes.iter().map(|(_, outcomes)| outcomes.decision))).to_owned(),
            matched_statements: Some(distinct(outcomes.iter().flat_map(|(_, outcomes)| &outcomes.matched))),
            missing_context_values: Some(distinct(outcomes.iter().flat_map(|(_, outcomes)| &outcomes.missing))),
            permissions_boundary_decision_detail: self.policies.boundary.as_ref().map(|_| {
                let by_all = outcomes.iter().all(|(_, outcomes)| outcomes.by_boundary == Some(true));
                PermissionsBoundaryDecisionDetail { allowed_by_permissions_boundary: Some(by_all) }
            }),
            eval_decision_details: Some(BTreeMap::new()),
            resource_specific_results: Some(specific).filter(|_| !resources.is_empty()),
            ..EvaluationResult::default()
        })
    }

    fn outcomes(&self, action: &str, resource: &str) -> Outcomes {
        let mut request = Request::new(self.principal.clone(), action, resource);
        request.resource_account = self.owner.clone().or(request.resource_account);
        request.context = self.context.clone();
        let decided = explain(&request, &self.policies);
        let decision = decided.decision.outcome;
        let boundary = decided.layers.iter().find(|layer| layer.layer == Layer::Boundary);
        let by_boundary = boundary.map(|layer| layer.outcome == Outcome::Allowed);
        request.context = self.open_context();
        let missing = self.missing(&explain(&request, &self.policies));
        Outcomes { decision, matched: self.matched(&decided), missing, by_boundary }
    }

    /// The context, in which what was not given is unknown.
    fn open_context(&self) -> Context {
        let mut open = Context::open();
        for (key, values) in self.context.values() {
            open.set(key, values);
        }
        open
    }

    /// The statements that made the decision: those that deny, or else those that allow.
    fn matched(&self, explanation: &Explanation) -> Vec<Statement> {
        let wanted = match explanation.decision.outcome {
            Outcome::ExplicitDeny => document::Effect::Deny,
            Outcome::Allowed => document::Effect::Allow,
            Outcome::ImplicitDeny => return Vec::new(),
        };
        let statements = explanation.layers.iter().flat_map(|layer| &layer.statements);
        let speaking = statements.filter(|report| report.effect == wanted && report.applies() == Truth::Yes);
        speaking.map(|report| self.statement(report)).collect()
    }

    fn statement(&self, report: &StatementReport) -> Statement {
        let name = report.source.name.clone();
        let place = |byte: usize| {
            let document = self.texts.get(&name)?;
            let position = LineIndex::new(&document.text).position(byte);
            let count = |number: usize| i64::try_from(number).ok();
            Some(Position { line: count(position.line), column: count(position.column) })
        };
        let kind = if name == "ResourcePolicy" { "Resource Policy" } else { "IAM Policy" };
        Statement {
            start_position: place(report.span.start),
            end_position: place(report.span.end.saturating_sub(1)),
            source_policy_type: Some(kind.into()),
            source_policy_id: Some(name),
        }
    }

    /// The keys that were not given and that a statement about the action asks for, as the policies write them.
    fn missing(&self, explanation: &Explanation) -> Vec<String> {
        let statements = explanation.layers.iter().flat_map(|layer| &layer.statements);
        let keys = statements.filter(|report| report.applies() != Truth::No).flat_map(|report| &report.unknown);
        distinct(keys).into_iter().map(|key| self.spelling(key)).collect()
    }

    /// A key as a policy writes it.
    fn spelling(&self, lower: String) -> String {
        let keys = self.texts.values().flat_map(|document| document.statements());
        let keys = keys.flat_map(document::Statement::conditions).flat_map(|block| &block.keys);
        let written = keys.map(|key| &key.key.text).find(|text| text.eq_ignore_ascii_case(&lower));
        written.cloned().unwrap_or(lower)
    }
}

impl Outcomes {
    fn specific(&self, resource: &str) -> ResourceSpecificResult {
        ResourceSpecificResult {
            eval_resource_name: resource.to_owned(),
            eval_resource_decision: outcome_name(self.decision).to_owned(),
            matched_statements: Some(self.matched.clone()),
            missing_context_values: Some(self.missing.clone()),
            permissions_boundary_decision_detail: self
                .by_boundary
                .map(|allowed| PermissionsBoundaryDecisionDetail { allowed_by_permissions_boundary: Some(allowed) }),
            ..ResourceSpecificResult::default()
        }
    }
}

/// The decision for several resources together: the worst of them.
fn together(outcomes: impl Iterator<Item = Outcome>) -> Outcome {
    outcomes.fold(Outcome::Allowed, |worst, outcome| match (worst, outcome) {
        (Outcome::ExplicitDeny, _) | (_, Outcome::ExplicitDeny) => Outcome::ExplicitDeny,
        (Outcome::ImplicitDeny, _) | (_, Outcome::ImplicitDeny) => Outcome::ImplicitDeny,
        _ => Outcome::Allowed,
    })
}

/// The values, each once.
fn distinct<'v, T: Clone + PartialEq + 'v>(values: impl Iterator<Item = &'v T>) -> Vec<T> {
    let mut out: Vec<T> = Vec::new();
    for value in values {
        if !out.contains(value) {
            out.push(value.clone());
        }
    }
    out
}
