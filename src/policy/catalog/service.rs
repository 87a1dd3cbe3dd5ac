//! A service: its actions, resource types and condition keys, and how each is looked up.

use std::sync::OnceLock;

use super::{Action, ConditionKey, ResourceType, order, read};
use crate::policy::wildcard::{Case, Pattern};

/// A service, or a part of one that has its own prefix.
#[derive(Debug)]
pub struct Service {
    /// `s3`, what stands before the colon of its actions.
    pub prefix: &'static str,
    /// `Amazon S3`
    pub name: &'static str,
    /// Whether resource control policies reach it.
    pub supports_rcp: bool,
    /// The month in which the Service Authorization Reference was last seen to list it, `2025-04`, if it has dropped it.
    pub retired: Option<&'static str>,
    /// Its place among the services.
    pub(super) number: usize,
    /// The lines of the asset that its members are read from.
    pub(super) lines: &'static str,
    pub(super) members: OnceLock<Members>,
}

/// What belongs to a service.
#[derive(Debug, Default)]
pub(super) struct Members {
    pub(super) actions: Vec<Action>,
    pub(super) resources: Vec<ResourceType>,
    pub(super) keys: Vec<ConditionKey>,
    /// Lists of numbers of `keys`, separated by blanks.
    pub(super) key_sets: Vec<&'static str>,
}

impl Service {
    fn members(&self) -> &Members {
        self.members.get_or_init(|| read::members(self))
    }

    /// Its actions, sorted by name regardless of case.
    pub fn actions(&self) -> &[Action] {
        &self.members().actions
    }

    /// Its resource types, sorted by name.
    pub fn resource_types(&self) -> &[ResourceType] {
        &self.members().resources
    }

    /// The condition keys of its requests, sorted by name, global ones that its reference lists included.
    pub fn condition_keys(&self) -> &[ConditionKey] {
        &self.members().keys
    }

    /// The action of that name, in whatever case.
    pub fn action(&self, name: &str) -> Option<&Action> {
        let actions = self.actions();
        actions.get(actions.binary_search_by(|action| order(action.name, name)).ok()?)
    }

    /// Its current actions that a pattern such as `Get*` stands for.
    pub fn expand<'s, 'n>(&'s self, name: &'n str) -> impl Iterator<Item = &'s Action> + use<'s, 'n> {
        self.named(name).filter(|action| action.retired.is_none())
    }

    /// All its actions that a pattern stands for, retired ones included.
    pub fn named<'s, 'n>(&'s self, name: &'n str) -> impl Iterator<Item = &'s Action> + use<'s, 'n> {
        let fixed = name.split(['*', '?']).next().unwrap_or_default();
        let cut = |action: &Action| action.name.get(..fixed.len()).unwrap_or(action.name);
        let from = self.actions().partition_point(|action| order(cut(action), fixed).is_lt());
        let rest = self.actions().get(from..).unwrap_or_default();
        let to = rest.partition_point(|action| order(cut(action), fixed).is_eq());
        let pattern = Pattern::new(name);
        rest.iter().take(to).filter(move |action| pattern.matches(action.name, Case::Insensitive))
    }

    /// Its condition key of that name, variable part filled in.
    pub fn condition_key(&self, name: &str) -> Option<&ConditionKey> {
        let keys = self.condition_keys();
        let exact = keys.binary_search_by(|key| order(key.name, name)).ok();
        let exact = exact.and_then(|at| keys.get(at)).filter(|key| key.matches(name));
        exact.or_else(|| keys.iter().find(|key| key.variable_prefix().is_some() && key.matches(name)))
    }

    /// Whether any of its requests can carry the key.
    pub fn has_key(&self, name: &str) -> bool {
        self.condition_key(name).is_some()
    }

    pub(super) fn key_numbers(&self, set: usize) -> impl Iterator<Item = usize> {
        let set = self.members().key_sets.get(set).copied().unwrap_or_default();
        set.split_ascii_whitespace().filter_map(|number| number.parse().ok())
    }
}
