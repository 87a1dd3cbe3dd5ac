//! The IAM Query API over HTTP in front of a store, authenticated and authorised.
//!
//! A request comes in ([`http`]), becomes a call ([`front`]), proves who sends it ([`sigv4`], [`authenticate`]), is allowed
//! or not by the account's own policies ([`authorize`]), and is performed by the store as that caller. IAM and STS share the
//! port; the version of the request tells them apart. Knows no terminal.

mod authenticate;
mod authorize;
mod front;
mod http;
mod resource;
mod root;
mod sigv4;

pub use http::{Limits, ServeError, Server};
pub use root::{RootKey, RootKeyError};
