//! The operations of the group "roles": what goes in, what comes out, and what may go wrong.

use super::model::operations;
use super::shapes::{
    ARN, BOOLEAN, MARKER, MAX_ITEMS, PATH, PATH_PREFIX, POLICY_DOCUMENT, RESPONSE_MARKER, ROLE, ROLE_DESCRIPTION,
    ROLE_LIST, ROLE_MAX_SESSION_DURATION, ROLE_NAME, TAG_LIST,
};
use super::{Role, Tag};

operations! { iam "roles";

    /// [`CreateRole`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html).
    write CreateRole -> CreateRoleOutput ["LimitExceeded", "InvalidInput", "EntityAlreadyExists", "MalformedPolicyDocument", "ConcurrentModification", "ServiceFailure"] {
        opt "Path" path: Option<String> = PATH,
        req "RoleName" role_name: String = ROLE_NAME,
        req "AssumeRolePolicyDocument" assume_role_policy_document: String = POLICY_DOCUMENT,
        opt "Description" description: Option<String> = ROLE_DESCRIPTION,
        opt "MaxSessionDuration" max_session_duration: Option<i64> = ROLE_MAX_SESSION_DURATION,
        opt "PermissionsBoundary" permissions_boundary: Option<String> = ARN,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    } {
        req "Role" role: Role = ROLE,
    }

    /// [`DeleteRole`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html).
    write DeleteRole -> DeleteRoleOutput ["NoSuchEntity", "DeleteConflict", "LimitExceeded", "UnmodifiableEntity", "ConcurrentModification", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
    } {}

    /// [`GetRole`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html).
    read GetRole -> GetRoleOutput ["NoSuchEntity", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
    } {
        req "Role" role: Role = ROLE,
    }

    /// [`ListRoles`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html).
    read ListRoles -> ListRolesOutput ["ServiceFailure"] pages ["Roles"] {
        opt "PathPrefix" path_prefix: Option<String> = PATH_PREFIX,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "Roles" roles: Vec<Role> = ROLE_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`UpdateAssumeRolePolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html).
    write UpdateAssumeRolePolicy -> UpdateAssumeRolePolicyOutput ["NoSuchEntity", "MalformedPolicyDocument", "LimitExceeded", "UnmodifiableEntity", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
        req "PolicyDocument" policy_document: String = POLICY_DOCUMENT,
    } {}

    /// [`UpdateRole`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html).
    write UpdateRole -> UpdateRoleOutput ["UnmodifiableEntity", "NoSuchEntity", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
        opt "Description" description: Option<String> = ROLE_DESCRIPTION,
        opt "MaxSessionDuration" max_session_duration: Option<i64> = ROLE_MAX_SESSION_DURATION,
    } {}

    /// [`UpdateRoleDescription`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html).
    write UpdateRoleDescription -> UpdateRoleDescriptionOutput ["NoSuchEntity", "UnmodifiableEntity", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
        req "Description" description: String = ROLE_DESCRIPTION,
    } {
        opt "Role" role: Option<Role> = ROLE,
    }
}
