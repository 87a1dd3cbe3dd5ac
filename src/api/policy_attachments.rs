//! The operations of the group "policy attachments": what goes in, what comes out, and what may go wrong.

use super::AttachedPolicy;
use super::model::{Shape, UNBOUNDED, list, operations, structure};
use super::shapes::{
    ARN, ATTACHED_POLICIES_LIST, BOOLEAN, ENTITY, GROUP_NAME, ID, MARKER, MAX_ITEMS, PATH, POLICY_PATH, POLICY_USAGE,
    RESPONSE_MARKER, ROLE_NAME, USER_NAME,
};

structure! {
    /// `PolicyGroup` of the API model.
    PolicyGroup {
        opt "GroupName" group_name: Option<String> = GROUP_NAME,
        opt "GroupId" group_id: Option<String> = ID,
    }
}

structure! {
    /// `PolicyUser` of the API model.
    PolicyUser {
        opt "UserName" user_name: Option<String> = USER_NAME,
        opt "UserId" user_id: Option<String> = ID,
    }
}

structure! {
    /// `PolicyRole` of the API model.
    PolicyRole {
        opt "RoleName" role_name: Option<String> = ROLE_NAME,
        opt "RoleId" role_id: Option<String> = ID,
    }
}

operations! { iam "policy-attachments";

    /// [`AttachGroupPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html).
    write AttachGroupPolicy -> AttachGroupPolicyOutput ["NoSuchEntity", "LimitExceeded", "InvalidInput", "PolicyNotAttachable", "ServiceFailure"] {
        req "GroupName" group_name: String = GROUP_NAME,
        req "PolicyArn" policy_arn: String = ARN,
    } {}

    /// [`AttachRolePolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html).
    write AttachRolePolicy -> AttachRolePolicyOutput ["NoSuchEntity", "LimitExceeded", "InvalidInput", "UnmodifiableEntity", "PolicyNotAttachable", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
        req "PolicyArn" policy_arn: String = ARN,
    } {}

    /// [`AttachUserPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html).
    write AttachUserPolicy -> AttachUserPolicyOutput ["NoSuchEntity", "LimitExceeded", "InvalidInput", "PolicyNotAttachable", "ServiceFailure"] {
        req "UserName" user_name: String = USER_NAME,
        req "PolicyArn" policy_arn: String = ARN,
    } {}

    /// [`DetachGroupPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachGroupPolicy.html).
    write DetachGroupPolicy -> DetachGroupPolicyOutput ["NoSuchEntity", "LimitExceeded", "InvalidInput", "ServiceFailure"] {
        req "GroupName" group_name: String = GROUP_NAME,
        req "PolicyArn" policy_arn: String = ARN,
    } {}

    /// [`DetachRolePolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html).
    write DetachRolePolicy -> DetachRolePolicyOutput ["NoSuchEntity", "LimitExceeded", "InvalidInput", "UnmodifiableEntity", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
        req "PolicyArn" policy_arn: String = ARN,
    } {}

    /// [`DetachUserPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html).
    write DetachUserPolicy -> DetachUserPolicyOutput ["NoSuchEntity", "LimitExceeded", "InvalidInput", "ServiceFailure"] {
        req "UserName" user_name: String = USER_NAME,
        req "PolicyArn" policy_arn: String = ARN,
    } {}

    /// [`ListAttachedGroupPolicies`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html).
    read ListAttachedGroupPolicies -> ListAttachedGroupPoliciesOutput ["NoSuchEntity", "InvalidInput", "ServiceFailure"] pages ["AttachedPolicies"] {
        req "GroupName" group_name: String = GROUP_NAME,
        opt "PathPrefix" path_prefix: Option<String> = POLICY_PATH,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        opt "AttachedPolicies" attached_policies: Option<Vec<AttachedPolicy>> = ATTACHED_POLICIES_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListAttachedRolePolicies`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html).
    read ListAttachedRolePolicies -> ListAttachedRolePoliciesOutput ["NoSuchEntity", "InvalidInput", "ServiceFailure"] pages ["AttachedPolicies"] {
        req "RoleName" role_name: String = ROLE_NAME,
        opt "PathPrefix" path_prefix: Option<String> = POLICY_PATH,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        opt "AttachedPolicies" attached_policies: Option<Vec<AttachedPolicy>> = ATTACHED_POLICIES_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListAttachedUserPolicies`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html).
    read ListAttachedUserPolicies -> ListAttachedUserPoliciesOutput ["NoSuchEntity", "InvalidInput", "ServiceFailure"] pages ["AttachedPolicies"] {
        req "UserName" user_name: String = USER_NAME,
        opt "PathPrefix" path_prefix: Option<String> = POLICY_PATH,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        opt "AttachedPolicies" attached_policies: Option<Vec<AttachedPolicy>> = ATTACHED_POLICIES_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListEntitiesForPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html).
    read ListEntitiesForPolicy -> ListEntitiesForPolicyOutput ["NoSuchEntity", "InvalidInput", "ServiceFailure"] pages ["PolicyGroups", "PolicyUsers", "PolicyRoles"] {
        req "PolicyArn" policy_arn: String = ARN,
        opt "EntityFilter" entity_filter: Option<String> = ENTITY,
        opt "PathPrefix" path_prefix: Option<String> = PATH,
        opt "PolicyUsageFilter" policy_usage_filter: Option<String> = POLICY_USAGE,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        opt "PolicyGroups" policy_groups: Option<Vec<PolicyGroup>> = POLICY_GROUP_LIST,
        opt "PolicyUsers" policy_users: Option<Vec<PolicyUser>> = POLICY_USER_LIST,
        opt "PolicyRoles" policy_roles: Option<Vec<PolicyRole>> = POLICY_ROLE_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }
}

/// The structure `PolicyGroup`.
static POLICY_GROUP: Shape = Shape::Structure(PolicyGroup::MEMBERS);
/// The shape `PolicyGroupListType`.
static POLICY_GROUP_LIST: Shape = list(&POLICY_GROUP, 0, UNBOUNDED);
/// The structure `PolicyRole`.
static POLICY_ROLE: Shape = Shape::Structure(PolicyRole::MEMBERS);
/// The shape `PolicyRoleListType`.
static POLICY_ROLE_LIST: Shape = list(&POLICY_ROLE, 0, UNBOUNDED);
/// The structure `PolicyUser`.
static POLICY_USER: Shape = Shape::Structure(PolicyUser::MEMBERS);
/// The shape `PolicyUserListType`.
static POLICY_USER_LIST: Shape = list(&POLICY_USER, 0, UNBOUNDED);
