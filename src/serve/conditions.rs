//! The condition keys of a request (User Guide, "AWS global condition context keys" and "IAM and AWS STS condition context
//! keys"; Service Authorization Reference, "Actions, resources, and condition keys for AWS Identity and Access Management").

use serde_json::Value;

use super::desk::Client;
use super::resource::Resource;
use super::sigv4::Request;
use crate::api::{Call, Service};
use crate::policy::condition::Context;
use crate::store::add_resource_tags;

/// The region of services that have none.
pub(super) const GLOBAL_REGION: &str = "us-east-1";

/// What the connection tells.
pub(super) fn origin(client: Client, request: &Request<'_>, region: &str) -> Context {
    let mut context = Context::new()
        .with("aws:SourceIp", client.address.to_canonical().to_string())
        .with("aws:SecureTransport", client.secure.to_string())
        .with("aws:RequestedRegion", region);
    if let Some(agent) = request.header("user-agent") {
        context.set("aws:UserAgent", [agent]);
    }
    if let Some(referer) = request.header("referer") {
        context.set("aws:referer", [referer]);
    }
    context
}

/// Members of calls that are condition keys.
const MEMBERS: [(&str, &str); 8] = [
    ("PolicyArn", "iam:PolicyARN"),
    ("AWSServiceName", "iam:AWSServiceName"),
    ("OrganizationsPolicyId", "iam:OrganizationsPolicyId"),
    ("ServiceName", "iam:ServiceSpecificCredentialServiceName"),
    ("ExternalId", "sts:ExternalId"),
    ("RoleSessionName", "sts:RoleSessionName"),
    ("SourceIdentity", "sts:SourceIdentity"),
    ("SigningAlgorithm", "sts:SigningAlgorithm"),
];

/// Operations for which `iam:PermissionsBoundary` is the boundary that the entity has, and not the one that it is to get.
const OF_BOUNDED: [&str; 10] = [
    "AttachRolePolicy",
    "AttachUserPolicy",
    "DeleteRolePermissionsBoundary",
    "DeleteRolePolicy",
    "DeleteUserPermissionsBoundary",
    "DeleteUserPolicy",
    "DetachRolePolicy",
    "DetachUserPolicy",
    "PutRolePolicy",
    "PutUserPolicy",
];

/// What the call says of itself, and what is known of what it acts on.
pub(super) fn add_call(context: &mut Context, call: &Call, resource: &Resource) {
    for (member, key) in MEMBERS {
        if let Some(value) = call.text(member) {
            context.set(key, [value]);
        }
    }
    let name = call.model().name;
    let facts = resource.facts.as_ref();
    let bounded = OF_BOUNDED.contains(&name);
    let boundary = if bounded { facts.and_then(|f| f.boundary.as_deref()) } else { call.text("PermissionsBoundary") };
    if let Some(boundary) = boundary {
        context.set("iam:PermissionsBoundary", [boundary]);
    }
    if call.model().service == Service::Sts {
        add_sts(context, call);
    }
    add_tags(context, call);
    add_resource_tags(context, facts.map(|facts| facts.tags.as_slice()).unwrap_or_default());
}

fn add_sts(context: &mut Context, call: &Call) {
    if let Some(seconds) = call.input().get("DurationSeconds") {
        context.set("sts:DurationSeconds", [seconds.to_string()]);
    }
    for (member, key) in [("Audience", "sts:IdentityTokenAudience"), ("TransitiveTagKeys", "sts:TransitiveTagKeys")] {
        let values: Vec<&str> = items(call, member).filter_map(Value::as_str).collect();
        if !values.is_empty() {
            context.set(key, values);
        }
    }
    if let Some(arn) = call.input().get("TaskPolicyArn").and_then(|descriptor| descriptor["arn"].as_str()) {
        context.set("sts:TaskPolicyArn", [arn]);
    }
}

/// Tags that the call gives or takes.
fn add_tags(context: &mut Context, call: &Call) {
    let mut keys: Vec<&str> = Vec::new();
    for tag in items(call, "Tags") {
        if let (Some(key), Some(value)) = (tag["Key"].as_str(), tag["Value"].as_str()) {
            context.set(&format!("aws:RequestTag/{key}"), [value]);
            keys.push(key);
        }
    }
    keys.extend(items(call, "TagKeys").filter_map(Value::as_str));
    if !keys.is_empty() {
        context.set("aws:TagKeys", keys);
    }
}

/// The items of a member that is a list.
pub(super) fn items<'c>(call: &'c Call, member: &str) -> impl Iterator<Item = &'c Value> {
    call.input().get(member).and_then(Value::as_array).into_iter().flatten()
}
