//! The kinds of policy there are, by where a document is attached.

/// Where a policy document is attached, which decides what it may say and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyType {
    /// A managed policy for users, groups and roles.
    Identity,
    /// An inline policy of a user.
    InlineUser,
    /// An inline policy of a group.
    InlineGroup,
    /// An inline policy of a role.
    InlineRole,
    /// A policy attached to a resource: bucket, queue, key, …
    Resource,
    /// The trust policy of a role, in the API the assume role policy document.
    RoleTrust,
    /// A service control policy of AWS Organizations.
    ServiceControl,
    /// A resource control policy of AWS Organizations.
    ResourceControl,
    /// A permissions boundary of a user or role.
    PermissionsBoundary,
    /// A policy passed when a session is made.
    Session,
    /// The policy of a VPC endpoint.
    VpcEndpoint,
}

impl PolicyType {
    /// All kinds, in the order they are listed.
    pub const ALL: [Self; 11] = [
        Self::Identity,
        Self::InlineUser,
        Self::InlineGroup,
        Self::InlineRole,
        Self::Resource,
        Self::RoleTrust,
        Self::ServiceControl,
        Self::ResourceControl,
        Self::PermissionsBoundary,
        Self::Session,
        Self::VpcEndpoint,
    ];

    /// The word for it on a command line: `identity`, `role-trust`, `scp`, …
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::InlineUser => "inline-user",
            Self::InlineGroup => "inline-group",
            Self::InlineRole => "inline-role",
            Self::Resource => "resource",
            Self::RoleTrust => "role-trust",
            Self::ServiceControl => "scp",
            Self::ResourceControl => "rcp",
            Self::PermissionsBoundary => "permissions-boundary",
            Self::Session => "session",
            Self::VpcEndpoint => "vpc-endpoint",
        }
    }

    /// The kind a word names, as [`PolicyType::name`] writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it is attached to an identity, managed or inline.
    pub fn is_identity(self) -> bool {
        matches!(self, Self::Identity | Self::InlineUser | Self::InlineGroup | Self::InlineRole)
    }

    /// Whether its statements name a principal: the policies that stand at a resource.
    pub fn has_principal(self) -> bool {
        matches!(self, Self::Resource | Self::RoleTrust | Self::ResourceControl | Self::VpcEndpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::PolicyType;

    #[test]
    fn names_read_back() {
        for kind in PolicyType::ALL {
            assert_eq!(PolicyType::from_name(kind.name()), Some(kind));
        }
        assert_eq!(PolicyType::from_name("bucket"), None);
    }
}
