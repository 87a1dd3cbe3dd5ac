//! The versions of managed policies. Five at most; a number is never given again.
//!
//! A policy's update date is the day its newest version was made (API reference, `Policy`).

use rusqlite::params;

use super::documents::accepted;
use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::policy_of::{Found, no_version, not_found};
use super::tx::{Entity, Tx, time};
use crate::api::{
    CreatePolicyVersion, CreatePolicyVersionOutput, DeletePolicyVersion, DeletePolicyVersionOutput, GetPolicyVersion,
    GetPolicyVersionOutput, ListPolicyVersions, ListPolicyVersionsOutput, PolicyVersion, SetDefaultPolicyVersion,
    SetDefaultPolicyVersionOutput,
};
use crate::iam::Error;
use crate::policy::PolicyType;
use crate::policy::catalog::managed::ManagedPolicy;

/// A row of `policy_version`.
struct VersionRow {
    number: i64,
    document: String,
    created: i64,
}

/// The number that a version id names, if it is one of ours: `v7`, without the suffix that the model allows.
fn number(version_id: &str) -> Option<i64> {
    version_id.strip_prefix('v')?.parse().ok()
}

fn answer(row: VersionRow, default_version: i64) -> PolicyVersion {
    PolicyVersion {
        document: Some(row.document),
        version_id: Some(format!("v{}", row.number)),
        is_default_version: Some(row.number == default_version),
        create_date: Some(time(row.created)),
    }
}

/// The one version of an AWS managed policy that is known here.
pub(super) fn aws_version(policy: &ManagedPolicy) -> PolicyVersion {
    PolicyVersion {
        document: Some(policy.document().to_owned()),
        version_id: Some(policy.default_version.into()),
        is_default_version: Some(true),
        create_date: Some(policy.update_date),
    }
}

/// The answer has no document (recorded).
impl Perform for CreatePolicyVersion {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreatePolicyVersionOutput> {
        accepted(&self.policy_document, PolicyType::Identity)?;
        tx.check_own(&self.policy_arn, "update policies")?;
        let policy = tx.own_policy(&self.policy_arn)?;
        tx.check_policy_size(&self.policy_document)?;
        let quota = tx.account.quotas.versions_per_policy;
        if tx.count("SELECT count(*) FROM policy_version WHERE policy = ?1", [policy.id])? >= quota as usize {
            return Err(Error::limit_exceeded(format!(
                "A managed policy can have up to {quota} versions. Before you create a new version, you must delete an \
                 existing version."
            ))
            .into());
        }
        let number = tx.policy_row(policy.id)?.latest_version + 1;
        tx.execute(
            "INSERT INTO policy_version (policy, account, number, document, created) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![policy.id, tx.account.row, number, self.policy_document, tx.seconds()],
        )?;
        let is_default = self.set_as_default.unwrap_or(false);
        tx.execute(
            "UPDATE policy SET latest_version = ?2, updated = ?3,
             default_version = CASE WHEN ?4 THEN ?2 ELSE default_version END WHERE entity = ?1",
            params![policy.id, number, tx.seconds(), is_default],
        )?;
        let made = PolicyVersion {
            version_id: Some(format!("v{number}")),
            is_default_version: Some(is_default),
            create_date: Some(tx.moment()),
            ..PolicyVersion::default()
        };
        Ok(CreatePolicyVersionOutput { policy_version: Some(made) })
    }
}

impl Perform for GetPolicyVersion {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetPolicyVersionOutput> {
        let version = match tx.policy(&self.policy_arn)? {
            Some(Found::Own(policy)) => tx.version(&policy, &self.version_id)?,
            Some(Found::Aws(policy)) => Some(aws_version(policy)).filter(|_| policy.default_version == self.version_id),
            None => None,
        };
        let version = version.ok_or_else(|| no_version(&self.policy_arn, &self.version_id))?;
        Ok(GetPolicyVersionOutput { policy_version: Some(version) })
    }
}

