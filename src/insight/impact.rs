//! What a change of one policy does: whom it reaches, and what each of them may newly do or no longer do.
//!
//! The policy is asked about within all that its holders have: what another policy grants already is not new, and what
//! a boundary forbids is not allowed. It is asked while somebody types, so the holders are read once ([`Affected::read`]),
//! nobody else is, those who hold the same policies are asked about together, and [`Affected::impact`] gives up as soon as
//! the text it looks at is out of date.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::ask::Asking;
use super::external::of_role;
use super::{Answer, External, People, Question, Result, Subject};
use crate::iam::Kind;
use crate::policy::catalog::{self, Action};
use crate::policy::compiled::{ActionName, Compiled, Named, Rule};
use crate::policy::condition::{Context, Truth};
use crate::policy::decision::{Attached, Policies, Source, Via};
use crate::policy::document::Effect;
use crate::policy::effective::{Asked, Change, ChangeKind, Reach, change, current_actions, speak_differently};
use crate::store::{Account, Store, Trust, Which};

/// Actions looked at, over all holders, before the rest of the holders is left out.
const LOOKS_MAX: usize = 2_000_000;

/// Where a policy stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Site {
    /// Nobody has it yet.
    New,
    /// It is a managed policy, by ARN: whoever it is attached to has it, directly, through a group, or as a boundary.
    Managed(String),
    /// It is written into a user, group or role.
    Inline {
        /// User, group or role.
        kind: Kind,
        /// Its name.
        of: String,
        /// The policy's name.
        name: String,
    },
    /// It says who may assume this role.
    Trust(String),
}

/// Whom a policy reaches, with everything else that decides about them.
#[derive(Clone, Debug)]
pub struct Affected {
    site: Site,
    /// Its holders, users before roles, by name.
    holders: Vec<Who>,
    /// Their policies, with the places of those who hold them.
    sets: Vec<(Arc<Policies>, Vec<usize>)>,
    /// Of a trust policy everybody who might want to assume the role.
    people: Option<People>,
}

/// Somebody for whom something changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Who {
    /// `user`, `role`, `account`, `service`, …
    pub word: &'static str,
    /// The name.
    pub name: Arc<str>,
}

/// The same for these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// For whom; nobody where nobody has the policy yet.
    pub whom: Vec<Who>,
    /// What changes, in the catalog's order.
    pub changes: Vec<Change>,
}

/// What a change does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// What changes, by those for whom it is the same.
    pub parts: Vec<Part>,
    /// Those who have the policy and for whom nothing changes.
    pub unchanged: Vec<Who>,
    /// How many more have it and were not looked at, because there are too many.
    pub unlooked: usize,
    /// Whether it is about who may assume a role.
    pub is_entry: bool,
}

impl Affected {
    /// Reads whom a policy reaches. It is given up once `is_stale` is set.
    ///
    /// # Errors
    /// When the store fails, and [`super::Error::Stopped`].
    pub fn read(store: &Store, account: &Account, site: Site, is_stale: &Arc<AtomicBool>) -> Result<Self> {
        let some = |which| People::read_some(store, account, which, is_stale);
        let people = match &site {
            Site::New => People::of(store, account, Vec::new()),
            Site::Inline { kind: kind @ (Kind::User | Kind::Role), of, .. } => {
                People::of(store, account, store.member(account, *kind, of)?.into_iter().collect())
            }
            Site::Inline { of, .. } => some(Which::In(of))?,
            Site::Managed(arn) => some(Which::Holding(arn))?,
            Site::Trust(_) => {
                let people = Some(some(Which::Everybody)?);
                return Ok(Self { site, holders: Vec::new(), sets: Vec::new(), people });
            }
        };
        Ok(Self::among(site, &people))
    }

    /// The policy reaches these people.
    pub(super) fn among(site: Site, people: &People) -> Self {
        let mut places = HashMap::new();
        let mut sets: Vec<(Arc<Policies>, Vec<usize>)> = Vec::new();
        for (at, one) in people.subjects.iter().enumerate() {
            let set = *places.entry(fingerprint(&one.policies)).or_insert_with(|| {
                sets.push((Arc::clone(&one.policies), Vec::new()));
                sets.len() - 1
            });
            sets.get_mut(set).into_iter().for_each(|(_, whom)| whom.push(at));
        }
        Self { site, holders: people.subjects.iter().map(Who::of).collect(), sets, people: None }
    }

    /// Those who have the policy; none where it says who may assume a role.
    pub fn holders(&self) -> &[Who] {
        &self.holders
    }

