//! What goes with a thing that is deleted, and the calls that delete it all, in the order that IAM wants.
//!
//! The order follows the IAM User Guide, "Remove or deactivate an IAM user" and its like: IAM refuses to delete what
//! something still hangs on.

use serde_json::{Map, Value, json};

use super::{Credential, CredentialKind, KeyRow, Last, Mfa, MfaDevice, Read, View};
use crate::api::{Call, Service, find};
use crate::iam::Kind;
use crate::store::error::{Error, Result};

/// One thing that goes with another.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// The console password.
    Password,
    /// An access key.
    AccessKey(Box<KeyRow>),
    /// A certificate, SSH key or service-specific credential.
    Credential(Credential),
    /// An MFA device; a virtual one is deleted, any other only deactivated.
    Mfa(MfaDevice),
    /// The MFA device that is deleted is this user's.
    MfaOf(String),
    /// The role is in this instance profile.
    InstanceProfile(String),
    /// This role is in the instance profile that is deleted.
    RoleInProfile(String),
    /// An inline policy.
    Inline(String),
    /// A managed policy that is attached; only the attachment goes.
    Attached {
        /// The policy's name.
        name: String,
        /// Its ARN.
        arn: String,
    },
    /// Membership in this group.
    Membership(String),
    /// This user's membership in the group that is deleted.
    Member(String),
    /// The policy is attached to this entity.
    AttachedTo {
        /// User, group or role.
        kind: Kind,
        /// Its name.
        name: String,
    },
    /// A version of the policy other than the one in force.
    Version(String),
}

/// What deleting a thing means.
#[derive(Clone, Debug, PartialEq)]
pub struct Deletion {
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// When it was last used.
    pub activity: Last,
    /// What goes with it, in the order in which it goes.
    pub parts: Vec<Part>,
    /// Why it cannot be deleted, in sentences; empty when it can.
    pub blockers: Vec<String>,
    /// The calls that do it, last of all the one that deletes the thing itself.
    pub calls: Vec<Call>,
}

impl View<'_> {
    /// What deleting the thing of that kind and name means; of a policy also by its ARN. `None` when it is not there.
    pub fn deletion(&self, kind: Kind, name: &str) -> Result<Option<Deletion>> {
        self.read(|read| read.deletion(kind, name.rsplit('/').next().unwrap_or(name)))
    }
}

