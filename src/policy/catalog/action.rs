//! An action: its access level, what it works on, and which condition keys its requests carry.

use super::{ConditionKey, ResourceType, Service};

/// How an action is classed (IAM User Guide, "Access levels in policy summaries").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AccessLevel {
    /// Sees that things are there.
    List,
    /// Sees what is in them.
    Read,
    /// Makes, changes or removes them.
    Write,
    /// Changes who may do what.
    PermissionsManagement,
    /// Changes tags and nothing else.
    Tagging,
}

impl AccessLevel {
    /// All levels, in the order the console shows them.
    pub const ALL: [Self; 5] = [Self::List, Self::Read, Self::Write, Self::PermissionsManagement, Self::Tagging];

    /// As the console writes it: `Permissions management`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Read => "Read",
            Self::Write => "Write",
            Self::PermissionsManagement => "Permissions management",
            Self::Tagging => "Tagging",
        }
    }
}

/// An action of a service.
#[derive(Debug, PartialEq, Eq)]
pub struct Action {
    /// `GetObject`
    pub name: &'static str,
    /// How it is classed.
    pub level: AccessLevel,
    /// Whether it is a permission without an API operation of its own, as `iam:PassRole` is.
    pub permission_only: bool,
    /// The month in which the Service Authorization Reference was last seen to list it, `2025-04`, if it has dropped it.
    pub retired: Option<&'static str>,
    pub(super) service: usize,
    pub(super) key_set: usize,
    /// Numbers of resource types, each with `!` if required and `:set` for the keys it carries with this action.
    pub(super) resources: &'static str,
    /// `service:Action`, separated by blanks.
    pub(super) dependent: &'static str,
}

impl Action {
    /// The service it belongs to.
    pub fn service(&self) -> Option<&'static Service> {
        super::services().get(self.service)
    }

    /// `s3:GetObject`
    pub fn full_name(&self) -> String {
        format!("{}:{}", self.service().map_or("", |service| service.prefix), self.name)
    }

    /// The resource types it works on, and whether each must be allowed. None means that only `*` will do.
    pub fn resource_types(&self) -> impl Iterator<Item = (&'static ResourceType, bool)> {
        self.resource_entries().map(|(resource, required, _)| (resource, required))
    }

    fn resource_entries(&self) -> impl Iterator<Item = (&'static ResourceType, bool, usize)> {
        let types = self.service().map_or(&[][..], Service::resource_types);
        self.resources.split_ascii_whitespace().filter_map(move |entry| {
            let (number, set) = entry.split_once(':').unwrap_or((entry, "0"));
            let required = number.ends_with('!');
            let resource = types.get(number.trim_end_matches('!').parse::<usize>().ok()?)?;
            Some((resource, required, set.parse().unwrap_or(0)))
        })
    }

    /// The actions that a caller needs besides this one, as `service:Action`.
    pub fn dependent_actions(&self) -> impl Iterator<Item = &'static str> {
        self.dependent.split_ascii_whitespace()
    }

    /// The condition keys of its requests: its own, and those of the resource types it works on. Global keys only where
    /// the reference lists them.
    pub fn condition_keys(&self) -> Vec<&'static ConditionKey> {
        let Some(service) = self.service() else { return Vec::new() };
        let mut numbers: Vec<usize> = service.key_numbers(self.key_set).collect();
        for (resource, _, set) in self.resource_entries() {
            numbers.extend(service.key_numbers(set).chain(service.key_numbers(resource.key_set)));
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().filter_map(|number| service.condition_keys().get(number)).collect()
    }

    /// Whether its requests may carry a condition key of that name, by the reference.
    pub fn takes_key(&self, name: &str) -> bool {
        self.condition_keys().iter().any(|key| key.matches(name))
    }
}
