//! Attaching managed policies to users, groups and roles, detaching them, and listing what is attached.

use rusqlite::params;

use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::policy_of::{Found, check_policy_arn, not_attachable, not_found};
use super::tx::{Entity, Tx, check_within, fold};
use crate::api::{
    AttachGroupPolicy, AttachGroupPolicyOutput, AttachRolePolicy, AttachRolePolicyOutput, AttachUserPolicy,
    AttachUserPolicyOutput, AttachedPolicy, DetachGroupPolicy, DetachGroupPolicyOutput, DetachRolePolicy,
    DetachRolePolicyOutput, DetachUserPolicy, DetachUserPolicyOutput, ListAttachedGroupPolicies,
    ListAttachedGroupPoliciesOutput, ListAttachedRolePolicies, ListAttachedRolePoliciesOutput,
    ListAttachedUserPolicies, ListAttachedUserPoliciesOutput,
};
use crate::iam::{Arn, Error, Kind};

/// The three calls of one kind: its name member, how it is looked up to be read and to be changed, its calls.
macro_rules! attachments {
    ($name:ident, $read:ident, $change:ident: $attach:ident $attach_output:ident, $detach:ident $detach_output:ident,
     $list:ident $list_output:ident) => {
        impl Perform for $attach {
            fn perform(&self, tx: &Tx<'_>) -> Result<$attach_output> {
                check_policy_arn(&self.policy_arn)?;
                let entity = tx.$change(&self.$name)?;
                tx.attach(&entity, &self.policy_arn)?;
                Ok($attach_output {})
            }
        }

        impl Perform for $detach {
            fn perform(&self, tx: &Tx<'_>) -> Result<$detach_output> {
                check_policy_arn(&self.policy_arn)?;
                let entity = tx.$change(&self.$name)?;
                tx.detach(&entity, &self.policy_arn)?;
                Ok($detach_output {})
            }
        }

        impl Perform for $list {
            fn perform(&self, tx: &Tx<'_>) -> Result<$list_output> {
                let page = Page::new(self.marker.as_deref(), self.max_items)?;
                let mut rows = tx.attached(tx.$read(&self.$name)?.id)?;
                if let Some(prefix) = &self.path_prefix {
                    rows.retain(|policy| lies_under(policy, prefix));
                }
                let (policies, more, marker) = page.pick(rows, page_key);
                Ok($list_output { attached_policies: Some(policies), is_truncated: Some(more), marker })
            }
        }
    };
}

attachments! { user_name, user, user: AttachUserPolicy AttachUserPolicyOutput,
DetachUserPolicy DetachUserPolicyOutput, ListAttachedUserPolicies ListAttachedUserPoliciesOutput }
attachments! { group_name, group, group: AttachGroupPolicy AttachGroupPolicyOutput,
DetachGroupPolicy DetachGroupPolicyOutput, ListAttachedGroupPolicies ListAttachedGroupPoliciesOutput }
attachments! { role_name, role, own_role: AttachRolePolicy AttachRolePolicyOutput,
DetachRolePolicy DetachRolePolicyOutput, ListAttachedRolePolicies ListAttachedRolePoliciesOutput }

fn lies_under(policy: &AttachedPolicy, prefix: &str) -> bool {
    let arn = policy.policy_arn.as_deref().and_then(|arn| arn.parse::<Arn>().ok());
    arn.is_some_and(|arn| arn.path().starts_with(prefix))
}

fn page_key(policy: &AttachedPolicy) -> String {
    fold(policy.policy_name.as_deref().unwrap_or_default())
}

