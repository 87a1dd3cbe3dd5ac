//! Ways to escalate privilege, per principal: which of the known ways are open, and on whom.
//!
//! The policy engine says which actions are within reach at all. Where an action works on users, groups, roles or policies
//! of the account, each of them is asked about: a policy that lets people manage their own keys opens no way to another's.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use serde::Serialize;

use super::ask::{Asking, are_personal};
use super::targets::{Targets, only};
use super::{Answer, People, Question, Result, Subject, SubjectKind};
use crate::policy::catalog;
use crate::policy::compiled::ActionName;
use crate::policy::condition::Context;
use crate::policy::decision::{self, Request, Via};
use crate::policy::effective::{self, Asked, Reach, Standing, Way};
use crate::store::{Account, Store};

/// Targets that are named; one more tells that there are more.
const TARGETS_MAX: usize = 5;

/// Users, groups or roles that are tried before an action is taken to reach one that was not tried.
const TRIES_MANY: usize = 20_000;
/// The same once there were very many tries.
const TRIES_FEW: usize = 50;
/// Tries after which there are few: some twenty seconds.
const TRIES_MAX: usize = 5_000_000;

/// What the ARNs of service-linked roles have in them.
pub(super) const SERVICE_LINKED: &str = ":role/aws-service-role/";

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
///
/// # Errors
/// When the store fails, and [`super::Error::Stopped`].
pub fn escalations(store: &Store, people: &People) -> Result<Vec<Escalating>> {
    let questions = Questions::new();
    let targets = Targets::read(store, &people.account)?;
    let search = Search::new(&people.account, people.now, (&questions, &targets));
    let mut found = Vec::new();
    for subject in &people.subjects {
        people.goes_on()?;
        found.extend(search.of(subject));
    }
    Ok(found)
}

/// The ways open to one subject, if there are any.
///
/// # Errors
/// When the store fails.
pub fn escalation_of(store: &Store, account: &Account, subject: &Subject) -> Result<Option<Escalating>> {
    if open_ways(subject).is_empty() {
        return Ok(None);
    }
    let questions = Questions::new();
    let targets = Targets::read(store, account)?;
    Ok(Search::new(account, store.now(), (&questions, &targets)).of(subject))
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

/// The ways whose actions policies allow, on whatever.
fn open_ways(subject: &Subject) -> Vec<effective::Escalation> {
    // A service-linked role is its service's alone.
    let is_left_out = subject.kind == SubjectKind::Root || subject.arn.contains(SERVICE_LINKED);
    if is_left_out || may_do_everything(subject) { Vec::new() } else { effective::escalations(&subject.policies) }
}

/// What a set of policies opens.
struct Opened {
    ways: Vec<effective::Escalation>,
    /// What each action reaches; none for an action that reaches each holder's own.
    reached: Reached,
}

/// What each action reaches, with the answers.
type Reached = HashMap<String, Option<Vec<(String, Answer)>>>;
/// What all have in common whose policies open the same: policies and kind, and whether they are a service's role.
type Alike = ((usize, SubjectKind), bool);

struct Search<'a> {
    account: &'a Account,
    asking: HashMap<&'a str, Asking<'a>>,
    targets: &'a Targets,
    /// By those who hold the same policies.
    known: RefCell<HashMap<Alike, Opened>>,
    tries_left: Cell<usize>,
}

impl<'a> Search<'a> {
    fn new(account: &'a Account, now: jiff::Timestamp, (questions, targets): (&'a Questions, &'a Targets)) -> Self {
        let ready = |question: &'a Question| (&*question.action, Asking::new(question, account, now));
        let asking = questions.0.iter().map(ready).collect();
        Self { account, asking, targets, known: RefCell::default(), tries_left: Cell::new(TRIES_MAX) }
    }

    fn of(&self, subject: &Subject) -> Option<Escalating> {
        let alike = (subject.standing(), subject.arn.contains(SERVICE_LINKED));
        let mut known = self.known.borrow_mut();
        let opened = known.entry(alike).or_insert_with(|| Opened { ways: open_ways(subject), reached: HashMap::new() });
        let Opened { ways, reached } = opened;
        let ways: Vec<OpenWay> = ways.iter().filter_map(|one| self.open(subject, one.way, reached)).collect();
        let Subject { kind, name, arn, .. } = subject;
        (!ways.is_empty()).then(|| Escalating { kind: *kind, name: name.clone(), arn: arn.clone(), ways })
    }

