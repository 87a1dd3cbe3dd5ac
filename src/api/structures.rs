//! Structures that operations of more than one group answer with.

use jiff::Timestamp;

use super::model::{Shape, structure, text};
use super::shapes::{
    ARN, ATTACHED_PERMISSIONS_BOUNDARY, BOOLEAN, DATE, ID, INSTANCE_PROFILE_NAME, INTEGER, PATH, POLICY_DOCUMENT,
    POLICY_NAME, POLICY_VERSION_ID, ROLE_DESCRIPTION, ROLE_LAST_USED, ROLE_LIST, ROLE_MAX_SESSION_DURATION, ROLE_NAME,
    STRING, TAG_KEY, TAG_LIST, USER_NAME,
};

structure! {
    /// `Role` of the API model.
    Role {
        req "Path" path: String = PATH,
        req "RoleName" role_name: String = ROLE_NAME,
        req "RoleId" role_id: String = ID,
        req "Arn" arn: String = ARN,
        req "CreateDate" create_date: Timestamp = DATE,
        opt "AssumeRolePolicyDocument" assume_role_policy_document: Option<String> = POLICY_DOCUMENT,
        opt "Description" description: Option<String> = ROLE_DESCRIPTION,
        opt "MaxSessionDuration" max_session_duration: Option<i64> = ROLE_MAX_SESSION_DURATION,
        opt "PermissionsBoundary" permissions_boundary: Option<AttachedPermissionsBoundary> = ATTACHED_PERMISSIONS_BOUNDARY,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
        opt "RoleLastUsed" role_last_used: Option<RoleLastUsed> = ROLE_LAST_USED,
        opt "SourceRoleTemplate" source_role_template: Option<SourceRoleTemplate> = SOURCE_ROLE_TEMPLATE,
    }
}

structure! {
    /// `AttachedPermissionsBoundary` of the API model.
    AttachedPermissionsBoundary {
        opt "PermissionsBoundaryType" permissions_boundary_type: Option<String> = PERMISSIONS_BOUNDARY_ATTACHMENT,
        opt "PermissionsBoundaryArn" permissions_boundary_arn: Option<String> = ARN,
    }
}

structure! {
    /// `Tag` of the API model.
    Tag {
        req "Key" key: String = TAG_KEY,
        req "Value" value: String = TAG_VALUE,
    }
}

structure! {
    /// `RoleLastUsed` of the API model.
    RoleLastUsed {
        opt "LastUsedDate" last_used_date: Option<Timestamp> = DATE,
        opt "Region" region: Option<String> = STRING,
    }
}

structure! {
    /// `SourceRoleTemplate` of the API model.
    SourceRoleTemplate {
        req "TemplateArn" template_arn: String = ARN,
        req "TemplateMinorVersion" template_minor_version: i64 = INTEGER,
    }
}

structure! {
    /// `InstanceProfile` of the API model.
    InstanceProfile {
        req "Path" path: String = PATH,
        req "InstanceProfileName" instance_profile_name: String = INSTANCE_PROFILE_NAME,
        req "InstanceProfileId" instance_profile_id: String = ID,
        req "Arn" arn: String = ARN,
        req "CreateDate" create_date: Timestamp = DATE,
        req "Roles" roles: Vec<Role> = ROLE_LIST,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    }
}

structure! {
    /// `PolicyVersion` of the API model.
    PolicyVersion {
        opt "Document" document: Option<String> = POLICY_DOCUMENT,
        opt "VersionId" version_id: Option<String> = POLICY_VERSION_ID,
        opt "IsDefaultVersion" is_default_version: Option<bool> = BOOLEAN,
        opt "CreateDate" create_date: Option<Timestamp> = DATE,
    }
}

structure! {
    /// `User` of the API model.
    User {
        req "Path" path: String = PATH,
        req "UserName" user_name: String = USER_NAME,
        req "UserId" user_id: String = ID,
        req "Arn" arn: String = ARN,
        req "CreateDate" create_date: Timestamp = DATE,
        opt "PasswordLastUsed" password_last_used: Option<Timestamp> = DATE,
        opt "PermissionsBoundary" permissions_boundary: Option<AttachedPermissionsBoundary> = ATTACHED_PERMISSIONS_BOUNDARY,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    }
}

structure! {
    /// `AttachedPolicy` of the API model.
    AttachedPolicy {
        opt "PolicyName" policy_name: Option<String> = POLICY_NAME,
        opt "PolicyArn" policy_arn: Option<String> = ARN,
    }
}

/// The shape `PermissionsBoundaryAttachmentType`.
static PERMISSIONS_BOUNDARY_ATTACHMENT: Shape = Shape::Text(text().values(&["PermissionsBoundaryPolicy"]));
/// The structure `SourceRoleTemplate`.
static SOURCE_ROLE_TEMPLATE: Shape = Shape::Structure(SourceRoleTemplate::MEMBERS);
/// The shape `tagValueType`.
static TAG_VALUE: Shape = Shape::Text(text().length(0, 256).pattern(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"));
