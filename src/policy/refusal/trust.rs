//! Role trust policies: IAM reads them with the parser that resource policies share, whose sentences name fields.

use super::{Checked, Refusal, legacy, syntax};
use crate::policy::document::{Document, Field, Item, Items, Principals, ProblemKind, Statement};
use crate::policy::wildcard::{Case, is_pattern, matches};

/// What a trust policy may speak of (IAM User Guide, "Trust policy", and the actions of AWS STS).
const ACTIONS: [&str; 12] = [
    "AssumeRole",
    "AssumeRoleWithSAML",
    "AssumeRoleWithWebIdentity",
    "AssumeRoot",
    "DecodeAuthorizationMessage",
    "GetAccessKeyInfo",
    "GetCallerIdentity",
    "GetFederationToken",
    "GetServiceBearerToken",
    "GetSessionToken",
    "SetSourceIdentity",
    "TagSession",
];

pub(super) fn check(document: &Document) -> Checked {
    if let Some(fault) = document.json.faults.first() {
        return Err(Refusal::new("This policy contains invalid Json", Some(fault.span)));
    }
    if let Some((field, span)) = document.problems.iter().find_map(|problem| match &problem.kind {
        ProblemKind::UnknownKey(field) => Some((field, problem.span)),
        _ => None,
    }) {
        return Err(Refusal::new(format!("Unknown field {field}"), Some(span)));
    }
    document.statements().iter().try_for_each(fields)?;
    syntax::check(document)?;
    legacy::statements(document)?;
    super::unique_ids(document)?;
    document.statements().iter().try_for_each(actions)?;
    document.statements().iter().try_for_each(principals)
}

/// A statement of a policy at a resource says whom it is for.
pub(super) fn principals_present(document: &Document) -> Checked {
    document.statements().iter().try_for_each(principal_present)
}

fn principal_present(statement: &Statement) -> Checked {
    required("Principal", statement.principal.is_some() || statement.not_principal.is_some(), statement)
}

fn fields(statement: &Statement) -> Checked {
    prohibited("Resource", statement.resource.as_ref())?;
    prohibited("NotResource", statement.not_resource.as_ref())?;
    required("Effect", statement.effect.is_some(), statement)?;
    principal_present(statement)?;
    required("Action", statement.action.is_some() || statement.not_action.is_some(), statement)
}

fn prohibited(name: &str, field: Option<&Field<Items>>) -> Checked {
    field.map_or(Ok(()), |field| Err(Refusal::new(format!("Has prohibited field {name}"), Some(field.key))))
}

fn required(name: &str, present: bool, statement: &Statement) -> Checked {
    if present { Ok(()) } else { Err(Refusal::new(format!("Missing required field {name}"), Some(statement.span))) }
}

/// Wildcards are taken as long as they stay within AWS STS and mean something; `NotAction` would mean all else.
fn actions(statement: &Statement) -> Checked {
    let refused = |span| Err(Refusal::new("AssumeRole policy may only specify STS AssumeRole actions.", Some(span)));
    if let Some(field) = &statement.not_action {
        return refused(field.key);
    }
    let items = statement.action.iter().flat_map(|field| &field.value.items);
    items.filter(|item| !is_trust_action(&item.text)).try_for_each(|item| refused(item.span))
}

fn is_trust_action(action: &str) -> bool {
    action.split_once(':').is_some_and(|(service, name)| {
        service.eq_ignore_ascii_case("sts") && ACTIONS.iter().any(|known| matches(name, known, Case::Insensitive))
    })
}

/// Principals that could not exist. Whether those that could do exist, only the store knows.
fn principals(statement: &Statement) -> Checked {
    let Some(field) = statement.principal.as_ref().or(statement.not_principal.as_ref()) else { return Ok(()) };
    let Principals::Typed(entries) = &field.value else {
        let is_everyone = matches!(&field.value, Principals::Single(item) if item.is_star());
        return if is_everyone { Ok(()) } else { Err(Refusal::new("Invalid principal in policy", Some(field.span))) };
    };
    for entry in entries {
        let invalid = |item: &&Item| !is_principal(&entry.kind.text, &item.text);
        if let Some(item) = entry.values.items.iter().find(invalid) {
            let message = match entry.kind.text.as_str() {
                "Federated" => "Federated principals must be valid domain names or SAML metadata ARNs".to_owned(),
                kind => format!("Invalid principal in policy: \"{}\":\"{}\"", kind.to_ascii_uppercase(), item.text),
            };
            return Err(Refusal::new(message, Some(item.span)));
        }
    }
    Ok(())
}

/// How the names of AWS's services end, in all partitions.
const SERVICE_ENDS: [&str; 6] =
    [".amazonaws.com", ".amazonaws.com.cn", ".amazon.com", ".aws.internal", ".c2s.ic.gov", ".sc2s.sgov.gov"];

/// Whether an ARN is that of a principal. Groups are none, whatever their policies allow.
fn is_identity(arn: &crate::iam::Arn) -> bool {
    let starts = |kinds: &[&str]| kinds.iter().any(|kind| arn.resource.starts_with(kind));
    match arn.service.as_str() {
        "iam" => arn.resource == "root" || starts(&["user/", "role/"]),
        "sts" => starts(&["assumed-role/", "federated-user/"]),
        "cloudfront" => true,
        _ => false,
    }
}

/// Whether a principal of this type can look so (IAM User Guide, "AWS JSON policy elements: Principal").
fn is_principal(kind: &str, text: &str) -> bool {
    let is_account = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_id = text.len() > 16 && text.starts_with('A') && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let arn = || text.parse::<crate::iam::Arn>();
    match kind {
        "AWS" => text == "*" || is_account || is_id || (!is_pattern(text) && arn().is_ok_and(|arn| is_identity(&arn))),
        "Service" => {
            !text.contains(['*', '?', ':', '/'])
                && SERVICE_ENDS.iter().any(|end| text.len() > end.len() && text.ends_with(end))
        }
        "Federated" => {
            let is_domain =
                text.contains('.') && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
            text == "*" || is_domain || arn().is_ok_and(|arn| arn.service == "iam")
        }
        "CanonicalUser" => true,
        _ => false,
    }
}
