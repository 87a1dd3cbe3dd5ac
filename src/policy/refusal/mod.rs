//! IAM's own refusal of a document: the MalformedPolicyDocument sentences, in the order IAM looks for them.
//!
//! This is not the lint. A refusal stops a save; advice does not. The rules were found from what IAM was recorded to
//! answer: shape first ([`syntax`]), then the version, then what its older parser trips over ([`legacy`]), then statement
//! ids, actions, resources ([`resource`]), and only then the names of actions ([`action`]). Trust policies are read by
//! another parser with other sentences ([`trust`]).

mod action;
mod legacy;
mod resource;
mod syntax;
mod trust;

use super::PolicyType;
use super::document::{Document, Statement};
use super::json::Span;

/// Why IAM does not take a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct Refusal {
    /// `MalformedPolicyDocument`.
    pub code: &'static str,
    /// IAM's sentence.
    pub message: String,
    /// The text that is to blame, where one stretch is.
    pub span: Option<Span>,
}

type Checked = Result<(), Refusal>;

impl Refusal {
    fn new(message: impl Into<String>, span: Option<Span>) -> Self {
        Self { code: "MalformedPolicyDocument", message: message.into(), span }
    }

    /// The sentence as IAM words it since 2026. Only the one on IAM paths differs: it now names `root`. The cases that
    /// [`Refusal::message`] is held to carry the older wording.
    pub fn message_now(&self) -> String {
        self.message.replace(resource::IAM_PATH_START, resource::IAM_PATH_START_NOW)
    }
}

/// The document a text holds, if IAM takes it as a policy of this kind.
///
/// # Errors
/// The first thing IAM refuses it for.
pub fn refuse(text: &str, kind: PolicyType) -> Result<Document, Refusal> {
    let document = Document::parse(text);
    check(&document, kind)?;
    Ok(document)
}

/// What [`refuse`] finds, of a document that is already read.
///
/// # Errors
/// The first thing IAM refuses it for.
pub fn check(document: &Document, kind: PolicyType) -> Checked {
    match kind {
        PolicyType::RoleTrust => trust::check(document),
        PolicyType::Resource | PolicyType::VpcEndpoint => at_a_resource(document),
        PolicyType::ServiceControl | PolicyType::ResourceControl => organizations(document, kind),
        _ => attached(document, kind),
    }
}

/// Policies of identities, boundaries and sessions.
fn attached(document: &Document, kind: PolicyType) -> Checked {
    syntax::check(document)?;
    // Only managed policies must name the current version; older inline policies may be saved again as they are.
    if matches!(kind, PolicyType::Identity | PolicyType::PermissionsBoundary) {
        version(document)?;
    }
    legacy::statements(document)?;
    let misplaced = resource::check(document)?;
    unique_ids(document)?;
    no_principal(document)?;
    actions_present(document)?;
    misplaced.map_or(Ok(()), Err)?;
    action::check(document)?;
    resources_present(document)
}

/// Policies at resources: every service has its own sentences, so only what the grammar asks of all is asked.
fn at_a_resource(document: &Document) -> Checked {
    syntax::check(document)?;
    legacy::statements(document)?;
    unique_ids(document)?;
    trust::principals_present(document)?;
    actions_present(document)?;
    action::check(document)
}

/// What AWS Organizations answers, whatever is wrong.
const NOT_MET: &str = "The provided policy document does not meet the requirements of the specified policy type.";

/// Service and resource control policies, which AWS Organizations keeps. They have no NotPrincipal; an SCP names no
/// principal at all; an RCP denies only, and only `"Principal": "*"` (Organizations User Guide, "SCP syntax", "RCP syntax").
fn organizations(document: &Document, kind: PolicyType) -> Checked {
    let refused = |span| Refusal { code: "MalformedPolicyDocumentException", message: NOT_MET.to_owned(), span };
    let of_kind = || {
        syntax::check(document)?;
        version(document)?;
        legacy::statements(document)?;
        unique_ids(document)?;
        actions_present(document)?;
        resource::check(document)?.map_or(Ok(()), Err)?;
        action::check(document)?;
        resources_present(document)
    };
    of_kind().map_err(|refusal: Refusal| refused(refusal.span))?;
    let misfit = |statement: &&Statement| match kind {
        PolicyType::ResourceControl => statement.principal.is_none() || statement.not_principal.is_some(),
        _ => statement.principal.is_some() || statement.not_principal.is_some(),
    };
    document.statements().iter().find(misfit).map_or(Ok(()), |statement| Err(refused(Some(statement.span))))
}

fn version(document: &Document) -> Checked {
    match &document.version {
        Some(field) if field.value.text == "2012-10-17" => Ok(()),
        other => {
            let span = other.as_ref().map(|field| field.span);
            Err(Refusal::new("Policy document must be version 2012-10-17 or greater.", span))
        }
    }
}

fn unique_ids(document: &Document) -> Checked {
    let mut seen = std::collections::HashSet::new();
    for statement in document.statements() {
        if let Some(sid) = statement.name()
            && !seen.insert(sid)
        {
            let span = statement.sid.as_ref().map(|field| field.span);
            return Err(Refusal::new("Statement IDs (SID) in a single policy must be unique.", span));
        }
    }
    Ok(())
}

fn no_principal(document: &Document) -> Checked {
    let named =
        |statement: &Statement| statement.principal.as_ref().or(statement.not_principal.as_ref()).map(|f| f.key);
    match document.statements().iter().find_map(named) {
        Some(span) => Err(Refusal::new("Policy document should not specify a principal.", Some(span))),
        None => Ok(()),
    }
}

fn actions_present(document: &Document) -> Checked {
    let lacking = |statement: &&Statement| {
        statement.action.as_ref().or(statement.not_action.as_ref()).is_none_or(|field| field.value.items.is_empty())
    };
    match document.statements().iter().find(lacking) {
        Some(statement) => Err(Refusal::new("Policy statement must contain actions.", Some(statement.span))),
        None => Ok(()),
    }
}

fn resources_present(document: &Document) -> Checked {
    let lacking = |statement: &&Statement| {
        statement.resource.as_ref().or(statement.not_resource.as_ref()).is_none_or(|field| field.value.items.is_empty())
    };
    match document.statements().iter().find(lacking) {
        Some(statement) => Err(Refusal::new("Policy statement must contain resources.", Some(statement.span))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