    /// The way, if something is left that it works on.
    fn open(&self, subject: &Subject, way: &'static Way, reached: &mut Reached) -> Option<OpenWay> {
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
            let reachable = self.reachable(subject, (action, target), reached);
            let best = reachable.iter().map(|(_, answer)| *answer).min()?;
            found.certain &= best == Answer::Yes;
            if found.targets.is_empty() && target != Target::Oneself {
                found.more = reachable.len() > TARGETS_MAX;
                let named = reachable.iter().filter(|(arn, _)| !arn.is_empty());
                found.targets = named.take(TARGETS_MAX).map(|(arn, _)| short(arn)).collect();
            }
        }
        Some(found)
    }

    /// What of the account an action reaches; looked for until there are enough, once for all who hold the same.
    fn reachable(
        &self,
        subject: &Subject,
        (action, target): (&str, Target),
        reached: &mut Reached,
    ) -> Vec<(String, Answer)> {
        if !reached.contains_key(action) {
            let is_personal = target == Target::Oneself || are_personal(&subject.policies, &ActionName::new(action));
            // One more than are told, for the holder itself may be among them.
            let found = (!is_personal).then(|| self.looked_for(subject, (action, target), TARGETS_MAX + 2));
            reached.insert(action.to_owned(), found);
        }
        let mut found = match reached.get(action) {
            Some(Some(known)) => known.clone(),
            _ => self.looked_for(subject, (action, target), TARGETS_MAX + 2),
        };
        found.retain(|(arn, _)| target != Target::Others || *arn != subject.arn);
        found.truncate(TARGETS_MAX + 1);
        found
    }

    fn looked_for(&self, subject: &Subject, (action, target): (&str, Target), enough: usize) -> Vec<(String, Answer)> {
        let Some(asking) = self.asking.get(action) else { return Vec::new() };
        let tries = if self.tries_left.get() == 0 { TRIES_FEW } else { TRIES_MANY };
        let mut found = Vec::new();
        for (at, arn) in self.candidates(subject, &ActionName::new(action), target).enumerate() {
            if at == tries && found.is_empty() {
                // Those that were not tried are not ruled out; none of them is named.
                found.push((String::new(), Answer::Depends));
                break;
            }
            self.tries_left.set(self.tries_left.get().saturating_sub(1));
            let (answer, _) = Answer::of(&asking.decide(subject, arn, None).answer);
            if answer != Answer::No {
                found.push((arn.to_owned(), answer));
            }
            if found.len() == enough || at >= tries {
                break;
            }
        }
        found
    }

    fn candidates<'s>(
        &'s self,
        subject: &'s Subject,
        action: &ActionName,
        target: Target,
    ) -> Box<dyn Iterator<Item = &'s str> + 's> {
        let is_user = subject.kind == SubjectKind::User;
        let all = match target {
            Target::Oneself => return Box::new(is_user.then_some(&*subject.arn).into_iter()),
            Target::OwnGroups => return Box::new(subject.groups.iter().map(String::as_str)),
            Target::OwnPolicies => {
                let own = self.account.arn("policy/");
                let identity = subject.policies.identity.iter();
                let managed = identity.filter(|policy| matches!(policy.source.via, Via::Attached | Via::Group(_)));
                return Box::new(managed.map(|policy| &*policy.source.name).filter(move |arn| arn.starts_with(&own)));
            }
            Target::Others => &self.targets.users,
            Target::OtherGroups if !is_user => return Box::new(std::iter::empty()),
            Target::OtherGroups => &self.targets.groups,
            Target::Roles => &self.targets.roles,
        };
        let is_meant = move |arn: &&str| match target {
            Target::OtherGroups => !subject.groups.iter().any(|group| group == arn),
            _ => !arn.contains(SERVICE_LINKED),
        };
        match only(subject, action) {
            Some(mut names) => {
                names.sort_unstable();
                names.dedup();
                Box::new(names.into_iter().flat_map(|name| all.named(&name)).filter(is_meant))
            }
            None => Box::new(all.arns.iter().map(String::as_str).filter(is_meant)),
        }
    }
}

/// Whether somebody may do everything to everything already, if only under conditions.
fn may_do_everything(subject: &Subject) -> bool {
    // An action that no service has is only reached by `*`; IAM's are what power users lack.
    ["any-service:AnyAction", "iam:AnyAction"].into_iter().all(|action| {
        let mut request = Request::new(subject.principal(), action, "*");
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
