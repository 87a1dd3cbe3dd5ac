//! The operations of the group "account": what goes in, what comes out, and what may go wrong.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::model::{Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{
    ARN, ATTACHED_PERMISSIONS_BOUNDARY, ATTACHED_POLICIES_LIST, ATTACHMENT_COUNT, BOOLEAN, BOOLEAN_OBJECT, DATE,
    ENTITY, GROUP_NAME, ID, INSTANCE_PROFILE_LIST, MARKER, MAX_ITEMS, PATH, POLICY_DESCRIPTION, POLICY_DOCUMENT,
    POLICY_DOCUMENT_VERSION_LIST, POLICY_NAME, POLICY_PATH, POLICY_VERSION_ID, RESPONSE_MARKER, ROLE_LAST_USED,
    ROLE_NAME, TAG_LIST, USER_NAME,
};
use super::{AttachedPermissionsBoundary, AttachedPolicy, InstanceProfile, PolicyVersion, RoleLastUsed, Tag};

structure! {
    /// `UserDetail` of the API model.
    UserDetail {
        opt "Path" path: Option<String> = PATH,
        opt "UserName" user_name: Option<String> = USER_NAME,
        opt "UserId" user_id: Option<String> = ID,
        opt "Arn" arn: Option<String> = ARN,
        opt "CreateDate" create_date: Option<Timestamp> = DATE,
        opt "UserPolicyList" user_policy_list: Option<Vec<PolicyDetail>> = POLICY_DETAIL_LIST,
        opt "GroupList" group_list: Option<Vec<String>> = GROUP_NAME_LIST,
        opt "AttachedManagedPolicies" attached_managed_policies: Option<Vec<AttachedPolicy>> = ATTACHED_POLICIES_LIST,
        opt "PermissionsBoundary" permissions_boundary: Option<AttachedPermissionsBoundary> = ATTACHED_PERMISSIONS_BOUNDARY,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    }
}

structure! {
    /// `PolicyDetail` of the API model.
    PolicyDetail {
        opt "PolicyName" policy_name: Option<String> = POLICY_NAME,
        opt "PolicyDocument" policy_document: Option<String> = POLICY_DOCUMENT,
    }
}

structure! {
    /// `GroupDetail` of the API model.
    GroupDetail {
        opt "Path" path: Option<String> = PATH,
        opt "GroupName" group_name: Option<String> = GROUP_NAME,
        opt "GroupId" group_id: Option<String> = ID,
        opt "Arn" arn: Option<String> = ARN,
        opt "CreateDate" create_date: Option<Timestamp> = DATE,
        opt "GroupPolicyList" group_policy_list: Option<Vec<PolicyDetail>> = POLICY_DETAIL_LIST,
        opt "AttachedManagedPolicies" attached_managed_policies: Option<Vec<AttachedPolicy>> = ATTACHED_POLICIES_LIST,
    }
}

structure! {
    /// `RoleDetail` of the API model.
    RoleDetail {
        opt "Path" path: Option<String> = PATH,
        opt "RoleName" role_name: Option<String> = ROLE_NAME,
        opt "RoleId" role_id: Option<String> = ID,
        opt "Arn" arn: Option<String> = ARN,
        opt "CreateDate" create_date: Option<Timestamp> = DATE,
        opt "AssumeRolePolicyDocument" assume_role_policy_document: Option<String> = POLICY_DOCUMENT,
        opt "InstanceProfileList" instance_profile_list: Option<Vec<InstanceProfile>> = INSTANCE_PROFILE_LIST,
        opt "RolePolicyList" role_policy_list: Option<Vec<PolicyDetail>> = POLICY_DETAIL_LIST,
        opt "AttachedManagedPolicies" attached_managed_policies: Option<Vec<AttachedPolicy>> = ATTACHED_POLICIES_LIST,
        opt "PermissionsBoundary" permissions_boundary: Option<AttachedPermissionsBoundary> = ATTACHED_PERMISSIONS_BOUNDARY,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
        opt "RoleLastUsed" role_last_used: Option<RoleLastUsed> = ROLE_LAST_USED,
    }
}

structure! {
    /// `ManagedPolicyDetail` of the API model.
    ManagedPolicyDetail {
        opt "PolicyName" policy_name: Option<String> = POLICY_NAME,
        opt "PolicyId" policy_id: Option<String> = ID,
        opt "Arn" arn: Option<String> = ARN,
        opt "Path" path: Option<String> = POLICY_PATH,
        opt "DefaultVersionId" default_version_id: Option<String> = POLICY_VERSION_ID,
        opt "AttachmentCount" attachment_count: Option<i64> = ATTACHMENT_COUNT,
        opt "PermissionsBoundaryUsageCount" permissions_boundary_usage_count: Option<i64> = ATTACHMENT_COUNT,
        opt "IsAttachable" is_attachable: Option<bool> = BOOLEAN,
        opt "Description" description: Option<String> = POLICY_DESCRIPTION,
        opt "CreateDate" create_date: Option<Timestamp> = DATE,
        opt "UpdateDate" update_date: Option<Timestamp> = DATE,
        opt "PolicyVersionList" policy_version_list: Option<Vec<PolicyVersion>> = POLICY_DOCUMENT_VERSION_LIST,
    }
}

