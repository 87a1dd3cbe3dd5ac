//! What a change of a document means, in words: a line while one types, sentences before a save, rows that list it all.

use std::collections::BTreeSet;

use crate::console::screen::simulator::rows::Item;
use crate::console::widget::Cell;
use crate::insight::{Impact, Part, Who};
use crate::policy::catalog::{AccessLevel, Action};
use crate::policy::effective::{Change, ChangeKind, Reach};

/// How many actions a sentence names.
const ACTIONS_MAX: usize = 4;
/// How many users and roles are named.
const NAMES_MAX: usize = 4;
/// Actions of a service and level that have a row each; more of them share one.
const ROWS_MAX: usize = 8;

/// Access levels, the gravest first.
const LEVELS: [AccessLevel; 5] = [
    AccessLevel::PermissionsManagement,
    AccessLevel::Write,
    AccessLevel::Tagging,
    AccessLevel::Read,
    AccessLevel::List,
];

/// What can become of an action, in the order in which it is told.
const KINDS: [(ChangeKind, &str, &str); 5] = [
    (ChangeKind::Allowed, "Newly allowed", "newly allows"),
    (ChangeKind::Denied, "No longer allowed", "no longer allows"),
    (ChangeKind::Widened, "Allowed more widely", "allows more widely"),
    (ChangeKind::Narrowed, "Allowed more narrowly", "allows more narrowly"),
    (ChangeKind::Changed, "Allowed differently", "allows differently"),
];

/// What a piece of the line speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// Rights to give rights.
    Grave,
    /// Something is gained.
    Gain,
    /// Something is lost.
    Loss,
    /// Everything else.
    Aside,
}

/// The change in a line: `+3 write`, `-1 read`, `for 2 users, 1 role`.
pub fn line(impact: &Impact) -> Vec<(Sense, String)> {
    if impact.is_none() {
        return vec![(Sense::Aside, "no change in permissions".to_owned())];
    }
    let mut pieces = if impact.is_entry { entries(impact) } else { levels(impact) };
    if !impact.is_entry {
        let whom = counted(impact.whom());
        let whom = if whom.is_empty() { "nobody has it yet".to_owned() } else { format!("for {whom}") };
        pieces.push((Sense::Aside, whom));
    }
    if impact.unlooked > 0 {
        pieces.push((Sense::Aside, format!("{} more not looked at", impact.unlooked)));
    }
    pieces
}

/// Gains and losses by access level; what is only wider or narrower in one number each.
fn levels(impact: &Impact) -> Vec<(Sense, String)> {
    let count = |kind: ChangeKind, level: AccessLevel| of_kind(impact, kind).filter(|one| one.level == level).count();
    let mut pieces = Vec::new();
    for (kind, sign, sense) in [(ChangeKind::Allowed, '+', Sense::Gain), (ChangeKind::Denied, '-', Sense::Loss)] {
        for level in LEVELS {
            let is_grave = level == AccessLevel::PermissionsManagement && kind == ChangeKind::Allowed;
            let count = count(kind, level);
            if count > 0 {
                pieces.push((if is_grave { Sense::Grave } else { sense }, format!("{sign}{count} {}", short(level))));
            }
        }
    }
    for (kind, word, sense) in [
        (ChangeKind::Widened, "wider", Sense::Gain),
        (ChangeKind::Narrowed, "narrower", Sense::Loss),
        (ChangeKind::Changed, "differently", Sense::Aside),
    ] {
        let count = of_kind(impact, kind).count();
        if count > 0 {
            pieces.push((sense, format!("{count} {word}")));
        }
    }
    pieces
}

/// Who may newly assume the role, and who no longer may.
fn entries(impact: &Impact) -> Vec<(Sense, String)> {
    let piece = |(kind, sign, sense): (ChangeKind, &str, Sense)| {
        let whom = whom_of(impact, kind);
        (!whom.is_empty()).then(|| (sense, format!("{sign}{}", counted(whom).replace(", ", &format!(" {sign}")))))
    };
    let kinds = [
        (ChangeKind::Allowed, "+", Sense::Grave),
        (ChangeKind::Denied, "-", Sense::Loss),
        (ChangeKind::Widened, "wider for ", Sense::Gain),
        (ChangeKind::Narrowed, "narrower for ", Sense::Loss),
    ];
    let pieces = kinds.into_iter().filter_map(piece);
    pieces.chain([(Sense::Aside, "may assume the role".to_owned())]).collect()
}

