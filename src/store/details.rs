//! `GetAccountAuthorizationDetails`: users, groups, roles and managed policies with all that hangs on them, in pages that
//! run over the four lists.
//!
//! Of AWS's own policies those are listed that the account uses.

use rusqlite::params;

use super::error::Result;
use super::groups::group;
use super::page::Page;
use super::perform::Perform;
use super::policy_of::own_policy;
use super::policy_versions::aws_version;
use super::roles::RoleRow;
use super::tx::{Entity, Tx, fold};
use super::users::boundary;
use crate::api::{
    GetAccountAuthorizationDetails, GetAccountAuthorizationDetailsOutput, GroupDetail, ManagedPolicyDetail, Policy,
    RoleDetail, UserDetail,
};
use crate::iam::Kind;

/// The lists in the order in which pages run over them, each with the filter that asks for it. The place of a list,
/// counted from one, starts the page keys of its rows.
const LISTS: [(List, &str); 5] = [
    (List::Users, "User"),
    (List::Groups, "Group"),
    (List::Roles, "Role"),
    (List::OwnPolicies, "LocalManagedPolicy"),
    (List::AwsPolicies, "AWSManagedPolicy"),
];

#[derive(Clone, Copy)]
enum List {
    Users,
    Groups,
    Roles,
    OwnPolicies,
    AwsPolicies,
}

/// A row before its details are read.
enum Found {
    User(Entity),
    Group(Entity),
    Role(Entity, RoleRow),
    Own(Entity),
    Aws(String),
}

impl Found {
    /// The page key within its list.
    fn key(&self) -> String {
        match self {
            Self::User(entity) | Self::Group(entity) | Self::Role(entity, _) | Self::Own(entity) => fold(&entity.name),
            Self::Aws(arn) => arn.clone(),
        }
    }
}

impl Perform for GetAccountAuthorizationDetails {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetAccountAuthorizationDetailsOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let rows = self.rows(tx, &page)?;
        let (rows, more, marker) = page.cut(rows, |(place, found)| format!("{place}{}", found.key()));
        let (mut users, mut groups, mut roles, mut policies) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (_, found) in rows {
            match found {
                Found::User(entity) => users.push(tx.user_detail(entity)?),
                Found::Group(entity) => groups.push(tx.group_detail(&entity)?),
                Found::Role(entity, row) => roles.push(tx.role_detail(entity, row)?),
                Found::Own(entity) => policies.push(tx.policy_detail(&entity)?),
                Found::Aws(arn) => policies.extend(tx.aws_policy_detail(&arn)?),
            }
        }
        Ok(GetAccountAuthorizationDetailsOutput {
            user_detail_list: Some(users),
            group_detail_list: Some(groups),
            role_detail_list: Some(roles),
            policies: Some(policies),
            is_truncated: Some(more),
            marker,
        })
    }
}

impl GetAccountAuthorizationDetails {
    /// The rows of the page and one more, each with the place of its list.
    fn rows(&self, tx: &Tx<'_>, page: &Page) -> Result<Vec<(usize, Found)>> {
        let mut rows = Vec::new();
        for (place, (list, filter)) in (1..).zip(LISTS) {
            let is_wanted =
                self.filter.as_ref().is_none_or(|wanted| wanted.is_empty() || wanted.iter().any(|w| w == filter));
            let limit = page.limit - i64::try_from(rows.len()).unwrap_or(i64::MAX);
            let Some(after) = after_in(place, &page.after).filter(|_| is_wanted && limit > 0) else { continue };
            let found = tx.detail_rows(list, &Page { after, limit })?;
            rows.extend(found.into_iter().map(|found| (place, found)));
        }
        Ok(rows)
    }
}

/// Where the list at that place goes on after a page key: from its start, after a row of its own, or `None` when the
/// key lies in a later list.
fn after_in(place: usize, after: &str) -> Option<String> {
    let start = place.to_string();
    match after.strip_prefix(&start) {
        Some(key) => Some(key.to_owned()),
        None if after > start.as_str() => None,
        None => Some(String::new()),
    }
}

