//! The kinds of entity that IAM holds under a name of their own.

use super::IdKind;

/// A kind of entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// A user.
    User = 1,
    /// A user group.
    Group = 2,
    /// A role.
    Role = 3,
    /// A customer managed policy.
    Policy = 4,
    /// An instance profile.
    InstanceProfile = 5,
    /// A server certificate.
    ServerCertificate = 6,
    /// A SAML identity provider.
    SamlProvider = 7,
    /// An OpenID Connect identity provider.
    OidcProvider = 8,
    /// A virtual MFA device.
    MfaDevice = 9,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::User,
        Self::Group,
        Self::Role,
        Self::Policy,
        Self::InstanceProfile,
        Self::ServerCertificate,
        Self::SamlProvider,
        Self::OidcProvider,
        Self::MfaDevice,
    ];

    /// The number that stands for it in the store.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The kind of that number.
    pub fn of_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.number() == number)
    }

    /// The word before the path in its ARN: `user` in `arn:aws:iam::123456789012:user/ann`.
    pub fn arn_type(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Role => "role",
            Self::Policy => "policy",
            Self::InstanceProfile => "instance-profile",
            Self::ServerCertificate => "server-certificate",
            Self::SamlProvider => "saml-provider",
            Self::OidcProvider => "oidc-provider",
            Self::MfaDevice => "mfa",
        }
    }

    /// What the IAM console calls it.
    pub fn noun(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "user group",
            Self::Role => "role",
            Self::Policy => "policy",
            Self::InstanceProfile => "instance profile",
            Self::ServerCertificate => "server certificate",
            Self::SamlProvider | Self::OidcProvider => "identity provider",
            Self::MfaDevice => "MFA device",
        }
    }

    /// The kind of its unique id, for kinds that have one.
    pub fn id_kind(self) -> Option<IdKind> {
        match self {
            Self::User => Some(IdKind::User),
            Self::Group => Some(IdKind::Group),
            Self::Role => Some(IdKind::Role),
            Self::Policy => Some(IdKind::ManagedPolicy),
            Self::InstanceProfile => Some(IdKind::InstanceProfile),
            Self::ServerCertificate => Some(IdKind::Certificate),
            Self::SamlProvider | Self::OidcProvider | Self::MfaDevice => None,
        }
    }
}
