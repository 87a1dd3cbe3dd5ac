//! Services that somebody may use and has not used for long.
//!
//! Follows IAM Access Analyzer's unused permission findings, and like them speaks of active users and roles only: who is
//! idle altogether is a finding of its own ([`super::unused()`]). Which services somebody may use is what the access advisor
//! lists, and so is when they were used; a session counts for its role or user. Of a mirrored or imported account no more
//! than the last service of each key is known, so nothing is said. Actions are not tracked here.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use super::{People, Result, Subject, SubjectKind};
use crate::policy::compiled::Compiled;
use crate::policy::effective::services_granted;
use crate::store::Store;
use crate::store::view::AGE_DAYS_MAX;

/// Unused services that a sentence names.
const NAMED_MAX: usize = 3;

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
    pub used: Vec<&'static str>,
    /// Those that it did not.
    pub unused: Vec<UnusedService>,
}

/// A service that was not used for long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnusedService {
    /// `s3`
    pub service: &'static str,
    /// When it was last used; absent if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used: Option<Timestamp>,
}

/// Who may use services that they have not used for longer than [`AGE_DAYS_MAX`] days, users before roles.
///
/// # Errors
/// When the store fails.
pub fn unused_services(store: &Store, people: &People) -> Result<Vec<UnusedServices>> {
    if !people.account.sees_every_use() {
        return Ok(Vec::new());
    }
    let mut uses: HashMap<String, HashMap<String, Timestamp>> = HashMap::new();
    for one in store.service_uses(&people.account)? {
        uses.entry(one.arn).or_default().insert(one.service, one.last_used);
    }
    let mut granting = Granting::default();
    let mut found = Vec::new();
    for subject in &people.subjects {
        if let Some(known) = uses.get(&subject.arn) {
            found.extend(of(subject, &granting.services(subject), known, people.now));
        }
    }
    Ok(found)
}

fn of(
    subject: &Subject,
    granted: &[&'static str],
    known: &HashMap<String, Timestamp>,
    now: Timestamp,
) -> Option<UnusedServices> {
    let is_recent = |at: &Timestamp| (now.as_second() - at.as_second()).div_euclid(86_400) <= AGE_DAYS_MAX;
    if !known.values().any(is_recent) {
        return None;
    }
    let (used, unused): (Vec<_>, Vec<_>) =
        granted.iter().copied().partition(|service| known.get(*service).is_some_and(is_recent));
    let unused: Vec<_> =
        unused.into_iter().map(|service| UnusedService { service, last_used: known.get(service).copied() }).collect();
    (!unused.is_empty()).then(|| UnusedServices {
        kind: subject.kind,
        name: subject.name.clone(),
        arn: subject.arn.clone(),
        granted: granted.len(),
        used,
        unused,
    })
}

/// The services that documents grant, each document looked at once.
#[derive(Default)]
struct Granting(HashMap<usize, Vec<&'static str>>);

impl Granting {
    /// The services that somebody's policies grant, in order.
    fn services(&mut self, subject: &Subject) -> Vec<&'static str> {
        let mut all: Vec<&'static str> = Vec::new();
        for attached in &subject.policies.identity {
            let of = |policy: &Arc<Compiled>| {
                let current = services_granted(policy).into_iter().filter(|service| service.retired.is_none());
                current.map(|service| service.prefix).collect()
            };
            let known = self.0.entry(Arc::as_ptr(&attached.policy).addr()).or_insert_with(|| of(&attached.policy));
            all.extend(known.iter());
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl UnusedServices {
    /// In a few words: `used 1 of 3 services, not ec2, sqs`; where they are many, those that were used.
    pub fn sentence(&self) -> String {
        let unused: Vec<&str> = self.unused.iter().map(|one| one.service).collect();
        let is_short = unused.len() <= NAMED_MAX;
        match self.used.len() {
            0 if is_short => format!("did not use {}", unused.join(", ")),
            0 => format!("used none of {} services", self.granted),
            used if is_short => format!("used {used} of {} services, not {}", self.granted, unused.join(", ")),
            used => format!("used {used} of {} services: {}", self.granted, self.used.join(", ")),
        }
    }
}
