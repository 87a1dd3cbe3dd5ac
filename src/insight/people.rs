//! Whom questions are about: users, roles, groups and the root user, with what decides about their requests.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;

use super::search::rank;
use super::{Error, Result};
use crate::iam::{Arn, Kind};
use crate::policy::catalog::managed;
use crate::policy::decision::{Policies, Principal};
use crate::store::{Account, Member, Store, Trust, Which};

/// Names that are looked through for one that was meant.
const NAMES_MAX: usize = 200_000;
/// Names that are proposed.
const NEAR_MAX: usize = 3;

/// What sort of subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SubjectKind {
    /// The root user.
    Root,
    /// A user.
    User,
    /// A role.
    Role,
    /// A user group: what it gives to its users.
    Group,
    /// A managed policy: what it gives by itself.
    Policy,
}

impl SubjectKind {
    /// The word before its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Root => "root user",
            Self::User => "user",
            Self::Role => "role",
            Self::Group => "user group",
            Self::Policy => "policy",
        }
    }

    /// The kind of entity; none for the root user.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::Root => None,
            Self::User => Some(Kind::User),
            Self::Role => Some(Kind::Role),
            Self::Group => Some(Kind::Group),
            Self::Policy => Some(Kind::Policy),
        }
    }
}

/// Somebody who may make requests.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What sort.
    pub kind: SubjectKind,
    /// The name; `root` for the root user.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// Who asks, where it is not the subject itself: a session of it.
    pub session: Option<Box<Principal>>,
    /// The unique id, as `aws:userid` begins with it.
    pub id: String,
    /// The tags.
    pub tags: Vec<(String, String)>,
    /// Its policies; the same for all who hold the same.
    pub policies: Arc<Policies>,
    /// Of a user: the ARNs of its groups.
    pub groups: Arc<[String]>,
    /// Of a role: who may assume it.
    pub trust: Option<Trust>,
}

/// The account as questions see it.
#[derive(Clone, Debug)]
pub struct People {
    /// The account.
    pub account: Account,
    /// When it was read.
    pub now: Timestamp,
    /// The users, then the roles, by name.
    pub subjects: Vec<Subject>,
    /// The roles among them, by ARN.
    roles: HashMap<String, usize>,
    /// Set when nobody waits for an answer any more.
    is_stale: Arc<AtomicBool>,
}

impl Subject {
    /// The root user of an account.
    pub fn root(account: &Account) -> Self {
        Self {
            kind: SubjectKind::Root,
            name: "root".into(),
            session: None,
            arn: account.arn("root"),
            id: account.id.to_string(),
            tags: Vec::new(),
            policies: Arc::default(),
            groups: Arc::default(),
            trust: None,
        }
    }

    /// A policy by itself, as if some user had it and nothing else.
    fn policy(store: &Store, account: &Account, arn: &str) -> Result<Option<Self>> {
        let Some(policy) = store.managed_policy(account, arn)? else { return Ok(None) };
        let name = arn.rsplit('/').next().unwrap_or_default().to_owned();
        Ok(Some(Self {
            kind: SubjectKind::Policy,
            session: Some(Box::new(Principal::parse(&account.arn(&format!("policy/{name}"))))),
            policies: Arc::new(Policies { identity: vec![policy], ..Policies::default() }),
            name,
            arn: arn.to_owned(),
            id: String::new(),
            tags: Vec::new(),
            groups: Arc::default(),
            trust: None,
        }))
    }

    fn of(member: Member) -> Self {
        let kind = match member.kind {
            Kind::Role => SubjectKind::Role,
            Kind::Group => SubjectKind::Group,
            _ => SubjectKind::User,
        };
        let Member { name, arn, id, tags, policies, groups, trust, .. } = member;
        Self { kind, name, arn, session: None, id, tags, policies, groups, trust }
    }

    /// Who asks: the subject itself, or a session of it.
    pub fn principal(&self) -> Principal {
        self.session.as_deref().cloned().unwrap_or_else(|| Principal::parse(&self.arn))
    }

    /// What is the same for all of a kind who hold the same policies.
    pub(super) fn standing(&self) -> (usize, SubjectKind) {
        (Arc::as_ptr(&self.policies).addr(), self.kind)
    }

