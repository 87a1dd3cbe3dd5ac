//! The details of an entity, as far as what describes it alone tells them.

use super::{Group, GroupDetail, ManagedPolicyDetail, Policy, Role, RoleDetail, User, UserDetail};

impl From<User> for UserDetail {
    fn from(user: User) -> Self {
        Self {
            path: Some(user.path),
            user_name: Some(user.user_name),
            user_id: Some(user.user_id),
            arn: Some(user.arn),
            create_date: Some(user.create_date),
            permissions_boundary: user.permissions_boundary,
            tags: user.tags,
            ..Self::default()
        }
    }
}

impl From<Group> for GroupDetail {
    fn from(group: Group) -> Self {
        Self {
            path: Some(group.path),
            group_name: Some(group.group_name),
            group_id: Some(group.group_id),
            arn: Some(group.arn),
            create_date: Some(group.create_date),
            ..Self::default()
        }
    }
}

impl From<Role> for RoleDetail {
    fn from(role: Role) -> Self {
        Self {
            path: Some(role.path),
            role_name: Some(role.role_name),
            role_id: Some(role.role_id),
            arn: Some(role.arn),
            create_date: Some(role.create_date),
            assume_role_policy_document: role.assume_role_policy_document,
            permissions_boundary: role.permissions_boundary,
            tags: role.tags,
            role_last_used: role.role_last_used,
            ..Self::default()
        }
    }
}

impl From<Policy> for ManagedPolicyDetail {
    fn from(policy: Policy) -> Self {
        Self {
            policy_name: policy.policy_name,
            policy_id: policy.policy_id,
            arn: policy.arn,
            path: policy.path,
            default_version_id: policy.default_version_id,
            attachment_count: policy.attachment_count,
            permissions_boundary_usage_count: policy.permissions_boundary_usage_count,
            is_attachable: policy.is_attachable,
            description: policy.description,
            create_date: policy.create_date,
            update_date: policy.update_date,
            policy_version_list: None,
        }
    }
}
