//! `ListEntitiesForPolicy`: groups, users and roles that have a managed policy, in pages over all three lists.

use rusqlite::params;

use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::policy_of::not_attachable;
use super::tx::{ENTITY, Entity, Tx, fold};
use crate::api::{ListEntitiesForPolicy, ListEntitiesForPolicyOutput, PolicyGroup, PolicyRole, PolicyUser};
use crate::iam::Kind;

/// The place of a kind in the answer.
fn place(kind: Kind) -> u8 {
    match kind {
        Kind::Group => 1,
        Kind::User => 2,
        _ => 3,
    }
}

/// A filter for managed policies finds nothing: they are not what a policy is attached to (recorded).
impl Perform for ListEntitiesForPolicy {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListEntitiesForPolicyOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        if tx.policy(&self.policy_arn)?.is_none() {
            return Err(not_attachable(&self.policy_arn).into());
        }
        let rows = self.rows(tx, &page)?;
        let (rows, more, marker) = page.cut(rows, |entity| format!("{}{}", place(entity.kind), fold(&entity.name)));
        let (mut groups, mut users, mut roles) = (Vec::new(), Vec::new(), Vec::new());
        for Entity { kind, name, uid, .. } in rows {
            let (name, id) = (Some(name), Some(uid));
            match kind {
                Kind::Group => groups.push(PolicyGroup { group_name: name, group_id: id }),
                Kind::User => users.push(PolicyUser { user_name: name, user_id: id }),
                _ => roles.push(PolicyRole { role_name: name, role_id: id }),
            }
        }
        Ok(ListEntitiesForPolicyOutput {
            policy_groups: Some(groups),
            policy_users: Some(users),
            policy_roles: Some(roles),
            is_truncated: Some(more),
            marker,
        })
    }
}

impl ListEntitiesForPolicy {
    /// Without a usage filter, what has the policy as its boundary counts too (API reference).
    fn rows(&self, tx: &Tx<'_>, page: &Page) -> Result<Vec<Entity>> {
        let kind = match self.entity_filter.as_deref() {
            None => 0,
            Some("User") => Kind::User.number(),
            Some("Group") => Kind::Group.number(),
            Some("Role") => Kind::Role.number(),
            Some(_) => return Ok(Vec::new()),
        };
        let usage = self.policy_usage_filter.as_deref();
        tx.all(
            &format!(
                "SELECT {ENTITY}, CASE e.kind WHEN 2 THEN '1' WHEN 1 THEN '2' ELSE '3' END || e.name_key AS place
                 FROM entity e
                 WHERE e.id IN (
                     SELECT entity FROM attachment WHERE policy_arn = ?2 AND ?3
                     UNION SELECT id FROM entity WHERE boundary = ?2 AND ?4
                 ) AND e.account = ?1 AND (?5 = 0 OR e.kind = ?5) AND substr(e.path, 1, length(?6)) = ?6
                   AND place > ?7
                 ORDER BY place LIMIT ?8"
            ),
            params![
                tx.account.row,
                self.policy_arn,
                usage != Some("PermissionsBoundary"),
                usage != Some("PermissionsPolicy"),
                kind,
                self.path_prefix.as_deref().unwrap_or("/"),
                page.after,
                page.limit
            ],
            Entity::read,
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::api::{CreateGroup, CreatePolicy, CreateRole, CreateUser};
    use crate::store::kit::{ALLOW, Kit, TRUST};

    const ARN: &str = "arn:aws:iam::123456789012:policy/p";

    fn kit() -> Kit {
        let kit = Kit::new();
        kit.ok(&CreatePolicy { policy_name: "p".into(), policy_document: ALLOW.into(), ..CreatePolicy::default() });
        for name in ["ann", "bob", "cy"] {
            kit.ok(&CreateUser { user_name: name.into(), ..CreateUser::default() });
        }
        kit.ok(&CreateGroup { group_name: "devs".into(), path: Some("/eng/".into()) });
        let assume_role_policy_document = TRUST.into();
        kit.ok(&CreateRole { role_name: "r".into(), assume_role_policy_document, ..CreateRole::default() });
        for (call, member, name) in [
            ("AttachUserPolicy", "UserName", "ann"),
            ("AttachUserPolicy", "UserName", "bob"),
            ("AttachGroupPolicy", "GroupName", "devs"),
            ("AttachRolePolicy", "RoleName", "r"),
        ] {
            kit.call(call, json!({member: name, "PolicyArn": ARN})).unwrap();
        }
        kit.call("PutUserPermissionsBoundary", json!({"UserName": "cy", "PermissionsBoundary": ARN})).unwrap();
        kit
    }

    fn names(kit: &Kit, mut input: Value) -> [Vec<String>; 3] {
        input["PolicyArn"] = ARN.into();
        let answer = kit.call("ListEntitiesForPolicy", input).unwrap();
        let of = |list: &str, member: &str| {
            answer[list].as_array().unwrap().iter().map(|e| e[member].as_str().unwrap().to_owned()).collect()
        };
        [of("PolicyGroups", "GroupName"), of("PolicyUsers", "UserName"), of("PolicyRoles", "RoleName")]
    }

    #[test]
    fn all_that_have_it_are_listed_and_filters_narrow_them() {
        let kit = kit();
        assert_eq!(names(&kit, json!({})), [vec!["devs"], vec!["ann", "bob", "cy"], vec!["r"]]);
        assert_eq!(names(&kit, json!({"EntityFilter": "User"})), [vec![], vec!["ann", "bob", "cy"], vec![]]);
        assert_eq!(names(&kit, json!({"EntityFilter": "LocalManagedPolicy"})).concat().len(), 0);
        assert_eq!(names(&kit, json!({"PathPrefix": "/eng/"})), [vec!["devs"], vec![], vec![]]);
        assert_eq!(names(&kit, json!({"PolicyUsageFilter": "PermissionsBoundary"})), [vec![], vec!["cy"], vec![]]);
        let attached = names(&kit, json!({"PolicyUsageFilter": "PermissionsPolicy"}));
        assert_eq!(attached, [vec!["devs"], vec!["ann", "bob"], vec!["r"]]);
    }

    #[test]
    fn pages_run_over_the_three_lists() {
        let kit = kit();
        let first = kit.call("ListEntitiesForPolicy", json!({"PolicyArn": ARN, "MaxItems": 2})).unwrap();
        assert_eq!(first["IsTruncated"], true);
        assert_eq!(first["PolicyUsers"].as_array().unwrap().len(), 1);
        assert_eq!(names(&kit, json!({"Marker": first["Marker"]})), [vec![], vec!["bob", "cy"], vec!["r"]]);
    }

    #[test]
    fn a_policy_that_is_not_there_is_not_attachable() {
        let kit = kit();
        let arn = format!("{ARN}x");
        let error = kit.call("ListEntitiesForPolicy", json!({"PolicyArn": arn})).unwrap_err();
        assert_eq!(error.message, format!("Policy {arn} does not exist or is not attachable."));
    }
}