    /// As it is asked for: a user by name, others with their kind.
    pub fn spelled(&self) -> String {
        match self.kind {
            SubjectKind::Root | SubjectKind::User => self.name.clone(),
            SubjectKind::Role => format!("role/{}", self.name),
            SubjectKind::Group => format!("group/{}", self.name),
            SubjectKind::Policy => format!("policy/{}", self.name),
        }
    }

    /// Kind and name: `role app-server`.
    pub fn title(&self) -> String {
        match self.kind {
            SubjectKind::Root => "the root user".into(),
            kind => format!("{} {}", kind.word(), self.name),
        }
    }
}

impl People {
    /// Reads everybody.
    ///
    /// # Errors
    /// When the store fails.
    pub fn read(store: &Store, account: &Account) -> Result<Self> {
        Self::read_some(store, account, Which::Everybody, &Arc::default())
    }

    /// Reads the roles alone, which are all that one can become.
    ///
    /// # Errors
    /// When the store fails.
    pub fn read_roles(store: &Store, account: &Account) -> Result<Self> {
        Self::read_some(store, account, Which::Roles, &Arc::default())
    }

    /// Reads some, or all. Once `is_stale` is set, reading ends, and so does every question asked of what was read.
    ///
    /// # Errors
    /// When the store fails, and [`Error::Stopped`].
    pub fn read_some(store: &Store, account: &Account, which: Which<'_>, is_stale: &Arc<AtomicBool>) -> Result<Self> {
        let members = store.members(account, which, is_stale)?;
        let people = Self { is_stale: Arc::clone(is_stale), ..Self::of(store, account, members) };
        people.goes_on()?;
        Ok(people)
    }

    /// Some of them only.
    pub(super) fn of(store: &Store, account: &Account, members: Vec<Member>) -> Self {
        let subjects: Vec<Subject> = members.into_iter().map(Subject::of).collect();
        let roles = subjects.iter().enumerate().filter(|(_, one)| one.kind == SubjectKind::Role);
        let roles = roles.map(|(at, one)| (one.arn.clone(), at)).collect();
        Self { account: account.clone(), now: store.now(), subjects, roles, is_stale: Arc::default() }
    }

    /// Ends a question that nobody waits for.
    pub(super) fn goes_on(&self) -> Result<()> {
        if self.is_stale.load(Ordering::Relaxed) { Err(Error::Stopped) } else { Ok(()) }
    }

    /// The users.
    pub fn users(&self) -> impl Iterator<Item = &Subject> {
        self.subjects.iter().filter(|subject| subject.kind == SubjectKind::User)
    }

    /// The roles.
    pub fn roles(&self) -> impl Iterator<Item = &Subject> {
        self.subjects.iter().filter(|subject| subject.kind == SubjectKind::Role)
    }

    /// The role with that ARN.
    pub fn role(&self, arn: &str) -> Option<&Subject> {
        self.subjects.get(*self.roles.get(arn)?)
    }
}

/// Whom a text names: a user by name, `user/…`, `role/…`, `group/…`, `root`, an ARN, or a name that only one has.
///
/// # Errors
/// [`Error::UnknownPrincipal`] with the nearest names, [`Error::Ambiguous`] with both, [`Error::OtherAccount`].
pub fn find(store: &Store, account: &Account, text: &str) -> Result<Subject> {
    if text == "root" || text == account.id.as_str() || text == account.arn("root") {
        return Ok(Subject::root(account));
    }
    if text.starts_with("arn:") {
        return find_arn(store, account, text);
    }
    if let Some(name) = text.strip_prefix("policy/") {
        let own = store.arn_of(account, Kind::Policy, name)?;
        let arn = own.or_else(|| managed::find(name).map(|policy| policy.arn.clone()));
        let found = arn.map(|arn| Subject::policy(store, account, &arn)).transpose()?.flatten();
        return found.map_or_else(|| Err(unknown(store, account, text, name)?), Ok);
    }
    let read =
        |kind, name: &str| -> Result<Option<Subject>> { Ok(store.member(account, kind, name)?.map(Subject::of)) };
    if let Some((word, rest)) = text.split_once('/')
        && let Some(kind) = kind_of(word)
    {
        let name = rest.rsplit('/').next().unwrap_or(rest);
        return match read(kind, name)? {
            Some(found) => Ok(found),
            None => Err(unknown(store, account, text, name)?),
        };
    }
    let found: Vec<Subject> = [Kind::User, Kind::Role, Kind::Group]
        .into_iter()
        .filter_map(|kind| read(kind, text).transpose())
        .collect::<Result<_>>()?;
    match found.as_slice() {
        [] => Err(unknown(store, account, text, text)?),
        [one] => Ok(one.clone()),
        several => {
            let spelled = |one: &Subject| match one.kind {
                SubjectKind::User => format!("user/{}", one.name),
                _ => one.spelled(),
            };
            Err(Error::Ambiguous { name: text.to_owned(), choices: several.iter().map(spelled).collect() })
        }
    }
}

