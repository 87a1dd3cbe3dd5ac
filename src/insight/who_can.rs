//! Who can do this? Everybody who may, with the statements that say so.

use serde::Serialize;

use super::ask::{Asking, Decided};
use super::clause::{once, told};
use super::external::{External, outsiders};
use super::{Answer, Assumption, Clause, People, Question, Result, Subject, SubjectKind};
use crate::policy::compiled::{ActionName, Rule};
use crate::policy::condition::{Context, Expanded, Template, Truth};
use crate::policy::decision::{Attached, Layer, explain};
use crate::policy::document::{Effect, Version};
use crate::policy::effective::Asked;

/// Resources that are looked at for one principal, where the question names none.
const RESOURCES_MAX: usize = 64;

/// Who can do something.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WhoCan {
    /// What was asked.
    pub action: String,
    /// On what; absent where on anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Whether the root user may.
    pub root: Answer,
    /// Who may, users before roles.
    pub principals: Vec<Holder>,
    /// Who may not, though a policy of theirs allows it.
    pub barred: Vec<Barred>,
    /// How many others may not.
    pub others: usize,
    /// Who may from outside the account, services included: of roles that are to be assumed.
    pub outside: Vec<External>,
    /// What is taken for granted.
    pub assumptions: Vec<Assumption>,
}

/// Somebody who may.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Holder {
    /// User or role.
    pub kind: SubjectKind,
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// The best of the answers below.
    pub answer: Answer,
    /// On what, and through what.
    pub resources: Vec<OnResource>,
}

/// What somebody may do to a resource.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OnResource {
    /// The resource, or where the question names none, a pattern of a policy.
    pub resource: String,
    /// Yes, or depends.
    pub answer: Answer,
    /// The condition keys it depends on.
    pub depends_on: Vec<String>,
    /// The statements that allow it.
    pub grants: Vec<Clause>,
    /// The statements of boundaries, and those that may deny it.
    pub limits: Vec<Clause>,
}

/// Somebody who may not, though a policy allows it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Barred {
    /// User or role.
    pub kind: SubjectKind,
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// The layers in the way: `boundary`, `trust`, …
    pub blocked_by: Vec<&'static str>,
    /// Why, in the words of an AccessDenied answer.
    pub reason: String,
}

/// Everybody who can do what the question asks.
///
/// # Errors
/// For a role of the account that does not exist.
pub fn who_can(people: &People, question: &Question) -> Result<WhoCan> {
    people.check_role(question)?;
    let search = Search::new(people, question);
    let root = Subject::root(&people.account);
    let mut found = WhoCan {
        action: question.action.clone(),
        resource: question.resource.clone(),
        root: Answer::of(&search.decide(&root, question.resource.as_deref().unwrap_or("*")).answer).0,
        principals: Vec::new(),
        barred: Vec::new(),
        others: 0,
        outside: Vec::new(),
        assumptions: Vec::new(),
    };
    let mut assumptions: Vec<Assumption> =
        question.resource.iter().filter_map(|one| search.asking.assumption(one)).collect();
    for subject in &people.subjects {
        match search.of(subject) {
            Of::Holder(holder) => {
                assumptions.extend(holder.resources.iter().filter_map(|on| search.asking.assumption(&on.resource)));
                found.principals.push(holder);
            }
            Of::Barred(barred) => found.barred.push(barred),
            Of::Other => found.others += 1,
        }
    }
    found.assumptions = once(assumptions);
    let role = question.resource.as_deref().filter(|_| question.assumes()).and_then(|arn| people.role(arn));
    found.outside = role.map(|role| outsiders(people, role, &question.action)).unwrap_or_default();
    Ok(found)
}

/// What comes of one subject.
enum Of {
    Holder(Holder),
    Barred(Barred),
    Other,
}

struct Search<'a> {
    people: &'a People,
    asking: Asking<'a>,
    action: ActionName,
    asked: Asked,
    /// Knows nothing of the request.
    open: Context,
}

impl<'a> Search<'a> {
    fn new(people: &'a People, question: &'a Question) -> Self {
        let asked = question.known().map_or_else(|| Asked::new(&question.action), Asked::of);
        let asking = Asking::new(question, &people.account, people.now);
        Self { people, asking, action: ActionName::new(&question.action), asked, open: Context::open() }
    }

    fn decide(&self, subject: &Subject, resource: &str) -> Decided {
        self.asking.decide(subject, resource, self.people.trust_at(self.asking.question, resource))
    }

