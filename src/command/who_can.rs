//! `tiam who-can ACTION [RESOURCE]`: everybody who may, and through what.

use std::process::ExitCode;

use crate::insight::{Answer, Clause, External, Holder, OnResource, People, Question, WhoCan, who_can};

use super::args::{Select, WhoCan as Args};
use super::layout::{columns, section, to_json};
use super::{Failure, select, terminal};

/// The status where nobody but the root user may.
const NOBODY: u8 = 1;

/// Answers; the status is 1 where nobody may.
pub(super) fn run(args: &Args, options: &Select) -> Result<ExitCode, Failure> {
    let account = select::open_to_read(options)?;
    let (store, info) = (account.store(), account.info());
    let question = Question::read(store, &info, (&args.action, args.resource.as_deref()), &args.context)?;
    let people = People::read(store, &info)?;
    let found = who_can(&people, &question)?;
    terminal::say(&if args.json { to_json(&found)? } else { text(&found) })?;
    let is_anybody = !found.principals.is_empty() || !found.outside.is_empty();
    Ok(ExitCode::from(if is_anybody { 0 } else { NOBODY }))
}

fn text(found: &WhoCan) -> String {
    let on = found.resource.as_ref().map_or_else(|| "on anything".to_owned(), |resource| format!("on {resource}"));
    let of = |answer: Answer| -> Vec<Vec<String>> {
        found
            .principals
            .iter()
            .filter(|one| one.answer == answer)
            .flat_map(|one| rows(one, found.resource.is_some()))
            .collect()
    };
    let outside: Vec<Vec<String>> = found.outside.iter().map(outsider).collect();
    let barred: Vec<Vec<String>> =
        found.barred.iter().map(|one| vec![one.kind.word().to_owned(), one.name.clone(), one.reason.clone()]).collect();
    let mut parts = vec![columns(&[vec![format!("{} {on}", found.action)]]).trim().to_owned()];
    parts.extend(section("Yes", &of(Answer::Yes)));
    parts.extend(section("Under conditions that are not known here", &of(Answer::Depends)));
    parts.extend(section("From outside the account", &outside));
    parts.extend(section("No, though a policy allows it", &barred));
    parts.push(format!("The root user {}{}.", root(found.root), others(found)));
    parts.extend(found.assumptions.iter().map(crate::insight::Assumption::sentence));
    parts.join("\n\n")
}

fn root(answer: Answer) -> &'static str {
    if answer == Answer::No { "may not" } else { "may" }
}

/// How many are left.
fn others(found: &WhoCan) -> String {
    let is_anybody = !found.principals.is_empty() || !found.barred.is_empty();
    match found.others {
        0 => String::new(),
        1 if is_anybody => "; 1 other may not".into(),
        others if is_anybody => format!("; {others} others may not"),
        others => format!("; none of the {others} users and roles may"),
    }
}

fn rows(holder: &Holder, is_on_one: bool) -> Vec<Vec<String>> {
    let row = |(at, on): (usize, &OnResource)| {
        let (kind, name) = if at == 0 { (holder.kind.word(), &*holder.name) } else { ("", "") };
        let mut row = vec![kind.to_owned(), name.to_owned()];
        if !is_on_one {
            row.push(on.resource.clone());
        }
        row.push(way(on));
        row
    };
    holder.resources.iter().enumerate().map(row).collect()
}

/// Through what, within what, and under which conditions.
fn way(on: &OnResource) -> String {
    let granting = on.grants.iter().filter(|clause| on.answer == Answer::Depends || clause.applies == Answer::Yes);
    let mut text = paths(granting);
    let boundary = paths(on.limits.iter().filter(|clause| clause.layer == "boundary"));
    if !boundary.is_empty() {
        text = format!("{text}, within {boundary}");
    }
    if !on.depends_on.is_empty() {
        text = format!("{text}; depends on {}", on.depends_on.join(", "));
    }
    text
}

/// Policies with the ways by which they come, each once.
fn paths<'a>(clauses: impl Iterator<Item = &'a Clause>) -> String {
    let mut all: Vec<String> = Vec::new();
    for path in clauses.map(Clause::path) {
        if !all.contains(&path) {
            all.push(path);
        }
    }
    all.join(", ")
}

fn outsider(one: &External) -> Vec<String> {
    let conditions = one.conditions_text();
    let conditions = if conditions.is_empty() { String::new() } else { format!("if {conditions}") };
    vec![one.whom(), conditions]
}