impl Read<'_> {
    fn deletion(&self, kind: Kind, name: &str) -> Result<Option<Deletion>> {
        let Some((id, head)) = self.head_of(kind, name)? else { return Ok(None) };
        let activity = self.one("SELECT activity FROM entity WHERE id = ?1", [id], |row| row.get(0))?.flatten();
        let target = Target { kind, name: &head.name, arn: &head.arn };
        let parts = self.parts(id, &target)?;
        let blockers = self.blockers(id, &target)?;
        let mut calls = Vec::new();
        for part in &parts {
            calls.extend(part.calls(&target)?);
        }
        calls.push(self.last_call(id, &target)?);
        let activity = self.last(activity);
        Ok(Some(Deletion { kind, activity, parts, blockers, calls, arn: head.arn.clone(), name: head.name }))
    }

    fn parts(&self, id: i64, target: &Target<'_>) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        match target.kind {
            Kind::User => {
                if self.count("SELECT count(*) FROM login_profile WHERE user = ?1", [id])? > 0 {
                    parts.push(Part::Password);
                }
                parts.extend(self.keys_of(id)?.into_iter().map(|key| Part::AccessKey(Box::new(key))));
                parts.extend(self.credentials(id)?.into_iter().map(Part::Credential));
                parts.extend(self.mfa_devices(id)?.into_iter().map(Part::Mfa));
            }
            Kind::Group => parts.extend(self.every_member(id)?.into_iter().map(Part::Member)),
            Kind::Policy => {
                parts.extend(self.every_holder(target.arn)?);
                let old = self.versions(id)?.into_iter().filter(|version| !version.is_default);
                parts.extend(old.map(|version| Part::Version(version.id)));
            }
            Kind::Role => parts.extend(self.instance_profiles(id)?.into_iter().map(Part::InstanceProfile)),
            Kind::InstanceProfile => {
                let sql =
                    "SELECT e.name FROM instance_profile_role i JOIN entity e ON e.id = i.role WHERE i.profile = ?1";
                parts.extend(self.all(sql, [id], |row| Ok(Part::RoleInProfile(row.get(0)?)))?);
            }
            Kind::MfaDevice => {
                let sql = "SELECT e.name FROM mfa_device d JOIN entity e ON e.id = d.user WHERE d.entity = ?1";
                parts.extend(self.all(sql, [id], |row| Ok(Part::MfaOf(row.get(0)?)))?);
            }
            Kind::ServerCertificate | Kind::SamlProvider | Kind::OidcProvider => {}
        }
        parts.extend(self.inline(id)?.into_iter().map(|inline| Part::Inline(inline.name)));
        parts.extend(self.attached(id)?.into_iter().map(|link| Part::Attached { name: link.name, arn: link.arn }));
        if target.kind == Kind::User {
            let sql =
                "SELECT g.name FROM membership m JOIN entity g ON g.id = m.grp WHERE m.user = ?1 ORDER BY g.name_key";
            parts.extend(self.all(sql, [id], |row| Ok(Part::Membership(row.get(0)?)))?);
        }
        Ok(parts)
    }

    fn every_member(&self, group: i64) -> Result<Vec<String>> {
        let sql = "SELECT u.name FROM membership m JOIN entity u ON u.id = m.user WHERE m.grp = ?1 ORDER BY u.name_key";
        self.all(sql, [group], |row| row.get(0))
    }

    fn every_holder(&self, arn: &str) -> Result<Vec<Part>> {
        let sql = "SELECT e.kind, e.name FROM attachment a JOIN entity e ON e.id = a.entity
            WHERE a.policy_arn = ?1 AND e.account = ?2 ORDER BY e.kind, e.name_key";
        self.all(sql, (arn, self.account.row), |row| {
            let kind = Kind::of_number(row.get(0)?).unwrap_or(Kind::User);
            Ok(Part::AttachedTo { kind, name: row.get(1)? })
        })
    }

    /// A boundary is never removed in passing: whoever it bounds could do more from then on.
    fn blockers(&self, _id: i64, target: &Target<'_>) -> Result<Vec<String>> {
        if target.kind != Kind::Policy {
            return Ok(Vec::new());
        }
        let bounded = self.bounded_by(target.arn)?;
        let says =
            |row: &super::EntityRow| format!("it is the permissions boundary of the {} {}", row.kind.noun(), row.name);
        Ok(bounded.iter().map(says).collect())
    }

    fn last_call(&self, id: i64, target: &Target<'_>) -> Result<Call> {
        let (name, arn) = (target.name, target.arn);
        match target.kind {
            Kind::User => call("DeleteUser", json!({"UserName": name})),
            Kind::Group => call("DeleteGroup", json!({"GroupName": name})),
            Kind::Role => {
                let sql = "SELECT service IS NOT NULL FROM role WHERE entity = ?1";
                let linked = self.one(sql, [id], |row| row.get(0))?.unwrap_or(false);
                let operation = if linked { "DeleteServiceLinkedRole" } else { "DeleteRole" };
                call(operation, json!({"RoleName": name}))
            }
            Kind::Policy => call("DeletePolicy", json!({"PolicyArn": arn})),
            Kind::InstanceProfile => call("DeleteInstanceProfile", json!({"InstanceProfileName": name})),
            Kind::ServerCertificate => call("DeleteServerCertificate", json!({"ServerCertificateName": name})),
            Kind::SamlProvider => call("DeleteSAMLProvider", json!({"SAMLProviderArn": arn})),
            Kind::OidcProvider => call("DeleteOpenIDConnectProvider", json!({"OpenIDConnectProviderArn": arn})),
            Kind::MfaDevice => call("DeleteVirtualMFADevice", json!({"SerialNumber": arn})),
        }
    }
}

