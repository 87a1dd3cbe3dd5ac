//! Neutral evaluation cases: one JSON object a line, with policies, a request, and nothing of how tiam keeps them.
//!
//! `{id, policies, boundary, scps[{target, policies}], rcps, sessionPolicy, resourcePolicy, endpointPolicies, request
//! {principal, action, resource, resourceAccount, context}}`. What is missing or null is not there.

use serde_json::Value;

use super::compiled::Compiled;
use super::decision::{Attached, Decision, Level, Outcome, Policies, Principal, Request, decide};
use super::document::Document;

/// Why a line is no case.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// It is not JSON.
    #[error("the case is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// It lacks something, or something is of the wrong type.
    #[error("the case has no {0}")]
    Lacks(&'static str),
}

/// The answer to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseAnswer {
    /// The case's id.
    pub id: Value,
    /// What comes of the request.
    pub decision: Decision,
}

impl CaseAnswer {
    /// As a line of JSON: `{"id", "decision", "blockedBy"}`.
    pub fn to_json(&self) -> Value {
        let blocked_by: Vec<&str> = self.decision.blocked_by.iter().map(super::decision::Layer::name).collect();
        serde_json::json!({"id": self.id, "decision": outcome_name(self.decision.outcome), "blockedBy": blocked_by})
    }
}

/// The word for an outcome.
pub fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allowed => "allowed",
        Outcome::ImplicitDeny => "implicitDeny",
        Outcome::ExplicitDeny => "explicitDeny",
    }
}

/// Answers a line.
///
/// # Errors
/// If the line is not JSON, or has no request.
pub fn answer_line(line: &str) -> Result<CaseAnswer, CaseError> {
    let case: Value = serde_json::from_str(line)?;
    let (request, policies) = read(&case)?;
    Ok(CaseAnswer { id: case.get("id").cloned().unwrap_or_default(), decision: decide(&request, &policies) })
}

/// The request and the policies of a case.
///
/// # Errors
/// If there is no request, or it lacks a principal or an action.
pub fn read(case: &Value) -> Result<(Request, Policies), CaseError> {
    let request = case.get("request").ok_or(CaseError::Lacks("request"))?;
    let policies = Policies {
        identity: documents(case.get("policies")).unwrap_or_default(),
        boundary: documents(case.get("boundary")),
        session: documents(case.get("sessionPolicy")),
        scps: levels(case.get("scps")),
        rcps: levels(case.get("rcps")),
        resource: documents(case.get("resourcePolicy")).and_then(|found| found.into_iter().next()),
        endpoint: documents(case.get("endpointPolicies")),
    };
    Ok((read_request(request)?, policies))
}

fn read_request(request: &Value) -> Result<Request, CaseError> {
    let text = |key: &'static str| request.get(key).and_then(Value::as_str);
    let principal = read_principal(text("principal").ok_or(CaseError::Lacks("principal"))?);
    let action = text("action").ok_or(CaseError::Lacks("action"))?;
    let mut read = Request::new(principal, action, text("resource").unwrap_or("*"));
    if let Some(account) = text("resourceAccount").filter(|account| !account.is_empty()) {
        read.resource_account = Some(account.to_owned());
    }
    for (key, value) in request.get("context").and_then(Value::as_object).into_iter().flatten() {
        match value {
            Value::Null => {}
            Value::Array(values) => read.context.set(key, values.iter().filter_map(scalar)),
            value => read.context.set(key, scalar(value)),
        }
    }
    Ok(read)
}

/// A case does not tell who made a federated user's session. As in the guide's examples, it bears its user's name.
fn read_principal(text: &str) -> Principal {
    let user = text.replacen(":sts:", ":iam:", 1).replacen(":federated-user/", ":user/", 1);
    Principal::parse(text).federated_by(&user)
}

/// A context value, which may be given without quotes.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// One document or a list of them; none if there is nothing.
fn documents(value: Option<&Value>) -> Option<Vec<Attached>> {
    match value? {
        Value::Null => None,
        Value::Array(documents) if documents.is_empty() => None,
        Value::Array(documents) => {
            Some(documents.iter().filter(|document| !document.is_null()).map(document).collect())
        }
        single => Some(vec![document(single)]),
    }
}

fn document(value: &Value) -> Attached {
    let read = value.as_str().map_or_else(|| Document::from_value(value), Document::parse);
    Attached::new("", Compiled::new(&read))
}

fn levels(value: Option<&Value>) -> Vec<Level> {
    let level = |level: &Value| Level {
        target: level.get("target").and_then(Value::as_str).unwrap_or_default().to_owned(),
        policies: documents(level.get("policies")).unwrap_or_default(),
    };
    value.and_then(Value::as_array).into_iter().flatten().map(level).collect()
}

#[cfg(test)]
mod tests {
    use super::answer_line;

    #[test]
    fn a_line_is_answered() {
        let line = r#"{"id": "a", "policies": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}],
            "scps": [{"target": "r", "policies": []}],
            "request": {"principal": "arn:aws:iam::123456789012:user/a", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {"aws:SecureTransport": true}}}"#;
        let answer = answer_line(line).unwrap().to_json();
        assert_eq!(answer, serde_json::json!({"id": "a", "decision": "implicitDeny", "blockedBy": ["scp"]}));
        assert!(answer_line("{}").is_err() && answer_line("x").is_err());
    }
}
