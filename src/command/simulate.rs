//! `tiam simulate PRINCIPAL ACTION [RESOURCE]`: one request decided, and why; `--cases FILE` answers neutral cases.

use std::process::ExitCode;

use crate::insight::{Answer, Clause, Question, Why, find, why};
use crate::policy::neutral;

use super::args::{Select, Simulate as Args};
use super::layout::{columns, to_json};
use super::{Failure, cases, select, terminal};

/// The status of a request that is denied.
const DENIED: u8 = 1;
/// The status of one that depends on what is not known.
const DEPENDS: u8 = 3;

/// Answers; the status is 0 for allowed, 1 for denied, 3 where it depends.
pub(super) fn run(args: &Args, options: &Select) -> Result<ExitCode, Failure> {
    if let Some(path) = &args.cases {
        return cases::run(path, |line| neutral::answer_line(line).map(|answer| answer.to_json().to_string()));
    }
    let (Some(principal), Some(action)) = (&args.principal, &args.action) else {
        return Err(Failure::Usage("simulate takes a principal and an action, or --cases FILE"));
    };
    let account = select::open_to_read(options)?;
    let (store, info) = (account.store(), account.info());
    let subject = find(store, &info, principal)?;
    let question = Question::read(store, &info, (action, args.resource.as_deref()), &args.context)?;
    let found = why(store, &info, &subject, &question)?;
    terminal::say(&if args.json { to_json(&found)? } else { text(&found) })?;
    Ok(ExitCode::from(match found.answer {
        Answer::Yes => 0,
        Answer::No => DENIED,
        Answer::Depends => DEPENDS,
    }))
}

fn text(found: &Why) -> String {
    let verdict = match found.answer {
        Answer::Yes => "Allowed".to_owned(),
        Answer::No if found.decision == "explicitDeny" => "Denied explicitly".into(),
        Answer::No => "Denied".into(),
        Answer::Depends => format!("Depends on {}", found.depends_on.join(", ")),
    };
    let reason = found.reason.as_ref().map(|reason| match found.answer {
        Answer::Depends => format!(": at the worst denied, {reason}"),
        _ => format!(", {reason}"),
    });
    let mut rows = vec![vec![format!("{verdict}{}", reason.unwrap_or_default())]];
    rows.push(vec![format!(
        "{} may{} {} on {}",
        found.principal,
        if found.answer == Answer::No { " not" } else { "" },
        found.action,
        found.resource
    )]);
    let mut parts = vec![columns(&rows).lines().map(str::trim).collect::<Vec<_>>().join("\n")];
    for layer in &found.layers {
        let says = match layer.says {
            "allowed" => "allows it",
            "explicitDeny" => "denies it",
            "depends" => "may allow it",
            _ => "does not allow it",
        };
        let mut lines = vec![format!("{}: {says}", title(layer.title))];
        lines.extend(
            (!layer.statements.is_empty()).then(|| columns(&layer.statements.iter().map(clause).collect::<Vec<_>>())),
        );
        parts.push(lines.join("\n"));
    }
    parts.extend(found.assumptions.iter().map(crate::insight::Assumption::sentence));
    parts.join("\n\n")
}

fn title(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn clause(clause: &Clause) -> Vec<String> {
    let applies = match clause.applies {
        Answer::Yes => "applies".to_owned(),
        Answer::No => "does not apply".into(),
        Answer::Depends => format!("depends on {}", clause.depends_on.join(", ")),
    };
    let place = clause.line.map(|line| format!(", line {line}")).unwrap_or_default();
    vec![clause.effect.to_owned(), clause.path(), format!("{}{place}", clause.name()), applies]
}
