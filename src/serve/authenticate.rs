//! Who sends a request: the claim in its signature against the credentials of the account.

use std::sync::Arc;

use jiff::Timestamp;
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;

use super::known::Known;
use super::root::RootKey;
use super::sigv4::{Claim, Request, SecretKey};
use crate::api::Service;
use crate::iam::{Caller, Error};
use crate::store::{self, Account, Tx};

const INVALID: &str = "The security token included in the request is invalid.";
/// What a client is told of our own mistakes.
pub(super) const UNKNOWN: &str = "The request processing has failed because of an unknown error, exception or failure.";
const EXPIRED: &str = "The security token included in the request is expired";

impl Known {
    /// The root user, by its key.
    pub(super) fn root(root: &RootKey, account: &Account) -> Self {
        Self {
            caller: Caller::Root,
            arn: Caller::Root.arn(&account.partition, account.id.as_str()),
            secret: SecretKey::new(root.secret.expose_secret().as_bytes().to_vec().into()),
            active: true,
            token: None,
            is_ours: true,
            policies: None,
        }
    }

    /// Whether the token is the one of the credentials: a long-term key has none.
    fn takes(&self, token: Option<&str>) -> bool {
        match (&self.token, token) {
            (None, None) => true,
            (Some(known), Some(given)) => known.is(given),
            _ => false,
        }
    }
}

/// Whether this is the root user's key.
pub(super) fn is_root(root: &RootKey, access_key_id: &str) -> bool {
    root.id.as_bytes().ct_eq(access_key_id.as_bytes()).into()
}

/// Proves that the request comes from whose key it claims.
///
/// An unknown key costs the same work as a wrong signature, that of `nobody`, so that time tells nothing about which keys
/// exist.
///
/// # Errors
/// As AWS: `InvalidClientTokenId`, `SignatureDoesNotMatch`, `ExpiredToken`.
pub(super) fn prove(
    claim: &Claim,
    (known, nobody): (Option<Arc<Known>>, &SecretKey),
    (request, service): (&Request<'_>, Service),
    now: Timestamp,
) -> Result<Arc<Known>, Error> {
    let verified = claim.verify(request, known.as_ref().map_or(nobody, |known| &known.secret));
    let token = request.header("x-amz-security-token");
    let Some(known) = known.filter(|known| known.active && known.takes(token)) else {
        return Err(Error::invalid_client_token_id(INVALID));
    };
    claim.check_scope(service.as_str(), now)?;
    verified?;
    if known.caller.session().is_some_and(|session| session.expires <= now) {
        return Err(Error::expired_token(EXPIRED));
    }
    Ok(known)
}

/// Looks again, in the transaction of a change, whether the key is still good: since it was proven, changes that waited
/// before this one may have taken it away, or called its owner otherwise.
///
/// # Errors
/// `InvalidClientTokenId`, `ExpiredToken`, or a failure of the store.
pub(super) fn prove_again(tx: &Tx<'_>, known: &Known, access_key_id: &str) -> store::Result<()> {
    let found = tx.credential(access_key_id)?.filter(|found| found.active && found.caller == known.caller);
    let Some(found) = found else { return Err(Error::invalid_client_token_id(INVALID).into()) };
    if found.token.is_some_and(|token| token.expired) {
        return Err(Error::expired_token(EXPIRED).into());
    }
    Ok(())
}

/// A failure of the store, as a client may see it: without what it says of the machine.
pub(super) fn failure(error: &store::Error) -> Error {
    match error {
        store::Error::Iam(error) => error.clone(),
        other => {
            tracing::error!(error = %other, "the store failed");
            Error::service_failure(UNKNOWN)
        }
    }
}