structure! {
    /// `PasswordPolicy` of the API model.
    PasswordPolicy {
        opt "MinimumPasswordLength" minimum_password_length: Option<i64> = MINIMUM_PASSWORD_LENGTH,
        opt "RequireSymbols" require_symbols: Option<bool> = BOOLEAN,
        opt "RequireNumbers" require_numbers: Option<bool> = BOOLEAN,
        opt "RequireUppercaseCharacters" require_uppercase_characters: Option<bool> = BOOLEAN,
        opt "RequireLowercaseCharacters" require_lowercase_characters: Option<bool> = BOOLEAN,
        opt "AllowUsersToChangePassword" allow_users_to_change_password: Option<bool> = BOOLEAN,
        opt "ExpirePasswords" expire_passwords: Option<bool> = BOOLEAN,
        opt "MaxPasswordAge" max_password_age: Option<i64> = MAX_PASSWORD_AGE,
        opt "PasswordReusePrevention" password_reuse_prevention: Option<i64> = PASSWORD_REUSE_PREVENTION,
        opt "HardExpiry" hard_expiry: Option<bool> = BOOLEAN_OBJECT,
    }
}

operations! { iam "account";

    /// [`CreateAccountAlias`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html).
    write CreateAccountAlias -> CreateAccountAliasOutput ["ConcurrentModification", "EntityAlreadyExists", "LimitExceeded", "ServiceFailure"] {
        req "AccountAlias" account_alias: String = ACCOUNT_ALIAS,
    } {}

    /// [`DeleteAccountAlias`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html).
    write DeleteAccountAlias -> DeleteAccountAliasOutput ["ConcurrentModification", "NoSuchEntity", "LimitExceeded", "ServiceFailure"] {
        req "AccountAlias" account_alias: String = ACCOUNT_ALIAS,
    } {}

    /// [`DeleteAccountPasswordPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html).
    write DeleteAccountPasswordPolicy -> DeleteAccountPasswordPolicyOutput ["NoSuchEntity", "LimitExceeded", "ServiceFailure"] {} {}

    /// [`GetAccountAuthorizationDetails`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html).
    read GetAccountAuthorizationDetails -> GetAccountAuthorizationDetailsOutput ["ServiceFailure"] pages ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] {
        opt "Filter" filter: Option<Vec<String>> = ENTITY_LIST,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
        opt "Marker" marker: Option<String> = MARKER,
    } {
        opt "UserDetailList" user_detail_list: Option<Vec<UserDetail>> = USER_DETAIL_LIST,
        opt "GroupDetailList" group_detail_list: Option<Vec<GroupDetail>> = GROUP_DETAIL_LIST,
        opt "RoleDetailList" role_detail_list: Option<Vec<RoleDetail>> = ROLE_DETAIL_LIST,
        opt "Policies" policies: Option<Vec<ManagedPolicyDetail>> = MANAGED_POLICY_DETAIL_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`GetAccountPasswordPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html).
    read GetAccountPasswordPolicy -> GetAccountPasswordPolicyOutput ["NoSuchEntity", "ServiceFailure"] {} {
        req "PasswordPolicy" password_policy: PasswordPolicy = PASSWORD_POLICY,
    }

    /// [`GetAccountSummary`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html).
    read(slow) GetAccountSummary -> GetAccountSummaryOutput ["ServiceFailure"] {} {
        opt "SummaryMap" summary_map: Option<BTreeMap<String, i64>> = SUMMARY_MAP,
    }

    /// [`ListAccountAliases`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html).
    read ListAccountAliases -> ListAccountAliasesOutput ["ServiceFailure"] pages ["AccountAliases"] {
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "AccountAliases" account_aliases: Vec<String> = ACCOUNT_ALIAS_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`SetSecurityTokenServicePreferences`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetSecurityTokenServicePreferences.html).
    write SetSecurityTokenServicePreferences -> SetSecurityTokenServicePreferencesOutput ["ServiceFailure"] {
        req "GlobalEndpointTokenVersion" global_endpoint_token_version: String = GLOBAL_ENDPOINT_TOKEN_VERSION,
    } {}

    /// [`UpdateAccountPasswordPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html).
    write UpdateAccountPasswordPolicy -> UpdateAccountPasswordPolicyOutput ["NoSuchEntity", "MalformedPolicyDocument", "LimitExceeded", "ServiceFailure"] {
        opt "MinimumPasswordLength" minimum_password_length: Option<i64> = MINIMUM_PASSWORD_LENGTH,
        opt "RequireSymbols" require_symbols: Option<bool> = BOOLEAN,
        opt "RequireNumbers" require_numbers: Option<bool> = BOOLEAN,
        opt "RequireUppercaseCharacters" require_uppercase_characters: Option<bool> = BOOLEAN,
        opt "RequireLowercaseCharacters" require_lowercase_characters: Option<bool> = BOOLEAN,
        opt "AllowUsersToChangePassword" allow_users_to_change_password: Option<bool> = BOOLEAN,
        opt "MaxPasswordAge" max_password_age: Option<i64> = MAX_PASSWORD_AGE,
        opt "PasswordReusePrevention" password_reuse_prevention: Option<i64> = PASSWORD_REUSE_PREVENTION,
        opt "HardExpiry" hard_expiry: Option<bool> = BOOLEAN_OBJECT,
    } {}
}

