//! What can be chosen for each part of a statement, and what it has of it in a line.

use super::work::Work;
use crate::console::widget::Choice;
use crate::policy::catalog::{self, AccessLevel, Action, ConditionKey, ResourceType, ValueType};
use crate::policy::document::{Effect as Says, Statement};

/// The parts of a statement, in the order they are built.
pub(super) const PARTS: [Part; 6] =
    [Part::Effect, Part::Service, Part::Levels, Part::Actions, Part::Resources, Part::Conditions];

/// A part of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Effect,
    Service,
    Levels,
    Actions,
    Resources,
    Conditions,
}

impl Part {
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Effect => "Effect",
            Self::Service => "Service",
            Self::Levels => "Access levels",
            Self::Actions => "Actions",
            Self::Resources => "Resources",
            Self::Conditions => "Conditions",
        }
    }
}

/// Every service that has not been retired.
pub(super) fn services() -> Vec<Choice> {
    let current = catalog::services().iter().filter(|service| service.retired.is_none());
    current.map(|service| Choice::new(service.prefix, service.name)).collect()
}

impl Work {
    pub(super) fn levels(&self) -> Vec<Choice> {
        let count = |level| self.current().filter(|action| action.level == level).count();
        let choice = |level: AccessLevel| Choice::new(level.as_str(), format!("{} actions", count(level)));
        AccessLevel::ALL.into_iter().filter(|level| count(*level) > 0).map(choice).collect()
    }

    pub(super) fn missing_actions(&self) -> Vec<Choice> {
        let have = self.actions();
        let missing = self.current().filter(|action| !have.contains(&action.full_name()));
        missing.map(|action| Choice::new(action.full_name(), action.level.as_str())).collect()
    }

    pub(super) fn resource_choices(&self) -> Vec<Choice> {
        let filled = |resource: &ResourceType| {
            let known = resource.arn.replace("${Partition}", "aws").replace("${Account}", &self.account);
            known.replace("${Region}", "*").replace("${", "<").replace('}', ">")
        };
        let mut choices = vec![Choice::new("*", "every resource")];
        for (resource, _) in self.named().into_iter().flat_map(Action::resource_types) {
            let arn = filled(resource);
            if !choices.iter().any(|choice| choice.text == arn) {
                choices.push(Choice::new(arn, resource.name));
            }
        }
        choices
    }

    pub(super) fn key_choices(&self) -> Vec<Choice> {
        let mut choices: Vec<Choice> = Vec::new();
        let own = self.named().into_iter().flat_map(Action::condition_keys);
        for key in own.chain(catalog::global_keys()) {
            if !choices.iter().any(|choice| choice.text == key.name) {
                choices.push(Choice::new(key.name, key.value_type.as_str()));
            }
        }
        choices
    }

    /// What the statement has of a part, in a line.
    pub(super) fn tells(&self, part: Part) -> String {
        let few = |names: Vec<String>| match names.as_slice() {
            [] => "none".to_owned(),
            [one] => one.clone(),
            [first, rest @ ..] => format!("{first} and {} more", rest.len()),
        };
        match part {
            Part::Effect if self.read(Statement::effect).flatten() == Some(Says::Deny) => "Deny".to_owned(),
            Part::Effect => "Allow".to_owned(),
            Part::Service => self.service.map_or("choose one", |prefix| prefix).to_owned(),
            Part::Levels => {
                let mut levels: Vec<AccessLevel> = self.named().iter().map(|action| action.level).collect();
                levels.sort_unstable();
                levels.dedup();
                if levels.is_empty() {
                    "none".to_owned()
                } else {
                    levels.into_iter().map(AccessLevel::as_str).collect::<Vec<_>>().join(", ")
                }
            }
            Part::Actions => few(self.actions()),
            Part::Resources => few(self.resources()),
            Part::Conditions => few(self.keys()),
        }
    }
}

/// The operator that a key is most often compared with.
pub(super) fn operator(key: &ConditionKey) -> String {
    let plain = match key.value_type {
        ValueType::String => "StringEquals",
        ValueType::Arn => "ArnLike",
        ValueType::Bool => "Bool",
        ValueType::Numeric => "NumericLessThanEquals",
        ValueType::Date => "DateLessThan",
        ValueType::IpAddress => "IpAddress",
        ValueType::Binary => "BinaryEquals",
    };
    if key.multivalued { format!("ForAnyValue:{plain}") } else { plain.to_owned() }
}
