//! An endpoint: credentials, signing, sending, retry, pacing and paging; generic over operations.
//!
//! No operation has code of its own here: a [`Call`](crate::api::Call) goes in, the members of its output come out.
//! [`Settings`] say where calls go and as whom; [`Endpoint`] sends them; [`Pages`] follows a listing to its end. Every
//! failure is an [`Error`] with a sentence and a remedy, and none of them holds a secret.
//!
//! A call that makes something new (`CreateAccessKey`, `CreatePolicyVersion`, `CreateLoginProfile`, …) is never
//! repeated once a byte of it may have arrived: [`Error::OutcomeUnknown`] says which operation tells what became of it.

mod client;
mod connector;
mod credentials;
mod endpoint;
mod error;
mod issuer;
mod pacing;
mod pages;
mod partition;
mod profile;
mod settings;
mod sign;
#[cfg(test)]
pub(crate) mod tests;
mod verdict;

pub use endpoint::Endpoint;
pub use error::{CredentialsError, Error, SettingsError, Transport};
pub use issuer::{IssuerError, issuer_keys};
pub use pages::{Pages, TypedPages};
pub use settings::{Limits, Settings};

/// Characters of an error's chain that are kept.
const REASON_CHARS_MAX: usize = 600;

/// Makes TLS ready. `main` calls it before anything else; a second call does nothing.
pub fn init() {
    // It fails only where a provider is installed already, and then one is installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// An error with its causes in one line, what is hostile in it made visible.
fn chain(error: &dyn std::error::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for cause in std::iter::successors(Some(error), |cause| cause.source()) {
        let text = cause.to_string();
        if parts.last().is_none_or(|last| !last.contains(&text)) {
            parts.push(text);
        }
    }
    crate::text::visible(&parts.join(": ")).chars().take(REASON_CHARS_MAX).collect()
}
