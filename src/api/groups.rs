//! The operations of the group "groups": what goes in, what comes out, and what may go wrong.

use jiff::Timestamp;

use super::User;
use super::model::{Shape, UNBOUNDED, list, operations, structure};
use super::shapes::{
    ARN, BOOLEAN, DATE, EXISTING_USER_NAME, GROUP_NAME, ID, MARKER, MAX_ITEMS, PATH, PATH_PREFIX, RESPONSE_MARKER,
    USER_LIST,
};

structure! {
    /// `Group` of the API model.
    Group {
        req "Path" path: String = PATH,
        req "GroupName" group_name: String = GROUP_NAME,
        req "GroupId" group_id: String = ID,
        req "Arn" arn: String = ARN,
        req "CreateDate" create_date: Timestamp = DATE,
    }
}

operations! { iam "groups";

    /// [`AddUserToGroup`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html).
    write AddUserToGroup -> AddUserToGroupOutput ["NoSuchEntity", "LimitExceeded", "ServiceFailure"] {
        req "GroupName" group_name: String = GROUP_NAME,
        req "UserName" user_name: String = EXISTING_USER_NAME,
    } {}

    /// [`CreateGroup`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html).
    write CreateGroup -> CreateGroupOutput ["LimitExceeded", "EntityAlreadyExists", "NoSuchEntity", "ServiceFailure"] {
        opt "Path" path: Option<String> = PATH,
        req "GroupName" group_name: String = GROUP_NAME,
    } {
        req "Group" group: Group = GROUP,
    }

    /// [`DeleteGroup`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html).
    write DeleteGroup -> DeleteGroupOutput ["NoSuchEntity", "DeleteConflict", "LimitExceeded", "ServiceFailure"] {
        req "GroupName" group_name: String = GROUP_NAME,
    } {}

    /// [`GetGroup`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html).
    read GetGroup -> GetGroupOutput ["NoSuchEntity", "ServiceFailure"] pages ["Users"] {
        req "GroupName" group_name: String = GROUP_NAME,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "Group" group: Group = GROUP,
        req "Users" users: Vec<User> = USER_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListGroups`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html).
    read ListGroups -> ListGroupsOutput ["ServiceFailure"] pages ["Groups"] {
        opt "PathPrefix" path_prefix: Option<String> = PATH_PREFIX,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "Groups" groups: Vec<Group> = GROUP_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListGroupsForUser`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html).
    read ListGroupsForUser -> ListGroupsForUserOutput ["NoSuchEntity", "ServiceFailure"] pages ["Groups"] {
        req "UserName" user_name: String = EXISTING_USER_NAME,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "Groups" groups: Vec<Group> = GROUP_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`RemoveUserFromGroup`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html).
    write RemoveUserFromGroup -> RemoveUserFromGroupOutput ["NoSuchEntity", "LimitExceeded", "ServiceFailure"] {
        req "GroupName" group_name: String = GROUP_NAME,
        req "UserName" user_name: String = EXISTING_USER_NAME,
    } {}

    /// [`UpdateGroup`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html).
    write UpdateGroup -> UpdateGroupOutput ["NoSuchEntity", "EntityAlreadyExists", "LimitExceeded", "ServiceFailure"] {
        req "GroupName" group_name: String = GROUP_NAME,
        opt "NewPath" new_path: Option<String> = PATH,
        opt "NewGroupName" new_group_name: Option<String> = GROUP_NAME,
    } {}
}

/// The structure `Group`.
static GROUP: Shape = Shape::Structure(Group::MEMBERS);
/// The shape `groupListType`.
static GROUP_LIST: Shape = list(&GROUP, 0, UNBOUNDED);
