//! The users, groups and roles on which a way to more rights may work, and which of them policies leave.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::who_can::filled;
use super::{Result, Subject};
use crate::iam::Kind;
use crate::policy::compiled::{ActionName, Rule};
use crate::policy::document::Effect;
use crate::store::{Account, Store};

/// ARNs of a kind.
pub(super) struct Arns {
    /// In order.
    pub arns: Vec<String>,
    /// Their places by the name that they end in, made when first asked for.
    by_name: OnceCell<HashMap<String, Vec<usize>>>,
}

/// What ways to more rights may work on.
pub(super) struct Targets {
    pub users: Arns,
    pub groups: Arns,
    pub roles: Arns,
}

impl Targets {
    pub(super) fn read(store: &Store, account: &Account) -> Result<Self> {
        let of = |kind| -> Result<Arns> { Ok(Arns { arns: store.arns(account, kind)?, by_name: OnceCell::new() }) };
        Ok(Self { users: of(Kind::User)?, groups: of(Kind::Group)?, roles: of(Kind::Role)? })
    }
}

impl Arns {
    /// Those that end in a name.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &str> + use<'_> {
        let by_name = self.by_name.get_or_init(|| {
            let mut places = HashMap::<String, Vec<usize>>::new();
            for (place, arn) in self.arns.iter().enumerate() {
                places.entry(last(arn).to_owned()).or_default().push(place);
            }
            places
        });
        let places = by_name.get(name).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|place| self.arns.get(*place)).map(String::as_str)
    }
}

/// The names of all on whom somebody's policies leave an action: of those which they allow, or of those which a denial of
/// everything else spares. `None` where they tell no names.
pub(super) fn only(subject: &Subject, action: &ActionName) -> Option<Vec<String>> {
    let identity = subject.policies.identity.iter().flat_map(|policy| policy.policy.candidates(action));
    let (allow, deny): (Vec<&Rule>, Vec<&Rule>) =
        identity.filter(|rule| rule.actions.matches(action)).partition(|rule| rule.effect == Effect::Allow);
    let spared = |rule: &&Rule| {
        let is_denial_of_the_rest = rule.conditions.is_empty() && rule.resources.is_negated();
        is_denial_of_the_rest.then(|| names(subject, rule)).flatten()
    };
    let allowed = |rule: &&Rule| {
        let is_open = rule.resources.is_negated() || rule.resources.is_unlimited();
        if is_open { None } else { names(subject, rule) }
    };
    let all: Option<Vec<Vec<String>>> = allow.iter().map(allowed).collect();
    all.map(|names| names.concat()).or_else(|| deny.iter().find_map(spared))
}

/// The names in which the resources of a rule end; `None` where one may end in anything.
fn names(subject: &Subject, rule: &Rule) -> Option<Vec<String>> {
    let name = |text: &str| {
        let text = filled(text, subject);
        let (_, name) = text.rsplit_once('/')?;
        (!name.is_empty() && !name.contains(['*', '?', '$'])).then(|| name.to_owned())
    };
    rule.resources.written().map(name).collect()
}

fn last(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}
