//! The operations of the group "instance profiles": what goes in, what comes out, and what may go wrong.

use super::model::operations;
use super::shapes::{
    BOOLEAN, INSTANCE_PROFILE, INSTANCE_PROFILE_LIST, INSTANCE_PROFILE_NAME, MARKER, MAX_ITEMS, PATH, PATH_PREFIX,
    RESPONSE_MARKER, ROLE_NAME, TAG_LIST,
};
use super::{InstanceProfile, Tag};

operations! { iam "instance-profiles";

    /// [`AddRoleToInstanceProfile`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html).
    write AddRoleToInstanceProfile -> AddRoleToInstanceProfileOutput ["NoSuchEntity", "EntityAlreadyExists", "LimitExceeded", "UnmodifiableEntity", "ServiceFailure"] {
        req "InstanceProfileName" instance_profile_name: String = INSTANCE_PROFILE_NAME,
        req "RoleName" role_name: String = ROLE_NAME,
    } {}

    /// [`CreateInstanceProfile`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html).
    write CreateInstanceProfile -> CreateInstanceProfileOutput ["EntityAlreadyExists", "InvalidInput", "LimitExceeded", "ConcurrentModification", "ServiceFailure"] {
        req "InstanceProfileName" instance_profile_name: String = INSTANCE_PROFILE_NAME,
        opt "Path" path: Option<String> = PATH,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    } {
        req "InstanceProfile" instance_profile: InstanceProfile = INSTANCE_PROFILE,
    }

    /// [`DeleteInstanceProfile`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html).
    write DeleteInstanceProfile -> DeleteInstanceProfileOutput ["NoSuchEntity", "DeleteConflict", "LimitExceeded", "ServiceFailure"] {
        req "InstanceProfileName" instance_profile_name: String = INSTANCE_PROFILE_NAME,
    } {}

    /// [`GetInstanceProfile`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html).
    read GetInstanceProfile -> GetInstanceProfileOutput ["NoSuchEntity", "ServiceFailure"] {
        req "InstanceProfileName" instance_profile_name: String = INSTANCE_PROFILE_NAME,
    } {
        req "InstanceProfile" instance_profile: InstanceProfile = INSTANCE_PROFILE,
    }

    /// [`ListInstanceProfiles`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html).
    read ListInstanceProfiles -> ListInstanceProfilesOutput ["ServiceFailure"] pages ["InstanceProfiles"] {
        opt "PathPrefix" path_prefix: Option<String> = PATH_PREFIX,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "InstanceProfiles" instance_profiles: Vec<InstanceProfile> = INSTANCE_PROFILE_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListInstanceProfilesForRole`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html).
    read ListInstanceProfilesForRole -> ListInstanceProfilesForRoleOutput ["NoSuchEntity", "ServiceFailure"] pages ["InstanceProfiles"] {
        req "RoleName" role_name: String = ROLE_NAME,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "InstanceProfiles" instance_profiles: Vec<InstanceProfile> = INSTANCE_PROFILE_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`RemoveRoleFromInstanceProfile`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html).
    write RemoveRoleFromInstanceProfile -> RemoveRoleFromInstanceProfileOutput ["NoSuchEntity", "LimitExceeded", "UnmodifiableEntity", "ServiceFailure"] {
        req "InstanceProfileName" instance_profile_name: String = INSTANCE_PROFILE_NAME,
        req "RoleName" role_name: String = ROLE_NAME,
    } {}
}
