//! The door: a store's account plus where its changes go.
//!
//! Every operation passes through [`Account::call`]. Read-only mode and the guard against locking oneself out stand there;
//! the journal stands in the store, where a write and its line are one transaction. Screens, subcommands and plans hold
//! an [`Account`] and nothing else: none of them talks to an endpoint or to SQL.
//!
//! Knows no terminal.

mod connect;
pub mod details;
mod error;
mod guard;
mod last_accessed;
mod mirror;

use std::sync::{Arc, PoisonError, RwLock};

use serde_json::{Map, Value};

use crate::api::Call;
use crate::iam::Caller;
use crate::remote::{self, Endpoint};
use crate::store::{self, Perform, Store};

pub use error::{Error, Result};
pub use last_accessed::{LastAccessed, Reports};
pub use mirror::Pulled;

/// What may pass the door.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Everything.
    #[default]
    ReadWrite,
    /// Reads only: `--read-only`.
    ReadOnly,
}

/// An account that is open. Cheap to clone; the clones are one account.
#[derive(Clone, Debug)]
pub struct Account {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Arc<Store>,
    account: RwLock<store::Account>,
    caller: Caller,
    mode: Mode,
    /// Where calls go first; `None` for a local account.
    endpoint: Option<Endpoint>,
}

impl Account {
    /// A local account of the store, opened by its owner, who may do everything that the mode lets pass.
    pub fn local(store: Arc<Store>, account: store::Account, mode: Mode) -> Self {
        Self { inner: Arc::new(Inner { store, account: account.into(), caller: Caller::Root, mode, endpoint: None }) }
    }

    /// A local account in the hands of somebody else than its owner, for tests of what the door asks of such.
    #[cfg(test)]
    pub(crate) fn local_as(store: Arc<Store>, account: store::Account, caller: Caller) -> Self {
        let inner = Inner { store, account: account.into(), caller, mode: Mode::ReadWrite, endpoint: None };
        Self { inner: Arc::new(inner) }
    }

    /// The mirror of an endpoint's account, opened by the caller whom the endpoint knows.
    pub fn mirrored(
        store: Arc<Store>,
        account: store::Account,
        mode: Mode,
        (endpoint, caller): (Endpoint, Caller),
    ) -> Self {
        Self { inner: Arc::new(Inner { store, account: account.into(), caller, mode, endpoint: Some(endpoint) }) }
    }

