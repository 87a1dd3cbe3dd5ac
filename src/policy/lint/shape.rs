//! The grammar: JSON, elements, their types, and which must be there or must not.

use super::checks::{error, security, suggestion, warning};
use super::{Edit, Family, Finding, Linter, near, syntax};
use crate::policy::document::{Document, Field, Item, ItemKind, Items, Principals, Problem, ProblemKind, Statement};
use crate::policy::json::{Node, Span};

/// What concerns the document as a whole, and the types of all elements.
pub(super) fn document(linter: &mut Linter<'_>) {
    for problem in &linter.document.problems {
        let finding = match &problem.kind {
            ProblemKind::MissingStatement => {
                syntax::wrapped(Finding::new(&error::MISSING_STATEMENT, problem.span), linter.document)
            }
            ProblemKind::UnknownKey(key) => unknown(linter, key, problem.span),
            ProblemKind::NotAnObject(_) => syntax::wrapped(mismatch(problem), linter.document),
            ProblemKind::WrongType { key: "Condition", .. } if linter.guess() => {
                let statement = statement_at(linter.document, problem.span.start);
                syntax::condition(mismatch(problem), linter.text(), statement)
            }
            ProblemKind::WrongType { .. } => mismatch(problem),
        };
        linter.findings.push(finding);
    }
    let document = linter.document;
    if let Some(statement) = document.statement.as_ref().filter(|field| field.value.is_empty()) {
        // A list of things that are no statements has been reported as such.
        if document.problems.is_empty() {
            linter.find(&error::MISSING_STATEMENT, statement.span);
        }
    }
    version(linter, document);
}

fn mismatch(problem: &Problem) -> Finding {
    Finding::new(&error::DATA_TYPE_MISMATCH, problem.span).noted(problem.kind.to_string())
}

/// The elements of a policy, to guess what a misspelt one means.
const OF_POLICY: [&str; 3] = ["Version", "Id", "Statement"];
/// Those of a statement.
const OF_STATEMENT: [&str; 9] =
    ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

fn unknown(linter: &mut Linter<'_>, key: &str, span: Span) -> Finding {
    let finding = Finding::new(&error::INVALID_POLICY_ELEMENT, span);
    if !linter.guess() {
        return finding;
    }
    let root = linter.document.json.root.as_ref().and_then(Node::as_object).unwrap_or_default();
    let is_top = root.binary_search_by_key(&span.start, |member| member.key_span.start).is_ok();
    let (members, elements) = if is_top {
        (root, &OF_POLICY[..])
    } else {
        let node = statement_at(linter.document, span.start);
        (node.and_then(Node::as_object).unwrap_or_default(), &OF_STATEMENT[..])
    };
    let Some(name) = near::nearest(key, elements.iter().map(|name| (*name, *name))) else { return finding };
    // The right name may stand there too, and then someone has to choose.
    if members.iter().any(|member| member.key == name) {
        return finding.noted(format!("there is {name} already"));
    }
    finding.noted(format!("did you mean {name}?")).fixed(format!("Rename it to {name}"), vec![Edit::string(span, name)])
}

fn version(linter: &mut Linter<'_>, document: &Document) {
    match &document.version {
        None => {
            let Some(root) = document.json.root.as_ref().filter(|root| root.as_object().is_some()) else { return };
            let after = Span::new(root.span.start + 1, root.span.start + 1);
            let comma = if root.as_object().is_some_and(<[_]>::is_empty) { "" } else { ", " };
            let edit = Edit { span: after, text: format!("\"Version\": \"2012-10-17\"{comma}") };
            let finding = Finding::new(&warning::MISSING_VERSION, root.span);
            // What is no policy yet becomes one by another repair.
            if root.get("Statement").is_none() {
                return linter.push(finding);
            }
            linter.push(finding.fixed("Add Version 2012-10-17", vec![edit]));
        }
        Some(field) if field.value.kind == ItemKind::String => {
            if !matches!(field.value.text.as_str(), "2012-10-17" | "2008-10-17") {
                let edit = Edit::string(field.span, "2012-10-17");
                let finding = Finding::new(&error::INVALID_VERSION, field.span);
                linter.push(finding.fixed("Use Version 2012-10-17", vec![edit]));
            }
        }
        Some(_) => {}
    }
}

