//! The quotas of an account: AWS's defaults, which an account may override.
//!
//! Figures follow the IAM User Guide, "IAM and AWS STS quotas". Sizes of documents count characters without white space.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! quotas {
    ($($(#[$doc:meta])* $name:ident = $default:literal,)*) => {
        /// The names of all quotas.
        const NAMES: &[&str] = &[$(stringify!($name),)*];

        /// What an account may hold at most.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Quotas { $($(#[$doc])* pub $name: u32,)* }

        impl Default for Quotas {
            fn default() -> Self {
                Self { $($name: $default,)* }
            }
        }
    };
}

quotas! {
    /// Users in the account.
    users = 5000,
    /// User groups in the account.
    groups = 300,
    /// Roles in the account.
    roles = 1000,
    /// Customer managed policies in the account.
    policies = 1500,
    /// Instance profiles in the account.
    instance_profiles = 1000,
    /// Server certificates in the account.
    server_certificates = 20,
    /// SAML providers in the account.
    saml_providers = 100,
    /// OpenID Connect providers in the account.
    oidc_providers = 100,
    /// Client ids of one OpenID Connect provider.
    client_ids_per_oidc_provider = 100,
    /// Thumbprints of one OpenID Connect provider.
    thumbprints_per_oidc_provider = 5,
    /// Groups that one user is in.
    groups_per_user = 10,
    /// Access keys of one user.
    access_keys_per_user = 2,
    /// Signing certificates of one user.
    signing_certificates_per_user = 2,
    /// SSH public keys of one user.
    ssh_public_keys_per_user = 5,
    /// MFA devices of one user.
    mfa_devices_per_user = 8,
    /// Service-specific credentials of one user for one service.
    service_specific_credentials_per_service = 2,
    /// Managed policies attached to one user.
    attached_policies_per_user = 10,
    /// Managed policies attached to one group.
    attached_policies_per_group = 10,
    /// Managed policies attached to one role.
    attached_policies_per_role = 10,
    /// Roles in one instance profile.
    roles_per_instance_profile = 1,
    /// Versions of one managed policy.
    versions_per_policy = 5,
    /// Tags on one resource.
    tags_per_resource = 50,
    /// Characters of a managed policy.
    policy_size = 6144,
    /// Characters of all inline policies of one user together.
    user_policy_size = 2048,
    /// Characters of all inline policies of one group together.
    group_policy_size = 5120,
    /// Characters of all inline policies of one role together.
    role_policy_size = 10240,
    /// Characters of a role's trust policy.
    assume_role_policy_size = 2048,
    /// Policy versions in use by the whole account.
    policy_versions_in_use = 10000,
}

/// The name of a quota, as in `attached_policies_per_role`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaName(&'static str);

impl QuotaName {
    /// Every quota's.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|name| Self(name))
    }

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

/// No quota has that name.
#[derive(Debug, thiserror::Error)]
#[error("there is no quota `{0}`")]
pub struct UnknownQuota(String);

impl FromStr for QuotaName {
    type Err = UnknownQuota;

    fn from_str(text: &str) -> Result<Self, UnknownQuota> {
        Self::all().find(|name| name.0 == text).ok_or_else(|| UnknownQuota(text.to_owned()))
    }
}

/// The size of a policy document in IAM's counting: its characters that are not white space.
pub fn document_size(document: &str) -> usize {
    document.chars().filter(|c| !matches!(c, ' ' | '\t' | '\n' | '\r')).count()
}
