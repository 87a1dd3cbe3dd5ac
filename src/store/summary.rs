//! `GetAccountSummary`: what the account holds, and what it may hold.

use std::collections::BTreeMap;

use super::error::Result;
use super::perform::Perform;
use super::settings::TOKEN_VERSION;
use super::tx::Tx;
use crate::api::{GetAccountSummary, GetAccountSummaryOutput};
use crate::iam::Kind;

/// The keys that count the entities of one kind or more.
const COUNTS: [(&str, &[Kind]); 8] = [
    ("Users", &[Kind::User]),
    ("Groups", &[Kind::Group]),
    ("Roles", &[Kind::Role]),
    ("Policies", &[Kind::Policy]),
    ("InstanceProfiles", &[Kind::InstanceProfile]),
    ("ServerCertificates", &[Kind::ServerCertificate]),
    ("Providers", &[Kind::SamlProvider, Kind::OidcProvider]),
    ("MFADevices", &[Kind::MfaDevice]),
];

/// What a local account says of its root user, who has neither password nor certificates here.
const FIXED: [(&str, i64); 2] = [("AccountPasswordPresent", 0), ("AccountSigningCertificatesPresent", 0)];

/// What there may be of the root user's: one row or more, and it is present.
const OF_ROOT: [(&str, &str); 2] = [
    ("AccountAccessKeysPresent", "SELECT count(*) FROM access_key WHERE account = ?1 AND user IS NULL"),
    (
        "AccountMFAEnabled",
        "SELECT count(*) FROM mfa_device m JOIN entity e ON e.id = m.entity WHERE e.account = ?1 AND m.root",
    ),
];

impl Perform for GetAccountSummary {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetAccountSummaryOutput> {
        let tally = tx.all("SELECT kind, count FROM tally WHERE account = ?1", [tx.account.row], |row| {
            Ok((row.get::<_, u8>(0)?, row.get::<_, i64>(1)?))
        })?;
        let count = |kinds: &[Kind]| {
            let of_kinds = tally.iter().filter(|(kind, _)| kinds.iter().any(|k| k.number() == *kind));
            of_kinds.map(|(_, count)| count).sum()
        };
        let mut map: BTreeMap<String, i64> =
            COUNTS.iter().map(|(key, kinds)| ((*key).to_owned(), count(kinds))).collect();
        map.extend(FIXED.map(|(key, value)| (key.to_owned(), value)));
        for (key, sql) in OF_ROOT {
            map.insert(key.to_owned(), i64::from(tx.count(sql, [tx.account.row])? > 0));
        }
        let version: Option<String> = tx.setting(TOKEN_VERSION)?;
        map.insert("GlobalEndpointTokenVersion".into(), if version.as_deref() == Some("v2Token") { 2 } else { 1 });
        map.extend(tx.quotas().map(|(key, quota)| (key.to_owned(), i64::from(quota))));
        let in_use = "SELECT ifnull(sum(mfa_devices), 0) FROM user WHERE account = ?1 AND mfa_devices > 0";
        let devices = tx.count(in_use, [tx.account.row])?;
        map.insert("MFADevicesInUse".into(), i64::try_from(devices).unwrap_or(i64::MAX));
        map.insert("PolicyVersionsInUse".into(), i64::try_from(tx.versions_in_use()?).unwrap_or(i64::MAX));
        Ok(GetAccountSummaryOutput { summary_map: Some(map) })
    }
}

impl Tx<'_> {
    fn quotas(&self) -> [(&'static str, u32); 19] {
        let quotas = &self.account.quotas;
        [
            ("UsersQuota", quotas.users),
            ("GroupsQuota", quotas.groups),
            ("RolesQuota", quotas.roles),
            ("PoliciesQuota", quotas.policies),
            ("InstanceProfilesQuota", quotas.instance_profiles),
            ("ServerCertificatesQuota", quotas.server_certificates),
            ("GroupsPerUserQuota", quotas.groups_per_user),
            ("AccessKeysPerUserQuota", quotas.access_keys_per_user),
            ("SigningCertificatesPerUserQuota", quotas.signing_certificates_per_user),
            ("AttachedPoliciesPerUserQuota", quotas.attached_policies_per_user),
            ("AttachedPoliciesPerGroupQuota", quotas.attached_policies_per_group),
            ("AttachedPoliciesPerRoleQuota", quotas.attached_policies_per_role),
            ("VersionsPerPolicyQuota", quotas.versions_per_policy),
            ("PolicySizeQuota", quotas.policy_size),
            ("UserPolicySizeQuota", quotas.user_policy_size),
            ("GroupPolicySizeQuota", quotas.group_policy_size),
            ("RolePolicySizeQuota", quotas.role_policy_size),
            ("AssumeRolePolicySizeQuota", quotas.assume_role_policy_size),
            ("PolicyVersionsInUseQuota", quotas.policy_versions_in_use),
        ]
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{CreateGroup, CreatePolicy, CreateUser, DeleteUser, GetAccountSummary};
    use crate::store::kit::{ALLOW, Kit};

    #[test]
    fn counts_follow_what_is_made_and_deleted() {
        let kit = Kit::new();
        for user_name in ["a", "b"] {
            kit.ok(&CreateUser { user_name: user_name.into(), ..CreateUser::default() });
        }
        kit.ok(&DeleteUser { user_name: "a".into() });
        kit.ok(&CreateGroup { group_name: "g".into(), ..CreateGroup::default() });
        kit.ok(&CreatePolicy { policy_name: "p".into(), policy_document: ALLOW.into(), ..CreatePolicy::default() });
        let arn = "arn:aws:iam::123456789012:policy/p";
        kit.call("CreatePolicyVersion", serde_json::json!({"PolicyArn": arn, "PolicyDocument": ALLOW})).unwrap();
        assert_eq!(kit.ok(&GetAccountSummary {}).summary_map.unwrap()["PolicyVersionsInUse"], 0);
        for arn in [arn, "arn:aws:iam::aws:policy/ReadOnlyAccess"] {
            for (kind, name) in [("Group", "g"), ("User", "b")] {
                let input = serde_json::json!({format!("{kind}Name"): name, "PolicyArn": arn});
                kit.call(&format!("Attach{kind}Policy"), input).unwrap();
            }
        }
        let map = kit.ok(&GetAccountSummary {}).summary_map.unwrap();
        let of = |key: &str| map[key];
        assert_eq!([of("Users"), of("Groups"), of("Roles"), of("Policies")], [1, 1, 0, 1]);
        assert_eq!([of("PolicyVersionsInUse"), of("MFADevicesInUse"), of("Providers")], [2, 0, 0]);
        assert_eq!([of("UsersQuota"), of("PolicySizeQuota"), of("GlobalEndpointTokenVersion")], [5000, 6144, 1]);
        assert_eq!(map.len(), 34);
    }
}
