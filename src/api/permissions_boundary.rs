//! The operations of the group "permissions boundary": what goes in, what comes out, and what may go wrong.

use super::model::operations;
use super::shapes::{ARN, ROLE_NAME, USER_NAME};

operations! { iam "permissions-boundary";

    /// [`DeleteRolePermissionsBoundary`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html).
    write DeleteRolePermissionsBoundary -> DeleteRolePermissionsBoundaryOutput ["NoSuchEntity", "UnmodifiableEntity", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
    } {}

    /// [`DeleteUserPermissionsBoundary`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html).
    write DeleteUserPermissionsBoundary -> DeleteUserPermissionsBoundaryOutput ["NoSuchEntity", "ServiceFailure"] {
        req "UserName" user_name: String = USER_NAME,
    } {}

    /// [`PutRolePermissionsBoundary`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html).
    write PutRolePermissionsBoundary -> PutRolePermissionsBoundaryOutput ["NoSuchEntity", "InvalidInput", "UnmodifiableEntity", "PolicyNotAttachable", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
        req "PermissionsBoundary" permissions_boundary: String = ARN,
    } {}

    /// [`PutUserPermissionsBoundary`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html).
    write PutUserPermissionsBoundary -> PutUserPermissionsBoundaryOutput ["NoSuchEntity", "InvalidInput", "PolicyNotAttachable", "ServiceFailure"] {
        req "UserName" user_name: String = USER_NAME,
        req "PermissionsBoundary" permissions_boundary: String = ARN,
    } {}
}
