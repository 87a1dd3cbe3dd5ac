//! What a call acts on: the ARN that policies are matched against, and the words that AccessDenied uses for it.
//!
//! Follows the Service Authorization Reference, "Actions, resources, and condition keys for AWS Identity and Access
//! Management": an operation is the action of its own name, on the entity that its input names.

use crate::api::{Call, Service};
use crate::iam::Kind;
use crate::store::{self, Facts, Tx};

/// What a call acts on.
#[derive(Debug)]
pub(super) struct Resource {
    /// The ARN, or `*`.
    pub arn: String,
    /// As AccessDenied writes it: `user ann`, or the ARN.
    pub shown: String,
    /// What is known of the entity, if it exists.
    pub facts: Option<Facts>,
}

/// Members that name an entity, in the order in which they decide what an operation acts on.
const NAMED: [(&str, Kind); 6] = [
    ("RoleName", Kind::Role),
    ("GroupName", Kind::Group),
    ("UserName", Kind::User),
    ("InstanceProfileName", Kind::InstanceProfile),
    ("ServerCertificateName", Kind::ServerCertificate),
    ("VirtualMFADeviceName", Kind::MfaDevice),
];

/// Members that name it by ARN.
const BY_ARN: [&str; 6] =
    ["PolicyArn", "OpenIDConnectProviderArn", "SAMLProviderArn", "SerialNumber", "RoleArn", "PolicySourceArn"];

/// Listings, and the kind whose path they act on.
const LISTS: [(&str, &str); 7] = [
    ("ListUsers", "user"),
    ("ListGroups", "group"),
    ("ListRoles", "role"),
    ("ListInstanceProfiles", "instance-profile"),
    ("ListServerCertificates", "server-certificate"),
    ("ListVirtualMFADevices", "mfa"),
    ("ListPolicies", "policy"),
];

impl Resource {
    /// What the call acts on. `own` is the caller's user name, which calls without a user name mean.
    pub(super) fn of(tx: &Tx<'_>, call: &Call, own: Option<&str>) -> store::Result<Self> {
        let (name, account) = (call.model().name, tx.account());
        if let Some((_, kind)) = LISTS.iter().find(|(list, _)| *list == name) {
            let path = call.text("PathPrefix").unwrap_or("/");
            let arn = account.arn(&format!("{kind}{path}"));
            let shown = if *kind == "policy" { format!("policy path {path}") } else { arn.clone() };
            return Ok(Self { arn, shown, facts: None });
        }
        if call.model().service == Service::Iam
            && let Some((kind, named)) = named(call, own)
        {
            return Self::entity(tx, call, (kind, named));
        }
        if let Some(arn) = BY_ARN.into_iter().find_map(|member| call.text(member)) {
            let shown = if call.text("PolicyArn").is_some() { format!("policy {arn}") } else { arn.to_owned() };
            return Ok(Self { arn: arn.to_owned(), shown, facts: tx.facts_by_arn(arn)? });
        }
        if name == "CreatePolicy" {
            let named = call.text("PolicyName").unwrap_or_default();
            let arn = account.arn(&format!("policy{}{named}", call.text("Path").unwrap_or("/")));
            return Ok(Self { arn, shown: format!("policy {named}"), facts: None });
        }
        Ok(Self { arn: "*".into(), shown: "*".into(), facts: None })
    }

    fn entity(tx: &Tx<'_>, call: &Call, (kind, name): (Kind, String)) -> store::Result<Self> {
        let facts = tx.facts(kind, &name)?;
        let is_new = call.model().name.starts_with("Create") && call.model().member("Path").is_some();
        let path = call.text("Path").unwrap_or("/");
        let to_be = || tx.account().arn(&format!("{}{path}{name}", kind.arn_type()));
        let arn = facts.as_ref().map_or_else(to_be, |facts| facts.arn.clone());
        let noun = if kind == Kind::Group { "group" } else { kind.noun() };
        let shown = if is_new { arn.clone() } else { format!("{noun} {name}") };
        Ok(Self { arn, shown, facts })
    }
}

fn named(call: &Call, own: Option<&str>) -> Option<(Kind, String)> {
    let given = NAMED.iter().find_map(|(member, kind)| Some((*kind, call.text(member)?.to_owned())));
    // A call that may leave the user name out means the caller.
    let means_caller = || match call.model().member("UserName") {
        Some(member) => !member.required,
        None => call.model().name == "ChangePassword",
    };
    given.or_else(|| own.filter(|_| means_caller()).map(|name| (Kind::User, name.to_owned())))
}