    /// What becomes of it when one text takes the other's place. An empty text is none. `None` once it is out of date.
    pub fn impact(&self, before: &str, after: &str, is_stale: &AtomicBool) -> Option<Impact> {
        let [before, after] =
            [before, after].map(|text| Trust { text: text.into(), policy: Compiled::parse(text).into() });
        match &self.site {
            Site::Trust(role) => self.entries(role, &before, &after, is_stale),
            _ => self.permissions(&before.policy, &after.policy, is_stale),
        }
    }

    fn permissions(&self, before: &Arc<Compiled>, after: &Arc<Compiled>, is_stale: &AtomicBool) -> Option<Impact> {
        let fresh = || (!is_stale.load(Ordering::Relaxed)).then_some(());
        let mut touched: Vec<&(&Action, Asked)> = Vec::new();
        for one in current_actions() {
            fresh()?;
            if speak_differently(&one.1, before, after) {
                touched.push(one);
            }
        }
        let mut found = Found::default();
        let mut looks = 0;
        let nobody = [(Arc::default(), Vec::new())];
        let sets = if self.sets.is_empty() { &nobody[..] } else { &self.sets };
        for (policies, whom) in sets {
            if looks > LOOKS_MAX {
                found.unlooked += whom.len();
                continue;
            }
            looks += touched.len();
            let [old, new] = [before, after].map(|policy| self.site.with(policies, policy));
            let mut changes = Vec::new();
            for (action, asked) in &touched {
                fresh()?;
                changes.extend(change(action, asked, &old, &new));
            }
            found.add(whom, changes);
        }
        Some(found.told(&self.holders))
    }

    /// Who may newly assume the role, and who no longer may.
    fn entries(&self, role: &str, before: &Trust, after: &Trust, is_stale: &AtomicBool) -> Option<Impact> {
        let mut impact = Impact { is_entry: true, ..Impact::default() };
        let Some(people) = &self.people else { return Some(impact) };
        let Some(role) = people.roles().find(|one| one.name == role) else { return Some(impact) };
        let question = Question { action: ASSUME.into(), resource: Some(role.arn.clone()), ..Question::default() };
        let asking = Asking::new(&question, &people.account, people.now);
        let reach = |subject: &Subject, trust: &Trust| {
            let policy = Attached::new("trust policy", Arc::clone(&trust.policy));
            match Answer::of(&asking.decide(subject, &role.arn, Some(policy)).answer).0 {
                Answer::Yes => Reach::Full,
                Answer::Depends => Reach::Limited,
                Answer::No => Reach::None,
            }
        };
        let mut concerned = Concerned::new(&role.arn, [before, after]);
        for subject in &people.subjects {
            if is_stale.load(Ordering::Relaxed) {
                return None;
            }
            if concerned.is(subject) {
                impact.add_entry(Who::of(subject), ASSUME, (reach(subject, before), reach(subject, after)));
            }
        }
        let [before, after] = [before, after].map(|trust| outsiders(people, role, trust));
        for one in before.iter().chain(after.iter().filter(|one| !before.iter().any(|old| old.is(one)))) {
            let of = |all: &[Outsider]| all.iter().filter(|other| other.is(one)).map(|other| other.reach).max();
            let reach = (of(&before).unwrap_or(Reach::None), of(&after).unwrap_or(Reach::None));
            impact.add_entry(one.who.clone(), one.action, reach);
        }
        Some(impact)
    }
}

fn outsiders(people: &People, role: &Subject, trust: &Trust) -> Vec<Outsider> {
    let role = Subject { trust: Some(trust.clone()), ..role.clone() };
    let of = |one: External| {
        let is_free = one.conditions.is_empty() && one.depends_on.is_empty();
        let reach = if is_free { Reach::Full } else { Reach::Limited };
        let who = Who { word: one.kind.word(), name: one.who.into() };
        one.actions.into_iter().map(move |action| Outsider { who: who.clone(), action, reach })
    };
    of_role(people, &role).into_iter().flat_map(of).collect()
}

/// Whom a change of a trust policy may concern: those whose own policies may let them assume the role, and those whom the
/// trust policy names other than by the account, which needs no policy of theirs.
struct Concerned<'a> {
    role: &'a str,
    trusts: [&'a Trust; 2],
    action: ActionName,
    /// Whether policies may allow it, by the policies.
    known: HashMap<usize, bool>,
}