    fn of(&self, subject: &Subject) -> Of {
        let resources = match &self.asking.question.resource {
            Some(resource) => vec![resource.clone()],
            None => self.resources(subject),
        };
        let (mut holds, mut barred) = (Vec::new(), None);
        for resource in resources.into_iter().filter(|resource| self.may_allow(subject, resource)) {
            let decided = self.decide(subject, &resource);
            match Answer::of(&decided.answer) {
                (Answer::No, _) => barred = barred.or_else(|| Self::barred(subject, &decided)),
                (answer, depends_on) => holds.push(on_resource(resource, answer, depends_on, &decided)),
            }
        }
        // Where everything is free, the rest is said.
        if holds.iter().any(|on| on.resource == "*" && on.answer == Answer::Yes) {
            holds.retain(|on| on.resource == "*");
        }
        match (holds.iter().map(|on| on.answer).min(), barred) {
            (Some(answer), _) => Of::Holder(Holder {
                kind: subject.kind,
                name: subject.name.clone(),
                arn: subject.arn.clone(),
                answer,
                resources: holds,
            }),
            (None, Some(barred)) => Of::Barred(barred),
            (None, None) => Of::Other,
        }
    }

    /// Whether a policy may allow it, whatever the request: most people are done with here, without one being made up.
    fn may_allow(&self, subject: &Subject, resource: &str) -> bool {
        let mut rules = subject.policies.identity.iter().flat_map(|policy| self.allowing(policy));
        self.asking.question.assumes() || rules.any(|rule| rule.resources.matches(resource, &self.open) != Truth::No)
    }

    /// That somebody may not, if a policy of theirs allows it.
    fn barred(subject: &Subject, decided: &Decided) -> Option<Barred> {
        let explanation = explain(&decided.request, &decided.policies);
        let identity = explanation.layers.iter().filter(|layer| layer.layer == Layer::Identity);
        let mut allowing = identity.flat_map(|layer| &layer.statements).filter(|report| report.effect == Effect::Allow);
        allowing.find(|report| Answer::from(report.applies()) != Answer::No)?;
        let decision = told(&decided.answer);
        Some(Barred {
            kind: subject.kind,
            name: subject.name.clone(),
            arn: subject.arn.clone(),
            blocked_by: decision.blocked_by.iter().map(Layer::name).collect(),
            reason: decision.reason(&decided.request).unwrap_or_default(),
        })
    }

    fn allowing<'p>(&'p self, policy: &'p Attached) -> impl Iterator<Item = &'p Rule> {
        let speaks = |rule: &&Rule| rule.effect == Effect::Allow && rule.actions.matches(&self.action);
        policy.policy.candidates(&self.action).filter(speaks)
    }

    /// The resources that policies which allow the action speak of, as far as the action works on them.
    fn resources(&self, subject: &Subject) -> Vec<String> {
        let limits = subject.policies.boundary.iter().flatten();
        let rules = subject.policies.identity.iter().chain(limits).flat_map(|policy| self.allowing(policy));
        let mut found: Vec<String> = Vec::new();
        for rule in rules {
            if rule.resources.is_unlimited() || rule.resources.is_negated() {
                found.push("*".into());
            } else {
                found.extend(
                    rule.resources.written().filter(|text| self.asked.works_on(text)).map(|text| filled(text, subject)),
                );
            }
        }
        let mut found = once(found);
        found.truncate(RESOURCES_MAX);
        found
    }
}

/// The text with what is known of the subject in place of variables; as it is, where one is unknown.
fn filled(text: &str, subject: &Subject) -> String {
    let mut context = Context::open();
    subject.principal.context().into_iter().for_each(|(key, value)| context.set(key, [value]));
    context.set("aws:userid", [&subject.id]);
    for (key, value) in &subject.tags {
        context.set(&format!("aws:PrincipalTag/{key}"), [value]);
    }
    match Template::new(text, Version::V2012).text(&context) {
        Expanded::Value(text) => text,
        Expanded::Missing | Expanded::Unknown => text.to_owned(),
    }
}

fn on_resource(resource: String, answer: Answer, depends_on: Vec<String>, decided: &Decided) -> OnResource {
    let explanation = explain(&decided.request, &decided.policies);
    let (mut grants, mut limits) = (Vec::new(), Vec::new());
    for layer in &explanation.layers {
        let clauses = layer.statements.iter().map(|report| Clause::new(layer.layer, report));
        for clause in clauses.filter(|clause| clause.applies != Answer::No) {
            let grants_it = clause.effect == "Allow" && matches!(layer.layer, Layer::Identity | Layer::RoleTrust);
            if grants_it {
                grants.push(clause);
            } else if layer.layer != Layer::Resource {
                limits.push(clause);
            }
        }
    }
    OnResource { resource, answer, depends_on, grants, limits }
}
