//! Inline policies of users, groups and roles: put, get, list, delete.
//!
//! Their names are one whatever the case of the letters. A policy keeps the name it was made with, and is shown under the
//! one it was asked for by (observed on AWS). A store from before that was known may hold two names that differ by case:
//! then the one that is meant to the letter goes first.

use rusqlite::params;

use super::documents::accepted;
use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::tx::{Entity, Tx};
use crate::api::{
    DeleteGroupPolicy, DeleteGroupPolicyOutput, DeleteRolePolicy, DeleteRolePolicyOutput, DeleteUserPolicy,
    DeleteUserPolicyOutput, GetGroupPolicy, GetGroupPolicyOutput, GetRolePolicy, GetRolePolicyOutput, GetUserPolicy,
    GetUserPolicyOutput, ListGroupPolicies, ListGroupPoliciesOutput, ListRolePolicies, ListRolePoliciesOutput,
    ListUserPolicies, ListUserPoliciesOutput, PolicyDetail, PutGroupPolicy, PutGroupPolicyOutput, PutRolePolicy,
    PutRolePolicyOutput, PutUserPolicy, PutUserPolicyOutput,
};
use crate::iam::quota::document_size;
use crate::iam::{Error, Kind};
use crate::policy::PolicyType;

/// The four calls of one kind: its name member, how it is looked up to be read and to be changed, its calls.
macro_rules! inline_policies {
    ($name:ident, $read:ident, $change:ident, $type:ident: $put:ident $put_output:ident, $get:ident $get_output:ident,
     $list:ident $list_output:ident, $delete:ident $delete_output:ident) => {
        impl Perform for $put {
            fn perform(&self, tx: &Tx<'_>) -> Result<$put_output> {
                accepted(&self.policy_document, PolicyType::$type)?;
                let entity = tx.$change(&self.$name)?;
                tx.put_inline(&entity, &self.policy_name, &self.policy_document)?;
                Ok($put_output {})
            }
        }

        impl Perform for $get {
            fn perform(&self, tx: &Tx<'_>) -> Result<$get_output> {
                let entity = tx.$read(&self.$name)?;
                let policy_document = tx.inline(&entity, &self.policy_name)?;
                let policy_name = self.policy_name.clone();
                Ok($get_output { $name: entity.name, policy_name, policy_document })
            }
        }

        impl Perform for $list {
            fn perform(&self, tx: &Tx<'_>) -> Result<$list_output> {
                let page = Page::new(self.marker.as_deref(), self.max_items)?;
                let names = tx.inline_names(&tx.$read(&self.$name)?, &page)?;
                let (policy_names, more, marker) = page.cut(names, Clone::clone);
                Ok($list_output { policy_names, is_truncated: Some(more), marker })
            }
        }

        impl Perform for $delete {
            fn perform(&self, tx: &Tx<'_>) -> Result<$delete_output> {
                let entity = tx.$change(&self.$name)?;
                tx.delete_inline(&entity, &self.policy_name)?;
                Ok($delete_output {})
            }
        }
    };
}

inline_policies! { user_name, user, user, InlineUser: PutUserPolicy PutUserPolicyOutput,
GetUserPolicy GetUserPolicyOutput, ListUserPolicies ListUserPoliciesOutput,
DeleteUserPolicy DeleteUserPolicyOutput }
inline_policies! { group_name, group, group, InlineGroup: PutGroupPolicy PutGroupPolicyOutput,
GetGroupPolicy GetGroupPolicyOutput, ListGroupPolicies ListGroupPoliciesOutput,
DeleteGroupPolicy DeleteGroupPolicyOutput }
inline_policies! { role_name, role, own_role, InlineRole: PutRolePolicy PutRolePolicyOutput,
GetRolePolicy GetRolePolicyOutput, ListRolePolicies ListRolePoliciesOutput,
DeleteRolePolicy DeleteRolePolicyOutput }

/// What messages call the kind.
fn noun(kind: Kind) -> &'static str {
    kind.arn_type()
}

fn missing(entity: &Entity, name: &str) -> Error {
    Error::no_such_entity(format!("The {} policy with name {name} cannot be found.", noun(entity.kind)))
}

