//! What decisions take into account of a caller and its session: condition keys, and session policies.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::account::Account;
use super::error::Result;
use super::principal::PrincipalPolicies;
use super::tx::Tx;
use crate::iam::{Caller, Session};
use crate::policy::condition::Context;
use crate::policy::decision::{Attached, Policies};

/// Sets the condition keys that tell the tags of what a request acts on.
pub fn add_resource_tags(context: &mut Context, tags: &[(String, String)]) {
    for (key, value) in tags {
        context.set(&format!("aws:ResourceTag/{key}"), [value]);
        context.set(&format!("iam:ResourceTag/{key}"), [value]);
    }
}

/// Sets the condition keys that say who the caller is (User Guide, "AWS global condition context keys").
pub(super) fn add_caller(
    context: &mut Context,
    (account, caller): (&Account, &Caller),
    found: Option<&PrincipalPolicies>,
    now: Timestamp,
) {
    let account_id = account.id.as_str();
    context.set("aws:PrincipalAccount", [account_id]);
    context.set("aws:PrincipalIsAWSService", ["false"]);
    context.set("aws:ViaAWSService", ["false"]);
    context.set("aws:CurrentTime", [now.to_string()]);
    context.set("aws:EpochTime", [now.as_second().to_string()]);
    let (kind, id) = match caller.who() {
        Caller::User { name, id, .. } => {
            context.set("aws:username", [name]);
            ("User", id.as_str())
        }
        Caller::AssumedRole { id, .. } => ("AssumedRole", id.as_str()),
        Caller::Federated { id, .. } => ("FederatedUser", id.as_str()),
        Caller::Anonymous => ("Anonymous", "anonymous"),
        Caller::Root | Caller::Temporary { .. } => ("Account", account_id),
    };
    context.set("aws:PrincipalType", [kind]);
    context.set("aws:userid", [id]);
    // Of a role's session this is the role, of a federated user the session itself.
    let arn = match (caller.who(), found) {
        (Caller::AssumedRole { .. }, Some(found)) => found.arn.clone(),
        _ => caller.arn(&account.partition, account_id),
    };
    context.set("aws:PrincipalArn", [arn]);
    for (key, value) in found.map(|found| found.tags.as_slice()).unwrap_or_default() {
        context.set(&format!("aws:PrincipalTag/{key}"), [value]);
    }
    if let Some(session) = caller.session() {
        add_session(context, session, now);
    }
}

/// Sets the condition keys of temporary credentials. Session tags stand before tags of user or role.
pub(super) fn add_session(context: &mut Context, session: &Session, now: Timestamp) {
    context.set("aws:TokenIssueTime", [session.issued.to_string()]);
    context.set("aws:MultiFactorAuthPresent", [session.mfa.is_some().to_string()]);
    if let Some(at) = session.mfa {
        context.set("aws:MultiFactorAuthAge", [(now.as_second() - at.as_second()).to_string()]);
    }
    for (key, value) in &session.tags {
        context.set(&format!("aws:PrincipalTag/{key}"), [value]);
    }
    if let Some(identity) = &session.source_identity {
        context.set("aws:SourceIdentity", [identity]);
        context.set("sts:SourceIdentity", [identity]);
    }
    if let Some(provider) = &session.provider {
        context.set("aws:FederatedProvider", [provider]);
    }
    set_claims(context, &session.claims);
}

/// Sets condition keys of an identity provider. A key that comes several times has several values.
pub(super) fn set_claims<'c>(context: &mut Context, claims: impl IntoIterator<Item = &'c (String, String)>) {
    let mut keys: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, value) in claims {
        keys.entry(key).or_default().push(value);
    }
    for (key, values) in keys {
        context.set(key, values);
    }
}

/// Adds the session's policies to those that decide.
pub(super) fn add_session_policies(tx: &Tx<'_>, session: Option<&Session>, policies: &mut Policies) -> Result<()> {
    let Some(session) = session.filter(|session| session.is_limited()) else { return Ok(()) };
    let inline = session.policy.iter().map(|text| Attached::new("session policy", tx.store.compiled.get(text)));
    let mut documents: Vec<Attached> = inline.collect();
    for arn in &session.policy_arns {
        let text = tx.policy_document(arn)?.unwrap_or_default();
        documents.push(Attached::new(arn.as_str(), tx.store.compiled.get(&text)));
    }
    policies.session = Some(documents);
    Ok(())
}
