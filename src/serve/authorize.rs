//! Whether the caller may make a call, by the policies of the account.
//!
//! The root user may do everything in its account. For everybody else the policy engine decides, and AccessDenied says in
//! AWS's words which kind of policy stands in the way.

use super::conditions::{add_call, items};
use super::known::Known;
use super::resource::Resource;
use crate::api::{Call, Service};
use crate::iam::{Caller, Error, Kind};
use crate::policy::condition::Context;
use crate::policy::decision::{Outcome, Policies, Principal, Request, decide};
use crate::store::{self, Account, PrincipalPolicies, Tx, add_resource_tags};

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

/// What has to be allowed as well where something is made with tags (User Guide, "Tagging IAM resources"; for sessions,
/// "Passing session tags in AWS STS").
const TAGGING: [(&str, &str); 9] = [
    ("CreateUser", "iam:TagUser"),
    ("CreateRole", "iam:TagRole"),
    ("CreatePolicy", "iam:TagPolicy"),
    ("CreateInstanceProfile", "iam:TagInstanceProfile"),
    ("UploadServerCertificate", "iam:TagServerCertificate"),
    ("CreateSAMLProvider", "iam:TagSAMLProvider"),
    ("CreateOpenIDConnectProvider", "iam:TagOpenIDConnectProvider"),
    ("CreateVirtualMFADevice", "iam:TagMFADevice"),
    ("GetFederationToken", "sts:TagSession"),
];

/// Refuses a call that the caller may not make by these policies.
///
/// # Errors
/// `AccessDenied`, or a failure of the store.
pub(super) fn authorize(
    tx: &Tx<'_>,
    (account, known, found): (&Account, &Known, Option<&PrincipalPolicies>),
    origin: &Context,
    call: &Call,
) -> store::Result<()> {
    check_session(&known.caller, call)?;
    let (service, name) = (call.model().service, call.model().name);
    if *known.caller.who() == Caller::Root || (service == Service::Sts && OPEN.contains(&name)) {
        return Ok(());
    }
    let resource = Resource::of(tx, call, known.caller.user_name())?;
    let nothing = Policies::default();
    let policies = found.map_or(&nothing, |found| &found.policies);
    let action = format!("{}:{name}", service.as_str());
    let mut request = Request::new(Principal::parse(&known.arn), &action, resource.arn.clone());
    request.resource_account = Some(account.id.to_string());
    request.context = tx.caller_context(found);
    for (key, values) in origin.values() {
        request.context.set(key, values);
    }
    request.context.set("aws:ResourceAccount", [account.id.as_str()]);
    add_call(&mut request.context, call, &resource);
    judge(&request, policies, &resource.shown)?;
    if let Some((_, tagging)) = TAGGING.iter().find(|(made, _)| *made == name)
        && items(call, "Tags").next().is_some()
    {
        request.set_action(tagging);
        judge(&request, policies, &resource.shown)?;
    }
    pass_role(tx, request, policies, call)
}

/// A role put into an instance profile is passed to EC2 (API reference, `AddRoleToInstanceProfile`).
fn pass_role(tx: &Tx<'_>, mut request: Request, policies: &Policies, call: &Call) -> store::Result<()> {
    let ("AddRoleToInstanceProfile", Some(role)) = (call.model().name, call.text("RoleName")) else { return Ok(()) };
    let Some(facts) = tx.facts(Kind::Role, role)? else { return Ok(()) };
    request.set_action("iam:PassRole");
    request.resource.clone_from(&facts.arn);
    request.context.set("iam:PassedToService", ["ec2.amazonaws.com"]);
    add_resource_tags(&mut request.context, &facts.tags);
    judge(&request, policies, &facts.arn)
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
fn judge(request: &Request, policies: &Policies, shown: &str) -> store::Result<()> {
    let decision = decide(request, policies);
    if decision.outcome == Outcome::Allowed {
        return Ok(());
    }
    let reason = decision.reason(request).unwrap_or_default();
    Err(Error::access_denied(format!(
        "User: {} is not authorized to perform: {} on resource: {shown} {reason}",
        request.principal.name,
        request.action(),
    ))
    .into())
}
