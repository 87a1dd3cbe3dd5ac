//! The shape of a policy: JSON, keys, types of values. Whatever is wrong here, IAM says "Syntax errors in policy.".

use super::{Checked, Refusal};
use crate::policy::condition::Operator;
use crate::policy::document::{ConditionBlock, Document, Item, ItemKind, Items, ProblemKind, Statement};
use crate::policy::json::{Node, Span};

fn refused<T>(span: Span) -> Result<T, Refusal> {
    Err(Refusal::new("Syntax errors in policy.", Some(span)))
}

fn holds(fits: bool, span: Span) -> Checked {
    if fits { Ok(()) } else { refused(span) }
}

pub(super) fn check(document: &Document) -> Checked {
    if let Some(fault) = document.json.faults.first() {
        return refused(fault.span);
    }
    if let Some(problem) = document.problems.iter().find(|problem| !is_tolerated(document, &problem.kind, problem.span))
    {
        return refused(problem.span);
    }
    if let Some(version) = &document.version {
        holds(matches!(version.value.text.as_str(), "2008-10-17" | "2012-10-17"), version.span)?;
    }
    holds(!document.statements().is_empty(), document.statement.as_ref().map_or(Span::default(), |field| field.span))?;
    document.statements().iter().try_for_each(statement)
}

/// IAM lets a document carry a `Conditions` beside its statements, and ignores it.
fn is_tolerated(document: &Document, kind: &ProblemKind, span: Span) -> bool {
    let members = document.json.root.as_ref().and_then(Node::as_object).unwrap_or_default();
    matches!(kind, ProblemKind::UnknownKey(key) if key == "Conditions")
        && members.iter().any(|member| member.key_span == span)
}

fn statement(statement: &Statement) -> Checked {
    let both = (statement.action.is_some() && statement.not_action.is_some())
        || (statement.resource.is_some() && statement.not_resource.is_some())
        || (statement.principal.is_some() && statement.not_principal.is_some());
    holds(!both, statement.span)?;
    // `allow` passes here and fails the older parser.
    let effect = statement.effect.as_ref().map(|field| field.value.text.to_ascii_lowercase());
    holds(matches!(effect.as_deref(), Some("allow" | "deny")), statement.span)?;
    let lists = [&statement.action, &statement.not_action, &statement.resource, &statement.not_resource];
    lists.into_iter().flatten().try_for_each(|field| strings(&field.value))?;
    statement.conditions().iter().try_for_each(block)
}

/// Strings; in a list, null is passed over.
fn strings(items: &Items) -> Checked {
    let fits = |item: &Item| item.kind == ItemKind::String || (items.is_list && item.kind == ItemKind::Null);
    items.items.iter().try_for_each(|item| holds(fits(item), item.span))
}

/// An operator must be known, unless it has nothing to do.
fn block(block: &ConditionBlock) -> Checked {
    holds(block.keys.is_empty() || Operator::parse(&block.operator.text).is_some(), block.operator.span)?;
    let null = |item: &&Item| item.kind == ItemKind::Null;
    let bare_null =
        block.keys.iter().filter(|key| !key.values.is_list).find_map(|key| key.values.items.iter().find(null));
    bare_null.map_or(Ok(()), |item| refused(item.span))
}