/// Newest first, without documents (recorded).
impl Perform for ListPolicyVersions {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListPolicyVersionsOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let versions = match tx.policy(&self.policy_arn)?.ok_or_else(|| not_found(&self.policy_arn))? {
            Found::Own(policy) => tx.versions(&policy)?,
            Found::Aws(policy) => vec![aws_version(policy)],
        };
        let (mut versions, more, marker) = page.pick(versions, descending);
        for version in &mut versions {
            version.document = None;
        }
        Ok(ListPolicyVersionsOutput { versions: Some(versions), is_truncated: Some(more), marker })
    }
}

/// A key that sorts newer versions before older ones.
fn descending(version: &PolicyVersion) -> String {
    let number = version.version_id.as_deref().and_then(number).unwrap_or(0);
    format!("{:019}", i64::MAX - number)
}

impl Perform for SetDefaultPolicyVersion {
    fn perform(&self, tx: &Tx<'_>) -> Result<SetDefaultPolicyVersionOutput> {
        tx.check_own(&self.policy_arn, "update policies")?;
        let (policy, number) = tx.numbered(&self.policy_arn, &self.version_id)?;
        tx.execute("UPDATE policy SET default_version = ?2 WHERE entity = ?1", [policy.id, number])?;
        Ok(SetDefaultPolicyVersionOutput {})
    }
}

impl Perform for DeletePolicyVersion {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeletePolicyVersionOutput> {
        tx.check_own(&self.policy_arn, "delete policy versions for policies")?;
        tx.own_policy(&self.policy_arn)?;
        let (policy, number) = tx.numbered(&self.policy_arn, &self.version_id)?;
        if tx.policy_row(policy.id)?.default_version == number {
            return Err(Error::delete_conflict("Cannot delete the default version of a policy.").into());
        }
        tx.execute("DELETE FROM policy_version WHERE policy = ?1 AND number = ?2", [policy.id, number])?;
        tx.execute(
            "UPDATE policy SET updated = (SELECT max(created) FROM policy_version WHERE policy = ?1) WHERE entity = ?1",
            [policy.id],
        )?;
        Ok(DeletePolicyVersionOutput {})
    }
}

impl Tx<'_> {
    /// The customer managed policy and the number of its version.
    ///
    /// # Errors
    /// `NoSuchEntity` when there is no such policy or version.
    fn numbered(&self, arn: &str, version_id: &str) -> Result<(Entity, i64)> {
        let missing = || no_version(arn, version_id);
        let number = number(version_id).ok_or_else(missing)?;
        let Some(Found::Own(policy)) = self.policy(arn)? else { return Err(missing().into()) };
        let sql = "SELECT count(*) FROM policy_version WHERE policy = ?1 AND number = ?2";
        if self.count(sql, [policy.id, number])? == 0 {
            return Err(missing().into());
        }
        Ok((policy, number))
    }

    /// One version of a customer managed policy.
    fn version(&self, policy: &Entity, version_id: &str) -> Result<Option<PolicyVersion>> {
        let Some(number) = number(version_id) else { return Ok(None) };
        self.one(
            "SELECT v.number, v.document, v.created, p.default_version
             FROM policy_version v JOIN policy p ON p.entity = v.policy WHERE v.policy = ?1 AND v.number = ?2",
            [policy.id, number],
            read_version,
        )
    }

    /// Every version of a customer managed policy, newest first, with its document.
    pub(super) fn versions(&self, policy: &Entity) -> Result<Vec<PolicyVersion>> {
        self.all(
            "SELECT v.number, v.document, v.created, p.default_version
             FROM policy_version v JOIN policy p ON p.entity = v.policy WHERE v.policy = ?1 ORDER BY v.number DESC",
            [policy.id],
            read_version,
        )
    }
}

fn read_version(row: &rusqlite::Row<'_>) -> rusqlite::Result<PolicyVersion> {
    let version = VersionRow { number: row.get(0)?, document: row.get(1)?, created: row.get(2)? };
    Ok(answer(version, row.get(3)?))
}

#[cfg(test)]
mod tests {
    use crate::api::{
        CreatePolicy, CreatePolicyVersion, DeletePolicyVersion, GetPolicy, GetPolicyVersion, ListPolicyVersions,
        SetDefaultPolicyVersion,
    };
    use crate::store::kit::{ALLOW, Kit};

    const ARN: &str = "arn:aws:iam::123456789012:policy/p";

