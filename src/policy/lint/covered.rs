//! What says nothing new: actions and resources covered by others of their list, statements that stand twice.

use std::collections::HashMap;

use super::checks::suggestion;
use super::groups::{Member, groups};
use super::{Edit, Finding, Linter};
use crate::policy::document::{ConditionBlock, Effect, Field, Item, Items, Principals, Statement};
use crate::policy::json::Span;

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
    if items.len() < 2 {
        return;
    }
    let check = if actions { &suggestion::REDUNDANT_ACTION } else { &suggestion::REDUNDANT_RESOURCE };
    for group in groups(items, actions, &mut linter.comparisons) {
        let of = |covered: bool| {
            let members = group.iter().filter(move |member| member.covered == covered);
            members.filter_map(|member| items.get(member.at))
        };
        let mut spans = group.iter().filter_map(|member| items.get(member.at)).map(|item| item.span);
        let Some(first) = spans.next() else { continue };
        let finding = spans.fold(Finding::new(check, first), Finding::also);
        linter.push(
            finding
                .noted(format!("{} covers the rest", listed(of(false))))
                .fixed("Remove what is covered", removal(items, &group)),
        );
    }
}

/// How many names a note lists before it counts.
const NAMES_MAX: usize = 4;

fn listed<'i>(items: impl Iterator<Item = &'i Item>) -> String {
    let names: Vec<&str> = items.map(|item| item.text.as_str()).collect();
    let shown = names.get(..NAMES_MAX.min(names.len())).unwrap_or_default().join(", ");
    if names.len() > NAMES_MAX { format!("{shown} and {} more", names.len() - NAMES_MAX) } else { shown }
}

/// What is covered goes, each with the comma that joins it to what stays.
fn removal(items: &[Item], group: &[Member]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    // The end of the last item of the list that stays, as far as the group tells.
    let mut tail = items.len();
    for member in group.iter().rev() {
        tail -= usize::from(member.covered && member.at + 1 == tail);
    }
    for member in group.iter().filter(|member| member.covered && member.at < tail) {
        if let (Some(item), Some(next)) = (items.get(member.at), items.get(member.at + 1)) {
            edits.push(Edit { span: Span::new(item.span.start, next.span.start), text: String::new() });
        }
    }
    // What goes at the end of the list goes from the end of the last one that stays.
    let stays = tail.checked_sub(1).and_then(|at| items.get(at));
    if let (Some(stays), Some(last)) = (stays, items.last().filter(|_| tail < items.len())) {
        edits.push(Edit { span: Span::new(stays.span.end, last.span.end), text: String::new() });
    }
    edits
}

/// Statements that say just what an earlier one says.
pub(super) fn statements(linter: &mut Linter<'_>) {
    let statements = linter.document.statements();
    if statements.len() < 2 {
        return;
    }
    // Most statements differ in size already.
    let mut sized: Vec<(usize, usize)> = statements.iter().map(size).zip(0..).collect();
    sized.sort_unstable();
    for alike in sized.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
        let mut seen = HashMap::with_capacity(alike.len());
        for statement in alike.iter().filter_map(|(_, at)| statements.get(*at)) {
            let Some(twin) = seen.get(&said(statement)).copied() else {
                seen.insert(said(statement), statement.span);
                continue;
            };
            let edit = Edit::remove(linter.text(), statement.span);
            let finding = Finding::new(&suggestion::REDUNDANT_STATEMENT, twin).also(statement.span);
            linter.push(finding.fixed("Remove the later one", vec![edit]));
        }
    }
}

/// How many letters the lists of a statement have: the same for two that say the same.
fn size(statement: &Statement) -> usize {
    let lists = [&statement.action, &statement.not_action, &statement.resource, &statement.not_resource];
    lists.into_iter().flatten().flat_map(|field| field.value.texts()).map(str::len).sum()
}

/// What a statement says, whatever the order it says it in. Its `Sid` says nothing.
#[derive(PartialEq, Eq, Hash)]
struct Said<'s> {
    effect: Option<Effect>,
    lists: [Option<Vec<&'s str>>; 4],
    principals: [Vec<(&'s str, &'s str)>; 2],
    conditions: Vec<(&'s str, String, &'s str)>,
}

fn said(statement: &Statement) -> Said<'_> {
    let lists = [&statement.action, &statement.not_action, &statement.resource, &statement.not_resource];
    Said {
        effect: statement.effect(),
        lists: lists.map(|field| field.as_ref().map(|field| sorted(&field.value))),
        principals: [&statement.principal, &statement.not_principal].map(|field| principals(field.as_ref())),
        conditions: conditions(statement.conditions()),
    }
}

fn sorted(items: &Items) -> Vec<&str> {
    let mut texts: Vec<&str> = items.texts().collect();
    texts.sort_unstable();
    texts
}

fn principals(field: Option<&Field<Principals>>) -> Vec<(&str, &str)> {
    let mut all: Vec<_> = match field.map(|field| &field.value) {
        None => Vec::new(),
        Some(Principals::Single(item)) => vec![("", item.text.as_str())],
        Some(Principals::Typed(entries)) => {
            entries.iter().flat_map(|entry| entry.values.texts().map(|text| (entry.kind.text.as_str(), text))).collect()
        }
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
