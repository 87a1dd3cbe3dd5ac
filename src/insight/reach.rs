//! Which roles can somebody reach by assuming, step by step.
//!
//! Each step asks the identity policies and the role's trust policy together, by the rule of one account. A role that was
//! reached is not entered again, so cycles end. Roles of other accounts end a chain: what they may do is not known here.

use std::collections::HashSet;

use serde::Serialize;

use super::ask::Asking;
use super::clause::once;
use super::{Answer, Clause, People, Question, Subject};
use crate::policy::compiled::ActionName;
use crate::policy::decision::{Layer, explain};
use crate::policy::document::Effect;

/// A role that can be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// The role's ARN.
    pub role_arn: String,
    /// Its name.
    pub role: String,
    /// How many roles are assumed to get there.
    pub depth: usize,
    /// The place in the list of the step before, if this is not the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<usize>,
    /// Whether this step can be taken.
    pub answer: Answer,
    /// The condition keys it hangs on.
    pub depends_on: Vec<String>,
    /// The statements that allow it.
    pub grants: Vec<Clause>,
    /// Whether the role is another account's, which must let this one in.
    pub outside: bool,
}

/// The roles that somebody can reach, nearest first.
pub fn reach(people: &People, subject: &Subject) -> Vec<Step> {
    let question = Question { action: "sts:AssumeRole".into(), ..Question::default() };
    let asking = Asking::new(&question, &people.account, people.now);
    let mut steps: Vec<Step> = Vec::new();
    let mut seen = HashSet::from([subject.arn.clone()]);
    let mut at: Option<usize> = None;
    loop {
        let from = match at {
            None => Some(subject),
            Some(place) => steps.get(place).and_then(|step| people.role(&step.role_arn)),
        };
        if let Some(from) = from {
            let depth = at.and_then(|place| steps.get(place)).map_or(1, |step| step.depth + 1);
            for step in next_steps(people, &asking, from, &seen) {
                seen.insert(step.role_arn.clone());
                steps.push(Step { depth, from: at, ..step });
            }
        }
        at = Some(at.map_or(0, |place| place + 1));
        if at.is_none_or(|place| place >= steps.len()) {
            return steps;
        }
    }
}

fn next_steps(people: &People, asking: &Asking<'_>, from: &Subject, seen: &HashSet<String>) -> Vec<Step> {
    let own = people.roles().map(|role| &role.arn).filter(|arn| !seen.contains(*arn)).cloned();
    let foreign = foreign_roles(people, from).into_iter().filter(|arn| !seen.contains(arn));
    own.chain(foreign).filter_map(|arn| step(people, asking, from, arn)).collect()
}

fn step(people: &People, asking: &Asking<'_>, from: &Subject, arn: String) -> Option<Step> {
    let decided = asking.decide(from, &arn, people.trust_at(asking.question, &arn));
    let (answer, depends_on) = Answer::of(&decided.answer);
    if answer == Answer::No {
        return None;
    }
    let explanation = explain(&decided.request, &decided.policies);
    let granting = explanation.layers.iter().filter(|layer| matches!(layer.layer, Layer::Identity | Layer::RoleTrust));
    let clauses = granting.flat_map(|layer| layer.statements.iter().map(|report| Clause::new(layer.layer, report)));
    let grants = clauses.filter(|clause| clause.effect == "Allow" && clause.applies != Answer::No).collect();
    let outside = people.role(&arn).is_none();
    let role = arn.rsplit('/').next().unwrap_or_default().to_owned();
    Some(Step { role_arn: arn, role, depth: 0, from: None, answer, depends_on, grants, outside })
}

/// Roles of other accounts that policies name.
fn foreign_roles(people: &People, from: &Subject) -> Vec<String> {
    let action = ActionName::new("sts:AssumeRole");
    let rules = from.policies.identity.iter().flat_map(|policy| policy.policy.candidates(&action));
    let allowing = rules
        .filter(|rule| rule.effect == Effect::Allow && rule.actions.matches(&action) && !rule.resources.is_negated());
    let is_foreign = |arn: &&str| {
        let account = arn.split(':').nth(4).unwrap_or_default();
        account.len() == 12
            && account != people.account.id.as_str()
            && arn.contains(":role/")
            && !arn.contains(['*', '?', '$'])
    };
    once(allowing.flat_map(|rule| rule.resources.written()).filter(is_foreign).map(str::to_owned))
}
