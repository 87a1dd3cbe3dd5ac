//! What says nothing new: actions and resources covered by others of their list, statements that stand twice.

use super::checks::suggestion;
use super::{Edit, Finding, Linter};
use crate::policy::catalog;
use crate::policy::document::{ConditionBlock, Field, Item, Items, Principals, Statement};
use crate::policy::json::Span;
use crate::policy::wildcard::{Case, covers};

/// Lists longer than this are compared by their wildcards only; the rest must be equal to count.
const EITHER: usize = 2;

pub(super) fn items(linter: &mut Linter<'_>, statement: &Statement) {
    for field in [&statement.action, &statement.not_action].into_iter().flatten() {
        list(linter, field, true);
    }
    for field in [&statement.resource, &statement.not_resource].into_iter().flatten() {
        list(linter, field, false);
    }
}

/// One finding for each group of items that hang together by one covering another.
fn list(linter: &mut Linter<'_>, field: &Field<Items>, actions: bool) {
    let items = &field.value.items;
    if items.len() < EITHER {
        return;
    }
    let groups = groups(items, actions);
    let check = if actions { &suggestion::REDUNDANT_ACTION } else { &suggestion::REDUNDANT_RESOURCE };
    for group in groups.iter().filter(|group| group.members.len() > 1) {
        let mut spans = group.members.iter().filter_map(|at| items.get(*at)).map(|item| item.span);
        let Some(first) = spans.next() else { continue };
        let finding = spans.fold(Finding::new(check, first), Finding::also);
        let kept: Vec<&Item> = group.kept.iter().filter_map(|at| items.get(*at)).collect();
        let names: Vec<&str> = kept.iter().map(|item| item.text.as_str()).collect();
        linter.push(
            finding
                .noted(format!("{} covers the rest", names.join(", ")))
                .fixed("Remove what is covered", removal(field, group)),
        );
    }
}

/// What is covered goes, each with the comma that joins it to what stays.
fn removal(field: &Field<Items>, group: &Group) -> Vec<Edit> {
    let gone = |at: usize| group.members.contains(&at) && !group.kept.contains(&at);
    let items = &field.value.items;
    let mut edits: Vec<Edit> = Vec::new();
    for (at, item) in items.iter().enumerate().filter(|(at, _)| gone(*at)) {
        let span = if let Some(next) = items.get(at + 1) {
            Span::new(item.span.start, next.span.start)
        } else {
            // The last of the list: from the end of the last one that stays, over all that go between.
            let stays = (0..at).rev().find(|before| !gone(*before)).and_then(|before| items.get(before));
            let start = stays.map_or(item.span.start, |before| before.span.end);
            edits.retain(|edit| edit.span.start < start);
            Span::new(start, item.span.end)
        };
        edits.push(Edit { span, text: String::new() });
    }
    edits
}

/// Items that hang together, and those of them that cover the others.
struct Group {
    members: Vec<usize>,
    kept: Vec<usize>,
}

fn groups(items: &[Item], fold: bool) -> Vec<Group> {
    // The leader of each item's group; a leader leads itself.
    let mut leader: Vec<usize> = (0..items.len()).collect();
    let mut covered = vec![false; items.len()];
    let mut any = false;
    let mut join = |outer: usize, inner: usize| {
        any = true;
        if let Some(flag) = covered.get_mut(inner) {
            *flag = true;
        }
        let (a, b) = (lead(&leader, outer), lead(&leader, inner));
        let (low, high) = (a.min(b), a.max(b));
        if let Some(slot) = leader.get_mut(high) {
            *slot = low;
        }
    };
    equal(items, fold, &mut join);
    let case = if fold { Case::Insensitive } else { Case::Sensitive };
    for (outer, item) in items.iter().enumerate().filter(|(_, item)| item.text.contains(['*', '?'])) {
        let fixed = fixed(&item.text);
        for (inner, other) in items.iter().enumerate().filter(|(inner, _)| *inner != outer) {
            if starts(&other.text, fixed, fold) && covers(&item.text, &other.text, case) {
                // Of two that cover each other the first stays.
                let same = covers(&other.text, &item.text, case);
                if !same || outer < inner {
                    join(outer, inner);
                }
            }
        }
    }
    if !any {
        return Vec::new();
    }
    let led = |at: usize| (0..items.len()).filter(|other| lead(&leader, *other) == at).collect::<Vec<_>>();
    (0..items.len())
        .filter(|at| lead(&leader, *at) == *at)
        .map(|at| {
            let members = led(at);
            let kept = members.iter().copied().filter(|member| covered.get(*member) == Some(&false)).collect();
            Group { members, kept }
        })
        .collect()
}

