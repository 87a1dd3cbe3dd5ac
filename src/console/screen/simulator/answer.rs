//! Questions asked of the account, and their answers in rows.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::question::{Face, Part};
use super::rows::{Item, Leaf, Rows, say};
use super::statement::Statement;
use crate::console::widget::Cell;
use crate::insight::{
    Answer, Assumption, Can, Clause, Error, External, Holder, People, Question, Result, ServiceRow, Step, Subject,
    SubjectKind, WhoCan, Why, can, find, grouped, reach, who_can, why,
};
use crate::store::{Account, Store, Which};

/// A question as it was typed.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub face: Face,
    pub principal: String,
    pub action: String,
    pub resource: Option<String>,
    pub context: Vec<String>,
}

/// Rows of a part that are listed; how many more there are is said.
pub(super) const ROWS_MAX: usize = 5_000;

/// The answer, or what is missing for one. It is given up once `is_stale` is set.
pub(super) fn of(store: &Store, account: &Account, asked: &Asked, is_stale: &Arc<AtomicBool>) -> Rows {
    Rows::new(answer(store, account, asked, is_stale).unwrap_or_else(|error| wrong(&error)))
}

fn answer(store: &Store, account: &Account, asked: &Asked, is_stale: &Arc<AtomicBool>) -> Result<Vec<Item>> {
    let needs_principal = asked.face != Face::WhoCan;
    let needs_action = asked.face != Face::Can;
    let subject = match asked.principal.as_str() {
        "" => None,
        name if needs_principal => Some(find(store, account, name)?),
        _ => None,
    };
    if needs_principal && subject.is_none() || needs_action && asked.action.is_empty() {
        return Ok(Vec::new());
    }
    let question = if needs_action {
        Question::read(store, account, (&asked.action, asked.resource.as_deref()), &asked.context)?
    } else {
        Question::default()
    };
    match (asked.face, subject) {
        (Face::Simulate, Some(subject)) => {
            let found = why(store, account, &subject, &question)?;
            Ok(of_why(&found, &subject))
        }
        (Face::Can, Some(subject)) => {
            let found = can(store, account, &subject)?;
            Ok(of_can(&found, &reach(&People::read_roles(store, account)?, &subject)))
        }
        _ => {
            let people = People::read_some(store, account, Which::Everybody, is_stale)?;
            Ok(of_who_can(&who_can(&people, &question)?))
        }
    }
}

/// Why there is no answer, with the names that may have been meant.
fn wrong(error: &Error) -> Vec<Item> {
    let (part, near): (Part, &[String]) = match error {
        Error::UnknownPrincipal { near, .. } => (Part::Principal, near),
        Error::Ambiguous { choices, .. } => (Part::Principal, choices),
        Error::UnknownAction { near, .. } => (Part::Action, near),
        _ => (Part::Context, &[]),
    };
    let mut items = say(&error.to_string(), false);
    let leaf = |name: &String| {
        Item::Leaf(vec![Cell::new(name.clone())], Some(Leaf::Fill(part, name.clone())), "Enter takes it.".into())
    };
    if near.is_empty() {
        items.extend(error.remedy().iter().flat_map(|remedy| say(remedy, false)));
    }
    items.extend(near.iter().map(leaf));
    items
}

fn of_why(found: &Why, subject: &Subject) -> Vec<Item> {
    let verdict = match found.answer {
        Answer::Yes => "Allowed".to_owned(),
        Answer::No if found.decision == "explicitDeny" => "Denied explicitly".into(),
        Answer::No => "Denied".into(),
        Answer::Depends => format!("Depends on {}", found.depends_on.join(", ")),
    };
    let mut items = say(&verdict, true);
    if let Some(reason) = &found.reason {
        let worst = if found.answer == Answer::Depends { "At the worst denied, " } else { "" };
        items.extend(say(&format!("{worst}{reason}"), false));
    }
    for layer in &found.layers {
        let says = match layer.says {
            "allowed" => "allows it",
            "explicitDeny" => "denies it",
            "depends" => "may allow it",
            _ => "does not allow it",
        };
        items.push(Item::Title(format!("{}: {says}", capital(layer.title))));
        items.extend(layer.statements.iter().map(|clause| clause_row(clause, subject, &found.resource)));
    }
    items.extend(assumptions(&found.assumptions));
    items
}

