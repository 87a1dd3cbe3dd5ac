//! SQLite: the schema, the behaviour of every operation, the reads, the search index, the journal.
//!
//! [`Store`] is one file, or memory. Operations come in through [`Store::perform`] (typed) or [`Store::perform_call`] (by
//! name): the input is checked against the model, the behaviour runs in one transaction, a write leaves a line in the
//! journal. A behaviour is an `impl Perform` in the file of its resource: `users.rs` shows the manner. It works on a
//! `Tx` (the look-ups they share), answers with the API's own structs, and refuses with [`crate::iam::Error`] in AWS's words.
//!
//! To add an operation: its `impl Perform`, and its name in `dispatch.rs`. What only one kind of entity has stands in a table of its own in
//! `schema.sql`. The store knows no HTTP and no terminal.

mod access_advisor;
mod access_keys;
mod account;
mod account_alias;
mod assume_role;
mod assume_role_with_saml;
mod attachments;
mod boundaries;
mod certificates;
mod context_keys;
mod credential_report;
mod credential_tags;
mod credentials;
mod delegation_requests;
mod demo;
mod der;
mod details;
mod dispatch;
mod documents;
mod error;
pub(crate) mod files;
#[cfg(test)]
pub(crate) mod given;
mod groups;
mod guarded;
mod inline_policies;
mod instance_profiles;
mod jwt;
#[cfg(test)]
pub(crate) mod kit;
mod log_debt;
mod login_profiles;
mod members;
mod memberships;
mod mfa_devices;
mod mfa_enabling;
pub mod mirror;
mod note_use;
mod oidc_providers;
mod open;
mod organization_features;
mod outbound_tokens;
mod page;
mod password_policy;
mod passwords;
mod perform;
mod policies;
mod policy_entities;
mod policy_list;
mod policy_of;
mod policy_versions;
mod principal;
mod qr;
mod quotas;
mod role_sessions;
mod roles;
mod saml;
mod saml_metadata;
mod saml_providers;
#[cfg(test)]
mod samples;
mod schema;
mod sealed;
mod server_certificates;
mod service_access;
mod service_credentials;
mod service_linked_roles;
mod service_principals;
mod session_context;
mod session_policies;
mod sessions;
mod settings;
mod signing_certificates;
mod simulated;
mod simulation;
mod ssh_keys;
mod ssh_public_keys;
mod sts;
mod summary;
mod tagging;
mod tags;
mod totp;
mod trust;
mod tx;
mod users;
mod uses;
mod vault;
pub mod view;
mod web_identity;

pub use account::{Account, EndpointName, Mirror};
pub use credentials::{Credential, Token};
pub use dispatch::performs;
pub use error::{Error, Result};
pub use guarded::{Facts, Guarded, Source};
pub use members::{Member, Trust, Which};
pub use note_use::{USES_APART, Used, Whose};
pub use open::Store;
pub use perform::{Perform, writes};
pub use principal::PrincipalPolicies;
#[cfg(fuzzing)]
pub use saml::canonical;
#[cfg(test)]
pub(crate) use saml::kit as saml_kit;
pub use session_context::add_resource_tags;
pub use tx::Tx;
pub use uses::{ActionUse, ServiceUse, Use, UseOf};
pub use web_identity::Issuer;
