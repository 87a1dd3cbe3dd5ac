//! Documents made ready to decide many requests: actions in lower case and split by service, wildcards taken apart,
//! condition values parsed once.

mod action;
mod principal;
mod resource;

use super::condition::{Condition, Context, Truth};
use super::document::{Document, Effect, Statement};
use super::json::Span;

pub(crate) use action::{ActionName, Actions};
pub(crate) use principal::{Named, Principals};
pub(crate) use resource::Resources;

/// A document made ready. Statements without an effect are left out; so are elements that are not strings.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    rules: Vec<Rule>,
    /// The rules that name a service, by service in lower case, in order.
    by_service: Vec<(Box<str>, Vec<usize>)>,
    /// The rules that may speak of any service.
    of_any_service: Vec<usize>,
}

/// A statement made ready.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    /// Which statement of the document it is, from 0.
    pub(crate) index: usize,
    /// Its `Sid`.
    pub(crate) sid: Option<Box<str>>,
    /// Where it stands in the document.
    pub(crate) span: Span,
    pub(crate) effect: Effect,
    /// None where the statement names no principal.
    pub(crate) principals: Option<Principals>,
    pub(crate) actions: Actions,
    pub(crate) resources: Resources,
    pub(crate) conditions: Vec<Condition>,
}

impl Compiled {
    /// Makes a document ready.
    pub fn new(document: &Document) -> Self {
        let rule = |(index, statement)| Rule::new(index, statement, document);
        let rules: Vec<Rule> = document.statements().iter().enumerate().filter_map(rule).collect();
        let mut compiled = Self { rules, by_service: Vec::new(), of_any_service: Vec::new() };
        compiled.index();
        compiled
    }

    /// Reads and makes ready the text of a document.
    pub fn parse(text: &str) -> Self {
        Self::new(&Document::parse(text))
    }

    fn index(&mut self) {
        for (at, rule) in self.rules.iter().enumerate() {
            let Some(services) = rule.actions.services() else {
                self.of_any_service.push(at);
                continue;
            };
            for service in services {
                match self.by_service.binary_search_by(|(known, _)| (**known).cmp(service)) {
                    Ok(found) => {
                        if let Some((_, rules)) = self.by_service.get_mut(found) {
                            rules.push(at);
                        }
                    }
                    Err(place) => self.by_service.insert(place, (service.into(), vec![at])),
                }
            }
        }
    }

    /// The rules that could speak of an action.
    pub(crate) fn candidates(&self, action: &ActionName) -> impl Iterator<Item = &Rule> {
        let service = action.service();
        let found = self.by_service.binary_search_by(|(known, _)| (**known).cmp(service));
        let named = found.ok().and_then(|at| self.by_service.get(at)).map_or(&[][..], |(_, rules)| rules);
        named.iter().chain(&self.of_any_service).filter_map(|at| self.rules.get(*at))
    }

    /// All rules, in the order of the document.
    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The condition keys it asks for, in lower case, in the order they are met, each once; variables included.
    pub fn context_keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        let open = Context::open();
        for rule in &self.rules {
            let asked = rule.resources.unknown_keys(&open).map(str::to_owned).chain(rule.unknown_keys(&open));
            for key in asked.collect::<Vec<_>>() {
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        keys
    }
}

impl Rule {
    fn new(index: usize, statement: &Statement, document: &Document) -> Option<Self> {
        let version = document.language();
        let condition = |block: &super::document::ConditionBlock| {
            let one = |key| Condition::new(&block.operator.text, key, version);
            block.keys.iter().map(one).collect::<Vec<_>>()
        };
        Some(Self {
            index,
            sid: statement.name().map(Into::into),
            span: statement.span,
            effect: statement.effect()?,
            principals: Principals::new(statement),
            actions: Actions::new(statement),
            resources: Resources::new(statement, version),
            conditions: statement.conditions().iter().flat_map(condition).collect(),
        })
    }

    /// Whether it speaks of every resource, without conditions.
    pub(crate) fn is_unlimited(&self) -> bool {
        self.resources.is_unlimited() && self.conditions.is_empty()
    }

    /// Whether it does the same as another to an action that both speak of.
    pub(crate) fn does_as(&self, other: &Self) -> bool {
        self.effect == other.effect && self.resources == other.resources && self.conditions == other.conditions
    }

    /// Whether the conditions hold.
    pub(crate) fn conditions_hold(&self, context: &Context) -> Truth {
        Truth::all(self.conditions.iter().map(|condition| condition.holds(context)))
    }

    /// The keys of its conditions that the context does not know.
    pub(crate) fn unknown_keys(&self, context: &Context) -> impl Iterator<Item = String> {
        self.conditions
            .iter()
            .flat_map(move |condition| condition.unknown_keys(context).map(str::to_owned).collect::<Vec<_>>())
    }
}