impl<'a> Concerned<'a> {
    fn new(role: &'a str, trusts: [&'a Trust; 2]) -> Self {
        Self { role, trusts, action: ActionName::new(ASSUME), known: HashMap::new() }
    }

    fn is(&mut self, subject: &Subject) -> bool {
        let (role, action, open) = (self.role, &self.action, Context::open());
        let allows = |rule: &Rule| {
            rule.effect == Effect::Allow
                && rule.actions.matches(action)
                && rule.resources.matches(role, &open) != Truth::No
        };
        let may = || subject.policies.identity.iter().any(|one| one.policy.candidates(action).any(allows));
        if *self.known.entry(subject.standing().0).or_insert_with(may) {
            return true;
        }
        let principal = subject.principal();
        let mut rules = self.trusts.iter().flat_map(|trust| trust.policy.rules());
        rules.any(|rule| {
            let named = rule.principals.as_ref().and_then(|principals| principals.name(&principal));
            named > Some(Named::Account)
        })
    }
}

/// By what users and roles become a role.
const ASSUME: &str = "sts:AssumeRole";

/// Somebody from outside who gets in.
struct Outsider {
    who: Who,
    action: &'static str,
    reach: Reach,
}

impl Outsider {
    fn is(&self, other: &Self) -> bool {
        self.who == other.who && self.action == other.action
    }
}

/// What was found so far, by the places of those for whom it is so.
#[derive(Default)]
struct Found {
    parts: Vec<(Vec<usize>, Vec<Change>)>,
    unlooked: usize,
}

impl Found {
    fn add(&mut self, whom: &[usize], changes: Vec<Change>) {
        match self.parts.iter_mut().find(|(_, known)| *known == changes) {
            Some((known, _)) => known.extend(whom),
            None => self.parts.push((whom.to_vec(), changes)),
        }
    }

    fn told(self, holders: &[Who]) -> Impact {
        let mut impact = Impact { unlooked: self.unlooked, ..Impact::default() };
        for (mut whom, changes) in self.parts {
            whom.sort_unstable();
            let whom: Vec<Who> = whom.into_iter().filter_map(|at| holders.get(at)).cloned().collect();
            if changes.is_empty() {
                impact.unchanged = whom;
            } else {
                impact.parts.push(Part { whom, changes });
            }
        }
        impact
    }
}

/// What tells the policies of one holder from those of another: which documents they are.
fn fingerprint(policies: &Policies) -> Vec<usize> {
    let of = |all: &[Attached]| all.iter().map(|one| Arc::as_ptr(&one.policy).addr()).collect::<Vec<_>>();
    let boundary = policies.boundary.as_deref().map(of);
    let mark = usize::from(boundary.is_some());
    of(&policies.identity).into_iter().chain([mark]).chain(boundary.into_iter().flatten()).collect()
}

impl Site {
    fn is_it(&self, source: &Source) -> bool {
        // Names of inline policies that differ in case alone name one policy.
        let is_named = |name: &str| source.name.eq_ignore_ascii_case(name);
        match self {
            Self::Managed(arn) => source.name == *arn,
            Self::Inline { kind: Kind::Group, of, name } => {
                is_named(name) && matches!(&source.via, Via::GroupInline(group) if group == of)
            }
            Self::Inline { name, .. } => is_named(name) && source.via == Via::Inline,
            Self::New | Self::Trust(_) => false,
        }
    }

    /// The same policies with this one in its place.
    fn with(&self, policies: &Policies, policy: &Arc<Compiled>) -> Policies {
        let mut policies = policies.clone();
        let mut is_there = false;
        for one in policies.identity.iter_mut().chain(policies.boundary.iter_mut().flatten()) {
            if self.is_it(&one.source) {
                one.policy = Arc::clone(policy);
                is_there = true;
            }
        }
        if !is_there {
            policies.identity.push(Attached::new("policy", Arc::clone(policy)));
        }
        policies
    }
}

impl Who {
    fn of(subject: &Subject) -> Self {
        Self { word: subject.kind.word(), name: subject.name.as_str().into() }
    }
}

impl Impact {
    fn add_entry(&mut self, who: Who, action: &str, (before, after): (Reach, Reach)) {
        let kind = ChangeKind::of(before, after);
        let changed = kind.zip(catalog::action(action)).map(|(kind, action)| Change { action, before, after, kind });
        let Some(change) = changed else { return };
        match self.parts.iter_mut().find(|part| part.changes == [change]) {
            Some(part) => part.whom.push(who),
            None => self.parts.push(Part { whom: vec![who], changes: vec![change] }),
        }
    }

    /// Whether nothing changes for anybody.
    pub fn is_none(&self) -> bool {
        self.parts.is_empty()
    }

    /// Those for whom something changes.
    pub fn whom(&self) -> impl Iterator<Item = &Who> {
        self.parts.iter().flat_map(|part| &part.whom)
    }
}
