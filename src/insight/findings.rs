//! What an admin should look at: who gets in from outside, who could become more than they are, what nobody uses.

use serde::Serialize;

use super::{
    Escalating, External, People, Result, Unused, UnusedServices, escalations, external, unused, unused_services,
};
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
    })
}

impl Findings {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.external.is_empty()
            && self.escalation.is_empty()
            && self.unused.is_empty()
            && self.unused_services.is_empty()
    }
}
