//! The operations of the group "inline policies": what goes in, what comes out, and what may go wrong.

use super::model::{Shape, UNBOUNDED, list, operations};
use super::shapes::{
    BOOLEAN, EXISTING_USER_NAME, GROUP_NAME, MARKER, MAX_ITEMS, POLICY_DOCUMENT, POLICY_NAME, RESPONSE_MARKER,
    ROLE_NAME,
};

operations! { iam "inline-policies";

    /// [`DeleteGroupPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroupPolicy.html).
    write DeleteGroupPolicy -> DeleteGroupPolicyOutput ["NoSuchEntity", "LimitExceeded", "ServiceFailure"] {
        req "GroupName" group_name: String = GROUP_NAME,
        req "PolicyName" policy_name: String = POLICY_NAME,
    } {}

    /// [`DeleteRolePolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html).
    write DeleteRolePolicy -> DeleteRolePolicyOutput ["NoSuchEntity", "LimitExceeded", "UnmodifiableEntity", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
        req "PolicyName" policy_name: String = POLICY_NAME,
    } {}

    /// [`DeleteUserPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html).
    write DeleteUserPolicy -> DeleteUserPolicyOutput ["NoSuchEntity", "LimitExceeded", "ServiceFailure"] {
        req "UserName" user_name: String = EXISTING_USER_NAME,
        req "PolicyName" policy_name: String = POLICY_NAME,
    } {}

    /// [`GetGroupPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html).
    read GetGroupPolicy -> GetGroupPolicyOutput ["NoSuchEntity", "ServiceFailure"] {
        req "GroupName" group_name: String = GROUP_NAME,
        req "PolicyName" policy_name: String = POLICY_NAME,
    } {
        req "GroupName" group_name: String = GROUP_NAME,
        req "PolicyName" policy_name: String = POLICY_NAME,
        req "PolicyDocument" policy_document: String = POLICY_DOCUMENT,
    }

    /// [`GetRolePolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html).
    read GetRolePolicy -> GetRolePolicyOutput ["NoSuchEntity", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
        req "PolicyName" policy_name: String = POLICY_NAME,
    } {
        req "RoleName" role_name: String = ROLE_NAME,
        req "PolicyName" policy_name: String = POLICY_NAME,
        req "PolicyDocument" policy_document: String = POLICY_DOCUMENT,
    }

    /// [`GetUserPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html).
    read GetUserPolicy -> GetUserPolicyOutput ["NoSuchEntity", "ServiceFailure"] {
        req "UserName" user_name: String = EXISTING_USER_NAME,
        req "PolicyName" policy_name: String = POLICY_NAME,
    } {
        req "UserName" user_name: String = EXISTING_USER_NAME,
        req "PolicyName" policy_name: String = POLICY_NAME,
        req "PolicyDocument" policy_document: String = POLICY_DOCUMENT,
    }

    /// [`ListGroupPolicies`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html).
    read ListGroupPolicies -> ListGroupPoliciesOutput ["NoSuchEntity", "ServiceFailure"] pages ["PolicyNames"] {
        req "GroupName" group_name: String = GROUP_NAME,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "PolicyNames" policy_names: Vec<String> = POLICY_NAME_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListRolePolicies`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html).
    read ListRolePolicies -> ListRolePoliciesOutput ["NoSuchEntity", "ServiceFailure"] pages ["PolicyNames"] {
        req "RoleName" role_name: String = ROLE_NAME,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "PolicyNames" policy_names: Vec<String> = POLICY_NAME_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListUserPolicies`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html).
    read ListUserPolicies -> ListUserPoliciesOutput ["NoSuchEntity", "ServiceFailure"] pages ["PolicyNames"] {
        req "UserName" user_name: String = EXISTING_USER_NAME,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "PolicyNames" policy_names: Vec<String> = POLICY_NAME_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`PutGroupPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html).
    write PutGroupPolicy -> PutGroupPolicyOutput ["LimitExceeded", "MalformedPolicyDocument", "NoSuchEntity", "ServiceFailure"] {
        req "GroupName" group_name: String = GROUP_NAME,
        req "PolicyName" policy_name: String = POLICY_NAME,
        req "PolicyDocument" policy_document: String = POLICY_DOCUMENT,
    } {}

    /// [`PutRolePolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html).
    write PutRolePolicy -> PutRolePolicyOutput ["LimitExceeded", "MalformedPolicyDocument", "NoSuchEntity", "UnmodifiableEntity", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
        req "PolicyName" policy_name: String = POLICY_NAME,
        req "PolicyDocument" policy_document: String = POLICY_DOCUMENT,
    } {}

    /// [`PutUserPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html).
    write PutUserPolicy -> PutUserPolicyOutput ["LimitExceeded", "MalformedPolicyDocument", "NoSuchEntity", "ServiceFailure"] {
        req "UserName" user_name: String = EXISTING_USER_NAME,
        req "PolicyName" policy_name: String = POLICY_NAME,
        req "PolicyDocument" policy_document: String = POLICY_DOCUMENT,
    } {}
}

/// The shape `policyNameListType`.
static POLICY_NAME_LIST: Shape = list(&POLICY_NAME, 0, UNBOUNDED);