fn lead(leader: &[usize], mut at: usize) -> usize {
    while let Some(next) = leader.get(at).copied().filter(|next| *next != at) {
        at = next;
    }
    at
}

/// Joins items that are the same text.
fn equal(items: &[Item], fold: bool, join: &mut impl FnMut(usize, usize)) {
    let order = |a: &str, b: &str| if fold { catalog::order(a, b) } else { a.cmp(b) };
    let mut named: Vec<(&str, usize)> = items.iter().enumerate().map(|(at, item)| (item.text.as_str(), at)).collect();
    named.sort_unstable_by(|(a, first), (b, second)| order(a, b).then(first.cmp(second)));
    for pair in named.windows(2) {
        if let [(a, first), (b, second)] = pair
            && order(a, b).is_eq()
        {
            join(*first, *second);
        }
    }
}

/// What stands before the first wildcard.
fn fixed(text: &str) -> &str {
    text.split(['*', '?']).next().unwrap_or_default()
}

fn starts(text: &str, start: &str, fold: bool) -> bool {
    let head = text.as_bytes().get(..start.len());
    head.is_some_and(|head| if fold { head.eq_ignore_ascii_case(start.as_bytes()) } else { head == start.as_bytes() })
}

/// Statements that say just what an earlier one says.
pub(super) fn statements(linter: &mut Linter<'_>) {
    let statements = linter.document.statements();
    for (at, statement) in statements.iter().enumerate() {
        let before = statements.get(..at).unwrap_or_default();
        let Some(twin) = before.iter().find(|other| same(other, statement)) else { continue };
        let edit = Edit::remove(linter.text(), statement.span);
        let finding = Finding::new(&suggestion::REDUNDANT_STATEMENT, twin.span).also(statement.span);
        linter.push(finding.fixed("Remove the later one", vec![edit]));
    }
}

fn same(a: &Statement, b: &Statement) -> bool {
    a.effect() == b.effect()
        && same_items(a.action.as_ref(), b.action.as_ref())
        && same_items(a.not_action.as_ref(), b.not_action.as_ref())
        && same_items(a.resource.as_ref(), b.resource.as_ref())
        && same_items(a.not_resource.as_ref(), b.not_resource.as_ref())
        && principals(a.principal.as_ref()) == principals(b.principal.as_ref())
        && principals(a.not_principal.as_ref()) == principals(b.not_principal.as_ref())
        && conditions(a.conditions()) == conditions(b.conditions())
}

fn same_items(a: Option<&Field<Items>>, b: Option<&Field<Items>>) -> bool {
    // Most lists differ in size already.
    let size = |field: &Field<Items>| (field.value.items.len(), field.value.texts().map(str::len).sum::<usize>());
    match (a, b) {
        (Some(a), Some(b)) => size(a) == size(b) && sorted(&a.value) == sorted(&b.value),
        (None, None) => true,
        _ => false,
    }
}

fn sorted(items: &Items) -> Vec<&str> {
    let mut texts: Vec<&str> = items.texts().collect();
    texts.sort_unstable();
    texts
}

fn principals(field: Option<&Field<Principals>>) -> Vec<(String, String)> {
    let mut all: Vec<_> = match field.map(|field| &field.value) {
        None => Vec::new(),
        Some(Principals::Single(item)) => vec![(String::new(), item.text.clone())],
        Some(Principals::Typed(entries)) => entries
            .iter()
            .flat_map(|entry| entry.values.texts().map(|text| (entry.kind.text.clone(), text.to_owned())))
            .collect(),
    };
    all.sort_unstable();
    all
}

fn conditions(blocks: &[ConditionBlock]) -> Vec<(&str, String, &str)> {
    let keys = blocks.iter().flat_map(|block| block.keys.iter().map(move |key| (&block.operator, key)));
    let mut all: Vec<_> = keys
        .flat_map(|(operator, key)| {
            let name = key.key.text.to_ascii_lowercase();
            key.values.texts().map(move |value| (operator.text.as_str(), name.clone(), value))
        })
        .collect();
    all.sort_unstable();
    all
}