    fn kit() -> Kit {
        let kit = Kit::new();
        kit.ok(&CreatePolicy { policy_name: "p".into(), policy_document: ALLOW.into(), ..CreatePolicy::default() });
        kit
    }

    fn another(is_default: bool) -> CreatePolicyVersion {
        CreatePolicyVersion { policy_arn: ARN.into(), policy_document: ALLOW.into(), set_as_default: Some(is_default) }
    }

    fn delete(version: &str) -> DeletePolicyVersion {
        DeletePolicyVersion { policy_arn: ARN.into(), version_id: version.into() }
    }

    fn listed(kit: &Kit) -> Vec<(String, bool)> {
        let versions = kit.ok(&ListPolicyVersions { policy_arn: ARN.into(), ..ListPolicyVersions::default() }).versions;
        let pair = |v: crate::api::PolicyVersion| {
            assert_eq!(v.document, None);
            (v.version_id.unwrap(), v.is_default_version.unwrap())
        };
        versions.unwrap().into_iter().map(pair).collect()
    }

    #[test]
    fn versions_are_listed_newest_first_and_numbered_on() {
        let kit = kit();
        for _ in 0..4 {
            kit.ok(&another(false));
        }
        let error = kit.refused(&another(false));
        assert_eq!(error.code, "LimitExceeded");
        assert!(error.message.starts_with("A managed policy can have up to 5 versions."), "{}", error.message);
        kit.ok(&delete("v5"));
        let made = kit.ok(&another(true)).policy_version.unwrap();
        assert_eq!((made.version_id.as_deref(), made.document), (Some("v6"), None));
        let expected = [("v6", true), ("v4", false), ("v3", false), ("v2", false), ("v1", false)];
        assert_eq!(listed(&kit), expected.map(|(id, is_default)| (id.to_owned(), is_default)));
    }

    #[test]
    fn versions_come_in_pages() {
        let kit = kit();
        kit.ok(&another(false));
        kit.ok(&another(false));
        let list = ListPolicyVersions { policy_arn: ARN.into(), max_items: Some(2), ..ListPolicyVersions::default() };
        let first = kit.ok(&list);
        assert_eq!((first.versions.unwrap().len(), first.is_truncated), (2, Some(true)));
        let rest = kit.ok(&ListPolicyVersions { marker: first.marker, ..list }).versions.unwrap();
        assert_eq!(rest[0].version_id.as_deref(), Some("v1"));
    }

    #[test]
    fn the_default_version_moves_and_is_not_deleted() {
        let kit = kit();
        kit.ok(&another(true));
        assert_eq!(kit.refused(&delete("v2")).message, "Cannot delete the default version of a policy.");
        kit.ok(&SetDefaultPolicyVersion { policy_arn: ARN.into(), version_id: "v1".into() });
        let policy = kit.ok(&GetPolicy { policy_arn: ARN.into() }).policy.unwrap();
        assert_eq!(policy.default_version_id.as_deref(), Some("v1"));
        kit.ok(&delete("v2"));
        assert_eq!(listed(&kit), [("v1".to_owned(), true)]);
    }

    #[test]
    fn a_version_that_is_not_there_has_its_own_sentence() {
        let kit = kit();
        let missing = format!("Policy {ARN} version v9 does not exist or is not attachable.");
        assert_eq!(kit.refused(&delete("v9")).message, missing);
        let get = |arn: &str, id: &str| GetPolicyVersion { policy_arn: arn.into(), version_id: id.into() };
        assert_eq!(kit.refused(&get(ARN, "v9")).message, missing);
        let set = |arn: &str| SetDefaultPolicyVersion { policy_arn: arn.into(), version_id: "v4".into() };
        let gone = "arn:aws:iam::123456789012:policy/gone";
        assert_eq!(
            kit.refused(&set(gone)).message,
            format!("Policy {gone} version v4 does not exist or is not attachable.")
        );
        assert_eq!(
            kit.refused(&set("arn:aws:iam::aws:policy/ReadOnlyAccess")).message,
            "Cannot update policies outside your own account."
        );
        let basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
        let version = kit.ok(&get(basic, "v1")).policy_version.unwrap();
        assert!(version.document.unwrap().contains("logs:PutLogEvents"));
    }
}
