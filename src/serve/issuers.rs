//! Key sets of OpenID Connect issuers: given at the start, or fetched when a token first needs them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::api::Call;
use crate::remote;
use crate::store::{Issuer, Store};

/// How long an issuer is left alone after it was asked for its keys. Whoever sends tokens that no key bears out must not be
/// able to make this server ask all the time.
const APART: SignedDuration = SignedDuration::from_secs(60);
/// Issuers that are remembered as asked; beyond it all are forgotten.
const ASKED_MAX: usize = 1024;

/// Key sets (RFC 7517, JSON) by the issuer's URL, in place of those that it publishes.
pub type IssuerKeys = HashMap<String, String>;

/// Whose keys are had, and when the others were last asked.
#[derive(Debug, Default)]
pub(super) struct Issuers {
    given: IssuerKeys,
    asked: Mutex<HashMap<String, Timestamp>>,
}

impl Issuers {
    pub(super) fn new(given: IssuerKeys) -> Self {
        Self { given, asked: Mutex::default() }
    }

    /// Sees to it that the store has the keys that a call's token is checked with. Whatever goes wrong, the call will say so.
    pub(super) async fn prepare(&self, store: &Arc<Store>, call: &Call) {
        if call.model().name != "AssumeRoleWithWebIdentity" {
            return;
        }
        let (Some(role), Some(token)) = (call.text("RoleArn"), call.text("WebIdentityToken")) else { return };
        let Ok(Some(issuer)) = store.issuer(role, token) else { return };
        if issuer.is_known {
            return;
        }
        let keys = match self.given.get(issuer.url.trim_end_matches('/')) {
            Some(keys) => keys.clone(),
            None if self.may_ask(&issuer, store.now()) => {
                match remote::issuer_keys(&issuer.url, &issuer.thumbprints).await {
                    Ok(keys) => keys,
                    Err(error) => {
                        tracing::warn!(issuer = issuer.url, %error, "the keys of an issuer cannot be had");
                        return;
                    }
                }
            }
            None => return,
        };
        if let Err(error) = store.set_provider_keys(&issuer.account, &issuer.arn, &keys) {
            tracing::error!(%error, "the keys of an issuer cannot be kept");
        }
    }

    /// Whether the issuer was not asked lately; from now on it was.
    fn may_ask(&self, issuer: &Issuer, now: Timestamp) -> bool {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.get(&issuer.arn).is_some_and(|at| now.duration_since(*at) < APART) {
            return false;
        }
        if asked.len() >= ASKED_MAX {
            asked.clear();
        }
        asked.insert(issuer.arn.clone(), now);
        true
    }
}
