//! Whether the caller may make a call, by the policies of the account.
//!
//! The root user may do everything in its account. For everybody else the policy engine decides, and AccessDenied says in
//! AWS's words which kind of policy stands in the way.

use super::resource::Resource;
use crate::api::{Call, Service};
use crate::iam::{Caller, Error, Kind};
use crate::policy::condition::Context;
use crate::policy::decision::{Outcome, Policies, Principal, Request, decide};
use crate::store::{self, Account, PrincipalPolicies, Store};

/// STS operations that need no permission: whoever has credentials may ask who it is, and a role's trust policy is looked
/// at where the role is assumed.
const OPEN: [&str; 6] = [
    "GetCallerIdentity",
    "GetSessionToken",
    "AssumeRole",
    "AssumeRoleWithSAML",
    "AssumeRoleWithWebIdentity",
    "GetDelegatedAccessToken",
];

/// What the connection tells about a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin<'a> {
    /// The client's address.
    pub address: std::net::IpAddr,
    /// Whether it came over TLS.
    pub secure: bool,
    /// Its `User-Agent`.
    pub user_agent: Option<&'a str>,
}

/// Refuses a call that the caller may not make.
///
/// # Errors
/// `AccessDenied`, or a failure of the store.
pub(super) fn authorize(
    store: &Store,
    account: &Account,
    (caller, origin): (&Caller, &Origin<'_>),
    call: &Call,
) -> store::Result<()> {
    check_session(caller, call)?;
    let service = call.model().service;
    if *caller.who() == Caller::Root || (service == Service::Sts && OPEN.contains(&call.model().name)) {
        return Ok(());
    }
    let resource = Resource::of(store, account, call, caller.user_name())?;
    let arn = caller.arn(&account.partition, account.id.as_str());
    let found = store.caller_policies(account, caller)?;
    let policies = found.as_ref().map(|found| found.policies.clone()).unwrap_or_default();
    let action = format!("{}:{}", service.as_str(), call.model().name);
    let mut request = Request::new(Principal::parse(&arn), &action, resource.arn.clone());
    request.resource_account = Some(account.id.to_string());
    request.context = context(store, account, (caller, origin), found.as_ref());
    add_call(&mut request.context, store, account, (call, &resource))?;
    judge(&request, &policies, &resource)
}

/// Refuses what sessions of users cannot do, whatever they are allowed: call IAM without MFA, or make more sessions of
/// users (IAM User Guide, "Compare AWS STS credentials").
///
/// # Errors
/// `InvalidClientTokenId` from IAM, `AccessDenied` from STS.
fn check_session(caller: &Caller, call: &Call) -> Result<(), Error> {
    const INVALID: &str = "The security token included in the request is invalid.";
    let Some(session) = caller.session() else { return Ok(()) };
    let (is_federated, name) = (matches!(caller.who(), Caller::Federated { .. }), call.model().name);
    if matches!(caller.who(), Caller::AssumedRole { .. }) {
        return Ok(());
    }
    match call.model().service {
        Service::Iam if is_federated || session.mfa.is_none() => Err(Error::invalid_client_token_id(INVALID)),
        Service::Sts if name != "GetCallerIdentity" && (is_federated || name != "AssumeRole") => {
            Err(Error::access_denied(format!("Cannot call {name} with session credentials")))
        }
        _ => Ok(()),
    }
}

/// Decides, and says no in AWS's words.
fn judge(request: &Request, policies: &Policies, resource: &Resource) -> store::Result<()> {
    let decision = decide(request, policies);
    if decision.outcome == Outcome::Allowed {
        return Ok(());
    }
    let reason = decision.reason(request).unwrap_or_default();
    Err(Error::access_denied(format!(
        "User: {} is not authorized to perform: {} on resource: {} {reason}",
        request.principal.name,
        request.action(),
        resource.shown
    ))
    .into())
}

/// What is known of the caller and of the connection (IAM User Guide, "AWS global condition context keys").
fn context(
    store: &Store,
    account: &Account,
    (caller, origin): (&Caller, &Origin<'_>),
    found: Option<&PrincipalPolicies>,
) -> Context {
    let mut context = store
        .caller_context(account, caller, found)
        .with("aws:ResourceAccount", account.id.as_str())
        .with("aws:SourceIp", origin.address.to_string())
        .with("aws:SecureTransport", origin.secure.to_string())
        .with("aws:RequestedRegion", "us-east-1");
    if let Some(agent) = origin.user_agent {
        context.set("aws:UserAgent", [agent]);
    }
    context
}

/// What the call says of itself: tags of the request and the resource, the policy it attaches, the boundary it sets.
fn add_call(
    context: &mut Context,
    store: &Store,
    account: &Account,
    (call, resource): (&Call, &Resource),
) -> store::Result<()> {
    for (member, key) in [
        ("PolicyArn", "iam:PolicyARN"),
        ("PermissionsBoundary", "iam:PermissionsBoundary"),
        ("AWSServiceName", "iam:AWSServiceName"),
    ] {
        if let Some(value) = call.text(member) {
            context.set(key, [value]);
        }
    }
    let tags = call.input().get("Tags").and_then(|tags| tags.as_array()).map(Vec::as_slice).unwrap_or_default();
    let mut keys: Vec<String> = Vec::new();
    for tag in tags {
        if let (Some(key), Some(value)) = (tag["Key"].as_str(), tag["Value"].as_str()) {
            context.set(&format!("aws:RequestTag/{key}"), [value]);
            keys.push(key.to_owned());
        }
    }
    let removed = call.input().get("TagKeys").and_then(|keys| keys.as_array()).map(Vec::as_slice).unwrap_or_default();
    keys.extend(removed.iter().filter_map(|key| key.as_str()).map(str::to_owned));
    if !keys.is_empty() {
        context.set("aws:TagKeys", keys);
    }
    let Some((kind, name)) = &resource.entity else { return Ok(()) };
    if matches!(kind, Kind::User | Kind::Role | Kind::Group)
        && let Some(target) = store.principal_policies(account, *kind, name)?
    {
        for (key, value) in &target.tags {
            context.set(&format!("aws:ResourceTag/{key}"), [value]);
            context.set(&format!("iam:ResourceTag/{key}"), [value]);
        }
    }
    Ok(())
}
