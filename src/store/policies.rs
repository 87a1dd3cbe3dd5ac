//! Customer managed policies: create, get, delete. AWS managed ones are got in the same way.

use rusqlite::params;

use super::documents::{accepted, check_size};
use super::error::Result;
use super::perform::Perform;
use super::policy_of::{Found, not_found, own_policy};
use super::tags::check_tags;
use super::tx::{Entity, NewEntity, Tx};
use crate::api::{
    CreatePolicy, CreatePolicyOutput, DeletePolicy, DeletePolicyOutput, GetPolicy, GetPolicyOutput, Policy,
};
use crate::iam::{Error, Kind};
use crate::policy::PolicyType;

/// The answer names neither description nor, when there are none, tags (recorded).
impl Perform for CreatePolicy {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreatePolicyOutput> {
        accepted(&self.policy_document, PolicyType::Identity)?;
        let tags = self.tags.as_deref().unwrap_or_default();
        check_tags(Kind::Policy, tags)?;
        if tx.find(Kind::Policy, &self.policy_name)?.is_some() {
            let name = &self.policy_name;
            let message = format!("A policy called {name} already exists. Duplicate names are not allowed.");
            return Err(Error::already_exists(message).into());
        }
        tx.check_policy_size(&self.policy_document)?;
        tx.check_quota(Kind::Policy, ("PoliciesPerAccount", tx.account.quotas.policies))?;
        let entity = tx.insert(&NewEntity {
            kind: Kind::Policy,
            name: &self.policy_name,
            path: self.path.as_deref(),
            description: self.description.as_deref(),
            boundary: None,
        })?;
        tx.insert_policy(&entity, &self.policy_document)?;
        tx.put_tags(&entity, tags)?;
        let made = Policy { tags: tx.tags(entity.id)?, ..own_policy(&entity, &tx.policy_row(entity.id)?) };
        Ok(CreatePolicyOutput { policy: Some(made) })
    }
}

/// Tags are always in the answer, be there none (recorded).
impl Perform for GetPolicy {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetPolicyOutput> {
        let policy = match tx.policy(&self.policy_arn)?.ok_or_else(|| not_found(&self.policy_arn))? {
            Found::Own(entity) => Policy {
                description: entity.description.clone(),
                tags: Some(tx.tags(entity.id)?.unwrap_or_default()),
                ..own_policy(&entity, &tx.policy_row(entity.id)?)
            },
            Found::Aws(policy) => Policy { tags: Some(Vec::new()), ..tx.aws_policy_answer(policy)? },
        };
        Ok(GetPolicyOutput { policy: Some(policy) })
    }
}

impl Perform for DeletePolicy {
    fn perform(&self, tx: &Tx<'_>) -> Result<DeletePolicyOutput> {
        tx.check_own(&self.policy_arn, "delete policies")?;
        let entity = tx.own_policy(&self.policy_arn)?;
        let row = tx.policy_row(entity.id)?;
        if row.attachments > 0 || row.boundaries > 0 {
            return Err(Error::delete_conflict("Cannot delete a policy attached to entities.").into());
        }
        if tx.count("SELECT count(*) FROM policy_version WHERE policy = ?1", [entity.id])? > 1 {
            return Err(Error::delete_conflict(
                "This policy has more than one version. Before you delete a policy, you must delete the policy's \
                 versions. The default version is deleted with the policy.",
            )
            .into());
        }
        tx.delete(&entity)?;
        Ok(DeletePolicyOutput {})
    }
}

