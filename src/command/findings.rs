//! `tiam findings`: who gets in from outside, who could become more than they are, what nobody uses.

use std::process::ExitCode;

use crate::insight::{Escalating, External, Findings, People, Unused, UnusedServices, findings};

use super::args::{Findings as Args, Select};
use super::can::way_row;
use super::layout::{section, to_json};
use super::{Failure, select, terminal};

/// The status where something was found.
const FOUND: u8 = 1;

/// Looks; the status is 1 where something was found.
pub(super) fn run(args: &Args, options: &Select) -> Result<ExitCode, Failure> {
    let account = select::open_to_read(options)?;
    let (store, info) = (account.store(), account.info());
    let found = findings(store, &People::read(store, &info)?)?;
    terminal::say(&if args.json { to_json(&found)? } else { text(&found) })?;
    Ok(ExitCode::from(if found.is_empty() { 0 } else { FOUND }))
}

fn text(found: &Findings) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(section(
        "Roles that can be assumed from outside the account",
        &found.external.iter().map(outside).collect::<Vec<_>>(),
    ));
    parts.extend(section("Ways to more rights", &found.escalation.iter().flat_map(ways).collect::<Vec<_>>()));
    parts.extend(section("Unused for more than 90 days", &found.unused.iter().map(idle).collect::<Vec<_>>()));
    parts.extend(section(
        "Services not used for more than 90 days",
        &found.unused_services.iter().map(more_than_used).collect::<Vec<_>>(),
    ));
    if parts.is_empty() {
        return "Nothing was found.".into();
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

fn more_than_used(one: &UnusedServices) -> Vec<String> {
    vec![one.kind.word().to_owned(), one.name.clone(), one.sentence()]
}
