//! Who can do this? Everybody who may, with the statements that say so.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::ask::{Asking, Decided, GRANTED, are_personal, is_personal};
use super::clause::{once, told};
use super::external::{External, outsiders};
use super::{Answer, Assumption, Clause, People, Question, Result, Subject, SubjectKind};
use crate::policy::compiled::{ActionName, Named, Rule};
use crate::policy::condition::{Context, Expanded, Template, Truth};
use crate::policy::decision::{Attached, Layer, Policies, explain};
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
    /// On what, and through what; the same for all who hold the same policies.
    #[serde(serialize_with = "each")]
    pub resources: Arc<[OnResource]>,
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

fn each<S: Serializer>(all: &Arc<[OnResource]>, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    all.as_ref().serialize(serializer)
}

/// Everybody who can do what the question asks.
///
/// # Errors
/// For a role of the account that does not exist, and [`super::Error::Stopped`].
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
    assumptions.extend(search.asking.mistaken());
    for subject in &people.subjects {
        people.goes_on()?;
        let Subject { kind, name, arn, .. } = subject;
        let (kind, name, arn) = (*kind, || name.clone(), || arn.clone());
        match search.of(subject) {
            Of::Holds(answer, resources) => {
                found.principals.push(Holder { kind, name: name(), arn: arn(), answer, resources });
            }
            Of::Barred(blocked_by, reason) => {
                found.barred.push(Barred { kind, name: name(), arn: arn(), blocked_by, reason });
            }
            Of::Other => found.others += 1,
        }
    }
    assumptions.extend(search.assumptions.take());
    found.assumptions = once(assumptions);
    let role = question.resource.as_deref().filter(|_| question.assumes()).and_then(|arn| people.role(arn));
    found.outside = role.map(|role| outsiders(people, role, &question.action)).unwrap_or_default();
    Ok(found)
}

/// What comes of one subject.
#[derive(Clone)]
enum Of {
    Holds(Answer, Arc<[OnResource]>),
    Barred(Vec<&'static str>, String),
    Other,
}

/// What all have in common of whom one answer is true: their policies, their kind, and how the role's trust policy names
/// them.
type Alike = ((usize, SubjectKind), Vec<Option<Named>>);

struct Search<'a> {
    people: &'a People,
    asking: Asking<'a>,
    action: ActionName,
    asked: Asked,
    /// Knows nothing of the request.
    open: Context,
    /// The trust policy of the role that is asked about.
    trust: Option<Attached>,
    /// Answers by those of whom they are true; none where each has to be asked about.
    known: RefCell<HashMap<Alike, Option<Of>>>,
    assumptions: RefCell<Vec<Assumption>>,
}

impl<'a> Search<'a> {
    fn new(people: &'a People, question: &'a Question) -> Self {
        let asked = question.known().map_or_else(|| Asked::new(&question.action), Asked::of);
        let asking = Asking::new(question, &people.account, people.now);
        let trust = question.resource.as_deref().and_then(|resource| people.trust_at(question, resource));
        let (known, assumptions) = Default::default();
        let action = ActionName::new(&question.action);
        Self { people, asking, action, asked, open: Context::open(), trust, known, assumptions }
    }

    fn decide(&self, subject: &Subject, resource: &str) -> Decided {
        self.asking.decide(subject, resource, self.people.trust_at(self.asking.question, resource))
    }

    /// What comes of a subject; the same as of another whom nothing tells from it.
    fn of(&self, subject: &Subject) -> Of {
        let alike = (subject.standing(), self.names(subject));
        if let Some(Some(known)) = self.known.borrow().get(&alike) {
            return known.clone();
        }
        let is_known_to_differ = self.known.borrow().contains_key(&alike);
        let found = self.alone(subject);
        if !is_known_to_differ {
            let shared = self.is_shared(subject).then(|| found.clone());
            self.known.borrow_mut().insert(alike, shared);
        }
        found
    }