impl Tx<'_> {
    fn detail_rows(&self, list: List, page: &Page) -> Result<Vec<Found>> {
        let entities =
            |kind, found: fn(Entity) -> Found| Ok(self.list(kind, None, page)?.into_iter().map(found).collect());
        match list {
            List::Users => entities(Kind::User, Found::User),
            List::Groups => entities(Kind::Group, Found::Group),
            List::OwnPolicies => entities(Kind::Policy, Found::Own),
            List::Roles => {
                Ok(self.list_roles(None, page)?.into_iter().map(|(entity, row)| Found::Role(entity, row)).collect())
            }
            List::AwsPolicies => self.all(
                "SELECT policy_arn FROM managed_use
                 WHERE account = ?1 AND policy_arn > ?2 AND (attachments > 0 OR boundaries > 0)
                 ORDER BY policy_arn LIMIT ?3",
                params![self.account.row, page.after, page.limit],
                |row| Ok(Found::Aws(row.get(0)?)),
            ),
        }
    }

    /// Inline policies are in the answer only when there are some, unlike those of groups and roles (recorded).
    fn user_detail(&self, entity: Entity) -> Result<UserDetail> {
        let groups = self.groups_of(entity.id)?.into_iter().map(|group| group.name).collect();
        Ok(UserDetail {
            user_policy_list: Some(self.inline_details(entity.id)?).filter(|list| !list.is_empty()),
            group_list: Some(groups),
            attached_managed_policies: Some(self.attached(entity.id)?),
            permissions_boundary: boundary(entity.boundary.as_ref()),
            tags: Some(self.tags(entity.id)?.unwrap_or_default()),
            path: Some(entity.path),
            user_name: Some(entity.name),
            user_id: Some(entity.uid),
            arn: Some(entity.arn),
            create_date: Some(entity.created),
        })
    }

    fn group_detail(&self, entity: &Entity) -> Result<GroupDetail> {
        Ok(GroupDetail {
            group_policy_list: Some(self.inline_details(entity.id)?),
            attached_managed_policies: Some(self.attached(entity.id)?),
            ..group(entity).into()
        })
    }

    fn role_detail(&self, entity: Entity, row: RoleRow) -> Result<RoleDetail> {
        Ok(RoleDetail {
            role_last_used: Some(row.last_used()),
            assume_role_policy_document: Some(self.trust_of(row)?),
            instance_profile_list: Some(self.profiles_of(entity.id)?),
            role_policy_list: Some(self.inline_details(entity.id)?),
            attached_managed_policies: Some(self.attached(entity.id)?),
            permissions_boundary: boundary(entity.boundary.as_ref()),
            tags: Some(self.tags(entity.id)?.unwrap_or_default()),
            path: Some(entity.path),
            role_name: Some(entity.name),
            role_id: Some(entity.uid),
            arn: Some(entity.arn),
            create_date: Some(entity.created),
        })
    }

    fn policy_detail(&self, entity: &Entity) -> Result<ManagedPolicyDetail> {
        let policy =
            Policy { description: entity.description.clone(), ..own_policy(entity, &self.policy_row(entity.id)?) };
        Ok(ManagedPolicyDetail { policy_version_list: Some(self.versions(entity)?), ..policy.into() })
    }

    /// `None` for a policy that AWS has withdrawn since it was attached: nothing is known of it.
    fn aws_policy_detail(&self, arn: &str) -> Result<Option<ManagedPolicyDetail>> {
        let Some(policy) = self.aws_policy(arn) else { return Ok(None) };
        let versions = Some(vec![aws_version(policy)]);
        Ok(Some(ManagedPolicyDetail { policy_version_list: versions, ..self.aws_policy_answer(policy)?.into() }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use crate::api::{CreateGroup, CreatePolicy, CreateRole, CreateUser};
    use crate::store::kit::{ALLOW, Kit, TRUST};

    const ARN: &str = "arn:aws:iam::123456789012:policy/p";
    const AWS: &str = "arn:aws:iam::aws:policy/ReadOnlyAccess";

    fn kit() -> Kit {
        let kit = Kit::new();
        for name in ["ann", "bob"] {
            kit.ok(&CreateUser { user_name: name.into(), ..CreateUser::default() });
        }
        kit.ok(&CreateGroup { group_name: "devs".into(), ..CreateGroup::default() });
        let assume_role_policy_document = TRUST.into();
        kit.ok(&CreateRole { role_name: "r".into(), assume_role_policy_document, ..CreateRole::default() });
        kit.ok(&CreatePolicy { policy_name: "p".into(), policy_document: ALLOW.into(), ..CreatePolicy::default() });
        for (name, input) in [
            ("AddUserToGroup", json!({"GroupName": "devs", "UserName": "ann"})),
            ("PutUserPolicy", json!({"UserName": "ann", "PolicyName": "i", "PolicyDocument": ALLOW})),
            ("AttachUserPolicy", json!({"UserName": "ann", "PolicyArn": ARN})),
            ("AttachRolePolicy", json!({"RoleName": "r", "PolicyArn": AWS})),
            ("CreateInstanceProfile", json!({"InstanceProfileName": "i"})),
            ("AddRoleToInstanceProfile", json!({"InstanceProfileName": "i", "RoleName": "r"})),
        ] {
            kit.call(name, input).unwrap();
        }
        kit
    }

    fn details(kit: &Kit, input: Value) -> Map<String, Value> {
        kit.call("GetAccountAuthorizationDetails", input).unwrap()
    }

    fn lengths(answer: &Map<String, Value>) -> [usize; 4] {
        ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"]
            .map(|list| answer[list].as_array().unwrap().len())
    }

    #[test]
    fn everything_hangs_on_its_owner() {
        let kit = kit();
        let answer = details(&kit, json!({}));
        assert_eq!(lengths(&answer), [2, 1, 1, 2]);
        let ann = &answer["UserDetailList"][0];
        assert_eq!(ann["GroupList"], json!(["devs"]));
        assert_eq!(ann["UserPolicyList"], json!([{"PolicyName": "i", "PolicyDocument": ALLOW}]));
        assert_eq!(ann["AttachedManagedPolicies"], json!([{"PolicyName": "p", "PolicyArn": ARN}]));
        let bob = &answer["UserDetailList"][1];
        assert_eq!((bob.get("UserPolicyList"), &bob["Tags"]), (None, &json!([])));
        let role = &answer["RoleDetailList"][0];
        assert_eq!(role["InstanceProfileList"][0]["Roles"][0]["RoleName"], "r");
        assert_eq!((&role["RolePolicyList"], &role["RoleLastUsed"]), (&json!([]), &json!({})));
        let own = &answer["Policies"][0];
        assert_eq!((&own["AttachmentCount"], &own["PolicyVersionList"][0]["Document"]), (&json!(1), &json!(ALLOW)));
        assert_eq!(answer["Policies"][1]["Arn"], AWS);
    }

    #[test]
    fn filters_choose_the_lists() {
        let kit = kit();
        assert_eq!(lengths(&details(&kit, json!({"Filter": ["Group", "Role"]}))), [0, 1, 1, 0]);
        assert_eq!(lengths(&details(&kit, json!({"Filter": ["LocalManagedPolicy"]}))), [0, 0, 0, 1]);
        let aws = details(&kit, json!({"Filter": ["AWSManagedPolicy"]}));
        assert_eq!((lengths(&aws), &aws["Policies"][0]["PolicyName"]), ([0, 0, 0, 1], &json!("ReadOnlyAccess")));
    }

    #[test]
    fn pages_run_over_the_four_lists() {
        let kit = kit();
        let (mut seen, mut marker) = (vec![], Value::Null);
        loop {
            let mut input = json!({"MaxItems": 2});
            if marker.is_string() {
                input["Marker"] = marker;
            }
            let answer = details(&kit, input);
            seen.push(lengths(&answer));
            marker = answer.get("Marker").cloned().unwrap_or_default();
            if answer["IsTruncated"] == false {
                break;
            }
        }
        assert_eq!(seen, [[2, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 2]]);
    }
}