/// The change in sentences, each of a kind of change.
pub fn sentences(impact: &Impact) -> Vec<String> {
    let sentence = |(kind, _, verb): (ChangeKind, &str, &str)| {
        let whom = whom_of(impact, kind);
        if impact.is_entry {
            return (!whom.is_empty()).then(|| format!("{verb} {} to assume the role", named(&whom)));
        }
        let actions: Vec<String> = of_kind(impact, kind).map(Action::full_name).collect();
        let count = actions.len();
        let told = few(actions.into_iter(), ACTIONS_MAX);
        let whom = if whom.is_empty() { String::new() } else { format!(" for {}", counted(whom)) };
        (count > 0).then(|| format!("{verb} {count} {}{whom}: {told}", if count == 1 { "action" } else { "actions" }))
    };
    KINDS.into_iter().filter_map(sentence).collect()
}

/// Everything that changes, in rows: for whom, what, by access level.
pub(super) fn rows(impact: &Impact) -> Vec<Item> {
    let mut items = Vec::new();
    for part in &impact.parts {
        for (kind, title, _) in KINDS {
            let changes: Vec<&Change> = part.changes.iter().filter(|change| change.kind == kind).collect();
            if !changes.is_empty() {
                items.push(Item::Title(heading(part, title)));
                items.extend(leaves(&changes));
            }
        }
    }
    let unchanged: Vec<&Who> = impact.unchanged.iter().collect();
    if !unchanged.is_empty() {
        items.push(Item::Title(format!("No change for {}", counted(&impact.unchanged))));
        let names = few(unchanged.iter().map(|who| format!("{} {}", who.word, who.name)), ROWS_MAX * 2);
        items.push(Item::Say(names, false));
    }
    if impact.unlooked > 0 {
        items
            .push(Item::Title(format!("{} more have it and were not looked at: there are too many.", impact.unlooked)));
    }
    items
}

fn heading(part: &Part, title: &str) -> String {
    if part.whom.is_empty() {
        return format!("{title}, for whoever gets it: nobody has it yet");
    }
    format!("{title} for {}", named(&part.whom.iter().collect::<Vec<_>>()))
}

/// Rows by level and service, the gravest level first; many actions of one service and level share a row.
fn leaves(changes: &[&Change]) -> Vec<Item> {
    let mut items = Vec::new();
    for level in LEVELS {
        let of_level: Vec<&Change> = changes.iter().copied().filter(|change| change.action.level == level).collect();
        for group in of_level.chunk_by(|a, b| prefix(a) == prefix(b)) {
            if group.len() <= ROWS_MAX {
                items.extend(group.iter().map(|change| leaf(level, change.action.full_name(), extent(change))));
            } else {
                let names = few(group.iter().map(|change| change.action.name.to_owned()), ACTIONS_MAX);
                let service = group.first().map_or("", |change| prefix(change));
                items.push(leaf(level, format!("{service}: {} actions", group.len()), &names));
            }
        }
    }
    items
}

fn leaf(level: AccessLevel, what: String, more: &str) -> Item {
    let is_grave = level == AccessLevel::PermissionsManagement;
    let name = if is_grave { Cell::finding(level.as_str()) } else { Cell::dim(level.as_str()) };
    Item::Leaf(vec![name, Cell::new(what), Cell::dim(more)], None, String::new())
}

fn prefix(change: &Change) -> &'static str {
    change.action.service().map_or("", |service| service.prefix)
}

/// On how much it is allowed afterwards.
fn extent(change: &Change) -> &'static str {
    match (change.kind, change.after) {
        (ChangeKind::Denied, _) => "",
        (_, Reach::Limited) => "on some resources, or under conditions",
        (_, _) => "on everything",
    }
}

