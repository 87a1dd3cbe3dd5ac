//! Services that somebody may use and has not used for long, and actions of services that somebody does use.
//!
//! Follows IAM Access Analyzer's unused permission findings, and like them speaks of active users and roles only: who is
//! idle altogether is a finding of its own ([`super::unused()`]). Which services somebody may use is what the access advisor
//! lists, and so is when they were used; a session counts for its role or user. Of a mirrored account that is known where
//! its endpoint was asked ([`LastAccessed`]); of an imported one it is not.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use super::{People, Result, Subject, SubjectKind};
use crate::account::LastAccessed;
use crate::policy::catalog::{self, Action};
use crate::policy::compiled::Compiled;
use crate::policy::effective::{grants_action, services_granted, tracked_actions};
use crate::store::view::AGE_DAYS_MAX;
use crate::store::{Store, USES_APART};

/// Unused services or actions that a sentence names.
const NAMED_MAX: usize = 3;
/// An action of which nobody knows any more which it was.
const SOME_ACTION: &str = "*";

/// Somebody who may use more services than they do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnusedServices {
    /// User or role.
    pub kind: SubjectKind,
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// Of how many services its policies allow something.
    pub granted: usize,
    /// Those that it used within the last [`AGE_DAYS_MAX`] days.
    pub used: Vec<Cow<'static, str>>,
    /// Those that it did not.
    pub unused: Vec<UnusedService>,
    /// When the endpoint that was asked reported this; absent where it is known here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
}

/// A service that was not used for long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnusedService {
    /// `s3`
    pub service: Cow<'static, str>,
    /// When it was last used; absent if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used: Option<Timestamp>,
}

/// Somebody who may call more actions of a service than they do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnusedActions {
    /// User or role.
    pub kind: SubjectKind,
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// `iam`
    pub service: Cow<'static, str>,
    /// How many of the actions that are tracked its policies allow.
    pub granted: usize,
    /// Those that it called within the last [`AGE_DAYS_MAX`] days.
    pub used: Vec<Cow<'static, str>>,
    /// Those that it did not.
    pub unused: Vec<UnusedAction>,
    /// When the endpoint that was asked reported this; absent where it is known here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
}

/// An action that was not called for long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnusedAction {
    /// `CreateUser`
    pub action: Cow<'static, str>,
    /// When it was last called; absent if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used: Option<Timestamp>,
}

