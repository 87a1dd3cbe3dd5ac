//! `tiam can PRINCIPAL`: the policy summary of a user, role or group, and where it could go from there.

use std::process::ExitCode;

use serde::Serialize;

use crate::insight::{
    Answer, Can, Error, Escalating, People, ServiceRow, Step, Subject, SubjectKind, can, effective_policy,
    escalation_of, find, grouped, reach,
};
use crate::policy::catalog;

use super::args::{Can as Args, Select};
use super::layout::{columns, count, section, to_json};
use super::{Failure, select, terminal};

/// Services that are proposed.
const SERVICES_MAX: usize = 5;

/// The answer as JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Whole<'a> {
    #[serde(flatten)]
    can: &'a Can,
    /// The roles that can be reached by assuming.
    roles: &'a [Step],
    /// The ways to get more rights.
    escalation: Vec<crate::insight::OpenWay>,
}

/// Answers.
pub(super) fn run(args: &Args, options: &Select) -> Result<ExitCode, Failure> {
    let account = select::open_to_read(options)?;
    let (store, info) = (account.store(), account.info());
    let subject = find(store, &info, &args.principal)?;
    if args.policy {
        let (policy, is_exact) = effective_policy(store, &info, &subject)?;
        terminal::say(&to_json(&policy)?)?;
        if !is_exact {
            terminal::report("tiam: the boundary limits resources or sets conditions, so it is not in this policy");
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut found = can(store, &info, &subject)?;
    if let Some(service) = &args.service {
        let Some(known) = catalog::service(service) else {
            return Err(Error::UnknownService { name: service.clone(), near: near_services(service) }.into());
        };
        found.allowed.retain(|row| row.service == known.prefix);
        found.denied.retain(|row| row.service == known.prefix);
    }
    let steps = if matches!(subject.kind, SubjectKind::User | SubjectKind::Role) {
        reach(&People::read_roles(store, &info)?, &subject)
    } else {
        Vec::new()
    };
    let escalating = escalation_of(store, &info, &subject)?;
    if args.json {
        let escalation = escalating.map(|one| one.ways).unwrap_or_default();
        terminal::say(&to_json(&Whole { can: &found, roles: &steps, escalation })?)?;
    } else if args.service.is_some() {
        terminal::say(&actions(&found))?;
    } else {
        terminal::say(&text(&found, &subject, &steps, escalating.as_ref()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Services whose name has the word in it, by prefix.
fn near_services(word: &str) -> Vec<String> {
    let word = word.to_lowercase();
    let is_near = |one: &&catalog::Service| one.prefix.contains(&word) || one.name.to_lowercase().contains(&word);
    let current = catalog::services().iter().filter(|one| one.retired.is_none());
    current.filter(is_near).take(SERVICES_MAX).map(|one| one.prefix.to_owned()).collect()
}

fn text(found: &Can, subject: &Subject, steps: &[Step], escalating: Option<&Escalating>) -> String {
    let mut parts = vec![columns(&[vec![format!("{}  {}", found.arn, policies(subject))]]).trim().to_owned()];
    if subject.kind == SubjectKind::Root {
        parts.push("The root user may do everything in its account.".into());
        return parts.join("\n\n");
    }
    if found.administrator {
        parts.push("It may do everything, on everything.".into());
    }
    parts.extend(section("Denied", &table(&found.denied)));
    if !found.administrator {
        parts.extend(section("Allowed", &table(&found.allowed)));
    }
    if found.allowed.is_empty() {
        parts.push("No policy allows it anything.".into());
    }
    let unknown: Vec<Vec<String>> = found.uncategorized.iter().map(|action| vec![action.clone()]).collect();
    parts.extend(section("Actions that no service has", &unknown));
    parts.extend(section("Roles it can assume", &steps.iter().map(|step| step_row(steps, step)).collect::<Vec<_>>()));
    let ways = escalating.map(|one| one.ways.as_slice()).unwrap_or_default();
    parts.extend(section("Ways to more rights", &ways.iter().map(way_row).collect::<Vec<_>>()));
    parts.join("\n\n")
}

/// How many policies there are, and the boundary.
fn policies(subject: &Subject) -> String {
    let policies = count(subject.policies.identity.len(), "policy");
    let boundary = subject.policies.boundary.iter().flatten().next();
    let boundary =
        boundary.map(|one| format!(", within the boundary {}", one.source.name.rsplit('/').next().unwrap_or_default()));
    format!("{policies}{}", boundary.unwrap_or_default())
}

/// The rows of a table; services that say the same are one row where they are many.
fn table(rows: &[ServiceRow]) -> Vec<Vec<String>> {
    if rows.is_empty() {
        return Vec::new();
    }
    let header = ["service", "access level", "resource", "request condition"].map(str::to_owned).to_vec();
    let mut lines = vec![header];
    for (row, services) in grouped(rows) {
        let name = match services {
            1 => row.name.to_owned(),
            all if all == rows.len() => format!("all {all} services"),
            many => format!("{many} services more"),
        };
        lines.push(vec![name, row.access(), row.resource(), row.condition()]);
    }
    lines
}

/// The third table: the actions of one service.
fn actions(found: &Can) -> String {
    let rows = |rows: &[ServiceRow]| -> Vec<Vec<String>> {
        let one = |action: &crate::insight::ActionRow| {
            let resources =
                if action.resources.is_empty() { "All resources".into() } else { action.resources.join(", ") };
            let conditions =
                if action.condition_keys.is_empty() { "None".into() } else { action.condition_keys.join(", ") };
            vec![action.level.to_owned(), action.action.to_owned(), resources, conditions]
        };
        rows.iter().flat_map(|row| &row.actions).map(one).collect()
    };
    let mut parts: Vec<String> = section("Denied", &rows(&found.denied)).into_iter().collect();
    parts.extend(section("Allowed", &rows(&found.allowed)));
    if parts.is_empty() {
        parts.push("Nothing of this service is allowed or denied.".into());
    }
    parts.join("\n\n")
}

fn step_row(steps: &[Step], step: &Step) -> Vec<String> {
    let from = step.from.and_then(|at| steps.get(at)).map(|from| format!("from {}", from.role));
    let mut notes: Vec<String> = from.into_iter().collect();
    if step.outside {
        notes.push("if that account lets it".into());
    }
    if step.answer == Answer::Depends {
        notes.push(format!("depends on {}", step.depends_on.join(", ")));
    }
    let name = if step.outside { step.role_arn.clone() } else { step.role.clone() };
    vec![format!("{}{name}", "  ".repeat(step.depth - 1)), notes.join("; ")]
}

pub(super) fn way_row(way: &crate::insight::OpenWay) -> Vec<String> {
    let certain = if way.certain { "" } else { "limited" };
    let more = if way.more { ", …" } else { "" };
    let on = if way.targets.is_empty() { String::new() } else { format!(" Open on {}{more}.", way.targets.join(", ")) };
    vec![way.name.to_owned(), certain.to_owned(), format!("{}{on}", way.explanation)]
}