/// What is deleted.
struct Target<'a> {
    kind: Kind,
    name: &'a str,
    arn: &'a str,
}

impl Target<'_> {
    /// A call named after the kind, as `DetachUserPolicy`, with the name of the target and one more member.
    fn call(&self, verb: &str, (member, value): (&str, &str)) -> Result<Call> {
        of_kind(self.kind, self.name, verb, (member, value))
    }
}

fn of_kind(kind: Kind, name: &str, verb: &str, (member, value): (&str, &str)) -> Result<Call> {
    let word = match kind {
        Kind::Group => "Group",
        Kind::Role => "Role",
        _ => "User",
    };
    let operation = format!("{verb}{word}Policy");
    call(&operation, json!({format!("{word}Name"): name, member: value}))
}

impl Part {
    fn calls(&self, target: &Target<'_>) -> Result<Vec<Call>> {
        let one = |call: Result<Call>| call.map(|call| vec![call]);
        let name = target.name;
        match self {
            Self::Password => one(call("DeleteLoginProfile", json!({"UserName": name}))),
            Self::AccessKey(key) => one(call("DeleteAccessKey", json!({"UserName": name, "AccessKeyId": key.id}))),
            Self::Credential(credential) => one(credential_call(credential, name)),
            Self::Mfa(device) => mfa_calls(device, name),
            Self::MfaOf(user) => {
                one(call("DeactivateMFADevice", json!({"UserName": user, "SerialNumber": target.arn})))
            }
            Self::InstanceProfile(profile) => one(from_profile(profile, name)),
            Self::RoleInProfile(role) => one(from_profile(name, role)),
            Self::Inline(policy) => one(target.call("Delete", ("PolicyName", policy))),
            Self::Attached { arn, .. } => one(target.call("Detach", ("PolicyArn", arn))),
            Self::Membership(group) => one(call("RemoveUserFromGroup", json!({"GroupName": group, "UserName": name}))),
            Self::Member(user) => one(call("RemoveUserFromGroup", json!({"GroupName": name, "UserName": user}))),
            Self::AttachedTo { kind, name } => one(of_kind(*kind, name, "Detach", ("PolicyArn", target.arn))),
            Self::Version(id) => one(call("DeletePolicyVersion", json!({"PolicyArn": target.arn, "VersionId": id}))),
        }
    }
}

fn credential_call(credential: &Credential, user: &str) -> Result<Call> {
    let (operation, member) = match credential.kind {
        CredentialKind::SigningCertificate => ("DeleteSigningCertificate", "CertificateId"),
        CredentialKind::SshPublicKey => ("DeleteSSHPublicKey", "SSHPublicKeyId"),
        CredentialKind::ServiceSpecific => ("DeleteServiceSpecificCredential", "ServiceSpecificCredentialId"),
    };
    call(operation, json!({"UserName": user, member: credential.id}))
}

fn mfa_calls(device: &MfaDevice, user: &str) -> Result<Vec<Call>> {
    let mut calls = vec![call("DeactivateMFADevice", json!({"UserName": user, "SerialNumber": device.serial}))?];
    if device.kind == Mfa::Virtual {
        calls.push(call("DeleteVirtualMFADevice", json!({"SerialNumber": device.serial}))?);
    }
    Ok(calls)
}

fn from_profile(profile: &str, role: &str) -> Result<Call> {
    call("RemoveRoleFromInstanceProfile", json!({"InstanceProfileName": profile, "RoleName": role}))
}

fn call(operation: &str, input: Value) -> Result<Call> {
    let model =
        find(Service::Iam, operation).ok_or_else(|| Error::Corrupt(format!("the API has no operation {operation}")))?;
    let input = if let Value::Object(input) = input { input } else { Map::new() };
    Ok(Call::new(model, input))
}
