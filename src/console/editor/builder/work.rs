//! The statement being built: what it has, and what a choice does to it in the text.

use serde_json::{Value, json};

use super::choices::operator;
use crate::console::editor::{draft, surgery};
use crate::policy::catalog::{self, Action};
use crate::policy::document::{ConditionBlock, Document, Effect as Says, Field, Items, Statement};

/// The statement being built, in its document. Lists that lie over the builder change it.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) text: String,
    pub(super) statement: usize,
    /// The prefix of the service that actions are chosen of.
    pub(super) service: Option<&'static str>,
    pub(super) account: String,
}

impl Work {
    pub(super) fn read<T>(&self, of: impl Fn(&Statement) -> T) -> Option<T> {
        Document::parse(self.text.as_str()).statements().get(self.statement).map(of)
    }

    fn texts(&self, field: impl Fn(&Statement) -> Option<&Field<Items>>) -> Vec<String> {
        let read = |statement: &Statement| {
            field(statement).map(|field| field.value.texts().map(str::to_owned).collect::<Vec<_>>()).unwrap_or_default()
        };
        self.read(read).unwrap_or_default()
    }

    pub(super) fn actions(&self) -> Vec<String> {
        self.texts(|statement| statement.action.as_ref())
    }

    pub(super) fn resources(&self) -> Vec<String> {
        self.texts(|statement| statement.resource.as_ref())
    }

    /// The keys of its conditions, with their operators: `StringEquals aws:username`.
    pub(super) fn keys(&self) -> Vec<String> {
        let read = |statement: &Statement| {
            let of = |block: &ConditionBlock| {
                block.keys.iter().map(|key| format!("{} {}", block.operator.text, key.key.text)).collect::<Vec<_>>()
            };
            statement.conditions().iter().flat_map(of).collect::<Vec<_>>()
        };
        self.read(read).unwrap_or_default()
    }

    fn set(&mut self, element: &str, value: &Value) {
        if let Some((text, _)) = surgery::set(&self.text, self.statement, element, value) {
            self.text = text;
        }
    }

    pub(super) fn turn(&mut self) {
        let denies = self.read(Statement::effect).flatten() == Some(Says::Deny);
        self.set("Effect", &json!(if denies { "Allow" } else { "Deny" }));
    }

    pub(super) fn choose_service(&mut self, names: &[String]) {
        self.service = names.first().and_then(|name| catalog::service(name)).map(|service| service.prefix);
    }

    fn of_service(&self) -> &'static [Action] {
        self.service.and_then(catalog::service).map_or(&[], |service| service.actions())
    }

    pub(super) fn current(&self) -> impl Iterator<Item = &'static Action> + use<> {
        self.of_service().iter().filter(|action| action.retired.is_none())
    }

    pub(super) fn add_levels(&mut self, levels: &[String]) {
        let chosen = self.current().filter(|action| levels.iter().any(|level| level == action.level.as_str()));
        let names: Vec<String> = chosen.map(Action::full_name).collect();
        self.add("Action", &names);
    }

    /// Adds to a list, behind what is there; what only holds a place goes, and the `*` of resources.
    pub(super) fn add(&mut self, element: &str, names: &[String]) {
        let mut all = if element == "Action" { self.actions() } else { self.resources() };
        all.retain(|name| !(name.contains('<') || (element == "Resource" && name == "*")));
        for name in names {
            if !all.contains(name) {
                all.push(name.clone());
            }
        }
        self.set(element, &json!(all));
    }

    pub(super) fn remove(&mut self, element: &str, names: &[String]) {
        let mut all = if element == "Action" { self.actions() } else { self.resources() };
        all.retain(|name| !names.contains(name));
        self.set(element, &json!(all));
    }

    /// The current actions that the statement's names and patterns stand for.
    pub(super) fn named(&self) -> Vec<&'static Action> {
        self.actions().iter().flat_map(|name| catalog::expand(name)).collect()
    }

    /// Adds conditions on keys, each with the operator of its type and a value to fill in.
    pub(super) fn add_conditions(&mut self, names: &[String]) {
        let mut condition = self.condition();
        for name in names {
            let key = catalog::condition_key(&name.replace("${", "").replace('}', ""));
            let operator = key.map_or_else(|| "StringEquals".to_owned(), operator);
            let name = name.replace("${", "<").replace('}', ">");
            if let Some(blocks) = condition.as_object_mut()
                && let Some(block) = blocks.entry(operator).or_insert_with(|| json!({})).as_object_mut()
            {
                block.entry(name).or_insert_with(|| json!("<value>"));
            }
        }
        self.set("Condition", &condition);
    }

    /// The condition as it is written.
    fn condition(&self) -> Value {
        let written = self.read(|statement| statement.condition.as_ref().map(|field| field.span)).flatten();
        let text = written.and_then(|span| self.text.get(span.range()));
        text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_else(|| json!({}))
    }

    pub(super) fn remove_keys(&mut self, keys: &[String]) {
        let mut condition = self.condition();
        if let Some(blocks) = condition.as_object_mut() {
            for (operator, key) in keys.iter().filter_map(|key| key.split_once(' ')) {
                if let Some(block) = blocks.get_mut(operator).and_then(Value::as_object_mut) {
                    block.remove(key);
                }
            }
            blocks.retain(|_, block| block.as_object().is_none_or(|block| !block.is_empty()));
        }
        self.set("Condition", &condition);
    }

    /// The lines of the statement.
    pub(super) fn lines(&self) -> Vec<String> {
        let span = self.read(|statement| statement.span);
        let text = span.and_then(|span| self.text.get(span.range())).unwrap_or_default();
        draft::formatted(text, draft::indent_of(&self.text))
            .unwrap_or_else(|| text.to_owned())
            .lines()
            .map(str::to_owned)
            .collect()
    }
}