impl Tx<'_> {
    /// Refuses a managed policy that is too large.
    pub(super) fn check_policy_size(&self, document: &str) -> Result<()> {
        check_size(document, ("PolicySize", self.account.quotas.policy_size))
    }

    /// How many managed policies, own and AWS's, are attached to something or a boundary: of each its default version is
    /// in use (observed on AWS).
    pub(super) fn versions_in_use(&self) -> Result<usize> {
        self.count(
            "SELECT (SELECT count(*) FROM policy INDEXED BY policy_in_use
                     WHERE account = ?1 AND attachments + boundaries > 0)
                  + (SELECT count(*) FROM managed_use WHERE account = ?1 AND attachments + boundaries > 0)",
            [self.account.row],
        )
    }

    fn insert_policy(&self, entity: &Entity, document: &str) -> Result<()> {
        self.execute(
            "INSERT INTO policy (entity, account, name_key, default_version, latest_version, updated)
             SELECT id, account, name_key, 1, 1, created FROM entity WHERE id = ?1",
            [entity.id],
        )?;
        self.execute(
            "INSERT INTO policy_version (policy, account, number, document, created) VALUES (?1, ?2, 1, ?3, ?4)",
            params![entity.id, self.account.row, document, self.seconds()],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{
        AttachUserPolicy, CreatePolicy, CreatePolicyVersion, CreateUser, DeletePolicy, GetPolicy, GetPolicyVersion,
        PutUserPermissionsBoundary,
    };
    use crate::store::kit::{ALLOW, Kit, tag};

    fn create(name: &str) -> CreatePolicy {
        CreatePolicy { policy_name: name.into(), policy_document: ALLOW.into(), ..CreatePolicy::default() }
    }

    const ARN: &str = "arn:aws:iam::123456789012:policy/p";

    fn get() -> GetPolicy {
        GetPolicy { policy_arn: ARN.into() }
    }

    #[test]
    fn a_description_is_got_but_not_given_back_on_creation() {
        let kit = Kit::new();
        let made = kit.ok(&CreatePolicy { description: Some("d".into()), ..create("p") }).policy.unwrap();
        assert_eq!((made.description, made.tags, made.default_version_id.as_deref()), (None, None, Some("v1")));
        let got = kit.ok(&get()).policy.unwrap();
        assert_eq!((got.description.as_deref(), got.tags), (Some("d"), Some(Vec::new())));
        assert_eq!((got.attachment_count, got.is_attachable), (Some(0), Some(true)));
    }

    #[test]
    fn tag_keys_of_policies_differ_by_case() {
        let kit = Kit::new();
        let tags = vec![tag("a", "1"), tag("A", "2")];
        let made = kit.ok(&CreatePolicy { tags: Some(tags.clone()), ..create("p") }).policy.unwrap();
        assert_eq!(made.tags, Some(tags));
        let twice = CreatePolicy { tags: Some(vec![tag("a", "1"), tag("a", "2")]), ..create("q") };
        assert_eq!(kit.refused(&twice).message, "Duplicate tag keys found.");
    }

    #[test]
    fn a_name_is_taken_whatever_its_case_and_path() {
        let kit = Kit::new();
        kit.ok(&create("p"));
        let error = kit.refused(&CreatePolicy { path: Some("/x/".into()), ..create("P") });
        assert_eq!(error.message, "A policy called P already exists. Duplicate names are not allowed.");
    }

    #[test]
    fn a_document_is_kept_byte_for_byte_or_refused() {
        let kit = Kit::new();
        let spaced = ALLOW.replace("\":", "\" :\n ");
        kit.ok(&CreatePolicy { policy_document: spaced.clone(), ..create("p") });
        let got = kit.ok(&GetPolicyVersion { policy_arn: ARN.into(), version_id: "v1".into() });
        assert_eq!(got.policy_version.unwrap().document, Some(spaced));
        let error = kit.refused(&CreatePolicy { policy_document: "{}".into(), ..create("q") });
        assert_eq!((error.code.as_ref(), error.status), ("MalformedPolicyDocument", 400));
    }

    #[test]
    fn white_space_does_not_count_against_the_quota() {
        let kit = Kit::new();
        let of = |length: usize| ALLOW.replace("\"*\"", &format!("\"arn:aws:s3:::{}\"", "b".repeat(length)));
        let room = 6144 - of(0).chars().count();
        kit.ok(&CreatePolicy { policy_document: format!("{}{}", of(room), " ".repeat(99)), ..create("p") });
        let error = kit.refused(&CreatePolicy { policy_document: of(room + 1), ..create("q") });
        assert_eq!(error.code, "LimitExceeded");
        assert_eq!(error.message, "Cannot exceed quota for PolicySize: 6144");
    }

    #[test]
    fn a_policy_in_use_or_with_versions_is_not_deleted() {
        let kit = Kit::new();
        kit.ok(&create("p"));
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        let delete = DeletePolicy { policy_arn: ARN.into() };
        kit.ok(&PutUserPermissionsBoundary { user_name: "ann".into(), permissions_boundary: ARN.into() });
        assert_eq!(kit.refused(&delete).message, "Cannot delete a policy attached to entities.");
        kit.call("DeleteUserPermissionsBoundary", serde_json::json!({"UserName": "ann"})).unwrap();
        kit.ok(&AttachUserPolicy { user_name: "ann".into(), policy_arn: ARN.into() });
        assert_eq!(kit.refused(&delete).code, "DeleteConflict");
        kit.call("DetachUserPolicy", serde_json::json!({"UserName": "ann", "PolicyArn": ARN})).unwrap();
        kit.ok(&CreatePolicyVersion {
            policy_arn: ARN.into(),
            policy_document: ALLOW.into(),
            ..CreatePolicyVersion::default()
        });
        assert!(kit.refused(&delete).message.starts_with("This policy has more than one version."));
        kit.call("DeletePolicyVersion", serde_json::json!({"PolicyArn": ARN, "VersionId": "v2"})).unwrap();
        kit.ok(&delete);
        assert_eq!(kit.refused(&delete).message, format!("Policy {ARN} was not found."));
        assert_eq!(kit.refused(&get()).message, format!("Policy {ARN} was not found."));
    }

    #[test]
    fn the_policies_of_aws_are_there_but_not_ours_to_delete() {
        let kit = Kit::new();
        let arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
        let got = kit.ok(&GetPolicy { policy_arn: arn.into() }).policy.unwrap();
        assert_eq!((got.arn.as_deref(), got.attachment_count), (Some(arn), Some(0)));
        let error = kit.refused(&DeletePolicy { policy_arn: arn.into() });
        assert_eq!((error.code.as_ref(), error.status), ("AccessDenied", 403));
        assert_eq!(error.message, "Cannot delete policies outside your own account.");
    }

    #[test]
    fn an_arn_of_something_else_is_not_valid() {
        let user = "arn:aws:iam::123456789012:user/ann";
        let error = Kit::new().refused(&GetPolicy { policy_arn: user.into() });
        assert_eq!((error.code.as_ref(), error.message), ("ValidationError", format!("ARN {user} is not valid.")));
    }
}
