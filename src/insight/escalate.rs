//! Ways to escalate privilege, per principal: which of the known ways are open, and on whom.
//!
//! The policy engine says which actions are within reach at all. Where an action works on users, groups, roles or policies
//! of the account, each of them is asked about: a policy that lets people manage their own keys opens no way to another's.

use std::collections::HashMap;

use serde::Serialize;

use super::ask::Asking;
use super::{Answer, People, Question, Subject, SubjectKind};
use crate::policy::catalog;
use crate::policy::condition::Context;
use crate::policy::decision::{self, Request, Via};
use crate::policy::effective::{self, Asked, Reach, Standing, Way};

/// Targets that are named; one more tells that there are more.
const TARGETS_MAX: usize = 5;

/// What the ARNs of service-linked roles have in them.
const SERVICE_LINKED: &str = ":role/aws-service-role/";

/// Somebody to whom ways are open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Escalating {
    /// User or role.
    pub kind: SubjectKind,
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// The ways.
    pub ways: Vec<OpenWay>,
}

/// A way that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenWay {
    /// Its name.
    pub name: &'static str,
    /// The actions it takes.
    pub actions: &'static [&'static str],
    /// How it works.
    pub explanation: &'static str,
    /// Whether every action is free. Otherwise resources or conditions may close it.
    pub certain: bool,
    /// Whom or what it works on, the first few by name.
    pub targets: Vec<String>,
    /// Whether there are more.
    pub more: bool,
}

/// What an action of a way works on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    /// The user itself.
    Oneself,
    /// Other users.
    Others,
    /// The groups one is in.
    OwnGroups,
    /// The groups one is not in.
    OtherGroups,
    /// Roles.
    Roles,
    /// The account's own policies that one has.
    OwnPolicies,
}

impl Target {
    fn of(action: &str) -> Option<Self> {
        Some(match action.strip_prefix("iam:")? {
            "AttachUserPolicy" | "PutUserPolicy" | "DeleteUserPermissionsBoundary" | "PutUserPermissionsBoundary" => {
                Self::Oneself
            }
            "CreateAccessKey" | "CreateLoginProfile" | "UpdateLoginProfile" | "DeactivateMFADevice" => Self::Others,
            "AttachGroupPolicy" | "PutGroupPolicy" => Self::OwnGroups,
            "AddUserToGroup" => Self::OtherGroups,
            "AttachRolePolicy"
            | "PutRolePolicy"
            | "UpdateAssumeRolePolicy"
            | "DeleteRolePermissionsBoundary"
            | "PassRole" => Self::Roles,
            "CreatePolicyVersion" | "SetDefaultPolicyVersion" => Self::OwnPolicies,
            _ => return None,
        })
    }
}

/// The ways open to each user and role. Who may do everything anyhow needs none.
pub fn escalations(people: &People) -> Vec<Escalating> {
    let questions = Questions::new();
    let search = Search::new(people, &questions);
    people.subjects.iter().filter_map(|subject| search.of(subject)).collect()
}

/// The ways open to one subject, if there are any.
pub fn escalation_of(people: &People, subject: &Subject) -> Option<Escalating> {
    let questions = Questions::new();
    Search::new(people, &questions).of(subject)
}

/// A question for every action of a way that works on something of the account.
struct Questions(Vec<Question>);

impl Questions {
    fn new() -> Self {
        let actions = effective::WAYS.iter().flat_map(|way| way.actions).filter(|action| Target::of(action).is_some());
        Self(
            super::clause::once(actions.map(|action| (*action).to_owned()))
                .into_iter()
                .map(|action| Question { action, ..Question::default() })
                .collect(),
        )
    }
}

struct Search<'a> {
    people: &'a People,
    asking: HashMap<&'a str, Asking<'a>>,
    groups: Vec<String>,
}

impl<'a> Search<'a> {
    fn new(people: &'a People, questions: &'a Questions) -> Self {
        let ready = |question: &'a Question| (&*question.action, Asking::new(question, &people.account, people.now));
        let groups = super::clause::once(people.users().flat_map(|user| user.groups.clone()));
        Self { people, asking: questions.0.iter().map(ready).collect(), groups }
    }