fn assumptions(all: &[Assumption]) -> Vec<Item> {
    all.iter().flat_map(|one| say(&one.sentence(), false)).collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn clause_row(clause: &Clause, subject: &Subject, resource: &str) -> Item {
    let (word, more) = match clause.applies {
        Answer::Yes => (Cell::new("applies"), String::new()),
        Answer::No => (Cell::dim("does not apply"), String::new()),
        Answer::Depends => (Cell::finding("depends"), format!("depends on {}", clause.depends_on.join(", "))),
    };
    let effect = if clause.applies == Answer::No { Cell::dim(clause.effect) } else { Cell::new(clause.effect) };
    let place = Statement::of(clause, subject, resource);
    let line = clause.line.map(|line| format!("line {line}"));
    let says: Vec<String> = [more].into_iter().filter(|text| !text.is_empty()).chain(line).collect();
    let cells = vec![effect, word, Cell::new(clause.path()), Cell::dim(clause.name())];
    Item::Leaf(cells, place.map(|place| Leaf::Statement(Box::new(place))), says.join(", "))
}

fn of_who_can(found: &WhoCan) -> Vec<Item> {
    let mut items = Vec::new();
    let sections = [(Answer::Yes, "Yes"), (Answer::Depends, "Under conditions that are not known here")];
    for (answer, title) in sections {
        let ours: Vec<&Holder> = found.principals.iter().filter(|one| one.answer == answer).collect();
        if !ours.is_empty() {
            items.push(Item::Title(format!("{title}: {}", ours.len())));
            let most = ours.iter().take(ROWS_MAX);
            items.extend(most.map(|one| holder(one, found.resource.is_some())));
            items.extend(left_out(ours.len(), "`tiam who-can` lists them"));
        }
    }
    if !found.outside.is_empty() {
        items.push(Item::Title("From outside the account".into()));
        items.extend(found.outside.iter().map(|one| outsider(one, false)));
    }
    if !found.barred.is_empty() {
        items.push(Item::Title("No, though a policy allows it".into()));
        items.extend(found.barred.iter().take(ROWS_MAX).map(|one| {
            let cells = vec![Cell::dim(one.kind.word()), Cell::new(one.name.clone()), Cell::dim(one.reason.clone())];
            Item::Leaf(cells, Some(Leaf::Why(spelled(one.kind, &one.name), None)), "Enter tells why.".into())
        }));
        items.extend(left_out(found.barred.len(), "`tiam who-can` lists them"));
    }
    if items.is_empty() {
        items.extend(say("Nobody but the root user.", true));
    }
    items.extend(assumptions(&found.assumptions));
    items
}

/// How many rows of so many are not listed, and who lists them.
pub(super) fn left_out(count: usize, who: &str) -> Vec<Item> {
    let more = count.saturating_sub(ROWS_MAX);
    if more == 0 { Vec::new() } else { say(&format!("and {more} more: {who}"), false) }
}

/// As the field of the principal takes it.
fn spelled(kind: SubjectKind, name: &str) -> String {
    let word = if kind == SubjectKind::Role { "role" } else { "user" };
    format!("{word}/{name}")
}

fn holder(one: &Holder, is_on_one: bool) -> Item {
    let mut paths: Vec<String> = Vec::new();
    for clause in one.resources.iter().flat_map(|on| &on.grants) {
        if !paths.contains(&clause.path()) {
            paths.push(clause.path());
        }
    }
    let mut cells = vec![Cell::dim(one.kind.word()), Cell::new(one.name.clone())];
    if !is_on_one {
        let more = if one.resources.len() > 1 { format!(" +{}", one.resources.len() - 1) } else { String::new() };
        let first = one.resources.first().map(|on| on.resource.clone()).unwrap_or_default();
        cells.push(Cell::new(format!("{first}{more}")));
    }
    cells.push(Cell::dim(paths.join(", ")));
    let mut keys: Vec<String> = one.resources.iter().flat_map(|on| on.depends_on.clone()).collect();
    keys.sort_unstable();
    keys.dedup();
    let says = if keys.is_empty() { "Enter tells why.".to_owned() } else { format!("depends on {}", keys.join(", ")) };
    let on = one.resources.first().map(|on| on.resource.clone()).filter(|on| !is_on_one && on != "*");
    Item::Leaf(cells, Some(Leaf::Why(spelled(one.kind, &one.name), on)), says)
}

/// Somebody outside; with the role's name where several roles are told of.
pub(super) fn outsider(one: &External, with_role: bool) -> Item {
    let conditions = one.conditions_text();
    let says = if conditions.is_empty() { "without a condition".into() } else { format!("if {conditions}") };
    let mut cells = if with_role { vec![Cell::new(one.role.clone())] } else { Vec::new() };
    cells.push(if one.is_public { Cell::finding(one.whom()) } else { Cell::new(one.whom()) });
    cells.push(Cell::dim(says.clone()));
    let trust = Statement::trust(&one.role, one.statement);
    Item::Leaf(cells, Some(Leaf::Statement(Box::new(trust))), says)
}

fn of_can(found: &Can, steps: &[Step]) -> Vec<Item> {
    let mut items = Vec::new();
    if found.administrator {
        items.extend(say("It may do everything, on everything.", true));
    }
    if let Some(boundary) = &found.boundary {
        items.extend(say(&format!("Within the boundary {}", boundary.rsplit('/').next().unwrap_or_default()), false));
    }
    for (title, rows) in [("Denied", &found.denied), ("Allowed", &found.allowed)] {
        if !rows.is_empty() {
            items.push(Item::Title(title.into()));
            items.extend(services(rows));
        }
    }
    if found.allowed.is_empty() && !found.administrator {
        items.extend(say("No policy allows it anything.", true));
    }
    if !found.uncategorized.is_empty() {
        items.push(Item::Title("Actions that no service has".into()));
        items.extend(
            found.uncategorized.iter().map(|one| Item::Leaf(vec![Cell::finding(one.clone())], None, String::new())),
        );
    }
    if !steps.is_empty() {
        items.push(Item::Title("Roles it can assume".into()));
        items.extend(steps.iter().map(|one| step(one, steps)));
    }
    items
}

/// The table of services; those that say the same are one row where they are many.
fn services(rows: &[ServiceRow]) -> Vec<Item> {
    let mut items = Vec::new();
    for (row, services) in grouped(rows) {
        let name = if services > 1 { format!("{services} services") } else { row.name.to_owned() };
        let says: Vec<String> = [("on", &row.resources), ("depends on", &row.condition_keys)]
            .into_iter()
            .filter(|(_, all)| !all.is_empty())
            .map(|(word, all)| format!("{word} {}", all.join(", ")))
            .collect();
        let cells =
            vec![Cell::new(name), Cell::new(row.access()), Cell::dim(row.resource()), Cell::dim(row.condition())];
        items.push(Item::Leaf(cells, None, says.join("; ")));
    }
    items
}

fn step(one: &Step, steps: &[Step]) -> Item {
    let from = one.from.and_then(|at| steps.get(at)).map(|from| format!("from {}", from.role)).unwrap_or_default();
    let name = if one.outside { one.role_arn.clone() } else { format!("{}{}", "  ".repeat(one.depth - 1), one.role) };
    let says =
        if one.depends_on.is_empty() { String::new() } else { format!("depends on {}", one.depends_on.join(", ")) };
    let place = (!one.outside)
        .then(|| Leaf::Go(crate::console::place::Place::Thing(crate::console::action::Kind::Role, one.role.clone())));
    Item::Leaf(vec![Cell::new(name), Cell::dim(from), Cell::dim(says.clone())], place, says)
}