/// The name at the end of a policy's ARN.
fn name_of(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

impl Tx<'_> {
    /// Attaching what is attached changes nothing.
    fn attach(&self, entity: &Entity, arn: &str) -> Result<()> {
        let policy = match self.policy(arn)?.ok_or_else(|| not_attachable(arn))? {
            Found::Own(policy) => Some(policy.id),
            Found::Aws(policy) if policy.path == "/aws-service-role/" => {
                let whom = if entity.kind == Kind::Role { "Customer Role" } else { entity.kind.noun() };
                let message = format!("Cannot attach a Service Role Policy to a {whom}.");
                return Err(Error::policy_not_attachable(message).into());
            }
            Found::Aws(_) => None,
        };
        if self.insert_attachment(entity, arn, policy)? == 0 {
            return Ok(());
        }
        let quotas = &self.account.quotas;
        let (what, quota) = match entity.kind {
            Kind::User => ("PoliciesPerUser", quotas.attached_policies_per_user),
            Kind::Group => ("PoliciesPerGroup", quotas.attached_policies_per_group),
            _ => ("PoliciesPerRole", quotas.attached_policies_per_role),
        };
        let count = self.count("SELECT count(*) FROM attachment WHERE entity = ?1", [entity.id])?;
        check_within(count, what, quota)?;
        check_within(self.versions_in_use()?, "PolicyVersionsInUse", quotas.policy_versions_in_use)
    }

    /// Adds an attachment if it is not there; how many were added. `policy` is the row of a customer managed policy.
    pub(super) fn insert_attachment(&self, entity: &Entity, arn: &str, policy: Option<i64>) -> Result<usize> {
        self.execute(
            "INSERT INTO attachment (entity, policy_arn, policy, account) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
            params![entity.id, arn, policy, self.account.row],
        )
    }

    fn detach(&self, entity: &Entity, arn: &str) -> Result<()> {
        let sql = "DELETE FROM attachment WHERE entity = ?1 AND policy_arn = ?2";
        if self.execute(sql, params![entity.id, arn])? == 0 {
            return Err(not_found(arn).into());
        }
        Ok(())
    }

    /// The managed policies attached to an entity, by name.
    pub(super) fn attached(&self, entity: i64) -> Result<Vec<AttachedPolicy>> {
        let sql = "SELECT policy_arn FROM attachment WHERE entity = ?1";
        let mut policies = self.all(sql, [entity], |row| {
            let arn: String = row.get(0)?;
            Ok(AttachedPolicy { policy_name: Some(name_of(&arn).to_owned()), policy_arn: Some(arn) })
        })?;
        policies.sort_by_key(page_key);
        Ok(policies)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::{
        AttachUserPolicy, CreatePolicy, CreateRole, CreateUser, DetachUserPolicy, GetPolicy, ListAttachedUserPolicies,
    };
    use crate::store::kit::{ALLOW, Kit, TRUST};

    const ARN: &str = "arn:aws:iam::123456789012:policy/p";
    const BILLING: &str = "arn:aws:iam::aws:policy/job-function/Billing";

    fn kit() -> Kit {
        let kit = Kit::new();
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        policy(&kit, "p");
        kit
    }

    fn policy(kit: &Kit, name: &str) {
        let policy_document = ALLOW.into();
        kit.ok(&CreatePolicy { policy_name: name.into(), policy_document, ..CreatePolicy::default() });
    }

    fn attach(arn: &str) -> AttachUserPolicy {
        AttachUserPolicy { user_name: "ann".into(), policy_arn: arn.into() }
    }

    fn detach(arn: &str) -> DetachUserPolicy {
        DetachUserPolicy { user_name: "ann".into(), policy_arn: arn.into() }
    }

    fn count(kit: &Kit, arn: &str) -> Option<i64> {
        kit.ok(&GetPolicy { policy_arn: arn.into() }).policy.unwrap().attachment_count
    }

    #[test]
    fn attaching_twice_counts_once_and_detaching_twice_is_refused() {
        let kit = kit();
        for arn in [ARN, BILLING] {
            kit.ok(&attach(arn));
            kit.ok(&attach(arn));
            assert_eq!(count(&kit, arn), Some(1));
            kit.ok(&detach(arn));
            assert_eq!(kit.refused(&detach(arn)).message, format!("Policy {arn} was not found."));
            assert_eq!(count(&kit, arn), Some(0));
        }
    }

    #[test]
    fn an_arn_must_be_one_and_mean_something() {
        let kit = kit();
        let error = kit.refused(&attach("longpolicynamebutnoarn"));
        assert_eq!((error.code.as_ref(), error.status), ("ValidationError", 400));
        assert_eq!(error.message, "ARN longpolicynamebutnoarn is not valid.");
        let gone = format!("{ARN}123");
        assert_eq!(kit.refused(&attach(&gone)).message, format!("Policy {gone} does not exist or is not attachable."));
    }

    #[test]
    fn what_is_attached_is_listed_by_name_in_pages_and_by_path() {
        let kit = kit();
        kit.ok(&attach(ARN));
        kit.ok(&attach(BILLING));
        let list = ListAttachedUserPolicies { user_name: "ann".into(), ..ListAttachedUserPolicies::default() };
        let names = |list: &ListAttachedUserPolicies| -> Vec<_> {
            kit.ok(list).attached_policies.unwrap().into_iter().filter_map(|p| p.policy_name).collect()
        };
        assert_eq!(names(&list), ["Billing", "p"]);
        assert_eq!(
            names(&ListAttachedUserPolicies { path_prefix: Some("/job-function/".into()), ..list.clone() }),
            ["Billing"]
        );
        let first = kit.ok(&ListAttachedUserPolicies { max_items: Some(1), ..list.clone() });
        assert_eq!(names(&ListAttachedUserPolicies { marker: first.marker, ..list }), ["p"]);
    }

    #[test]
    fn ten_policies_are_enough() {
        let kit = kit();
        for n in 0..10 {
            policy(&kit, &format!("p{n}"));
            kit.ok(&attach(&format!("{ARN}{n}")));
        }
        let error = kit.refused(&attach(ARN));
        assert_eq!(
            (error.code.as_ref(), error.message.as_str()),
            ("LimitExceeded", "Cannot exceed quota for PoliciesPerUser: 10")
        );
        kit.ok(&attach(&format!("{ARN}3")));
    }

    #[test]
    fn a_policy_for_a_service_linked_role_is_for_no_other() {
        let kit = kit();
        kit.ok(&CreateRole {
            role_name: "r".into(),
            assume_role_policy_document: TRUST.into(),
            ..CreateRole::default()
        });
        let arn = "arn:aws:iam::aws:policy/aws-service-role/AmazonElasticsearchServiceRolePolicy";
        let error = kit.call("AttachRolePolicy", json!({"RoleName": "r", "PolicyArn": arn})).unwrap_err();
        assert_eq!((error.code.as_ref(), error.status), ("PolicyNotAttachable", 400));
        assert_eq!(error.message, "Cannot attach a Service Role Policy to a Customer Role.");
    }
}