impl Tx<'_> {
    /// Adds the policy or changes it, and refuses when all of the entity's are larger together than its quota.
    fn put_inline(&self, entity: &Entity, name: &str, document: &str) -> Result<()> {
        let found = self.find_inline(entity, name)?;
        let name = found.as_ref().map_or(name, |(name, _)| name);
        self.execute(
            "INSERT INTO inline_policy (entity, name, document) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET document = excluded.document",
            params![entity.id, name, document],
        )?;
        let quota = match entity.kind {
            Kind::User => self.account.quotas.user_policy_size,
            Kind::Group => self.account.quotas.group_policy_size,
            _ => self.account.quotas.role_policy_size,
        };
        let size: usize = self.inline_policies(entity.id)?.iter().map(|(_, document)| document_size(document)).sum();
        if size <= quota as usize {
            return Ok(());
        }
        let (noun, owner) = (noun(entity.kind), &entity.name);
        let message = format!("Maximum policy size of {quota} bytes exceeded for {noun} {owner}");
        Err(Error::limit_exceeded(message).into())
    }

    /// The policy of that name, with the name it has.
    fn find_inline(&self, entity: &Entity, name: &str) -> Result<Option<(String, String)>> {
        self.one(
            "SELECT name, document FROM inline_policy WHERE entity = ?1 AND name = ?2 COLLATE NOCASE
             ORDER BY name <> ?2, name LIMIT 1",
            params![entity.id, name],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    fn inline(&self, entity: &Entity, name: &str) -> Result<String> {
        let (_, document) = self.find_inline(entity, name)?.ok_or_else(|| missing(entity, name))?;
        Ok(document)
    }

    fn inline_names(&self, entity: &Entity, page: &Page) -> Result<Vec<String>> {
        self.all(
            "SELECT name FROM inline_policy WHERE entity = ?1 AND name > ?2 ORDER BY name LIMIT ?3",
            params![entity.id, page.after, page.limit],
            |row| row.get(0),
        )
    }

    fn delete_inline(&self, entity: &Entity, name: &str) -> Result<()> {
        let (found, _) = self.find_inline(entity, name)?.ok_or_else(|| missing(entity, name))?;
        self.execute("DELETE FROM inline_policy WHERE entity = ?1 AND name = ?2", params![entity.id, found])?;
        Ok(())
    }

    /// Every inline policy of an entity, by name.
    pub(super) fn inline_policies(&self, entity: i64) -> Result<Vec<(String, String)>> {
        self.all("SELECT name, document FROM inline_policy WHERE entity = ?1 ORDER BY name", [entity], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// The same, as `GetAccountAuthorizationDetails` gives them.
    pub(super) fn inline_details(&self, entity: i64) -> Result<Vec<PolicyDetail>> {
        let detail = |(name, document)| PolicyDetail { policy_name: Some(name), policy_document: Some(document) };
        Ok(self.inline_policies(entity)?.into_iter().map(detail).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::{CreateGroup, CreateUser, GetUserPolicy, ListUserPolicies, PutGroupPolicy, PutUserPolicy};
    use crate::store::kit::{ALLOW, Kit};

    fn kit() -> Kit {
        let kit = Kit::new();
        kit.ok(&CreateUser { user_name: "Ann".into(), ..CreateUser::default() });
        kit.ok(&CreateGroup { group_name: "devs".into(), ..CreateGroup::default() });
        kit
    }

    fn put(name: &str, document: &str) -> PutUserPolicy {
        PutUserPolicy { user_name: "ann".into(), policy_name: name.into(), policy_document: document.into() }
    }

    /// A policy of so many characters that count.
    fn of_size(size: usize) -> String {
        let of = |length: usize| ALLOW.replace("\"*\"", &format!("\"arn:aws:s3:::{}\"", "b".repeat(length)));
        of(size - of(0).chars().count())
    }

    #[test]
    fn a_policy_is_kept_as_it_was_sent_and_put_again() {
        let kit = kit();
        let spaced = format!("  {ALLOW}\n");
        kit.ok(&put("p", ALLOW));
        kit.ok(&put("p", &spaced));
        let got = kit.ok(&GetUserPolicy { user_name: "ann".into(), policy_name: "p".into() });
        assert_eq!((got.user_name.as_str(), got.policy_document), ("Ann", spaced));
    }

    #[test]
    fn a_name_is_one_whatever_its_case() {
        let kit = kit();
        kit.ok(&put("MixedName", ALLOW));
        let denying = ALLOW.replace("Allow", "Deny");
        kit.ok(&put("mixedname", &denying));
        let list = ListUserPolicies { user_name: "ann".into(), ..ListUserPolicies::default() };
        assert_eq!(kit.ok(&list).policy_names, ["MixedName"]);
        let got = kit.ok(&GetUserPolicy { user_name: "ann".into(), policy_name: "MIXEDNAME".into() });
        assert_eq!((got.policy_name.as_str(), got.policy_document), ("MIXEDNAME", denying));
        kit.call("DeleteUserPolicy", json!({"UserName": "ann", "PolicyName": "mixedNAME"})).unwrap();
        assert!(kit.ok(&list).policy_names.is_empty());
    }

    #[test]
    fn of_two_names_that_differ_by_case_the_exact_one_is_meant() {
        let kit = kit();
        kit.ok(&put("Read", ALLOW));
        let other =
            "INSERT INTO inline_policy (entity, name, document) SELECT entity, 'read', document FROM inline_policy";
        kit.store.write(|sql| Ok(sql.execute(other, [])?)).unwrap();
        let denying = ALLOW.replace("Allow", "Deny");
        kit.ok(&put("read", &denying));
        let get = |name: &str| GetUserPolicy { user_name: "ann".into(), policy_name: name.into() };
        assert_eq!(kit.ok(&get("Read")).policy_document, ALLOW);
        assert_eq!(kit.ok(&get("read")).policy_document, denying);
        kit.call("DeleteUserPolicy", json!({"UserName": "ann", "PolicyName": "read"})).unwrap();
        let list = ListUserPolicies { user_name: "ann".into(), ..ListUserPolicies::default() };
        assert_eq!(kit.ok(&list).policy_names, ["Read"]);
    }

    #[test]
    fn names_come_in_pages() {
        let kit = kit();
        for name in ["b", "a", "c"] {
            kit.ok(&put(name, ALLOW));
        }
        let list = ListUserPolicies { user_name: "ann".into(), max_items: Some(2), ..ListUserPolicies::default() };
        let first = kit.ok(&list);
        assert_eq!((first.policy_names, first.is_truncated), (vec!["a".to_owned(), "b".to_owned()], Some(true)));
        assert_eq!(kit.ok(&ListUserPolicies { marker: first.marker, ..list }).policy_names, ["c"]);
    }

    #[test]
    fn the_policies_of_a_user_share_one_quota() {
        let kit = kit();
        kit.ok(&put("p", &of_size(1000)));
        kit.ok(&put("q", &of_size(1048)));
        let error = kit.refused(&put("q", &of_size(1049)));
        assert_eq!((error.code.as_ref(), error.status), ("LimitExceeded", 409));
        assert_eq!(error.message, "Maximum policy size of 2048 bytes exceeded for user Ann");
        kit.ok(&put("p", &of_size(500)));
        kit.ok(&put("q", &of_size(1049)));
        let group =
            PutGroupPolicy { group_name: "devs".into(), policy_name: "p".into(), policy_document: of_size(5121) };
        assert_eq!(kit.refused(&group).message, "Maximum policy size of 5120 bytes exceeded for group devs");
    }

    #[test]
    fn what_is_not_there_is_named_by_its_kind() {
        let kit = kit();
        let error = kit.call("DeleteUserPolicy", json!({"UserName": "ann", "PolicyName": "x"})).unwrap_err();
        assert_eq!(error.message, "The user policy with name x cannot be found.");
        let error = kit.call("GetGroupPolicy", json!({"GroupName": "devs", "PolicyName": "x"})).unwrap_err();
        assert_eq!(error.message, "The group policy with name x cannot be found.");
        let input = json!({"RoleName": "r", "PolicyName": "x", "PolicyDocument": ALLOW});
        assert_eq!(kit.call("PutRolePolicy", input).unwrap_err().message, "The role with name r cannot be found.");
    }

    #[test]
    fn a_document_that_iam_does_not_take_is_refused() {
        let kit = kit();
        assert_eq!(kit.refused(&put("p", "{")).code, "MalformedPolicyDocument");
    }
}
