//! `tiam lint`: what IAM would refuse in policy documents, and what IAM Access Analyzer would say of them.

use std::process::ExitCode;

use serde_json::{Value, json};

use crate::policy::document::Document;
use crate::policy::json::{LineIndex, Span};
use crate::policy::lint::Question;
use crate::policy::lint::checks::Severity;
use crate::policy::{PolicyType, lint, refusal};
use crate::text::visible;

use super::args::Lint;
use super::{Failure, cases, terminal};

/// The status where IAM would refuse a document, or part of one does not work.
const FOUND_ERRORS: u8 = 1;

/// One thing to say of a document.
struct Remark {
    span: Span,
    is_error: bool,
    severity: &'static str,
    code: &'static str,
    text: String,
    why: Option<&'static str>,
    fix: Option<String>,
}

/// Lints every file, or answers cases.
pub(super) fn run(args: &Lint) -> Result<ExitCode, Failure> {
    if let Some(path) = &args.cases {
        return cases::run(path, lint::neutral::answer);
    }
    // clap lets only names of kinds through.
    let kind = PolicyType::from_name(&args.kind).unwrap_or(PolicyType::Identity);
    let (mut has_errors, mut unread, mut rows) = (false, None, Vec::new());
    for path in &args.files {
        let name = if path.as_os_str() == "-" { "<stdin>".into() } else { path.display().to_string() };
        // One file that cannot be read keeps nobody from hearing of the others.
        let text = match terminal::read(path) {
            Ok(text) => text,
            Err(error) => {
                if let Some(before) = unread.replace(error) {
                    terminal::complain(&before.to_string(), None);
                }
                continue;
            }
        };
        let document = Document::parse(&text);
        let lines = LineIndex::new(&document.text);
        for remark in remarks(&document, Question { kind, service: None, on: args.on }) {
            has_errors |= remark.is_error;
            if args.json {
                rows.push(row(&name, &lines, &remark));
            } else {
                terminal::say(&line(&name, &lines, &remark))?;
            }
        }
    }
    if args.json {
        terminal::say(&Value::Array(rows).to_string())?;
    }
    if let Some(error) = unread {
        return Err(error.into());
    }
    Ok(ExitCode::from(if has_errors { FOUND_ERRORS } else { 0 }))
}

/// The refusal first, then the findings in the order of the text.
fn remarks(document: &Document, question: Question<'_>) -> Vec<Remark> {
    let refused = refusal::check(document, question.kind).err().map(|refusal| Remark {
        span: refusal.span.unwrap_or_default(),
        is_error: true,
        severity: "REFUSED",
        code: refusal.code,
        text: refusal.message_now(),
        why: None,
        fix: None,
    });
    let findings = lint::lint(document, question).into_iter().map(|finding| Remark {
        span: finding.span(),
        is_error: finding.check.severity == Severity::Error,
        severity: finding.check.severity.as_str(),
        code: finding.check.code,
        text: match (&finding.note, &finding.fix) {
            (Some(note), _) => format!("{} {note}", finding.check.says),
            (None, Some(fix)) => format!("{} The remedy: {}", finding.check.says, fix.title),
            (None, None) => finding.check.says.to_owned(),
        },
        why: Some(finding.check.why),
        fix: finding.fix.map(|fix| fix.title),
    });
    refused.into_iter().chain(findings).collect()
}

fn line(name: &str, lines: &LineIndex<'_>, remark: &Remark) -> String {
    let at = lines.position(remark.span.start);
    let (name, text) = (visible(name), visible(&remark.text));
    format!("{name}:{}:{}: {} {}: {text}", at.line, at.column, remark.severity, remark.code)
}

fn row(name: &str, lines: &LineIndex<'_>, remark: &Remark) -> Value {
    let (start, end) = (lines.position(remark.span.start), lines.position(remark.span.end));
    json!({
        "file": visible(name),
        "line": start.line,
        "column": start.column,
        "start": start.offset,
        "end": end.offset,
        "severity": remark.severity,
        "code": remark.code,
        "message": visible(&remark.text),
        "why": remark.why,
        "fix": remark.fix.as_deref().map(visible),
    })
}
