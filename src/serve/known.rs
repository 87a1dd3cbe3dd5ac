//! What is known of the keys that sign requests: looked up once, and again after any change of the store.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use zeroize::Zeroizing;

use crate::api::Service;
use crate::iam::{AccountId, Caller, Error};
use crate::store::{self, Account, PrincipalPolicies, Store, Token};

/// Keys that are remembered; beyond it all are forgotten.
const KEYS_MAX: usize = 10_000;

/// A key, and what its owner may do.
pub(super) struct Known {
    pub caller: Caller,
    /// The caller's ARN.
    pub arn: String,
    pub secret: Zeroizing<Vec<u8>>,
    pub active: bool,
    pub token: Option<Token>,
    /// `None` for the root user.
    pub policies: Option<PrincipalPolicies>,
}

/// Without the secret.
impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Known").field("arn", &self.arn).finish_non_exhaustive()
    }
}

/// What was true at one version of the store.
#[derive(Default)]
struct Learned {
    version: u64,
    account: Option<Arc<Account>>,
    keys: HashMap<String, Arc<Known>>,
}

/// What has been learned of an account, as long as it holds.
#[derive(Default)]
pub(super) struct Memory(Mutex<Learned>);

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memory")
    }
}

impl Memory {
    /// The account as it is now, and the key, if it is one of the account's.
    ///
    /// # Errors
    /// When the store fails, or the account is gone.
    pub(super) fn of(
        &self,
        store: &Store,
        id: &AccountId,
        key: &str,
    ) -> store::Result<(Arc<Account>, Option<Arc<Known>>)> {
        // The version is looked at first: what is read after it is at least as new.
        let version = store.version()?;
        let (account, known) = self.recall(version, key);
        if let (Some(account), Some(known)) = (&account, known) {
            return Ok((Arc::clone(account), Some(known)));
        }
        let account = match account {
            Some(account) => account,
            None => {
                Arc::new(store.account(id.as_str())?.ok_or_else(|| Error::service_failure("The account is gone."))?)
            }
        };
        let known = learn(store, &account, key)?.map(Arc::new);
        self.remember(version, &account, known.as_ref().map(|known| (key, known)));
        Ok((account, known))
    }

    fn recall(&self, version: u64, key: &str) -> (Option<Arc<Account>>, Option<Arc<Known>>) {
        let mut learned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if learned.version != version {
            *learned = Learned { version, ..Learned::default() };
        }
        (learned.account.clone(), learned.keys.get(key).cloned())
    }

    fn remember(&self, version: u64, account: &Arc<Account>, known: Option<(&str, &Arc<Known>)>) {
        let mut learned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if learned.version != version {
            return;
        }
        if learned.keys.len() >= KEYS_MAX {
            learned.keys.clear();
        }
        learned.account = Some(Arc::clone(account));
        learned.keys.extend(known.map(|(key, known)| (key.to_owned(), Arc::clone(known))));
    }
}

/// When the use of which key of which service was last noted. To ask the store each time would cost more than the call.
#[derive(Debug, Default)]
pub(super) struct Uses(Mutex<HashMap<(String, Service), Timestamp>>);

/// How far apart uses are noted.
const APART: SignedDuration = SignedDuration::from_secs(60);

impl Uses {
    /// Whether it is time to note the use of a key; from now on it was noted.
    pub(super) fn is_due(&self, key: &str, service: Service, now: Timestamp) -> bool {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = (key.to_owned(), service);
        if noted.get(&at).is_some_and(|last| now.duration_since(*last) < APART) {
            return false;
        }
        if noted.len() >= KEYS_MAX {
            noted.clear();
        }
        noted.insert(at, now);
        true
    }
}

fn learn(store: &Store, account: &Account, key: &str) -> store::Result<Option<Known>> {
    let Some(found) = store.credential(account, key)? else { return Ok(None) };
    let policies = store.caller_policies(account, &found.caller)?;
    let arn = found.caller.arn(&account.partition, account.id.as_str());
    let store::Credential { caller, secret, active, token } = found;
    Ok(Some(Known { caller, arn, secret, active, token, policies }))
}
