//! The IAM Query API over HTTP in front of a store, authenticated and authorised.
//!
//! A connection ([`server`]) brings a request to the [`desk`]: it becomes a call ([`front`]), proves who sends it ([`sigv4`],
//! [`authenticate`]), is allowed or not by the account's own policies ([`authorize`]), and is performed by the store as that
//! caller, in the transaction in which it was allowed. IAM and STS share the port; the version of the request tells them
//! apart. Knows no terminal.

mod authenticate;
mod authorize;
mod conditions;
mod desk;
mod front;
mod issuers;
mod known;
mod log;
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