    /// How each rule of the trust policy names the subject.
    fn names(&self, subject: &Subject) -> Vec<Option<Named>> {
        let Some(trust) = &self.trust else { return Vec::new() };
        let principal = subject.principal();
        let name = |rule: &Rule| rule.principals.as_ref().and_then(|principals| principals.name(&principal));
        trust.policy.rules().iter().map(name).collect()
    }

    /// Whether what is true of a subject is true of all who are like it.
    fn is_shared(&self, subject: &Subject) -> bool {
        let question = self.asking.question;
        let policies: &Policies = &subject.policies;
        let mut trusting = self.trust.iter().flat_map(|trust| trust.policy.rules());
        // Of roles that nobody named, each has a trust policy of its own.
        let meets_roles = || self.resources(subject).iter().any(|resource| self.people.role(resource).is_some());
        !are_personal(policies, &self.action)
            && !trusting.any(is_personal)
            && (question.resource.is_some() || !question.assumes() || !meets_roles())
    }

    /// What comes of one subject, asked about by itself.
    fn alone(&self, subject: &Subject) -> Of {
        let resources = match &self.asking.question.resource {
            Some(resource) => vec![resource.clone()],
            None => self.resources(subject),
        };
        let (mut holds, mut barred) = (Vec::new(), None);
        for resource in resources.into_iter().filter(|resource| self.may_allow(subject, resource)) {
            let decided = self.decide(subject, &resource);
            match Answer::of(&decided.answer) {
                (Answer::No, _) => barred = barred.or_else(|| Self::barred(&decided)),
                (answer, depends_on) => holds.push(on_resource(resource, answer, depends_on, &decided)),
            }
        }
        // Where everything is free, the rest is said.
        if holds.iter().any(|on| on.resource == "*" && on.answer == Answer::Yes) {
            holds.retain(|on| on.resource == "*");
        }
        let assumed = holds.iter().filter_map(|on| self.asking.assumption(&on.resource));
        let mut assumptions = self.assumptions.borrow_mut();
        for one in assumed {
            if !assumptions.contains(&one) {
                assumptions.push(one);
            }
        }
        match (holds.iter().map(|on| on.answer).min(), barred) {
            (Some(answer), _) => Of::Holds(answer, holds.into()),
            (None, Some(barred)) => barred,
            (None, None) => Of::Other,
        }
    }

    /// Whether a policy may allow it, whatever the request: most people are done with here, without one being made up.
    fn may_allow(&self, subject: &Subject, resource: &str) -> bool {
        let mut rules = subject.policies.identity.iter().flat_map(|policy| self.allowing(policy));
        self.asking.question.assumes() || rules.any(|rule| rule.resources.matches(resource, &self.open) != Truth::No)
    }

    /// That somebody may not, if a policy of theirs allows it.
    fn barred(decided: &Decided) -> Option<Of> {
        let explanation = explain(&decided.request, &decided.policies);
        let identity = explanation.layers.iter().filter(|layer| layer.layer == Layer::Identity);
        let mut allowing = identity.flat_map(|layer| &layer.statements).filter(|report| report.effect == Effect::Allow);
        allowing.find(|report| Answer::from(report.applies()) != Answer::No)?;
        let decision = told(&decided.answer);
        let blocked_by = decision.blocked_by.iter().map(Layer::name).collect();
        Some(Of::Barred(blocked_by, decision.reason(&decided.request).unwrap_or_default()))
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
pub(super) fn filled(text: &str, subject: &Subject) -> String {
    let mut context = Context::open();
    subject.principal().context().into_iter().for_each(|(key, value)| context.set(key, [value]));
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
        let is_granted = |clause: &Clause| layer.layer == Layer::RoleTrust && clause.policy == GRANTED;
        for clause in clauses.filter(|clause| clause.applies != Answer::No && !is_granted(clause)) {
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
