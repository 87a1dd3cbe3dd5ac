//! What an admin should look at: who gets in from outside, who could become more than they are, what nobody uses.

use serde::Serialize;

use super::{Escalating, External, People, Result, Unused, escalations, external, unused};
use crate::store::Store;

/// All findings of an account.
#[derive(Clone, Debug, Serialize)]
pub struct Findings {
    /// Roles that somebody outside the account can assume.
    pub external: Vec<External>,
    /// Who could get more rights than they were given.
    pub escalation: Vec<Escalating>,
    /// What nobody used for long.
    pub unused: Vec<Unused>,
}

/// Looks for all of them.
///
/// # Errors
/// When the store fails.
pub fn findings(store: &Store, people: &People) -> Result<Findings> {
    Ok(Findings {
        external: external(people),
        escalation: escalations(people),
        unused: unused(store, &people.account)?,
    })
}
