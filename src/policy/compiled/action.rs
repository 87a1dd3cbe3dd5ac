//! `Action` and `NotAction`, which are compared without regard to case.

use std::collections::BTreeMap;

use crate::policy::document::{Items, Statement};
use crate::policy::wildcard::{Case, Pattern, is_pattern};

/// An action as a request names it, in lower case, taken apart once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ActionName {
    lower: Box<str>,
    /// Where the colon stands.
    colon: usize,
}

impl ActionName {
    pub(crate) fn new(action: &str) -> Self {
        let lower = action.to_ascii_lowercase();
        let colon = lower.find(':').unwrap_or(lower.len());
        Self { lower: lower.into(), colon }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.lower
    }

    pub(crate) fn service(&self) -> &str {
        self.lower.get(..self.colon).unwrap_or_default()
    }

    fn name(&self) -> &str {
        self.lower.get(self.colon + 1..).unwrap_or_default()
    }
}

/// The actions that a statement speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Actions {
    /// All but these.
    negated: bool,
    /// `*`.
    any: bool,
    /// Patterns without a wildcard in the service, by service, all in lower case.
    services: Vec<(Box<str>, Names)>,
    /// Patterns with one.
    across: Vec<Pattern>,
}

/// The names of one service's actions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Names {
    /// In order, to be searched.
    exact: Vec<Box<str>>,
    patterns: Vec<Pattern>,
}

impl Actions {
    pub(crate) fn new(statement: &Statement) -> Self {
        let (field, negated) = match (&statement.action, &statement.not_action) {
            (Some(field), _) => (Some(field), false),
            (None, not_action) => (not_action.as_ref(), not_action.is_some()),
        };
        let mut actions = Self { negated, ..Self::default() };
        let mut services: BTreeMap<Box<str>, Names> = BTreeMap::new();
        for text in field.iter().flat_map(|field| Items::texts(&field.value)) {
            let lower = text.to_ascii_lowercase();
            match lower.split_once(':').filter(|(service, _)| !is_pattern(service)) {
                Some((service, name)) => services.entry(service.into()).or_default().add(name),
                None => actions.across.push(Pattern::new(&lower)),
            }
        }
        actions.any = actions.across.iter().any(Pattern::is_any);
        actions.services = services.into_iter().collect();
        for (_, names) in &mut actions.services {
            names.exact.sort_unstable();
        }
        actions
    }

    /// The services it speaks of, unless it may speak of any.
    pub(crate) fn services(&self) -> Option<impl Iterator<Item = &str>> {
        let closed = !self.negated && self.across.is_empty();
        closed.then(|| self.services.iter().map(|(service, _)| &**service))
    }

    /// Whether it speaks of an action.
    pub(crate) fn matches(&self, action: &ActionName) -> bool {
        self.negated != self.lists(action)
    }

    fn lists(&self, action: &ActionName) -> bool {
        self.any
            || self.services.iter().any(|(service, names)| **service == *action.service() && names.hold(action.name()))
            || self.across.iter().any(|pattern| pattern.matches(action.as_str(), Case::Sensitive))
    }
}

impl Names {
    fn add(&mut self, name: &str) {
        if is_pattern(name) {
            self.patterns.push(Pattern::new(name));
        } else {
            self.exact.push(name.into());
        }
    }

    fn hold(&self, name: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.matches(name, Case::Sensitive))
            || self.exact.binary_search_by(|known| (**known).cmp(name)).is_ok()
    }
}
