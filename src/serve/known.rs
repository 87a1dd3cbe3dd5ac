//! What is known of the keys that sign requests: looked up once, and again after any change of the store.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::sigv4::SecretKey;
use crate::api::{Model, Service};
use crate::iam::{AccountId, Caller, Error};
use crate::store::{self, Account, PrincipalPolicies, Store, Token, USES_APART};

/// Keys that are remembered; beyond it all are forgotten.
const KEYS_MAX: usize = 10_000;
/// Characters of an access key id (API reference, `AccessKey`). A longer one is nobody's.
const KEY_ID_MAX: usize = 128;

/// A key, and what its owner may do.
pub(super) struct Known {
    pub caller: Caller,
    /// The caller's ARN.
    pub arn: String,
    pub secret: SecretKey,
    pub active: bool,
    pub token: Option<Token>,
    /// Whether the key is the server's own, which no change of the store takes away.
    pub is_ours: bool,
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
    /// `None` for a key that is nobody's.
    keys: HashMap<String, Option<Arc<Known>>>,
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
        if let Some(found) = self.recall(version, key) {
            return Ok(found);
        }
        let account = store.account(id.as_str())?.ok_or_else(|| Error::service_failure("The account is gone."))?;
        let account = Arc::new(account);
        let known = if key.len() <= KEY_ID_MAX { learn(store, &account, key)?.map(Arc::new) } else { None };
        self.remember(version, &account, (key, &known));
        Ok((account, known))
    }

    fn recall(&self, version: u64, key: &str) -> Option<(Arc<Account>, Option<Arc<Known>>)> {
        let mut learned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if learned.version != version {
            *learned = Learned { version, ..Learned::default() };
        }
        Some((learned.account.clone()?, learned.keys.get(key)?.clone()))
    }

    fn remember(&self, version: u64, account: &Arc<Account>, (key, known): (&str, &Option<Arc<Known>>)) {
        let mut learned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if learned.version != version {
            return;
        }
        learned.account = Some(Arc::clone(account));
        if learned.keys.len() >= KEYS_MAX {
            learned.keys.clear();
        }
        if key.len() <= KEY_ID_MAX {
            learned.keys.insert(key.to_owned(), known.clone());
        }
    }
}

/// What is to be noted of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// That its key was used, and its action.
    Key,
    /// Its action.
    Action,
    /// Nothing: it was noted a moment ago.
    Nothing,
}

/// In the place of an action: any of the service.
const ANY: &str = "";

/// When the use of which operation by which key was last noted. To ask the store each time would cost more than the call.
#[derive(Debug, Default)]
pub(super) struct Uses(Mutex<HashMap<(String, Service, &'static str), Timestamp>>);

impl Uses {
    /// What it is time to note of a call by a key; from now on it was noted.
    pub(super) fn due(&self, key: &str, model: &Model, now: Timestamp) -> Due {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.len() >= KEYS_MAX {
            noted.clear();
        }
        let mut is_due = |action| {
            let at = (key.to_owned(), model.service, action);
            if noted.get(&at).is_some_and(|last| now.duration_since(*last) < USES_APART) {
                return false;
            }
            noted.insert(at, now);
            true
        };
        match (is_due(ANY), is_due(model.name)) {
            (true, _) => Due::Key,
            (false, true) => Due::Action,
            (false, false) => Due::Nothing,
        }
    }
}

fn learn(store: &Store, account: &Account, key: &str) -> store::Result<Option<Known>> {
    let Some(found) = store.credential(account, key)? else { return Ok(None) };
    let policies = store.caller_policies(account, &found.caller)?;
    let arn = found.caller.arn(&account.partition, account.id.as_str());
    let store::Credential { caller, secret, active, token } = found;
    Ok(Some(Known { caller, arn, secret: SecretKey::new(secret), active, token, is_ours: false, policies }))
}
