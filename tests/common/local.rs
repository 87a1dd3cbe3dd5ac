//! A store in memory with one empty account, and its root user.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use tiam::api::Call;
use tiam::iam::{Caller, Error, Partition};
use tiam::store::{Account, Store};
use tiam::world::Seeded;

/// How a call ended.
pub(crate) type Outcome = Result<Map<String, Value>, Error>;

pub(crate) struct Local {
    store: Store,
    account: Account,
}

impl Local {
    pub(crate) fn new(id: &str) -> Self {
        let start: Timestamp = "2026-01-02T03:04:05Z".parse().unwrap();
        let world = Arc::new(Seeded::new(7, start, SignedDuration::from_secs(1)));
        let store = Store::in_memory(world).unwrap();
        let account = store.ensure_account(&id.parse().unwrap(), Partition::Aws).unwrap();
        Self { store, account }
    }

    pub(crate) fn call(&mut self, call: &Call) -> Outcome {
        // An earlier call may have changed the account itself.
        self.account = self.store.account(self.account.id.as_str()).unwrap().unwrap();
        let outcome = self.store.perform_call(&self.account, &Caller::Root, call);
        outcome.map_err(|error| error.iam().cloned().unwrap_or_else(|| panic!("{error}")))
    }
}
