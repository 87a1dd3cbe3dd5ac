//! What an admin should look at: who gets in from outside, who could become more than they are, what nobody uses.

use serde::Serialize;

use super::escalate::SERVICE_LINKED;
use super::{
    Escalating, External, People, Result, Subject, Unused, UnusedActions, UnusedServices, escalations, external,
    unused, unused_actions, unused_by_report, unused_services,
};
use crate::account::Reports;
use crate::store::Store;

/// All findings of an account.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Findings {
    /// Roles that somebody outside the account can assume.
    pub external: Vec<External>,
    /// Who could get more rights than they were given.
    pub escalation: Vec<Escalating>,
    /// What nobody used for long.
    pub unused: Vec<Unused>,
    /// Who may use services that they did not use for long.
    pub unused_services: Vec<UnusedServices>,
    /// Who may call actions that they did not call for long, of services that they use.
    pub unused_actions: Vec<UnusedActions>,
    /// What was not looked for, because it cannot be known here, in sentences.
    pub unknown: Vec<String>,
}

/// Looks for all of them.
///
/// # Errors
/// When the store fails, and [`super::Error::Stopped`].
pub fn findings(store: &Store, people: &People) -> Result<Findings> {
    Ok(Findings {
        external: external(people),
        escalation: escalations(store, people)?,
        unused: unused(store, &people.account)?,
        unused_services: unused_services(store, people)?,
        unused_actions: unused_actions(store, people)?,
        unknown: unknown(people).into_iter().collect(),
    })
}

/// What an account does not tell of uses.
fn unknown(people: &People) -> Option<String> {
    let account = &people.account;
    if account.mirror.is_some() {
        return Some(
            "Which services and actions were used is not known here: the endpoint has to be asked.".to_owned(),
        );
    }
    let file = "An account's file tells when roles were used, and of nothing else: passwords, access keys, services and \
                actions may be unused without being listed.";
    account.imported.map(|_| file.to_owned())
}

/// The users and roles whose use of services an endpoint is asked about: those that have policies, which somebody can
/// change.
pub fn asked_about(people: &People) -> Vec<String> {
    let has_own = |one: &&Subject| !one.policies.identity.is_empty() && !one.arn.contains(SERVICE_LINKED);
    people.subjects.iter().filter(has_own).map(|one| one.arn.clone()).collect()
}

impl Findings {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.external.is_empty()
            && self.escalation.is_empty()
            && self.unused.is_empty()
            && self.unused_services.is_empty()
            && self.unused_actions.is_empty()
    }

    /// Puts what an endpoint reported in the place of what is known here.
    pub fn take_in(&mut self, people: &People, reports: &Reports) {
        (self.unused_services, self.unused_actions) = unused_by_report(people, &reports.done);
        self.unknown = match reports.failed.as_slice() {
            [] => Vec::new(),
            [(arn, reason)] => vec![format!("What {arn} used is not known: {reason}.")],
            [(arn, reason), rest @ ..] => {
                vec![format!("What {arn} and {} others used is not known: {reason}.", rest.len())]
            }
        };
    }
}