/// The subject of an ARN; of a role's session, the role that asks in that session.
fn find_arn(store: &Store, account: &Account, text: &str) -> Result<Subject> {
    let nobody = || Error::UnknownPrincipal { name: text.to_owned(), near: Vec::new() };
    let arn: Arn = text.parse().map_err(|_| nobody())?;
    if arn.resource_parts().0 == "policy" {
        return Subject::policy(store, account, text)?.ok_or_else(nobody);
    }
    if arn.account != account.id.as_str() {
        return Err(Error::OtherAccount(text.to_owned()));
    }
    let (word, rest) = arn.resource_parts();
    if word == "assumed-role" {
        let (role, session) = rest.split_once('/').unwrap_or((rest, ""));
        let Some(found) = store.member(account, Kind::Role, role)? else {
            return Err(unknown(store, account, text, role)?);
        };
        let mut subject = Subject::of(found);
        subject.session = Some(Box::new(Principal::parse(text)));
        subject.id = format!("{}:{session}", subject.id);
        return Ok(subject);
    }
    let Some(kind) = kind_of(word) else { return Err(nobody()) };
    match store.member(account, kind, arn.name())?.filter(|found| found.arn == text) {
        Some(found) => Ok(Subject::of(found)),
        None => Err(unknown(store, account, text, arn.name())?),
    }
}

/// The role with that ARN, if the account has it.
pub(super) fn role_at(store: &Store, account: &Account, arn: &str) -> Result<Option<Member>> {
    let name = arn.rsplit('/').next().unwrap_or_default();
    Ok(store.member(account, Kind::Role, name)?.filter(|role| role.arn == arn))
}

fn kind_of(word: &str) -> Option<Kind> {
    [Kind::User, Kind::Role, Kind::Group].into_iter().find(|kind| kind.arn_type() == word)
}

/// Whether one name may have been meant by another: it is in it, or few letters are other ones.
fn is_near(typed: &str, name: &str) -> bool {
    let [typed, name] = [typed, name].map(str::to_lowercase);
    let few = typed.chars().count() / 3;
    name.contains(&typed) || typed.contains(&name) || distance(&typed, &name) <= few.max(1)
}

/// How many letters have to be changed, put in or left out to make one of the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut next = vec![at + 1];
        for (place, (same, pair)) in other.chars().map(|its| its == letter).zip(row.windows(2)).enumerate() {
            let [diagonal, above] = *pair else { continue };
            let left = next.get(place).copied().unwrap_or_default();
            next.push((above.min(left) + 1).min(diagonal + usize::from(!same)));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// That nobody has that name, with those who nearly do.
fn unknown(store: &Store, account: &Account, text: &str, name: &str) -> Result<Error> {
    let mut names = store.view(account).names(NAMES_MAX)?.unwrap_or_default();
    names.retain(|one| matches!(one.kind, Kind::User | Kind::Role | Kind::Group | Kind::Policy));
    let spelled = |at: usize| {
        let one = names.get(at)?;
        Some(if one.kind == Kind::User { one.name.clone() } else { format!("{}/{}", one.kind.arn_type(), one.name) })
    };
    let mut near = rank::best(name, &names, |one| &one.name, NEAR_MAX);
    near.retain(|(at, _)| names.get(*at).is_some_and(|one| is_near(name, &one.name)));
    Ok(Error::UnknownPrincipal {
        name: text.to_owned(),
        near: near.into_iter().filter_map(|(at, _)| spelled(at)).collect(),
    })
}
