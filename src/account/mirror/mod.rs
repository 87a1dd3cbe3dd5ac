//! The mirror: what is read from the endpoint, and when.
//!
//! [`Account::refresh`] reads users, groups, roles and policies whole, and [`Account::refresh_credentials`] how each user
//! signs in, which takes a few calls a user. After a change `reread` reads again what it touched. All of it enters the
//! store in the store's own terms ([`Part`]); nothing is taken for deleted unless a listing was read to its end without
//! it, or the endpoint says of the very thing that it does not exist.
//!
//! AWS managed policies are not read: their documents are part of the program.

mod credentials;
mod reread;
mod subjects;
#[cfg(test)]
mod tests;
mod whole;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

use super::Account;
use crate::api::{Call, Operation};
use crate::remote::{Endpoint, Error};
use crate::store::mirror::Part;

/// Users' credentials taken into the store in one transaction.
const USERS_AT_ONCE: usize = 100;
/// Refusals of one operation after which it is no longer asked.
const DENIALS_MAX: usize = 20;

/// What a refresh brought.
#[derive(Clone, Debug, Default)]
pub struct Pulled {
    /// Users read.
    pub users: usize,
    /// Groups read.
    pub groups: usize,
    /// Roles read.
    pub roles: usize,
    /// Customer managed policies read.
    pub policies: usize,
    /// What the caller may not read, by operation; the mirror keeps what it had of it.
    pub gaps: BTreeMap<&'static str, Error>,
}

impl Account {
    /// Reads the account from its endpoint, and takes it in as one transaction. A local account has nothing to read.
    ///
    /// # Errors
    /// When one of the four listings that make up the account breaks off: then nothing was taken in.
    /// [`NotAMirror`](super::Error::NotAMirror) for an account that answers to nobody else.
    pub async fn refresh(&self, cancel: &CancellationToken) -> super::Result<Pulled> {
        let Some(endpoint) = self.endpoint() else { return Ok(Pulled::default()) };
        if self.info().mirror.is_none() {
            return Err(super::Error::NotAMirror(self.info().id));
        }
        let at = self.read(|store, _| Ok(store.now())).await?;
        let reading = Reading::new(endpoint, cancel);
        let (whole, beside) = tokio::try_join!(whole::read(&reading), whole::beside(&reading))?;
        let pulled = Pulled {
            users: whole.users.len(),
            groups: whole.groups.len(),
            roles: whole.roles.len(),
            policies: whole.policies.len(),
            gaps: reading.gaps(),
        };
        self.blocking(move |inner, account| Ok(inner.store.absorb_all(account, &whole, beside, at)?)).await?;
        self.refresh_info().await?;
        Ok(pulled)
    }

    /// Reads how every user signs in (access keys and their last use, password, MFA devices), and the tags of policies.
    /// `progress` hears how many of how many are done; what is done is in the store, whatever comes after.
    ///
    /// # Errors
    /// When the endpoint fails, or `cancel` says so.
    pub async fn refresh_credentials(
        &self,
        cancel: &CancellationToken,
        progress: &(dyn Fn(usize, usize) + Send + Sync),
    ) -> super::Result<BTreeMap<&'static str, Error>> {
        let Some(endpoint) = self.endpoint() else { return Ok(BTreeMap::new()) };
        let (users, policies) = self.read(crate::store::Store::mirrored).await?;
        let reading = Reading::new(endpoint, cancel);
        let total = users.len() + policies.len();
        let mut done = 0;
        for chunk in users.chunks(USERS_AT_ONCE) {
            let parts = credentials::of_users(&reading, chunk).await?;
            self.absorb(parts).await?;
            done += chunk.len();
            progress(done, total);
        }
        for chunk in policies.chunks(USERS_AT_ONCE) {
            let parts = credentials::tags_of(&reading, chunk).await?;
            self.absorb(parts).await?;
            done += chunk.len();
            progress(done, total);
        }
        Ok(reading.gaps())
    }

    async fn absorb(&self, parts: Vec<Part>) -> super::Result<()> {
        self.blocking(move |inner, account| Ok(inner.store.absorb(account, parts)?)).await
    }
}

/// Reads again what a change touched, also when nobody knows whether it was done. The change stands whatever comes of
/// that: when it fails, the mirror is behind until the next refresh.
pub(super) async fn reread(account: &Account, endpoint: &Endpoint, call: &Call, output: &Map<String, Value>) {
    let cancel = CancellationToken::new();
    let reading = Reading::new(endpoint, &cancel);
    let own = account.caller().user_name().map(str::to_owned);
    for subject in subjects::touched(call, output, own.as_deref()) {
        let outcome = match reread::read(&reading, &subject, call).await {
            Ok(parts) => account.absorb(parts).await.map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(error) = outcome {
            tracing::warn!(operation = call.model().name, ?subject, %error, "the mirror is behind");
        }
    }
}

/// One reading of an endpoint: where, until when, and what was refused on the way.
struct Reading<'a> {
    endpoint: &'a Endpoint,
    cancel: &'a CancellationToken,
    denied: Mutex<BTreeMap<&'static str, (usize, Error)>>,
}

impl<'a> Reading<'a> {
    fn new(endpoint: &'a Endpoint, cancel: &'a CancellationToken) -> Self {
        Self { endpoint, cancel, denied: Mutex::default() }
    }

    /// One answer.
    async fn ask<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Error::Cancelled),
            answer = self.endpoint.send(operation) => answer,
        }
    }

    /// A listing to its end.
    async fn list<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        self.endpoint.typed_pages(operation, self.cancel.clone()).all().await
    }

    /// What may be missing: `None` where the caller may not read it, which is noted.
    fn permitted<O: Operation, T>(&self, answer: Result<T, Error>) -> Result<Option<T>, Error> {
        match answer {
            Err(error) if is(&error, "AccessDenied") => {
                let mut denied = self.denied.lock().unwrap_or_else(PoisonError::into_inner);
                denied.entry(O::MODEL.name).or_insert((0, error)).0 += 1;
                Ok(None)
            }
            answer => answer.map(Some),
        }
    }

    /// One answer, if the caller may have it. An operation that was refused again and again is not asked again.
    async fn try_ask<O: Operation>(&self, operation: &O) -> Result<Option<O::Output>, Error> {
        if self.is_hopeless::<O>() {
            return Ok(None);
        }
        let answer = self.ask(operation).await;
        self.permitted::<O, _>(answer)
    }

    /// A listing to its end, if the caller may have it.
    async fn try_list<O: Operation>(&self, operation: &O) -> Result<Option<O::Output>, Error> {
        if self.is_hopeless::<O>() {
            return Ok(None);
        }
        let answer = self.list(operation).await;
        self.permitted::<O, _>(answer)
    }

    fn is_hopeless<O: Operation>(&self) -> bool {
        let denied = self.denied.lock().unwrap_or_else(PoisonError::into_inner);
        denied.get(O::MODEL.name).is_some_and(|(times, _)| *times >= DENIALS_MAX)
    }

    fn gaps(&self) -> BTreeMap<&'static str, Error> {
        let denied = self.denied.lock().unwrap_or_else(PoisonError::into_inner);
        denied.iter().map(|(name, (_, error))| (*name, error.clone())).collect()
    }
}

fn is(error: &Error, code: &str) -> bool {
    error.service().is_some_and(|error| error.code == code)
}

/// `None` for what does not exist.
fn existing<T>(answer: Result<T, Error>) -> Result<Option<T>, Error> {
    match answer {
        Err(error) if is(&error, "NoSuchEntity") => Ok(None),
        answer => answer.map(Some),
    }
}