/// What is granted, each with its last use.
type Granted = Vec<(Cow<'static, str>, Option<Timestamp>)>;
/// What was used, with when.
type Uses = HashMap<String, Timestamp>;

/// Who may use services that they have not used for longer than [`AGE_DAYS_MAX`] days, users before roles.
///
/// # Errors
/// When the store fails, and [`super::Error::Stopped`].
pub fn unused_services(store: &Store, people: &People) -> Result<Vec<UnusedServices>> {
    if !people.account.sees_every_use() {
        return Ok(Vec::new());
    }
    let uses = service_uses(store, people)?;
    let mut granting = Granting::default();
    let mut found = Vec::new();
    for subject in &people.subjects {
        people.goes_on()?;
        let Some(known) = uses.get(&subject.arn) else { continue };
        let granted = granting.services(subject);
        let with_use = |service: &&'static str| (Cow::Borrowed(*service), known.get(*service).copied());
        let is_active = known.values().any(|at| is_recent(*at, people.now));
        found
            .extend(is_active.then(|| services(subject, granted.iter().map(with_use).collect(), people.now)).flatten());
    }
    Ok(found)
}

/// Who may call actions that they have not called for longer than [`AGE_DAYS_MAX`] days, of services that they do use and
/// whose calls pass here. Where a call is known to have been made, but not which, nothing is said.
///
/// # Errors
/// When the store fails, and [`super::Error::Stopped`].
pub fn unused_actions(store: &Store, people: &People) -> Result<Vec<UnusedActions>> {
    if !people.account.sees_every_use() {
        return Ok(Vec::new());
    }
    let services = service_uses(store, people)?;
    let mut uses: HashMap<String, HashMap<String, Uses>> = HashMap::new();
    for one in store.action_uses(&people.account)? {
        uses.entry(one.arn).or_default().entry(one.service).or_default().insert(one.action, one.last_used);
    }
    let mut granting = Granting::default();
    let mut found = Vec::new();
    for subject in &people.subjects {
        people.goes_on()?;
        let Some(known) = uses.get(&subject.arn) else { continue };
        for service in catalog::services().iter().filter(|service| known.contains_key(service.prefix)) {
            let Some(calls) = known.get(service.prefix) else { continue };
            let last = services.get(&subject.arn).and_then(|uses| uses.get(service.prefix));
            if !is_whole(calls, last.copied(), people.now) {
                continue;
            }
            let granted = granting.actions(subject, service);
            let with_use = |action: &&'static Action| (Cow::Borrowed(action.name), calls.get(action.name).copied());
            let granted: Granted = granted.iter().map(with_use).collect();
            found.extend(actions(subject, Cow::Borrowed(service.prefix), granted, people.now));
        }
    }
    Ok(found)
}

/// What the reports of an endpoint tell of unused services and actions, users before roles.
pub fn unused_by_report(people: &People, reports: &[LastAccessed]) -> (Vec<UnusedServices>, Vec<UnusedActions>) {
    let by_arn: HashMap<&str, &LastAccessed> = reports.iter().map(|report| (&*report.arn, report)).collect();
    let (mut of_services, mut of_actions) = (Vec::new(), Vec::new());
    for (subject, report) in people.subjects.iter().filter_map(|one| Some((one, *by_arn.get(&*one.arn)?))) {
        let as_of = Some(report.as_of);
        let own = |text: &str| Cow::Owned(text.to_owned());
        let granted: Granted =
            report.services.iter().map(|one| (own(&one.service_namespace), one.last_authenticated)).collect();
        if !granted.iter().any(|(_, at)| at.is_some_and(|at| is_recent(at, people.now))) {
            continue;
        }
        of_services.extend(services(subject, granted, people.now).map(|one| UnusedServices { as_of, ..one }));
        for service in &report.services {
            let tracked = service.tracked_actions_last_accessed.iter().flatten();
            let granted: Granted =
                tracked.filter_map(|one| Some((own(one.action_name.as_deref()?), one.last_accessed_time))).collect();
            let one = actions(subject, own(&service.service_namespace), granted, people.now);
            of_actions.extend(one.map(|one| UnusedActions { as_of, ..one }));
        }
    }
    (of_services, of_actions)
}

fn service_uses(store: &Store, people: &People) -> Result<HashMap<String, Uses>> {
    let mut uses: HashMap<String, Uses> = HashMap::new();
    for one in store.service_uses(&people.account)? {
        uses.entry(one.arn).or_default().insert(one.service, one.last_used);
    }
    Ok(uses)
}

fn is_recent(at: Timestamp, now: Timestamp) -> bool {
    (now.as_second() - at.as_second()).div_euclid(86_400) <= AGE_DAYS_MAX
}

/// Whether it is known of all calls of late which they were.
fn is_whole(calls: &Uses, service_used: Option<Timestamp>, now: Timestamp) -> bool {
    let last = calls.values().max().copied();
    // Service and action are noted at most once a minute each, and not in the same moment.
    let is_noted = last.zip(service_used).is_none_or(|(last, service)| service.duration_since(last) <= USES_APART * 2);
    is_noted && !calls.get(SOME_ACTION).is_some_and(|at| is_recent(*at, now))
}

fn parted(granted: Granted, now: Timestamp) -> (Granted, Granted) {
    granted.into_iter().partition(|(_, at)| at.is_some_and(|at| is_recent(at, now)))
}

fn services(subject: &Subject, granted: Granted, now: Timestamp) -> Option<UnusedServices> {
    let count = granted.len();
    let (used, unused) = parted(granted, now);
    (!unused.is_empty()).then(|| UnusedServices {
        kind: subject.kind,
        name: subject.name.clone(),
        arn: subject.arn.clone(),
        granted: count,
        used: used.into_iter().map(|(name, _)| name).collect(),
        unused: unused.into_iter().map(|(service, last_used)| UnusedService { service, last_used }).collect(),
        as_of: None,
    })
}

/// None where no action was called of late: then the service itself is unused, or which were called is not known.
fn actions(subject: &Subject, service: Cow<'static, str>, granted: Granted, now: Timestamp) -> Option<UnusedActions> {
    let count = granted.len();
    let (used, unused) = parted(granted, now);
    (!unused.is_empty() && !used.is_empty()).then(|| UnusedActions {
        kind: subject.kind,
        name: subject.name.clone(),
        arn: subject.arn.clone(),
        service,
        granted: count,
        used: used.into_iter().map(|(name, _)| name).collect(),
        unused: unused.into_iter().map(|(action, last_used)| UnusedAction { action, last_used }).collect(),
        as_of: None,
    })
}

/// What documents grant, each document looked at once, and once for all who hold the same.
#[derive(Default)]
struct Granting {
    documents: HashMap<usize, Vec<&'static str>>,
    services: HashMap<usize, Rc<[&'static str]>>,
    actions: HashMap<(usize, &'static str), Rc<[&'static Action]>>,
}

impl Granting {
    /// The services that somebody's policies grant, in order.
    fn services(&mut self, subject: &Subject) -> Rc<[&'static str]> {
        let standing = subject.standing().0;
        if let Some(known) = self.services.get(&standing) {
            return Rc::clone(known);
        }
        let mut all: Vec<&'static str> = Vec::new();
        for attached in &subject.policies.identity {
            let of = |policy: &Arc<Compiled>| {
                let current = services_granted(policy).into_iter().filter(|service| service.retired.is_none());
                current.map(|service| service.prefix).collect()
            };
            let document = Arc::as_ptr(&attached.policy).addr();
            let known = self.documents.entry(document).or_insert_with(|| of(&attached.policy));
            all.extend(known.iter());
        }
        all.sort_unstable();
        all.dedup();
        let all: Rc<[&'static str]> = all.into();
        self.services.insert(standing, Rc::clone(&all));
        all
    }

    /// The tracked actions of a service that somebody's policies grant, in order.
    fn actions(&mut self, subject: &Subject, service: &'static catalog::Service) -> Rc<[&'static Action]> {
        let key = (subject.standing().0, service.prefix);
        let grants =
            |action: &&'static Action| subject.policies.identity.iter().any(|one| grants_action(&one.policy, action));
        let of = || {
            let mut all: Vec<_> = tracked_actions(service).filter(grants).collect();
            all.sort_unstable_by_key(|action| action.name);
            all.into()
        };
        Rc::clone(self.actions.entry(key).or_insert_with(of))
    }
}

impl UnusedServices {
    /// In a few words: `used 1 of 3 services, not ec2, sqs`; where they are many, those that were used.
    pub fn sentence(&self) -> String {
        let unused: Vec<&str> = self.unused.iter().map(|one| &*one.service).collect();
        let is_short = unused.len() <= NAMED_MAX;
        match self.used.len() {
            0 if is_short => format!("did not use {}", unused.join(", ")),
            0 => format!("used none of {} services", self.granted),
            used if is_short => format!("used {used} of {} services, not {}", self.granted, unused.join(", ")),
            used => format!("used {used} of {} services: {}", self.granted, self.used.join(", ")),
        }
    }
}

impl UnusedActions {
    /// In a few words: `used 2 of 3 actions of iam, not GetUser`; where they are many, those that were used.
    pub fn sentence(&self) -> String {
        let unused: Vec<&str> = self.unused.iter().map(|one| &*one.action).collect();
        let (used, granted, service) = (self.used.len(), self.granted, &self.service);
        if unused.len() <= NAMED_MAX {
            return format!("used {used} of {granted} actions of {service}, not {}", unused.join(", "));
        }
        format!("used {used} of {granted} actions of {service}: {}", self.used.join(", "))
    }
}
