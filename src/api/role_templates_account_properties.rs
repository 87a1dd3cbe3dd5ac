//! The operations of the group "role templates account properties": what goes in, what comes out, and what may go wrong.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Role;
use super::model::{Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{
    ARN, BOOLEAN, DATE, ID, INTEGER, POLICY_DOCUMENT, POLICY_NAME, ROLE, ROLE_MAX_SESSION_DURATION, STRING,
};

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

/// The shape `accountPropertiesMapType`.
static ACCOUNT_PROPERTIES_MAP: Shape = Shape::Map { key: &ACCOUNT_PROPERTY_KEY, value: &ACCOUNT_PROPERTY_VALUE };
/// The shape `accountPropertyKeyType`.
static ACCOUNT_PROPERTY_KEY: Shape = Shape::Text(text().length(1, 50).pattern(r"^[A-Za-z][A-Za-z0-9/_-]*$"));
/// The shape `accountPropertyValueType`.
static ACCOUNT_PROPERTY_VALUE: Shape = Shape::Text(text().length(1, 1024));
/// The structure `InlinePolicy`.
static INLINE_POLICY: Shape = Shape::Structure(InlinePolicy::MEMBERS);
/// The shape `inlinePolicyTemplateListType`.
static INLINE_POLICY_TEMPLATE_LIST: Shape = list(&INLINE_POLICY, 0, UNBOUNDED);
/// The shape `managedByTypeType`.
static MANAGED_BY_TYPE: Shape = Shape::Text(text().values(&["Service"]));
/// The shape `managedByValueType`.
static MANAGED_BY_VALUE: Shape = Shape::Text(text().length(1, 128));
/// The shape `managedPolicyArnListType`.
static MANAGED_POLICY_ARN_LIST: Shape = list(&ARN, 0, UNBOUNDED);
/// The shape `mapStringReplacementValueEntry`.
static MAP_STRING_REPLACEMENT_VALUE_ENTRY: Shape = Shape::Map { key: &STRING, value: &REPLACEMENT_VALUE_ENTRY };
/// The shape `minorVersionType`.
static MINOR_VERSION: Shape = Shape::Integer { min: None, max: None };
/// The shape `parametersDefinitionListType`.
static PARAMETERS_DEFINITION_LIST: Shape = list(&PARAMETER_DEFINITION, 0, UNBOUNDED);
/// The shape `parameterDefaultValueType`.
static PARAMETER_DEFAULT_VALUE: Shape = Shape::Text(text().length(0, 1024));
/// The structure `ParameterDefinition`.
static PARAMETER_DEFINITION: Shape = Shape::Structure(ParameterDefinition::MEMBERS);
/// The shape `parameterDescriptionType`.
static PARAMETER_DESCRIPTION: Shape = Shape::Text(text().length(0, 1000));
/// The shape `parameterNameType`.
static PARAMETER_NAME: Shape = Shape::Text(text().length(1, 128));
/// The shape `parameterSubTypeType`.
static PARAMETER_SUB_TYPE: Shape = Shape::Text(text().length(0, 256));
/// The shape `parameterTypeType`.
static PARAMETER_TYPE: Shape =
    Shape::Text(text().values(&["String", "StringList", "Number", "NumberList", "Arn", "ArnList"]));
/// The structure `ReplacementValueEntry`.
static REPLACEMENT_VALUE_ENTRY: Shape = Shape::Structure(ReplacementValueEntry::MEMBERS);
/// The shape `replacementValueListType`.
static REPLACEMENT_VALUE_LIST: Shape = list(&STRING, 1, 20);
/// The shape `roleDescriptionPatternType`.
static ROLE_DESCRIPTION_PATTERN: Shape = Shape::Text(text().length(1, 512));
/// The shape `roleNamePatternType`.
static ROLE_NAME_PATTERN: Shape = Shape::Text(text().length(1, 256));
/// The shape `rolePathPatternType`.
static ROLE_PATH_PATTERN: Shape =
    Shape::Text(text().length(1, 256).pattern(r"/[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*/"));
/// The shape `roleTemplateDescriptionType`.
static ROLE_TEMPLATE_DESCRIPTION: Shape =
    Shape::Text(text().length(0, 512).pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"));
/// The shape `roleTemplateNameType`.
static ROLE_TEMPLATE_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.\-]+"));
/// The structure `RoleTemplateVersion`.
static ROLE_TEMPLATE_VERSION: Shape = Shape::Structure(RoleTemplateVersion::MEMBERS);
/// The structure `TagTemplate`.
static TAG_TEMPLATE: Shape = Shape::Structure(TagTemplate::MEMBERS);
/// The shape `tagTemplateKeyType`.
static TAG_TEMPLATE_KEY: Shape = Shape::Text(text().length(1, 128).pattern(r"[\p{L}\p{Z}\p{N}_.:/=+\-@{}]+"));
/// The shape `tagTemplateListType`.
static TAG_TEMPLATE_LIST: Shape = list(&TAG_TEMPLATE, 0, 50);
/// The shape `tagTemplateValueType`.
static TAG_TEMPLATE_VALUE: Shape = Shape::Text(text().length(0, 256).pattern(r"[\p{L}\p{Z}\p{N}_.:/=+\-@{}]*"));
