//! The verbs: one struct per IAM or STS call with its output, defined once.
//!
//! A group of operations is one file: [`users`], [`roles`], … Each defines its calls with `operations!`, out of which come
//! the struct and its entry in the [`model`], and the shapes that only they have. Everything else here is generic over that table: [`Call`] (a call without
//! its type), [`query`] (the form that goes over the wire), [`xml`] (what comes back), [`check`] (the model's
//! constraints) and [`cli`] (the `aws iam …` line).
//!
//! To add an operation, add it to its group's file, and its behaviour to the store.

mod call;
pub mod check;
pub mod cli;
pub mod model;
pub mod query;
pub mod xml;

pub mod access_advisor;
pub mod access_keys;
pub mod account;
pub mod credential_report;
pub mod delegation_requests;
mod details;
pub mod groups;
pub mod inline_policies;
pub mod instance_profiles;
pub mod login_profiles_passwords;
pub mod managed_policies;
pub mod mfa_devices;
pub mod oidc_providers;
pub mod organizations_root;
pub mod outbound_web_identity;
pub mod permissions_boundary;
pub mod policy_attachments;
pub mod role_templates_account_properties;
pub mod roles;
pub mod saml_providers;
pub mod server_certificates;
pub mod service_linked_roles;
pub mod service_specific_credentials;
mod shapes;
pub mod signing_certificates;
pub mod simulation;
pub mod ssh_public_keys;
pub mod structures;
pub mod sts;
mod sts_shapes;
pub mod tags;
pub mod users;

pub use access_advisor::*;
pub use access_keys::*;
pub use account::*;
pub use credential_report::*;
pub use delegation_requests::*;
pub use groups::*;
pub use inline_policies::*;
pub use instance_profiles::*;
pub use login_profiles_passwords::*;
pub use managed_policies::*;
pub use mfa_devices::*;
pub use oidc_providers::*;
pub use organizations_root::*;
pub use outbound_web_identity::*;
pub use permissions_boundary::*;
pub use policy_attachments::*;
pub use role_templates_account_properties::*;
pub use roles::*;
pub use saml_providers::*;
pub use server_certificates::*;
pub use service_linked_roles::*;
pub use service_specific_credentials::*;
pub use signing_certificates::*;
pub use simulation::*;
pub use ssh_public_keys::*;
pub use structures::*;
pub use tags::*;
pub use users::*;

pub use call::{Call, find, operations};
pub use model::{Access, Blob, Mark, Member, Model, Operation, Service, Shape};

/// The groups of operations, in the order of their files.
static GROUPS: &[&[&Model]] = &[
    access_advisor::MODELS,
    access_keys::MODELS,
    account::MODELS,
    credential_report::MODELS,
    delegation_requests::MODELS,
    groups::MODELS,
    inline_policies::MODELS,
    instance_profiles::MODELS,
    login_profiles_passwords::MODELS,
    managed_policies::MODELS,
    mfa_devices::MODELS,
    oidc_providers::MODELS,
    organizations_root::MODELS,
    outbound_web_identity::MODELS,
    permissions_boundary::MODELS,
    policy_attachments::MODELS,
    role_templates_account_properties::MODELS,
    roles::MODELS,
    saml_providers::MODELS,
    server_certificates::MODELS,
    service_linked_roles::MODELS,
    service_specific_credentials::MODELS,
    signing_certificates::MODELS,
    simulation::MODELS,
    ssh_public_keys::MODELS,
    sts::MODELS,
    tags::MODELS,
    users::MODELS,
];
