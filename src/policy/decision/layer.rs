//! The kinds of policy that take part in a decision.

/// A kind of policy that takes part in a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Layer {
    /// Service control policies, of the principal's account.
    ServiceControl,
    /// Resource control policies, of the resource's account.
    ResourceControl,
    /// The policy of the VPC endpoint that the request came through.
    VpcEndpoint,
    /// The policy of the resource.
    Resource,
    /// The trust policy of the role to be assumed.
    RoleTrust,
    /// The policies of the user, its groups, or the role.
    Identity,
    /// The permissions boundary.
    Boundary,
    /// The session policies.
    Session,
}

impl Layer {
    /// All layers, in the order in which AWS looks for what to blame.
    pub const ALL: [Self; 8] = [
        Self::ServiceControl,
        Self::ResourceControl,
        Self::VpcEndpoint,
        Self::Resource,
        Self::RoleTrust,
        Self::Identity,
        Self::Boundary,
        Self::Session,
    ];

    /// The word for it in neutral cases.
    pub fn name(self) -> &'static str {
        match self {
            Self::ServiceControl => "scp",
            Self::ResourceControl => "rcp",
            Self::VpcEndpoint => "endpoint",
            Self::Resource => "resource",
            Self::RoleTrust => "trust",
            Self::Identity => "identity",
            Self::Boundary => "boundary",
            Self::Session => "session",
        }
    }

    /// What AWS calls such a policy in its answers.
    pub fn title(self) -> &'static str {
        match self {
            Self::ServiceControl => "service control policy",
            Self::ResourceControl => "resource control policy",
            Self::VpcEndpoint => "VPC endpoint policy",
            Self::Resource => "resource-based policy",
            Self::RoleTrust => "role trust policy",
            Self::Identity => "identity-based policy",
            Self::Boundary => "permissions boundary",
            Self::Session => "session policy",
        }
    }
}

/// A set of layers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Layers(u8);

impl Layers {
    /// Adds a layer.
    pub fn insert(&mut self, layer: Layer) {
        self.0 |= 1 << (layer as u8);
    }

    /// Whether it holds a layer.
    pub fn contains(self, layer: Layer) -> bool {
        self.0 & (1 << (layer as u8)) != 0
    }

    /// Whether it holds none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its layers, in order.
    pub fn iter(self) -> impl Iterator<Item = Layer> {
        Layer::ALL.into_iter().filter(move |layer| self.contains(*layer))
    }
}

impl FromIterator<Layer> for Layers {
    fn from_iter<I: IntoIterator<Item = Layer>>(layers: I) -> Self {
        let mut set = Self::default();
        layers.into_iter().for_each(|layer| set.insert(layer));
        set
    }
}
