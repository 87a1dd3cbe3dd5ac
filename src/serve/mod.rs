//! The IAM Query API over HTTP in front of a store, authenticated and authorised.
//!
//! A connection ([`server`]) brings a request to the [`desk`]: it becomes a call ([`front`]), proves who sends it ([`sigv4`],
//! [`authenticate`]), takes the way to the store that suits it ([`lanes`]), is allowed or not by the account's own policies
//! ([`authorize`]), and is performed by the store as that caller, in the transaction in which it was allowed. IAM and STS
//! share the port; the version of the request tells them apart. Knows no terminal.

mod authenticate;
mod authorize;
mod conditions;
mod desk;
mod front;
mod issuers;
mod known;
mod lanes;
mod log;
mod notes;
mod patience;
mod resource;
mod root;
mod server;
mod sigv4;
mod tls;

pub use issuers::IssuerKeys;
pub use log::AccessLog;
pub use root::{RootKey, RootKeyError};
pub use server::{Limits, Options, ServeError, Server};
pub use tls::{Tls, TlsError};

/// For the fuzz target: whether a request with these headers, a line each, is accepted with a secret that nobody knows.
#[cfg(fuzzing)]
pub fn accepts(headers: &str) -> bool {
    let lines = headers.lines().filter_map(|line| line.split_once(": "));
    let headers: Vec<_> = lines.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    let request = sigv4::Request { method: "POST", path: "/", query: "", headers: &headers, body: b"Action=GetUser" };
    let secret = sigv4::SecretKey::new(b"nobody knows this secret, not even here".to_vec().into());
    sigv4::Claim::read(&request).is_ok_and(|claim| claim.verify(&request, &secret).is_ok())
}