    /// The account as the store knows it.
    pub fn info(&self) -> store::Account {
        self.inner.account.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// On whose behalf calls are made.
    pub fn caller(&self) -> &Caller {
        &self.inner.caller
    }

    /// Where calls go first; `None` for a local account.
    fn endpoint(&self) -> Option<&Endpoint> {
        self.inner.endpoint.as_ref()
    }

    /// What may pass.
    pub fn mode(&self) -> Mode {
        self.inner.mode
    }

    /// The store that holds the account.
    pub fn store(&self) -> &Arc<Store> {
        &self.inner.store
    }

    /// Makes a call.
    ///
    /// # Errors
    /// [`Error::ReadOnly`] for a change in read-only mode, [`Error::LocksOut`] for one that would take away the caller's
    /// own way in, or what IAM answered.
    pub async fn call(&self, call: Call) -> Result<Map<String, Value>> {
        if let Some(sentence) = self.objection(&call) {
            return Err(Error::LocksOut(sentence));
        }
        self.call_confirmed(call).await
    }

    /// What the guard says against a call: how it would take away the caller's own way in. Such a call has to be confirmed.
    pub fn objection(&self, call: &Call) -> Option<String> {
        guard::locks_out(&self.inner.caller, call)
    }

    /// Makes a call whose consequences for the caller's own access were confirmed.
    ///
    /// # Errors
    /// As [`Account::call`], without [`Error::LocksOut`].
    pub async fn call_confirmed(&self, call: Call) -> Result<Map<String, Value>> {
        self.admit(&call)?;
        let output = match &self.inner.endpoint {
            Some(endpoint) => self.call_endpoint(endpoint, call).await?,
            None => {
                self.blocking(move |inner, account| Ok(inner.store.perform_call(account, &inner.caller, &call)?))
                    .await?
            }
        };
        // What was done is done, and its answer may hold a secret that is shown only once.
        if let Err(error) = self.refresh_info().await {
            tracing::error!(%error, "the account could not be read again");
        }
        Ok(output)
    }

    /// Sends a call to the endpoint. A write is journaled however it ends, and what it touched is read again. When the
    /// store fails at that, the endpoint's answer stands all the same.
    async fn call_endpoint(&self, endpoint: &Endpoint, call: Call) -> Result<Map<String, Value>> {
        let outcome = endpoint.call(&call).await;
        if !call.is_write() {
            return Ok(outcome?);
        }
        let error = outcome.as_ref().err().map(|e| e.service().map_or("OutcomeUnknown", |e| &e.code).to_owned());
        let line = call.clone();
        let journaled = self.blocking(move |inner, account| {
            Ok(inner.store.journal(account, &inner.caller, &line, error.as_deref())?)
        });
        if let Err(error) = journaled.await {
            tracing::error!(operation = call.model().name, %error, "a change was not journaled");
        }
        if let Ok(output) = &outcome {
            mirror::reread(self, endpoint, &call, output).await;
        } else if matches!(outcome, Err(remote::Error::OutcomeUnknown { .. })) {
            mirror::reread(self, endpoint, &call, &Map::new()).await;
        }
        Ok(outcome?)
    }

    /// Makes a typed call.
    ///
    /// # Errors
    /// As [`Account::call`].
    pub async fn send<O: Perform>(&self, operation: &O) -> Result<O::Output> {
        let output = self.call(Call::from(operation)).await?;
        serde_json::from_value(Value::Object(output)).map_err(|e| Error::Store(e.into()))
    }

    /// Reads from the store, beside the loop. Never waits for an endpoint.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Store, &store::Account) -> store::Result<T> + Send + 'static,
    ) -> Result<T> {
        self.blocking(move |inner, account| Ok(read(&inner.store, account)?)).await
    }

    fn admit(&self, call: &Call) -> Result<()> {
        if call.is_write() && self.inner.mode == Mode::ReadOnly {
            return Err(Error::ReadOnly(call.model().name));
        }
        Ok(())
    }

    /// Runs what blocks on a thread of its own.
    async fn blocking<T: Send + 'static>(
        &self,
        run: impl FnOnce(&Inner, &store::Account) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let inner = Arc::clone(&self.inner);
        let account = self.info();
        tokio::task::spawn_blocking(move || run(&inner, &account)).await.map_err(|_| Error::Stopped)?
    }

    /// Takes in what a call may have changed of the account itself, such as its alias.
    async fn refresh_info(&self) -> Result<()> {
        let fresh = self.read(|store, account| store.account(account.id.as_str())).await?;
        if let Some(fresh) = fresh {
            *self.inner.account.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Account, Error, Mode};
    use crate::api::{CreateUser, GetUser};
    use crate::store::kit::Kit;

    fn account(mode: Mode) -> Account {
        let kit = Kit::new();
        Account::local(Arc::new(kit.store), kit.account, mode)
    }

    #[tokio::test]
    async fn what_is_made_is_there() {
        let account = account(Mode::ReadWrite);
        account.send(&CreateUser { user_name: "ann".into(), ..CreateUser::default() }).await.unwrap();
        let found = account.send(&GetUser { user_name: Some("ann".into()) }).await.unwrap();
        assert_eq!(found.user.user_name, "ann");
    }

    #[tokio::test]
    async fn read_only_refuses_every_change_and_no_read() {
        let account = account(Mode::ReadOnly);
        let refused = account.send(&CreateUser { user_name: "ann".into(), ..CreateUser::default() }).await;
        assert!(matches!(refused, Err(Error::ReadOnly("CreateUser"))));
        let missing = account.send(&GetUser { user_name: Some("ann".into()) }).await.unwrap_err();
        assert_eq!(missing.iam().unwrap().code, "NoSuchEntity");
    }
}
