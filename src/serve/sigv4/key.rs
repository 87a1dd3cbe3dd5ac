//! A secret access key, and the signing key that was last derived from it.

use std::sync::{Mutex, PoisonError};

use zeroize::Zeroizing;

use super::signature::hmac;

/// A secret access key. Whoever signs does so for one day, region and service most of the time, so the last signing key is
/// kept: as secret as the secret itself, and wiped with it.
pub(in crate::serve) struct SecretKey {
    secret: Zeroizing<Vec<u8>>,
    /// The scope, and the key for it.
    last: Mutex<Option<(String, Zeroizing<Vec<u8>>)>>,
}

/// Without the secret.
impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey")
    }
}

impl SecretKey {
    pub(in crate::serve) fn new(secret: Zeroizing<Vec<u8>>) -> Self {
        Self { secret, last: Mutex::default() }
    }

    /// The key that signs in a scope: `20260102/us-east-1/iam/aws4_request`.
    pub(super) fn signing(&self, scope: &str) -> Zeroizing<Vec<u8>> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, key)) = &*last
            && known == scope
        {
            return key.clone();
        }
        let first = Zeroizing::new([b"AWS4", self.secret.as_slice()].concat());
        let key = scope.split('/').fold(first, |key, part| hmac(&key, part.as_bytes()));
        *last = Some((scope.to_owned(), key.clone()));
        key
    }
}
