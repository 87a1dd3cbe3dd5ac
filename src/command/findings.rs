//! `tiam findings`: who gets in from outside, who could become more than they are, what nobody uses.

use std::process::ExitCode;

use tokio_util::sync::CancellationToken;

use crate::account::{Account, Reports};
use crate::insight::{
    Escalating, External, Findings, People, SubjectKind, Unused, UnusedActions, UnusedServices, asked_about, findings,
};

use super::args::{Findings as Args, Select};
use super::can::way_row;
use super::layout::{count, section, to_json};
use super::{Failure, select, terminal};

/// The status where something was found.
const FOUND: u8 = 1;
/// Reports between two lines that say how many are there.
const TOLD_EVERY: usize = 100;

/// Looks; the status is 1 where something was found.
pub(super) fn run(args: &Args, options: &Select) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let account = runtime.block_on(select::open_fresh(options))?;
    let (store, info) = (account.store(), account.info());
    let people = People::read(store, &info)?;
    let mut found = findings(store, &people)?;
    if args.last_accessed {
        let reports = runtime.block_on(ask(&account, &people))?;
        found.take_in(&people, &reports);
    }
    let is_asked = args.last_accessed || account.info().mirror.is_none();
    terminal::say(&if args.json { to_json(&found)? } else { text(&found, is_asked) })?;
    Ok(ExitCode::from(if found.is_empty() { 0 } else { FOUND }))
}

/// Asks where the account's calls go what each user and role that has policies used.
async fn ask(account: &Account, people: &People) -> Result<Reports, Failure> {
    let arns = asked_about(people);
    let total = count(arns.len(), "user or role").replace("user or roles", "users and roles");
    let progress = |done: usize| {
        if done.is_multiple_of(TOLD_EVERY) {
            terminal::report(&format!("tiam: {done} of {total} reported"));
        }
    };
    Ok(account.last_accessed(&arns, &CancellationToken::new(), &progress).await?)
}

fn text(found: &Findings, is_asked: bool) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(section(
        "Roles that can be assumed from outside the account",
        &found.external.iter().map(outside).collect::<Vec<_>>(),
    ));
    parts.extend(section("Ways to more rights", &found.escalation.iter().flat_map(ways).collect::<Vec<_>>()));
    parts.extend(section("Unused for more than 90 days", &found.unused.iter().map(idle).collect::<Vec<_>>()));
    let as_of = |at: Option<jiff::Timestamp>| at.map(|at| format!("reported {at}"));
    let of_services = |one: &UnusedServices| more_than_used((one.kind, &one.name), one.sentence(), as_of(one.as_of));
    let of_actions = |one: &UnusedActions| more_than_used((one.kind, &one.name), one.sentence(), as_of(one.as_of));
    parts.extend(section(
        "Services not used for more than 90 days",
        &found.unused_services.iter().map(of_services).collect::<Vec<_>>(),
    ));
    parts.extend(section(
        "Actions not used for more than 90 days",
        &found.unused_actions.iter().map(of_actions).collect::<Vec<_>>(),
    ));
    if parts.is_empty() {
        parts.push("Nothing was found.".into());
    }
    parts.extend(found.unknown.iter().map(|sentence| crate::text::visible(sentence).into_owned()));
    if !is_asked {
        parts.push("`--last-accessed` asks it, with a few calls for each user and role.".into());
    }
    parts.join("\n\n")
}

fn outside(one: &External) -> Vec<String> {
    let conditions = one.conditions_text();
    let conditions = if conditions.is_empty() { "without a condition".into() } else { format!("if {conditions}") };
    vec![one.role.clone(), one.whom(), conditions]
}

fn ways(one: &Escalating) -> Vec<Vec<String>> {
    let row = |(at, way)| {
        let (kind, name) = if at == 0 { (one.kind.word(), &*one.name) } else { ("", "") };
        let mut row = vec![kind.to_owned(), name.to_owned()];
        row.extend(way_row(way));
        row
    };
    one.ways.iter().enumerate().map(row).collect()
}

fn idle(one: &Unused) -> Vec<String> {
    vec![one.name.clone(), one.sentence()]
}

fn more_than_used((kind, name): (SubjectKind, &str), sentence: String, as_of: Option<String>) -> Vec<String> {
    [kind.word().to_owned(), name.to_owned(), sentence].into_iter().chain(as_of).collect()
}
