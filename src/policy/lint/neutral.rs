//! Lint as a filter: one case a line of JSON in, one answer a line out.
//!
//! A case has an `id`, a `document` or `documentText`, and may name its `policyType` as Access Analyzer does, with
//! `validatePolicyResourceType`, or by the words of [`PolicyType::name`]. It may tell the day it was recorded, as `date` or
//! as `origin.date`, and is then judged by the names that were listed on that day. Places are characters of `documentText`, or of
//! `document` as Python's `json.dumps` prints it.

use serde_json::{Value, json};

use super::{Finding, Part, Question, path};
use crate::policy::catalog::dates::Day;
use crate::policy::document::Document;
use crate::policy::json::{LineIndex, Span};
use crate::policy::{PolicyType, refusal};

/// Why a line is no case.
#[derive(Debug, thiserror::Error)]
pub enum BadCase {
    /// It is not JSON.
    #[error("not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// It has neither `document` nor `documentText`.
    #[error("the case has neither document nor documentText")]
    NoDocument,
    /// Its type of policy is unknown.
    #[error("unknown policy type {0}")]
    UnknownType(String),
}

/// The answer to a case, a line of JSON: `{"id", "refused", "findings"}`.
///
/// # Errors
/// If the line is no case.
pub fn answer(line: &str) -> Result<String, BadCase> {
    let case: Value = serde_json::from_str(line)?;
    let document = match (case.get("documentText").and_then(Value::as_str), case.get("document")) {
        (Some(text), _) => Document::parse(text),
        (None, Some(value)) => Document::from_value(value),
        (None, None) => return Err(BadCase::NoDocument),
    };
    let resource = ["validatePolicyResourceType", "resourceType"].into_iter().find_map(|key| case.get(key)?.as_str());
    let kind = kind(case.get("policyType").and_then(Value::as_str), resource)?;
    let refused = refusal::check(&document, kind).err();
    let refused = refused.map(|refusal| json!({"code": refusal.code, "message": refusal.message}));
    let lines = LineIndex::new(&document.text);
    let date = case.get("date").or_else(|| case.get("origin")?.get("date"));
    let on = date.and_then(Value::as_str).and_then(Day::parse);
    let findings: Vec<Value> = super::lint(&document, Question { kind, service: resource.and_then(service_of), on })
        .iter()
        .map(|finding| row(&document, &lines, finding))
        .collect();
    let answer = json!({"id": case.get("id"), "refused": refused, "findings": findings});
    Ok(answer.to_string())
}

/// The type of policy by Access Analyzer's name for it, or ours. Without one it is an identity's.
fn kind(name: Option<&str>, resource: Option<&str>) -> Result<PolicyType, BadCase> {
    Ok(match name {
        None | Some("IDENTITY_POLICY") => PolicyType::Identity,
        Some("RESOURCE_POLICY") if resource == Some("AWS::IAM::AssumeRolePolicyDocument") => PolicyType::RoleTrust,
        Some("RESOURCE_POLICY") => PolicyType::Resource,
        Some("SERVICE_CONTROL_POLICY") => PolicyType::ServiceControl,
        Some("RESOURCE_CONTROL_POLICY") => PolicyType::ResourceControl,
        Some(name) if name.starts_with("ROLE_TRUST") => PolicyType::RoleTrust,
        Some(name) => PolicyType::from_name(name).ok_or_else(|| BadCase::UnknownType(name.to_owned()))?,
    })
}

/// The service of a resource type as CloudFormation writes it: `AWS::S3::Bucket`.
fn service_of(resource: &str) -> Option<&'static str> {
    match resource.split("::").nth(1)? {
        "S3" => Some("s3"),
        "S3ObjectLambda" => Some("s3-object-lambda"),
        "DynamoDB" => Some("dynamodb"),
        "KMS" => Some("kms"),
        "SQS" => Some("sqs"),
        "SNS" => Some("sns"),
        "Lambda" => Some("lambda"),
        _ => None,
    }
}

/// A finding as a row; what it is about beyond its first place stands in `locations`.
fn row(document: &Document, lines: &LineIndex<'_>, finding: &Finding) -> Value {
    let characters = |span: Span| (lines.position(span.start).offset, lines.position(span.end).offset);
    let (start, end) = characters(finding.span());
    let locations: Vec<Value> = finding
        .spans
        .iter()
        .map(|span| {
            let (start, end) = characters(*span);
            json!({"start": start, "end": end, "path": way(document, *span)})
        })
        .collect();
    json!({
        "code": finding.check.code,
        "severity": finding.check.severity.as_str(),
        "start": start,
        "end": end,
        "path": way(document, finding.span()),
        "locations": locations,
    })
}

fn way(document: &Document, span: Span) -> Vec<Value> {
    let part = |part: Part| match part {
        Part::Key(key) => Value::from(key),
        Part::Index(at) => Value::from(at),
    };
    path(document, span).into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn a_case_is_answered_in_characters() {
        let line = r#"{"id": "a", "documentText": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Sid\": \"\", \"Effect\": \"Allow\", \"Action\": \"s3:GetObjekt\", \"Resource\": \"*\"}}"}"#;
        let answer: serde_json::Value = serde_json::from_str(&answer(line).unwrap()).unwrap();
        assert_eq!((&answer["id"], answer["refused"].is_null()), (&"a".into(), true));
        let codes: Vec<_> =
            answer["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["EMPTY_SID_VALUE", "INVALID_ACTION"]);
        assert_eq!(answer["findings"][1]["path"], serde_json::json!(["Statement", "Action"]));
    }

    #[test]
    fn a_line_that_is_no_case_is_refused() {
        assert!(answer("{").is_err() && answer("{}").is_err());
        assert!(answer(r#"{"document": {}, "policyType": "BUCKET"}"#).is_err());
    }
}