    fn of(&self, subject: &Subject) -> Option<Escalating> {
        // A service-linked role is its service's alone.
        let is_left_out = subject.kind == SubjectKind::Root || subject.arn.contains(SERVICE_LINKED);
        let ways = if is_left_out { Vec::new() } else { self.ways(subject) };
        let Subject { kind, name, arn, .. } = subject;
        (!ways.is_empty()).then(|| Escalating { kind: *kind, name: name.clone(), arn: arn.clone(), ways })
    }

    fn ways(&self, subject: &Subject) -> Vec<OpenWay> {
        if may_do_everything(subject) {
            return Vec::new();
        }
        let open = effective::escalations(&subject.policies);
        open.iter().filter_map(|one| self.open(subject, one.way)).collect()
    }

    /// The way, if something is left that it works on.
    fn open(&self, subject: &Subject, way: &'static Way) -> Option<OpenWay> {
        let mut found = OpenWay {
            name: way.name,
            actions: way.actions,
            explanation: way.explanation,
            certain: true,
            targets: Vec::new(),
            more: false,
        };
        for action in way.actions {
            let Some(target) = Target::of(action) else {
                let asked = catalog::action(action).map_or_else(|| Asked::new(action), Asked::of);
                found.certain &= Standing::of(&asked, &subject.policies).reach == Reach::Full;
                continue;
            };
            let reachable = self.reachable(subject, action, target);
            let best = reachable.iter().map(|(_, answer)| *answer).min()?;
            found.certain &= best == Answer::Yes;
            if found.targets.is_empty() && target != Target::Oneself {
                found.more = reachable.len() > TARGETS_MAX;
                found.targets = reachable.into_iter().take(TARGETS_MAX).map(|(arn, _)| short(&arn)).collect();
            }
        }
        Some(found)
    }

    /// What of the account an action reaches; looked for until there are enough.
    fn reachable(&self, subject: &Subject, action: &str, target: Target) -> Vec<(String, Answer)> {
        let Some(asking) = self.asking.get(action) else { return Vec::new() };
        let answer = |arn: String| {
            let (answer, _) = Answer::of(&asking.decide(subject, &arn, None).answer);
            (answer != Answer::No).then_some((arn, answer))
        };
        let candidates = self.candidates(subject, target);
        candidates.filter_map(answer).take(TARGETS_MAX + 1).collect()
    }

    fn candidates<'s>(&'s self, subject: &'s Subject, target: Target) -> Box<dyn Iterator<Item = String> + 's> {
        let is_user = subject.kind == SubjectKind::User;
        match target {
            Target::Oneself => Box::new(is_user.then(|| subject.arn.clone()).into_iter()),
            Target::Others => {
                Box::new(self.people.users().filter(|user| user.arn != subject.arn).map(|user| user.arn.clone()))
            }
            Target::OwnGroups => Box::new(subject.groups.iter().cloned()),
            Target::OtherGroups => {
                let others = self.groups.iter().filter(move |group| is_user && !subject.groups.contains(group));
                Box::new(others.cloned())
            }
            Target::Roles => Box::new(
                self.people.roles().filter(|role| !role.arn.contains(SERVICE_LINKED)).map(|role| role.arn.clone()),
            ),
            Target::OwnPolicies => {
                let own = self.people.account.arn("policy/");
                let managed = subject
                    .policies
                    .identity
                    .iter()
                    .filter(|policy| matches!(policy.source.via, Via::Attached | Via::Group(_)));
                Box::new(managed.map(|policy| policy.source.name.clone()).filter(move |arn| arn.starts_with(&own)))
            }
        }
    }
}

/// Whether somebody may do everything to everything already, if only under conditions.
fn may_do_everything(subject: &Subject) -> bool {
    // An action that no service has is only reached by `*`; IAM's are what power users lack.
    ["any-service:AnyAction", "iam:AnyAction"].into_iter().all(|action| {
        let mut request = Request::new(subject.principal.clone(), action, "*");
        request.context = Context::open();
        Answer::of(&decision::answer(&request, &subject.policies)).0 != Answer::No
    })
}

/// Kind and name of an ARN: `role/app-server`.
fn short(arn: &str) -> String {
    let resource = arn.splitn(6, ':').nth(5).unwrap_or(arn);
    match (resource.split_once('/'), resource.rsplit_once('/')) {
        (Some((kind, _)), Some((_, name))) => format!("{kind}/{name}"),
        _ => resource.to_owned(),
    }
}