/// The shape `accountAliasType`.
static ACCOUNT_ALIAS: Shape = Shape::Text(text().length(3, 63).pattern(r"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$"));
/// The shape `accountAliasListType`.
static ACCOUNT_ALIAS_LIST: Shape = list(&ACCOUNT_ALIAS, 0, UNBOUNDED);
/// The shape `entityListType`.
static ENTITY_LIST: Shape = list(&ENTITY, 0, UNBOUNDED);
/// The shape `globalEndpointTokenVersion`.
static GLOBAL_ENDPOINT_TOKEN_VERSION: Shape = Shape::Text(text().values(&["v1Token", "v2Token"]));
/// The structure `GroupDetail`.
static GROUP_DETAIL: Shape = Shape::Structure(GroupDetail::MEMBERS);
/// The shape `groupDetailListType`.
static GROUP_DETAIL_LIST: Shape = list(&GROUP_DETAIL, 0, UNBOUNDED);
/// The shape `groupNameListType`.
static GROUP_NAME_LIST: Shape = list(&GROUP_NAME, 0, UNBOUNDED);
/// The structure `ManagedPolicyDetail`.
static MANAGED_POLICY_DETAIL: Shape = Shape::Structure(ManagedPolicyDetail::MEMBERS);
/// The shape `ManagedPolicyDetailListType`.
static MANAGED_POLICY_DETAIL_LIST: Shape = list(&MANAGED_POLICY_DETAIL, 0, UNBOUNDED);
/// The shape `maxPasswordAgeType`.
static MAX_PASSWORD_AGE: Shape = Shape::Integer { min: Some(1), max: Some(1095) };
/// The shape `minimumPasswordLengthType`.
static MINIMUM_PASSWORD_LENGTH: Shape = Shape::Integer { min: Some(6), max: Some(128) };
/// The structure `PasswordPolicy`.
static PASSWORD_POLICY: Shape = Shape::Structure(PasswordPolicy::MEMBERS);
/// The shape `passwordReusePreventionType`.
static PASSWORD_REUSE_PREVENTION: Shape = Shape::Integer { min: Some(1), max: Some(24) };
/// The structure `PolicyDetail`.
static POLICY_DETAIL: Shape = Shape::Structure(PolicyDetail::MEMBERS);
/// The shape `policyDetailListType`.
static POLICY_DETAIL_LIST: Shape = list(&POLICY_DETAIL, 0, UNBOUNDED);
/// The structure `RoleDetail`.
static ROLE_DETAIL: Shape = Shape::Structure(RoleDetail::MEMBERS);
/// The shape `roleDetailListType`.
static ROLE_DETAIL_LIST: Shape = list(&ROLE_DETAIL, 0, UNBOUNDED);
/// The shape `summaryKeyType`.
static SUMMARY_KEY: Shape = Shape::Text(text().values(&[
    "Users",
    "UsersQuota",
    "Groups",
    "GroupsQuota",
    "ServerCertificates",
    "ServerCertificatesQuota",
    "UserPolicySizeQuota",
    "GroupPolicySizeQuota",
    "GroupsPerUserQuota",
    "SigningCertificatesPerUserQuota",
    "AccessKeysPerUserQuota",
    "MFADevices",
    "MFADevicesInUse",
    "AccountMFAEnabled",
    "AccountAccessKeysPresent",
    "AccountPasswordPresent",
    "AccountSigningCertificatesPresent",
    "AttachedPoliciesPerGroupQuota",
    "AttachedPoliciesPerRoleQuota",
    "AttachedPoliciesPerUserQuota",
    "Policies",
    "PoliciesQuota",
    "PolicySizeQuota",
    "PolicyVersionsInUse",
    "PolicyVersionsInUseQuota",
    "VersionsPerPolicyQuota",
    "GlobalEndpointTokenVersion",
    "AssumeRolePolicySizeQuota",
    "InstanceProfiles",
    "InstanceProfilesQuota",
    "Providers",
    "RolePolicySizeQuota",
    "Roles",
    "RolesQuota",
]));
/// The shape `summaryMapType`.
static SUMMARY_MAP: Shape = Shape::Map { key: &SUMMARY_KEY, value: &SUMMARY_VALUE };
/// The shape `summaryValueType`.
static SUMMARY_VALUE: Shape = Shape::Integer { min: None, max: None };
/// The structure `UserDetail`.
static USER_DETAIL: Shape = Shape::Structure(UserDetail::MEMBERS);
/// The shape `userDetailListType`.
static USER_DETAIL_LIST: Shape = list(&USER_DETAIL, 0, UNBOUNDED);
