//! Who sends a request: the claim in its signature against the credentials of the account.

use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::root::RootKey;
use super::sigv4::{Claim, Request};
use crate::api::Service;
use crate::iam::{Caller, Error};
use crate::store::{self, Account, Store};

const INVALID: &str = "The security token included in the request is invalid.";

/// Who sends the request.
///
/// An unknown key costs the same work as a wrong signature, so that time tells nothing about which keys exist.
///
/// # Errors
/// As AWS: `MissingAuthenticationToken`, `IncompleteSignature`, `InvalidClientTokenId`, `SignatureDoesNotMatch`,
/// `ExpiredToken`.
pub(super) fn authenticate(
    store: &Store,
    account: &Account,
    root: &RootKey,
    (request, service): (&Request<'_>, Service),
) -> Result<(Caller, Claim), Error> {
    let claim = Claim::read(request)?;
    let now = store.now();
    let known = credential(store, account, root, &claim).map_err(|error| failure(&error))?;
    let secret = known.as_ref().map_or_else(|| Zeroizing::new(vec![b'x'; 40]), |k| k.secret.clone());
    let verified = claim.verify(request, &secret);
    let token = request.header("x-amz-security-token");
    let Some(known) = known.filter(|known| known.active && takes(known, token)) else {
        return Err(Error::invalid_client_token_id(INVALID));
    };
    claim.check_scope(service.as_str(), now)?;
    verified?;
    if known.token.is_some_and(|token| token.expired) {
        return Err(Error::expired_token("The security token included in the request is expired"));
    }
    Ok((known.caller, claim))
}

/// Whether the token is the one of the credentials: a long-term key has none.
fn takes(known: &store::Credential, token: Option<&str>) -> bool {
    match (&known.token, token) {
        (None, None) => true,
        (Some(known), Some(given)) => known.is(given),
        _ => false,
    }
}

fn credential(
    store: &Store,
    account: &Account,
    root: &RootKey,
    claim: &Claim,
) -> store::Result<Option<store::Credential>> {
    let stored = store.credential(account, &claim.access_key_id)?;
    let is_root = bool::from(root.id.as_bytes().ct_eq(claim.access_key_id.as_bytes()));
    let root = is_root.then(|| store::Credential {
        caller: Caller::Root,
        secret: Zeroizing::new(root.secret.expose_secret().as_bytes().to_vec()),
        active: true,
        token: None,
    });
    Ok(root.or(stored))
}

/// A failure of the store, as a client may see it: without what it says of the machine.
pub(super) fn failure(error: &store::Error) -> Error {
    match error {
        store::Error::Iam(error) => error.clone(),
        other => {
            tracing::error!(error = %other, "the store failed");
            Error::service_failure(
                "The request processing has failed because of an unknown error, exception or failure.",
            )
        }
    }
}
