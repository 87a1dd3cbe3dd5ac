//! The operations of the group "role templates account properties": what goes in, what comes out, and what may go wrong.

use super::model::{operations, structure};
use std::collections::BTreeMap;

use super::Role;
use super::shapes::{
    ACCOUNT_PROPERTIES_MAP, ARN, BOOLEAN, DATE, ID, INLINE_POLICY_TEMPLATE_LIST, INTEGER, MANAGED_BY_TYPE,
    MANAGED_BY_VALUE, MANAGED_POLICY_ARN_LIST, MAP_STRING_REPLACEMENT_VALUE_ENTRY, MINOR_VERSION,
    PARAMETER_DEFAULT_VALUE, PARAMETER_DESCRIPTION, PARAMETER_NAME, PARAMETER_SUB_TYPE, PARAMETER_TYPE,
    PARAMETERS_DEFINITION_LIST, POLICY_DOCUMENT, POLICY_NAME, REPLACEMENT_VALUE_LIST, ROLE, ROLE_DESCRIPTION_PATTERN,
    ROLE_MAX_SESSION_DURATION, ROLE_NAME_PATTERN, ROLE_PATH_PATTERN, ROLE_TEMPLATE_DESCRIPTION, ROLE_TEMPLATE_NAME,
    ROLE_TEMPLATE_VERSION, TAG_TEMPLATE_KEY, TAG_TEMPLATE_LIST, TAG_TEMPLATE_VALUE,
};
use jiff::Timestamp;

structure! {
    /// `ReplacementValueEntry` of the API model.
    ReplacementValueEntry {
        req "Values" values: Vec<String> = REPLACEMENT_VALUE_LIST,
    }
}

structure! {
    /// `RoleTemplateVersion` of the API model.
    RoleTemplateVersion {
        opt "TemplateArn" template_arn: Option<String> = ARN,
        opt "TemplateName" template_name: Option<String> = ROLE_TEMPLATE_NAME,
        opt "TemplateVersionId" template_version_id: Option<String> = ID,
        opt "Description" description: Option<String> = ROLE_TEMPLATE_DESCRIPTION,
        opt "MajorVersion" major_version: Option<i64> = INTEGER,
        opt "DefaultMinorVersion" default_minor_version: Option<i64> = MINOR_VERSION,
        opt "ManagedByType" managed_by_type: Option<String> = MANAGED_BY_TYPE,
        opt "ManagedByValue" managed_by_value: Option<String> = MANAGED_BY_VALUE,
        opt "Enabled" enabled: Option<bool> = BOOLEAN,
        opt "MinorVersion" minor_version: Option<i64> = MINOR_VERSION,
        opt "RoleNamePattern" role_name_pattern: Option<String> = ROLE_NAME_PATTERN,
        opt "RolePathPattern" role_path_pattern: Option<String> = ROLE_PATH_PATTERN,
        opt "RoleDescriptionPattern" role_description_pattern: Option<String> = ROLE_DESCRIPTION_PATTERN,
        opt "AssumeRolePolicyDocumentTemplate" assume_role_policy_document_template: Option<String> = POLICY_DOCUMENT,
        opt "InlinePolicyTemplates" inline_policy_templates: Option<Vec<InlinePolicy>> = INLINE_POLICY_TEMPLATE_LIST,
        opt "ManagedPolicyArns" managed_policy_arns: Option<Vec<String>> = MANAGED_POLICY_ARN_LIST,
        opt "PermissionBoundaryArn" permission_boundary_arn: Option<String> = ARN,
        opt "ParametersDefinition" parameters_definition: Option<Vec<ParameterDefinition>> = PARAMETERS_DEFINITION_LIST,
        opt "RoleTagsTemplate" role_tags_template: Option<Vec<TagTemplate>> = TAG_TEMPLATE_LIST,
        opt "MaxSessionDuration" max_session_duration: Option<i64> = ROLE_MAX_SESSION_DURATION,
        opt "VersionEnabled" version_enabled: Option<bool> = BOOLEAN,
        opt "CreateTimestamp" create_timestamp: Option<Timestamp> = DATE,
        opt "UpdateTimestamp" update_timestamp: Option<Timestamp> = DATE,
    }
}

structure! {
    /// `InlinePolicy` of the API model.
    InlinePolicy {
        req "PolicyName" policy_name: String = POLICY_NAME,
        req "PolicyDocument" policy_document: String = POLICY_DOCUMENT,
    }
}

structure! {
    /// `ParameterDefinition` of the API model.
    ParameterDefinition {
        req "Name" name: String = PARAMETER_NAME,
        req "Type" r#type: String = PARAMETER_TYPE,
        opt "SubType" sub_type: Option<String> = PARAMETER_SUB_TYPE,
        opt "Description" description: Option<String> = PARAMETER_DESCRIPTION,
        opt "IsRequired" is_required: Option<bool> = BOOLEAN,
        opt "DefaultValue" default_value: Option<String> = PARAMETER_DEFAULT_VALUE,
        opt "Immutable" immutable: Option<bool> = BOOLEAN,
    }
}

structure! {
    /// `TagTemplate` of the API model.
    TagTemplate {
        req "Key" key: String = TAG_TEMPLATE_KEY,
        req "Value" value: String = TAG_TEMPLATE_VALUE,
    }
}

operations! { iam "role-templates-account-properties";

    /// [`AcquireRole`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcquireRole.html).
    write AcquireRole -> AcquireRoleOutput ["LimitExceeded", "InvalidInput", "EntityAlreadyExists", "RoleModified", "NameConflict", "MalformedPolicyDocument", "ConcurrentModification", "ServiceFailure", "NoSuchEntity", "RoleTemplateDisabled"] {
        req "TemplateArn" template_arn: String = ARN,
        opt "TemplateMinorVersion" template_minor_version: Option<i64> = INTEGER,
        opt "ReplacementValues" replacement_values: Option<BTreeMap<String, ReplacementValueEntry>> = MAP_STRING_REPLACEMENT_VALUE_ENTRY,
    } {
        req "Role" role: Role = ROLE,
    }

    /// [`GetAccountProperties`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountProperties.html).
    read GetAccountProperties -> GetAccountPropertiesOutput ["InvalidInput", "ServiceFailure"] {} {
        opt "Properties" properties: Option<BTreeMap<String, String>> = ACCOUNT_PROPERTIES_MAP,
    }

    /// [`GetRoleTemplateVersion`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRoleTemplateVersion.html).
    read GetRoleTemplateVersion -> GetRoleTemplateVersionOutput ["NoSuchEntity", "InvalidInput", "ServiceFailure"] {
        req "TemplateArn" template_arn: String = ARN,
        opt "MinorVersion" minor_version: Option<i64> = MINOR_VERSION,
    } {
        req "RoleTemplateVersion" role_template_version: RoleTemplateVersion = ROLE_TEMPLATE_VERSION,
    }

    /// [`PutAccountProperties`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutAccountProperties.html).
    write PutAccountProperties -> PutAccountPropertiesOutput ["InvalidInput", "ConcurrentModification", "ServiceFailure"] {
        req "Properties" properties: BTreeMap<String, String> = ACCOUNT_PROPERTIES_MAP,
    } {}
}