/// The actions of which that becomes, each once.
fn of_kind(impact: &Impact, kind: ChangeKind) -> impl Iterator<Item = &'static Action> {
    let changes = impact.parts.iter().flat_map(|part| &part.changes).filter(move |change| change.kind == kind);
    let mut seen = BTreeSet::new();
    changes.map(|change| change.action).filter(move |action| seen.insert(action.full_name()))
}

fn whom_of(impact: &Impact, kind: ChangeKind) -> Vec<&Who> {
    let parts = impact.parts.iter().filter(|part| part.changes.iter().any(|change| change.kind == kind));
    parts.flat_map(|part| &part.whom).collect()
}

/// `2 users, 1 role`
pub fn counted<'a>(whom: impl IntoIterator<Item = &'a Who>) -> String {
    let mut words: Vec<(&'static str, usize)> = Vec::new();
    for who in whom {
        match words.iter_mut().find(|(word, _)| *word == who.word) {
            Some((_, count)) => *count += 1,
            None => words.push((who.word, 1)),
        }
    }
    let told = |(word, count): &(&'static str, usize)| match count {
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    };
    words.iter().map(told).collect::<Vec<_>>().join(", ")
}

/// `user mary, role app and 3 more`
fn named(whom: &[&Who]) -> String {
    few(whom.iter().map(|who| format!("{} {}", who.word, who.name)), NAMES_MAX)
}

fn few(names: impl ExactSizeIterator<Item = String>, most: usize) -> String {
    let count = names.len();
    let told = names.take(most).collect::<Vec<_>>().join(", ");
    if count > most { format!("{told} and {} more", count - most) } else { told }
}

/// The level in a word.
fn short(level: AccessLevel) -> &'static str {
    match level {
        AccessLevel::List => "list",
        AccessLevel::Read => "read",
        AccessLevel::Write => "write",
        AccessLevel::PermissionsManagement => "permissions",
        AccessLevel::Tagging => "tagging",
    }
}

#[cfg(test)]
mod tests {
    use super::{Sense, line, sentences};
    use crate::insight::{Impact, Part, Who};
    use crate::policy::catalog;
    use crate::policy::effective::{Change, ChangeKind, Reach};

    fn change(action: &str, kind: ChangeKind) -> Change {
        Change { action: catalog::action(action).unwrap(), before: Reach::None, after: Reach::Full, kind }
    }

    fn who(word: &'static str, name: &str) -> Who {
        Who { word, name: name.into() }
    }

    #[test]
    fn an_action_counts_once_however_many_gain_it() {
        let put = change("s3:PutObject", ChangeKind::Allowed);
        let impact = Impact {
            parts: vec![
                Part { whom: vec![who("user", "ann"), who("user", "bob")], changes: vec![put] },
                Part { whom: vec![who("role", "app")], changes: vec![put, change("s3:GetObject", ChangeKind::Denied)] },
            ],
            ..Impact::default()
        };
        let told: Vec<String> = line(&impact).into_iter().map(|(_, text)| text).collect();
        assert_eq!(told, ["+1 write", "-1 read", "for 2 users, 1 role"]);
        let told = sentences(&impact);
        assert_eq!(told[0], "newly allows 1 action for 2 users, 1 role: s3:PutObject");
        assert_eq!(told[1], "no longer allows 1 action for 1 role: s3:GetObject");
    }

    #[test]
    fn who_may_assume_a_role_is_told_by_kind() {
        let allowed = vec![change("sts:AssumeRole", ChangeKind::Allowed)];
        let whom = vec![who("user", "ann"), who("account", "999988887777")];
        let impact = Impact { parts: vec![Part { whom, changes: allowed }], is_entry: true, ..Impact::default() };
        assert_eq!(
            line(&impact),
            [(Sense::Grave, "+1 user +1 account".to_owned()), (Sense::Aside, "may assume the role".to_owned())]
        );
        assert_eq!(sentences(&impact), ["newly allows user ann, account 999988887777 to assume the role"]);
    }
}