/// What concerns one statement.
pub(super) fn statement(linter: &mut Linter<'_>, statement: &Statement) {
    effect(linter, statement);
    presence(linter, statement);
    combinations(linter, statement);
    items(linter, statement);
    condition(linter, statement);
    if linter.family == Family::ResourceControl {
        control(linter, statement);
    }
}

fn effect(linter: &mut Linter<'_>, statement: &Statement) {
    let Some(field) = &statement.effect else {
        if node(linter.document, statement.span).is_none_or(|node| node.get("Effect").is_none()) {
            linter.find(&error::MISSING_EFFECT, statement.span);
        }
        return;
    };
    if statement.effect().is_some() || field.value.kind != ItemKind::String {
        return;
    }
    let finding = Finding::new(&error::INVALID_EFFECT, field.span);
    // A resource control policy cannot allow.
    let effects = if linter.family == Family::ResourceControl { &["Deny"][..] } else { &["Allow", "Deny"] };
    let meant = effects.iter().find(|name| name.eq_ignore_ascii_case(field.value.text.trim()));
    linter.push(match meant {
        Some(name) => finding.fixed(format!("Use {name}"), vec![Edit::string(field.span, name)]),
        None => finding,
    });
}

/// The object that stands at a place, to see what the typed document has dropped.
fn node(document: &Document, span: Span) -> Option<&Node> {
    statement_at(document, span.start).filter(|node| node.span == span)
}

/// The statement in which a byte lies, if any does. Statements stand in the order of the text.
fn statement_at(document: &Document, byte: usize) -> Option<&Node> {
    let statement = document.json.root.as_ref()?.get("Statement")?;
    let Some(all) = statement.as_array() else { return Some(statement) };
    all.get(all.partition_point(|node| node.span.start <= byte).checked_sub(1)?)
}

/// Whether the statement has one of the two keys, whatever it holds.
fn has(linter: &Linter<'_>, statement: &Statement, keys: [&str; 2]) -> bool {
    node(linter.document, statement.span).is_some_and(|node| keys.iter().any(|key| node.get(key).is_some()))
}

fn presence(linter: &mut Linter<'_>, statement: &Statement) {
    if !has(linter, statement, ["Action", "NotAction"]) {
        linter.find(&error::MISSING_ACTION, statement.span);
    }
    let resource = has(linter, statement, ["Resource", "NotResource"]);
    if linter.family == Family::Trust {
        for key in [statement.resource.as_ref(), statement.not_resource.as_ref()].into_iter().flatten() {
            let edit = Edit::remove(linter.text(), key.key.to(key.span));
            let finding = Finding::new(&error::ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE, key.key);
            linter.push(finding.fixed("Remove the element", vec![edit]));
        }
    } else if !resource {
        linter.find(&error::MISSING_RESOURCE, statement.span);
    }
    let principal = has(linter, statement, ["Principal", "NotPrincipal"]);
    match linter.family {
        Family::Identity => refuse_principal(linter, statement, &error::UNSUPPORTED_PRINCIPAL),
        Family::ServiceControl => refuse_principal(linter, statement, &error::SCP_SYNTAX_ERROR_PRINCIPAL),
        _ if !principal => linter.find(&error::MISSING_PRINCIPAL, statement.span),
        _ => {}
    }
}

fn refuse_principal(linter: &mut Linter<'_>, statement: &Statement, check: &'static super::Check) {
    for field in [statement.principal.as_ref(), statement.not_principal.as_ref()].into_iter().flatten() {
        let edit = Edit::remove(linter.text(), field.key.to(field.span));
        linter.push(Finding::new(check, field.key).fixed("Remove the element", vec![edit]));
    }
}

fn combinations(linter: &mut Linter<'_>, statement: &Statement) {
    let spans = [
        (statement.action.as_ref().map(|f| f.key), statement.not_action.as_ref().map(|f| f.key)),
        (statement.resource.as_ref().map(|f| f.key), statement.not_resource.as_ref().map(|f| f.key)),
        (statement.principal.as_ref().map(|f| f.key), statement.not_principal.as_ref().map(|f| f.key)),
    ];
    for pair in spans {
        if let (Some(plain), Some(not)) = pair {
            let (first, second) = if plain < not { (plain, not) } else { (not, plain) };
            linter.push(Finding::new(&error::UNSUPPORTED_ELEMENT_COMBINATION, first).also(second));
        }
    }
    if super::allows(statement)
        && let Some(field) = &statement.not_principal
        && linter.family == Family::Resource
    {
        linter.find(&security::ALLOW_WITH_NOT_PRINCIPAL, field.key);
    }
}

