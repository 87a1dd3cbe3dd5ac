//! Why, or why not: one request of one principal, decided and explained layer by layer.

use serde::Serialize;

use super::ask::{Asking, is_role_of};
use super::clause::told;
use super::people::role_at;
use super::{Answer, Assumption, Clause, Error, Question, Result, Subject};
use crate::policy::decision::{self, Attached, Layer, LayerReport, explain};
use crate::policy::json::LineIndex;
use crate::policy::neutral::outcome_name;
use crate::store::{Account, Store};

/// Why a request is decided as it is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Why {
    /// Who asks, by ARN.
    pub principal: String,
    /// What for.
    pub action: String,
    /// On what.
    pub resource: String,
    /// `allowed`, `implicitDeny`, `explicitDeny`, or `depends`.
    pub decision: &'static str,
    /// Yes, no, or it depends.
    #[serde(skip)]
    pub answer: Answer,
    /// The layers that deny it; where it depends, those that do at the worst.
    pub blocked_by: Vec<&'static str>,
    /// The condition keys it depends on.
    pub depends_on: Vec<String>,
    /// Why it is denied, in the words of an AccessDenied answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What each layer says.
    pub layers: Vec<LayerSays>,
    /// What is taken for granted.
    pub assumptions: Vec<Assumption>,
}

/// What a layer says.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LayerSays {
    /// `identity`, `boundary`, `trust`, …
    pub layer: &'static str,
    /// As AWS calls such a policy.
    #[serde(skip)]
    pub title: &'static str,
    /// `allowed`, `implicitDeny`, `explicitDeny`, or `depends`.
    pub says: &'static str,
    /// The statements that speak of the action.
    pub statements: Vec<Clause>,
}

/// Decides a request and says why. A question without a resource asks about `*`.
///
/// # Errors
/// When the store fails, or for a role of the account that does not exist.
pub fn why(store: &Store, account: &Account, subject: &Subject, question: &Question) -> Result<Why> {
    let resource = question.resource.clone().unwrap_or_else(|| "*".into());
    let trust = trust_of(store, account, question, &resource)?;
    let asking = Asking::new(question, account, store.now());
    let decided = asking.decide(subject, &resource, trust);
    let (answer, depends_on) = Answer::of(&decided.answer);
    let told = told(&decided.answer);
    let explanation = explain(&decided.request, &decided.policies);
    let mut layers: Vec<LayerSays> = explanation.layers.iter().map(LayerSays::new).collect();
    let clauses = layers.iter_mut().flat_map(|layer| &mut layer.statements);
    clauses.into_iter().try_for_each(|clause| place(store, account, subject, clause, &resource))?;
    Ok(Why {
        principal: subject.principal().name,
        action: question.action.clone(),
        decision: if answer == Answer::Depends { "depends" } else { outcome_name(told.outcome) },
        answer,
        blocked_by: told.blocked_by.iter().map(Layer::name).collect(),
        depends_on,
        reason: told.reason(&decided.request),
        layers,
        assumptions: asking.assumption(&resource).into_iter().chain(asking.mistaken()).collect(),
        resource,
    })
}

/// The trust policy, where a role of the account is to be assumed.
fn trust_of(store: &Store, account: &Account, question: &Question, resource: &str) -> Result<Option<Attached>> {
    if !question.assumes() || !is_role_of(account, resource) {
        return Ok(None);
    }
    let role = role_at(store, account, resource)?;
    let trust = role.and_then(|role| role.trust).ok_or_else(|| Error::UnknownRole(resource.to_owned()))?;
    Ok(Some(Attached::new("trust policy", trust.policy)))
}

/// Finds the line on which a statement begins.
fn place(store: &Store, account: &Account, subject: &Subject, clause: &mut Clause, resource: &str) -> Result<()> {
    let text = match (clause.layer, subject.kind.kind()) {
        ("trust", _) => {
            role_at(store, account, resource)?.and_then(|role| role.trust).map(|trust| trust.text.to_string())
        }
        ("identity" | "boundary", Some(kind)) => {
            Some(store.policy_text(account, kind, &subject.name, &clause.source)?)
        }
        _ => None,
    };
    if let Some(text) = text {
        let at = LineIndex::new(&text).position(clause.span.start);
        (clause.line, clause.column) = (Some(at.line), Some(at.column));
    }
    Ok(())
}

impl LayerSays {
    fn new(report: &LayerReport) -> Self {
        let statements: Vec<Clause> = report.statements.iter().map(|one| Clause::new(report.layer, one)).collect();
        let may =
            |effect: &str| statements.iter().any(|clause| clause.effect == effect && clause.applies == Answer::Depends);
        let is_open = match report.outcome {
            decision::Outcome::ExplicitDeny => false,
            decision::Outcome::Allowed => may("Deny"),
            decision::Outcome::ImplicitDeny => may("Allow"),
        };
        let says = if is_open { "depends" } else { outcome_name(report.outcome) };
        Self { layer: report.layer.name(), title: report.layer.title(), says, statements }
    }
}
