//! The operations of the group "users": what goes in, what comes out, and what may go wrong.

use super::model::operations;
use super::shapes::{
    ARN, BOOLEAN, EXISTING_USER_NAME, MARKER, MAX_ITEMS, PATH, PATH_PREFIX, RESPONSE_MARKER, TAG_LIST, USER, USER_LIST,
    USER_NAME,
};
use super::{Tag, User};

operations! { iam "users";

    /// [`CreateUser`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html).
    write CreateUser -> CreateUserOutput ["LimitExceeded", "EntityAlreadyExists", "NoSuchEntity", "InvalidInput", "ConcurrentModification", "ServiceFailure"] {
        opt "Path" path: Option<String> = PATH,
        req "UserName" user_name: String = USER_NAME,
        opt "PermissionsBoundary" permissions_boundary: Option<String> = ARN,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    } {
        opt "User" user: Option<User> = USER,
    }

    /// [`DeleteUser`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html).
    write DeleteUser -> DeleteUserOutput ["LimitExceeded", "NoSuchEntity", "DeleteConflict", "ConcurrentModification", "ServiceFailure"] {
        req "UserName" user_name: String = EXISTING_USER_NAME,
    } {}

    /// [`GetUser`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html).
    read GetUser -> GetUserOutput ["NoSuchEntity", "ServiceFailure"] {
        opt "UserName" user_name: Option<String> = EXISTING_USER_NAME,
    } {
        req "User" user: User = USER,
    }

    /// [`ListUsers`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html).
    read ListUsers -> ListUsersOutput ["ServiceFailure"] pages ["Users"] {
        opt "PathPrefix" path_prefix: Option<String> = PATH_PREFIX,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "Users" users: Vec<User> = USER_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`UpdateUser`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html).
    write UpdateUser -> UpdateUserOutput ["NoSuchEntity", "LimitExceeded", "EntityAlreadyExists", "EntityTemporarilyUnmodifiable", "ConcurrentModification", "ServiceFailure"] {
        req "UserName" user_name: String = EXISTING_USER_NAME,
        opt "NewPath" new_path: Option<String> = PATH,
        opt "NewUserName" new_user_name: Option<String> = USER_NAME,
    } {}
}