/// The types of list elements, and lists that are empty.
fn items(linter: &mut Linter<'_>, statement: &Statement) {
    for field in [statement.action.as_ref(), statement.not_action.as_ref()].into_iter().flatten() {
        strings(linter, &field.value);
        empty(linter, field, &suggestion::EMPTY_ARRAY_ACTION);
    }
    for field in [statement.resource.as_ref(), statement.not_resource.as_ref()].into_iter().flatten() {
        strings(linter, &field.value);
        empty(linter, field, &suggestion::EMPTY_ARRAY_RESOURCE);
    }
    for field in [statement.principal.as_ref(), statement.not_principal.as_ref()].into_iter().flatten() {
        if let Principals::Typed(entries) = &field.value {
            for entry in entries {
                strings(linter, &entry.values);
            }
        }
    }
}

fn strings(linter: &mut Linter<'_>, items: &Items) {
    let other = |item: &&Item| item.kind != ItemKind::String;
    items.items.iter().filter(other).for_each(|item| linter.find(&error::DATA_TYPE_MISMATCH, item.span));
}

fn empty(linter: &mut Linter<'_>, field: &Field<Items>, check: &'static super::Check) {
    // A list whose elements all have the wrong type has been reported as such.
    if field.value.is_list && field.value.items.is_empty() && linter.document.problems.is_empty() {
        linter.find(check, field.span);
    }
}

fn condition(linter: &mut Linter<'_>, statement: &Statement) {
    let Some(field) = &statement.condition else { return };
    let whole = field.value.is_empty().then_some(field.key.to(field.span));
    if let Some(span) = whole.filter(|_| linter.document.problems.is_empty()) {
        let edit = Edit::remove(linter.text(), span);
        let finding = Finding::new(&suggestion::EMPTY_OBJECT_CONDITION, field.span);
        linter.push(finding.fixed("Remove the empty condition", vec![edit]));
    }
    for block in field.value.iter().filter(|block| block.keys.is_empty()) {
        linter.find(&suggestion::EMPTY_OBJECT_CONDITION, block.operator.span);
    }
}

/// Whether a statement is that of `RCPFullAWSAccess`, which AWS attaches and which alone may allow.
pub(super) fn is_full_access(statement: &Statement) -> bool {
    let all = |field: &Option<Field<Items>>| {
        field.as_ref().is_some_and(|field| matches!(&field.value.items[..], [item] if item.is_star()))
    };
    let everyone = |field: &Field<Principals>| matches!(&field.value, Principals::Single(item) if item.is_star());
    super::allows(statement)
        && all(&statement.action)
        && all(&statement.resource)
        && statement.principal.as_ref().is_some_and(everyone)
        && statement.condition.is_none()
}

/// What a resource control policy may not say (AWS Organizations User Guide, "RCP syntax").
fn control(linter: &mut Linter<'_>, statement: &Statement) {
    if super::allows(statement)
        && !is_full_access(statement)
        && let Some(effect) = &statement.effect
    {
        linter.find(&error::RCP_SYNTAX_ERROR_ALLOW, effect.span);
    }
    if let Some(field) = &statement.not_action {
        linter.find(&error::RCP_SYNTAX_ERROR_NOTACTION, field.key);
    }
    if let Some(field) = &statement.not_principal {
        linter.find(&error::RCP_SYNTAX_ERROR_PRINCIPAL, field.key);
    }
    if let Some(field) = &statement.principal
        && !matches!(&field.value, Principals::Single(item) if item.is_star())
    {
        let edit = Edit::string(field.span, "*");
        let finding = Finding::new(&error::RCP_SYNTAX_ERROR_PRINCIPAL, field.span);
        linter.push(finding.fixed("Use \"*\"", vec![edit]));
    }
}
