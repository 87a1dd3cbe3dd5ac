//! What a change of policies does in permissions: newly allowed, newly denied, wider, narrower.

use super::{Asked, Reach, Standing, current_actions};
use crate::policy::catalog::Action;
use crate::policy::compiled::{Compiled, Rule};
use crate::policy::decision::{Layer, Policies};
use crate::policy::document::Effect;

/// How an action fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It was out of reach, and no longer is.
    Allowed,
    /// It is out of reach now.
    Denied,
    /// It is possible on more resources, or under fewer conditions.
    Widened,
    /// It is possible on fewer resources, or under more conditions.
    Narrowed,
    /// It is possible on other resources, or under other conditions.
    Changed,
}

/// An action that fares differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The action.
    pub action: &'static Action,
    /// How far it was within reach.
    pub before: Reach,
    /// How far it is.
    pub after: Reach,
    /// What that means.
    pub kind: ChangeKind,
}

/// What a principal with policies `after` can do that it could not with `before`, and the other way round, over all
/// current actions of the catalog, in its order.
pub fn diff(before: &Policies, after: &Policies) -> Vec<Change> {
    current_actions().iter().filter_map(|(action, asked)| change(action, asked, before, after)).collect()
}

/// How one action fares; `None` where it fares as before.
pub fn change(action: &'static Action, asked: &Asked, before: &Policies, after: &Policies) -> Option<Change> {
    let (old, new) = (Standing::of(asked, before), Standing::of(asked, after));
    let kind = match ChangeKind::of(old.reach, new.reach) {
        None if old.reach == Reach::Limited => limited(&old, &new),
        kind => kind,
    };
    kind.map(|kind| Change { action, before: old.reach, after: new.reach, kind })
}

impl ChangeKind {
    /// What becoming more or less far within reach means; `None` where both are the same.
    pub fn of(before: Reach, after: Reach) -> Option<Self> {
        match (before, after) {
            (Reach::None, Reach::None) | (Reach::Limited, Reach::Limited) | (Reach::Full, Reach::Full) => None,
            (Reach::None, _) => Some(Self::Allowed),
            (_, Reach::None) => Some(Self::Denied),
            (Reach::Limited, Reach::Full) => Some(Self::Widened),
            (Reach::Full, Reach::Limited) => Some(Self::Narrowed),
        }
    }
}

/// Whether two versions of a policy speak differently of an action: only then can whoever has it fare differently.
pub fn speak_differently(asked: &Asked, before: &Compiled, after: &Compiled) -> bool {
    fn rules<'p>(asked: &'p Asked, policy: &'p Compiled) -> impl Iterator<Item = &'p Rule> {
        policy.candidates(&asked.name).filter(|rule| rule.actions.matches(&asked.name))
    }
    let holds_all = |outer, inner| rules(asked, inner).all(|rule| rules(asked, outer).any(|one| one.does_as(rule)));
    !(holds_all(before, after) && holds_all(after, before))
}

/// Compares two limited standings by their statements: an allow more or a deny less is wider.
fn limited(old: &Standing<'_>, new: &Standing<'_>) -> Option<ChangeKind> {
    let holds_all = |outer: &Standing<'_>, inner: &Standing<'_>, effect| {
        let missing = |found: &&(Layer, usize, &Rule)| {
            found.2.effect == effect && !outer.rules.iter().any(|one| same(one, found))
        };
        !inner.rules.iter().any(|found| missing(&found))
    };
    let is_wider = |wide: &Standing<'_>, narrow: &Standing<'_>| {
        holds_all(wide, narrow, Effect::Allow) && holds_all(narrow, wide, Effect::Deny)
    };
    match (is_wider(new, old), is_wider(old, new)) {
        (true, true) => None,
        (true, false) => Some(ChangeKind::Widened),
        (false, true) => Some(ChangeKind::Narrowed),
        (false, false) => Some(ChangeKind::Changed),
    }
}

/// Whether two statements do the same to an action that both speak of.
fn same(a: &(Layer, usize, &Rule), b: &(Layer, usize, &Rule)) -> bool {
    (a.0, a.1) == (b.0, b.1) && a.2.does_as(b.2)
}
