//! The shapes of IAM's API model: lengths, patterns and values, each under the name that the model gives it.

use super::{
    AccessDetail, AccessKey, AccessKeyLastUsed, AccessKeyMetadata, AttachedPermissionsBoundary, AttachedPolicy,
    ContextEntry, DelegationPermission, DelegationRequest, DeletionTaskFailureReason, EntityDetails, EntityInfo,
    ErrorDetails, EvaluationResult, Group, GroupDetail, InlinePolicy, InlinePolicyIdentifier, InstanceProfile,
    ListPoliciesGrantingServiceAccessEntry, LoginProfile, MFADevice, ManagedPolicyDetail,
    OpenIDConnectProviderListEntry, OrderedOrganizationPolicy, OrganizationsDecisionDetail, ParameterDefinition,
    PasswordPolicy, PermissionsBoundaryDecisionDetail, Policy, PolicyDetail, PolicyGrantingServiceAccess, PolicyGroup,
    PolicyIdentifier, PolicyParameter, PolicyRole, PolicyUser, PolicyVersion, Position, ReplacementValueEntry,
    ResourceSpecificResult, Role, RoleDetail, RoleLastUsed, RoleTemplateVersion, RoleUsage, SAMLPrivateKey,
    SAMLProviderListEntry, SSHPublicKey, SSHPublicKeyMetadata, ServerCertificate, ServerCertificateMetadata,
    ServiceLastAccessed, ServiceSpecificCredential, ServiceSpecificCredentialMetadata, SigningCertificate,
    SourceRoleTemplate, Statement, Tag, TagTemplate, TrackedActionLastAccessed, User, UserDetail, VirtualMFADevice,
};
use crate::api::model::{Shape, UNBOUNDED, list, text};

/// The shape `AccessAdvisorUsageGranularityType`.
pub static ACCESS_ADVISOR_USAGE_GRANULARITY: Shape = Shape::Text(text().values(&["SERVICE_LEVEL", "ACTION_LEVEL"]));
/// The structure `AccessDetail`.
pub static ACCESS_DETAIL: Shape = Shape::Structure(AccessDetail::MEMBERS);
/// The shape `AccessDetails`.
pub static ACCESS_DETAILS: Shape = list(&ACCESS_DETAIL, 0, UNBOUNDED);
/// The structure `AccessKey`.
pub static ACCESS_KEY: Shape = Shape::Structure(AccessKey::MEMBERS);
/// The shape `accessKeyIdType`.
pub static ACCESS_KEY_ID: Shape = Shape::Text(text().length(16, 128).pattern(r"[\w]+"));
/// The structure `AccessKeyLastUsed`.
pub static ACCESS_KEY_LAST_USED: Shape = Shape::Structure(AccessKeyLastUsed::MEMBERS);
/// The structure `AccessKeyMetadata`.
pub static ACCESS_KEY_METADATA: Shape = Shape::Structure(AccessKeyMetadata::MEMBERS);
/// The shape `accessKeyMetadataListType`.
pub static ACCESS_KEY_METADATA_LIST: Shape = list(&ACCESS_KEY_METADATA, 0, UNBOUNDED);
/// The shape `accessKeySecretType`.
pub static ACCESS_KEY_SECRET: Shape = Shape::Text(text().secret());
/// The shape `accountAliasType`.
pub static ACCOUNT_ALIAS: Shape =
    Shape::Text(text().length(3, 63).pattern(r"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$"));
/// The shape `accountAliasListType`.
pub static ACCOUNT_ALIAS_LIST: Shape = list(&ACCOUNT_ALIAS, 0, UNBOUNDED);
/// The shape `accountIdType`.
pub static ACCOUNT_ID: Shape = Shape::Text(text().pattern(r"\d{12}"));
/// The shape `accountPropertiesMapType`.
pub static ACCOUNT_PROPERTIES_MAP: Shape = Shape::Map { key: &ACCOUNT_PROPERTY_KEY, value: &ACCOUNT_PROPERTY_VALUE };
/// The shape `accountPropertyKeyType`.
pub static ACCOUNT_PROPERTY_KEY: Shape = Shape::Text(text().length(1, 50).pattern(r"^[A-Za-z][A-Za-z0-9/_-]*$"));
/// The shape `accountPropertyValueType`.
pub static ACCOUNT_PROPERTY_VALUE: Shape = Shape::Text(text().length(1, 1024));
/// The shape `ActionNameType`.
pub static ACTION_NAME: Shape = Shape::Text(text().length(3, 128));
/// The shape `ActionNameListType`.
pub static ACTION_NAME_LIST: Shape = list(&ACTION_NAME, 0, UNBOUNDED);
/// The shape `allUsers`.
pub static ALL_USERS: Shape = Shape::Boolean;
/// The shape `arnType`.
pub static ARN: Shape = Shape::Text(text().length(20, 2048));
/// The shape `ArnListType`.
pub static ARN_LIST: Shape = list(&ARN, 0, UNBOUNDED);
/// The shape `assertionEncryptionModeType`.
pub static ASSERTION_ENCRYPTION_MODE: Shape = Shape::Text(text().values(&["Required", "Allowed"]));
/// The shape `assignmentStatusType`.
pub static ASSIGNMENT_STATUS: Shape = Shape::Text(text().values(&["Assigned", "Unassigned", "Any"]));
/// The structure `AttachedPermissionsBoundary`.
pub static ATTACHED_PERMISSIONS_BOUNDARY: Shape = Shape::Structure(AttachedPermissionsBoundary::MEMBERS);
/// The shape `attachedPoliciesListType`.
pub static ATTACHED_POLICIES_LIST: Shape = list(&ATTACHED_POLICY, 0, UNBOUNDED);
/// The structure `AttachedPolicy`.
pub static ATTACHED_POLICY: Shape = Shape::Structure(AttachedPolicy::MEMBERS);
/// The shape `AttachmentType`.
pub static ATTACHMENT: Shape = Shape::Text(text().values(&["user", "group", "role"]));
/// The shape `attachmentCountType`.
pub static ATTACHMENT_COUNT: Shape = Shape::Integer { min: None, max: None };
/// The shape `AttachmentName`.
pub static ATTACHMENT_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.@-]+"));
/// The shape `authenticationCodeType`.
pub static AUTHENTICATION_CODE: Shape = Shape::Text(text().length(6, 6).pattern(r"[\d]+"));
/// The shape `booleanType`.
pub static BOOLEAN: Shape = Shape::Boolean;
/// The shape `booleanObjectType`.
pub static BOOLEAN_OBJECT: Shape = Shape::Boolean;
/// The shape `BootstrapDatum`.
pub static BOOTSTRAP_DATUM: Shape = Shape::Blob;
/// The shape `certificateBodyType`.
pub static CERTIFICATE_BODY: Shape =
    Shape::Text(text().length(1, 16_384).pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+"));
/// The shape `certificateChainType`.
pub static CERTIFICATE_CHAIN: Shape =
    Shape::Text(text().length(1, 2_097_152).pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+"));
/// The shape `certificateIdType`.
pub static CERTIFICATE_ID: Shape = Shape::Text(text().length(24, 128).pattern(r"[\w]+"));
/// The shape `certificateListType`.
pub static CERTIFICATE_LIST: Shape = list(&SIGNING_CERTIFICATE, 0, UNBOUNDED);
/// The shape `CertificationKeyType`.
pub static CERTIFICATION_KEY: Shape = Shape::Text(text().length(1, 128).pattern(r"[\u0020-\u00FF]+"));
/// The shape `CertificationMapType`.
pub static CERTIFICATION_MAP: Shape = Shape::Map { key: &CERTIFICATION_KEY, value: &CERTIFICATION_VALUE };
/// The shape `CertificationValueType`.
pub static CERTIFICATION_VALUE: Shape = Shape::Text(text().length(1, 32).pattern(r"[\u0020-\u00FF]+"));
/// The shape `clientIDType`.
pub static CLIENT_ID: Shape = Shape::Text(text().length(1, 255));
/// The shape `clientIDListType`.
pub static CLIENT_ID_LIST: Shape = list(&CLIENT_ID, 0, UNBOUNDED);
/// The shape `ColumnNumber`.
pub static COLUMN_NUMBER: Shape = Shape::Integer { min: None, max: None };
/// The shape `consoleDeepLinkType`.
pub static CONSOLE_DEEP_LINK: Shape = Shape::Text(text().length(1, 255));
/// The structure `ContextEntry`.
pub static CONTEXT_ENTRY: Shape = Shape::Structure(ContextEntry::MEMBERS);
/// The shape `ContextEntryListType`.
pub static CONTEXT_ENTRY_LIST: Shape = list(&CONTEXT_ENTRY, 0, UNBOUNDED);
/// The shape `ContextKeyNameType`.
pub static CONTEXT_KEY_NAME: Shape = Shape::Text(text().length(5, 256));
/// The shape `ContextKeyNamesResultListType`.
pub static CONTEXT_KEY_NAMES_RESULT_LIST: Shape = list(&CONTEXT_KEY_NAME, 0, UNBOUNDED);
/// The shape `ContextKeyTypeEnum`.
pub static CONTEXT_KEY_TYPE_ENUM: Shape = Shape::Text(text().values(&[
    "string",
    "stringList",
    "numeric",
    "numericList",
    "boolean",
    "booleanList",
    "ip",
    "ipList",
    "binary",
    "binaryList",
    "date",
    "dateList",
]));
/// The shape `ContextKeyValueType`.
pub static CONTEXT_KEY_VALUE: Shape = Shape::Text(text());
/// The shape `ContextKeyValueListType`.
pub static CONTEXT_KEY_VALUE_LIST: Shape = list(&CONTEXT_KEY_VALUE, 0, UNBOUNDED);
/// The shape `credentialAgeDays`.
pub static CREDENTIAL_AGE_DAYS: Shape = Shape::Integer { min: Some(1), max: Some(36_600) };
/// The shape `customSuffixType`.
pub static CUSTOM_SUFFIX: Shape = Shape::Text(text().length(1, 64).pattern(r"[\w+=,.@-]+"));
/// The shape `dateType`.
pub static DATE: Shape = Shape::Timestamp;
/// The structure `DelegationPermission`.
pub static DELEGATION_PERMISSION: Shape = Shape::Structure(DelegationPermission::MEMBERS);
/// The structure `DelegationRequest`.
pub static DELEGATION_REQUEST: Shape = Shape::Structure(DelegationRequest::MEMBERS);
/// The shape `delegationRequestsListType`.
pub static DELEGATION_REQUESTS_LIST: Shape = list(&DELEGATION_REQUEST, 0, UNBOUNDED);
/// The shape `delegationRequestDescriptionType`.
pub static DELEGATION_REQUEST_DESCRIPTION: Shape =
    Shape::Text(text().length(0, 1000).pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"));
/// The shape `delegationRequestIdType`.
pub static DELEGATION_REQUEST_ID: Shape = Shape::Text(text().length(16, 128).pattern(r"[\w-]+"));
/// The structure `DeletionTaskFailureReasonType`.
pub static DELETION_TASK_FAILURE_REASON: Shape = Shape::Structure(DeletionTaskFailureReason::MEMBERS);
/// The shape `DeletionTaskIdType`.
pub static DELETION_TASK_ID: Shape = Shape::Text(text().length(1, 1000));
/// The shape `DeletionTaskStatusType`.
pub static DELETION_TASK_STATUS: Shape =
    Shape::Text(text().values(&["SUCCEEDED", "IN_PROGRESS", "FAILED", "NOT_STARTED"]));
/// The shape `encodingType`.
pub static ENCODING: Shape = Shape::Text(text().values(&["SSH", "PEM"]));
/// The shape `EntityType`.
pub static ENTITY: Shape =
    Shape::Text(text().values(&["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"]));
/// The structure `EntityDetails`.
pub static ENTITY_DETAILS: Shape = Shape::Structure(EntityDetails::MEMBERS);
/// The shape `entityDetailsListType`.
pub static ENTITY_DETAILS_LIST: Shape = list(&ENTITY_DETAILS, 0, UNBOUNDED);
/// The structure `EntityInfo`.
pub static ENTITY_INFO: Shape = Shape::Structure(EntityInfo::MEMBERS);
/// The shape `entityListType`.
pub static ENTITY_LIST: Shape = list(&ENTITY, 0, UNBOUNDED);
/// The shape `entityNameType`.
pub static ENTITY_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.@-]+"));
/// The structure `ErrorDetails`.
pub static ERROR_DETAILS: Shape = Shape::Structure(ErrorDetails::MEMBERS);
/// The structure `EvaluationResult`.
pub static EVALUATION_RESULT: Shape = Shape::Structure(EvaluationResult::MEMBERS);
/// The shape `EvaluationResultsListType`.
pub static EVALUATION_RESULTS_LIST: Shape = list(&EVALUATION_RESULT, 0, UNBOUNDED);
/// The shape `EvalDecisionDetailsType`.
pub static EVAL_DECISION_DETAILS: Shape = Shape::Map { key: &EVAL_DECISION_SOURCE, value: &POLICY_EVALUATION_DECISION };
/// The shape `EvalDecisionSourceType`.
pub static EVAL_DECISION_SOURCE: Shape = Shape::Text(text().length(3, 256));
/// The shape `existingUserNameType`.
pub static EXISTING_USER_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.@-]+"));
/// The shape `FeatureType`.
pub static FEATURE: Shape = Shape::Text(text().values(&["RootCredentialsManagement", "RootSessions"]));
/// The shape `FeaturesListType`.
pub static FEATURES_LIST: Shape = list(&FEATURE, 0, UNBOUNDED);
/// The shape `globalEndpointTokenVersion`.
pub static GLOBAL_ENDPOINT_TOKEN_VERSION: Shape = Shape::Text(text().values(&["v1Token", "v2Token"]));
/// The structure `Group`.
pub static GROUP: Shape = Shape::Structure(Group::MEMBERS);
/// The structure `GroupDetail`.
pub static GROUP_DETAIL: Shape = Shape::Structure(GroupDetail::MEMBERS);
/// The shape `groupDetailListType`.
pub static GROUP_DETAIL_LIST: Shape = list(&GROUP_DETAIL, 0, UNBOUNDED);
/// The shape `groupListType`.
pub static GROUP_LIST: Shape = list(&GROUP, 0, UNBOUNDED);
/// The shape `groupNameType`.
pub static GROUP_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.@-]+"));
/// The shape `groupNameListType`.
pub static GROUP_NAME_LIST: Shape = list(&GROUP_NAME, 0, UNBOUNDED);
/// The shape `idType`.
pub static ID: Shape = Shape::Text(text().length(16, 128).pattern(r"[\w]+"));
/// The structure `InlinePolicy`.
pub static INLINE_POLICY: Shape = Shape::Structure(InlinePolicy::MEMBERS);
/// The structure `InlinePolicyIdentifierType`.
pub static INLINE_POLICY_IDENTIFIER: Shape = Shape::Structure(InlinePolicyIdentifier::MEMBERS);
/// The shape `inlinePolicyTemplateListType`.
pub static INLINE_POLICY_TEMPLATE_LIST: Shape = list(&INLINE_POLICY, 0, UNBOUNDED);
/// The structure `InstanceProfile`.
pub static INSTANCE_PROFILE: Shape = Shape::Structure(InstanceProfile::MEMBERS);
/// The shape `instanceProfileListType`.
pub static INSTANCE_PROFILE_LIST: Shape = list(&INSTANCE_PROFILE, 0, UNBOUNDED);
/// The shape `instanceProfileNameType`.
pub static INSTANCE_PROFILE_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.@-]+"));
/// The shape `integerType`.
pub static INTEGER: Shape = Shape::Integer { min: None, max: None };
/// The shape `jobIDType`.
pub static JOB_ID: Shape = Shape::Text(text().length(36, 36));
/// The shape `jobStatusType`.
pub static JOB_STATUS: Shape = Shape::Text(text().values(&["IN_PROGRESS", "COMPLETED", "FAILED"]));
/// The shape `LineNumber`.
pub static LINE_NUMBER: Shape = Shape::Integer { min: None, max: None };
/// The structure `ListPoliciesGrantingServiceAccessEntry`.
pub static LIST_POLICIES_GRANTING_SERVICE_ACCESS_ENTRY: Shape =
    Shape::Structure(ListPoliciesGrantingServiceAccessEntry::MEMBERS);
/// The shape `listPolicyGrantingServiceAccessResponseListType`.
pub static LIST_POLICY_GRANTING_SERVICE_ACCESS_RESPONSE_LIST: Shape =
    list(&LIST_POLICIES_GRANTING_SERVICE_ACCESS_ENTRY, 0, UNBOUNDED);
/// The shape `localeType`.
pub static LOCALE: Shape = Shape::Text(text().length(2, 12));
/// The structure `LoginProfile`.
pub static LOGIN_PROFILE: Shape = Shape::Structure(LoginProfile::MEMBERS);
/// The shape `managedByTypeType`.
pub static MANAGED_BY_TYPE: Shape = Shape::Text(text().values(&["Service"]));
/// The shape `managedByValueType`.
pub static MANAGED_BY_VALUE: Shape = Shape::Text(text().length(1, 128));
/// The shape `managedPolicyArnListType`.
pub static MANAGED_POLICY_ARN_LIST: Shape = list(&ARN, 0, UNBOUNDED);
/// The structure `ManagedPolicyDetail`.
pub static MANAGED_POLICY_DETAIL: Shape = Shape::Structure(ManagedPolicyDetail::MEMBERS);
/// The shape `ManagedPolicyDetailListType`.
pub static MANAGED_POLICY_DETAIL_LIST: Shape = list(&MANAGED_POLICY_DETAIL, 0, UNBOUNDED);
/// The shape `mapStringReplacementValueEntry`.
pub static MAP_STRING_REPLACEMENT_VALUE_ENTRY: Shape = Shape::Map { key: &STRING, value: &REPLACEMENT_VALUE_ENTRY };
/// The shape `markerType`.
pub static MARKER: Shape = Shape::Text(text().length(1, 320).pattern(r"[\u0020-\u00FF]+"));
/// The shape `maxItemsType`.
pub static MAX_ITEMS: Shape = Shape::Integer { min: Some(1), max: Some(1000) };
/// The shape `maxPasswordAgeType`.
pub static MAX_PASSWORD_AGE: Shape = Shape::Integer { min: Some(1), max: Some(1095) };
/// The structure `MFADevice`.
pub static MFA_DEVICE: Shape = Shape::Structure(MFADevice::MEMBERS);
/// The shape `mfaDeviceListType`.
pub static MFA_DEVICE_LIST: Shape = list(&MFA_DEVICE, 0, UNBOUNDED);
/// The shape `minimumPasswordLengthType`.
pub static MINIMUM_PASSWORD_LENGTH: Shape = Shape::Integer { min: Some(6), max: Some(128) };
/// The shape `minorVersionType`.
pub static MINOR_VERSION: Shape = Shape::Integer { min: None, max: None };
/// The shape `notesType`.
pub static NOTES: Shape =
    Shape::Text(text().length(0, 500).pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"));
/// The shape `notificationChannelType`.
pub static NOTIFICATION_CHANNEL: Shape = Shape::Text(text().length(2, 400).pattern(r"^[a-zA-Z0-9:_.-]+$"));
/// The shape `OpenIDConnectProviderListType`.
pub static OPEN_ID_CONNECT_PROVIDER_LIST: Shape = list(&OPEN_ID_CONNECT_PROVIDER_LIST_ENTRY, 0, UNBOUNDED);
/// The structure `OpenIDConnectProviderListEntry`.
pub static OPEN_ID_CONNECT_PROVIDER_LIST_ENTRY: Shape = Shape::Structure(OpenIDConnectProviderListEntry::MEMBERS);
/// The shape `OpenIDConnectProviderUrlType`.
pub static OPEN_ID_CONNECT_PROVIDER_URL: Shape = Shape::Text(text().length(1, 255));
/// The structure `OrderedOrganizationPolicyType`.
pub static ORDERED_ORGANIZATION_POLICY: Shape = Shape::Structure(OrderedOrganizationPolicy::MEMBERS);
/// The structure `OrganizationsDecisionDetail`.
pub static ORGANIZATIONS_DECISION_DETAIL: Shape = Shape::Structure(OrganizationsDecisionDetail::MEMBERS);
/// The shape `organizationsEntityPathType`.
pub static ORGANIZATIONS_ENTITY_PATH: Shape =
    Shape::Text(text().length(19, 427).pattern(r"^o-[0-9a-z]{10,32}\/r-[0-9a-z]{4,32}[0-9a-z-\/]*"));
/// The shape `organizationsPolicyIdType`.
pub static ORGANIZATIONS_POLICY_ID: Shape = Shape::Text(text().pattern(r"^p-[0-9a-zA-Z_]{8,128}$"));
/// The shape `OrganizationIdType`.
pub static ORGANIZATION_ID: Shape = Shape::Text(text().length(0, 34).pattern(r"^o-[a-z0-9]{10,32}$"));
/// The shape `OrganizationPolicyListType`.
pub static ORGANIZATION_POLICY_LIST: Shape = list(&ORDERED_ORGANIZATION_POLICY, 0, 7);
/// The shape `ownerIdType`.
pub static OWNER_ID: Shape = Shape::Text(text().length(20, 2048).pattern(r"^[a-zA-Z0-9:/+=,.@_-]+$"));
/// The shape `parametersDefinitionListType`.
pub static PARAMETERS_DEFINITION_LIST: Shape = list(&PARAMETER_DEFINITION, 0, UNBOUNDED);
/// The shape `parameterDefaultValueType`.
pub static PARAMETER_DEFAULT_VALUE: Shape = Shape::Text(text().length(0, 1024));
/// The structure `ParameterDefinition`.
pub static PARAMETER_DEFINITION: Shape = Shape::Structure(ParameterDefinition::MEMBERS);
/// The shape `parameterDescriptionType`.
pub static PARAMETER_DESCRIPTION: Shape = Shape::Text(text().length(0, 1000));
/// The shape `parameterNameType`.
pub static PARAMETER_NAME: Shape = Shape::Text(text().length(1, 128));
/// The shape `parameterSubTypeType`.
pub static PARAMETER_SUB_TYPE: Shape = Shape::Text(text().length(0, 256));
/// The shape `parameterTypeType`.
pub static PARAMETER_TYPE: Shape =
    Shape::Text(text().values(&["String", "StringList", "Number", "NumberList", "Arn", "ArnList"]));
/// The shape `passwordType`.
pub static PASSWORD: Shape = Shape::Text(text().length(1, 128).pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+").secret());
/// The structure `PasswordPolicy`.
pub static PASSWORD_POLICY: Shape = Shape::Structure(PasswordPolicy::MEMBERS);
/// The shape `passwordReusePreventionType`.
pub static PASSWORD_REUSE_PREVENTION: Shape = Shape::Integer { min: Some(1), max: Some(24) };
/// The shape `pathType`.
pub static PATH: Shape = Shape::Text(text().length(1, 512).pattern(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)"));
/// The shape `pathPrefixType`.
pub static PATH_PREFIX: Shape = Shape::Text(text().length(1, 512).pattern(r"\u002F[\u0021-\u007F]*"));
/// The shape `permissionType`.
pub static PERMISSION: Shape = Shape::Text(text());
/// The shape `PermissionsBoundaryAttachmentType`.
pub static PERMISSIONS_BOUNDARY_ATTACHMENT: Shape = Shape::Text(text().values(&["PermissionsBoundaryPolicy"]));
/// The structure `PermissionsBoundaryDecisionDetail`.
pub static PERMISSIONS_BOUNDARY_DECISION_DETAIL: Shape = Shape::Structure(PermissionsBoundaryDecisionDetail::MEMBERS);
/// The shape `permissionCheckResultType`.
pub static PERMISSION_CHECK_RESULT: Shape = Shape::Text(text().values(&["ALLOWED", "DENIED", "UNSURE"]));
/// The shape `permissionCheckStatusType`.
pub static PERMISSION_CHECK_STATUS: Shape = Shape::Text(text().values(&["COMPLETE", "IN_PROGRESS", "FAILED"]));
/// The structure `Policy`.
pub static POLICY: Shape = Shape::Structure(Policy::MEMBERS);
/// The shape `policyDescriptionType`.
pub static POLICY_DESCRIPTION: Shape = Shape::Text(text().length(0, 1000));
/// The structure `PolicyDetail`.
pub static POLICY_DETAIL: Shape = Shape::Structure(PolicyDetail::MEMBERS);
/// The shape `policyDetailListType`.
pub static POLICY_DETAIL_LIST: Shape = list(&POLICY_DETAIL, 0, UNBOUNDED);
/// The shape `policyDocumentType`.
pub static POLICY_DOCUMENT: Shape =
    Shape::Text(text().length(1, 131_072).pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+").document());
/// The shape `policyDocumentVersionListType`.
pub static POLICY_DOCUMENT_VERSION_LIST: Shape = list(&POLICY_VERSION, 0, UNBOUNDED);
/// The shape `PolicyEvaluationDecisionType`.
pub static POLICY_EVALUATION_DECISION: Shape = Shape::Text(text().values(&["allowed", "explicitDeny", "implicitDeny"]));
/// The shape `PolicyExclusionsListType`.
pub static POLICY_EXCLUSIONS_LIST: Shape = list(&POLICY_IDENTIFIER_SHAPE, 0, 256);
/// The structure `PolicyGrantingServiceAccess`.
pub static POLICY_GRANTING_SERVICE_ACCESS: Shape = Shape::Structure(PolicyGrantingServiceAccess::MEMBERS);
/// The shape `policyGrantingServiceAccessListType`.
pub static POLICY_GRANTING_SERVICE_ACCESS_LIST: Shape = list(&POLICY_GRANTING_SERVICE_ACCESS, 0, UNBOUNDED);
/// The structure `PolicyGroup`.
pub static POLICY_GROUP: Shape = Shape::Structure(PolicyGroup::MEMBERS);
/// The shape `PolicyGroupListType`.
pub static POLICY_GROUP_LIST: Shape = list(&POLICY_GROUP, 0, UNBOUNDED);
/// The shape `PolicyIdentifierType`.
pub static POLICY_IDENTIFIER: Shape = Shape::Text(text());
/// The shape `PolicyIdentifierPolicyType`.
pub static POLICY_IDENTIFIER_POLICY: Shape =
    Shape::Text(text().values(&["inline", "aws-managed", "user-managed", "permission-boundary", "scp", "rcp"]));
/// The structure `PolicyIdentifier`.
pub static POLICY_IDENTIFIER_SHAPE: Shape = Shape::Structure(PolicyIdentifier::MEMBERS);
/// The shape `policyListType`.
pub static POLICY_LIST: Shape = list(&POLICY, 0, UNBOUNDED);
/// The shape `policyNameType`.
pub static POLICY_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.@-]+"));
/// The shape `policyNameListType`.
pub static POLICY_NAME_LIST: Shape = list(&POLICY_NAME, 0, UNBOUNDED);
/// The shape `policyOwnerEntityType`.
pub static POLICY_OWNER_ENTITY: Shape = Shape::Text(text().values(&["USER", "ROLE", "GROUP"]));
/// The structure `PolicyParameter`.
pub static POLICY_PARAMETER: Shape = Shape::Structure(PolicyParameter::MEMBERS);
/// The shape `policyParameterListType`.
pub static POLICY_PARAMETER_LIST: Shape = list(&POLICY_PARAMETER, 0, 50);
/// The shape `policyParameterNameType`.
pub static POLICY_PARAMETER_NAME: Shape = Shape::Text(text().length(5, 256).pattern(r"[ -~]+"));
/// The shape `PolicyParameterTypeEnum`.
pub static POLICY_PARAMETER_TYPE_ENUM: Shape = Shape::Text(text().values(&["string", "stringList"]));
/// The shape `policyParameterValueType`.
pub static POLICY_PARAMETER_VALUE: Shape = Shape::Text(text().pattern(r"[ -~]+"));
/// The shape `policyParameterValuesListType`.
pub static POLICY_PARAMETER_VALUES_LIST: Shape = list(&POLICY_PARAMETER_VALUE, 0, UNBOUNDED);
/// The shape `policyPathType`.
pub static POLICY_PATH: Shape = Shape::Text(text().length(1, 512).pattern(r"((/[A-Za-z0-9\.,\+@=_-]+)*)/"));
/// The structure `PolicyRole`.
pub static POLICY_ROLE: Shape = Shape::Structure(PolicyRole::MEMBERS);
/// The shape `PolicyRoleListType`.
pub static POLICY_ROLE_LIST: Shape = list(&POLICY_ROLE, 0, UNBOUNDED);
/// The shape `policyScopeType`.
pub static POLICY_SCOPE: Shape = Shape::Text(text().values(&["All", "AWS", "Local"]));
/// The shape `policyType`.
pub static POLICY_SHAPE: Shape = Shape::Text(text().values(&["INLINE", "MANAGED"]));
/// The shape `PolicySourceType`.
pub static POLICY_SOURCE: Shape =
    Shape::Text(text().values(&["user", "group", "role", "aws-managed", "user-managed", "resource", "none"]));
/// The shape `PolicyUsageType`.
pub static POLICY_USAGE: Shape = Shape::Text(text().values(&["PermissionsPolicy", "PermissionsBoundary"]));
/// The structure `PolicyUser`.
pub static POLICY_USER: Shape = Shape::Structure(PolicyUser::MEMBERS);
/// The shape `PolicyUserListType`.
pub static POLICY_USER_LIST: Shape = list(&POLICY_USER, 0, UNBOUNDED);
/// The structure `PolicyVersion`.
pub static POLICY_VERSION: Shape = Shape::Structure(PolicyVersion::MEMBERS);
/// The shape `policyVersionIdType`.
pub static POLICY_VERSION_ID: Shape = Shape::Text(text().pattern(r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?"));
/// The structure `Position`.
pub static POSITION: Shape = Shape::Structure(Position::MEMBERS);
/// The shape `privateKeyType`.
pub static PRIVATE_KEY: Shape =
    Shape::Text(text().length(1, 16_384).pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+").secret());
/// The shape `privateKeyIdType`.
pub static PRIVATE_KEY_ID: Shape = Shape::Text(text().length(22, 64).pattern(r"[A-Z0-9]+"));
/// The shape `privateKeyList`.
pub static PRIVATE_KEY_LIST: Shape = list(&SAML_PRIVATE_KEY, 0, 2);
/// The shape `publicKeyFingerprintType`.
pub static PUBLIC_KEY_FINGERPRINT: Shape = Shape::Text(text().length(48, 48).pattern(r"[:\w]+"));
/// The shape `publicKeyIdType`.
pub static PUBLIC_KEY_ID: Shape = Shape::Text(text().length(20, 128).pattern(r"[\w]+"));
/// The shape `publicKeyMaterialType`.
pub static PUBLIC_KEY_MATERIAL: Shape =
    Shape::Text(text().length(1, 16_384).pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+"));
/// The shape `ReasonType`.
pub static REASON: Shape = Shape::Text(text().length(0, 1000));
/// The shape `redirectUrlType`.
pub static REDIRECT_URL: Shape = Shape::Text(
    text().length(1, 255).pattern(r"^http(s?)://[a-zA-Z0-9._/-]*(\?[a-zA-Z0-9._=&-]*)?(#[a-zA-Z0-9._/-]*)?$"),
);
/// The shape `RegionNameType`.
pub static REGION_NAME: Shape = Shape::Text(text().length(1, 100));
/// The structure `ReplacementValueEntry`.
pub static REPLACEMENT_VALUE_ENTRY: Shape = Shape::Structure(ReplacementValueEntry::MEMBERS);
/// The shape `replacementValueListType`.
pub static REPLACEMENT_VALUE_LIST: Shape = list(&STRING, 1, 20);
/// The shape `ReportContentType`.
pub static REPORT_CONTENT: Shape = Shape::Blob;
/// The shape `ReportFormatType`.
pub static REPORT_FORMAT: Shape = Shape::Text(text().values(&["text/csv"]));
/// The shape `ReportStateType`.
pub static REPORT_STATE: Shape = Shape::Text(text().values(&["STARTED", "INPROGRESS", "COMPLETE"]));
/// The shape `ReportStateDescriptionType`.
pub static REPORT_STATE_DESCRIPTION: Shape = Shape::Text(text());
/// The shape `requestorNameType`.
pub static REQUESTOR_NAME: Shape =
    Shape::Text(text().length(0, 30).pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"));
/// The shape `requestorWorkflowIdType`.
pub static REQUESTOR_WORKFLOW_ID: Shape =
    Shape::Text(text().length(5, 400).pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+"));
/// The shape `requestMessageType`.
pub static REQUEST_MESSAGE: Shape =
    Shape::Text(text().length(0, 200).pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"));
/// The shape `ResourceHandlingOptionType`.
pub static RESOURCE_HANDLING_OPTION: Shape = Shape::Text(text().length(1, 64));
/// The shape `ResourceNameType`.
pub static RESOURCE_NAME: Shape = Shape::Text(text().length(1, 2048));
/// The shape `ResourceNameListType`.
pub static RESOURCE_NAME_LIST: Shape = list(&RESOURCE_NAME, 0, UNBOUNDED);
/// The structure `ResourceSpecificResult`.
pub static RESOURCE_SPECIFIC_RESULT: Shape = Shape::Structure(ResourceSpecificResult::MEMBERS);
/// The shape `ResourceSpecificResultListType`.
pub static RESOURCE_SPECIFIC_RESULT_LIST: Shape = list(&RESOURCE_SPECIFIC_RESULT, 0, UNBOUNDED);
/// The shape `responseMarkerType`.
pub static RESPONSE_MARKER: Shape = Shape::Text(text());
/// The structure `Role`.
pub static ROLE: Shape = Shape::Structure(Role::MEMBERS);
/// The shape `roleDescriptionType`.
pub static ROLE_DESCRIPTION: Shape =
    Shape::Text(text().length(0, 1000).pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"));
/// The shape `roleDescriptionPatternType`.
pub static ROLE_DESCRIPTION_PATTERN: Shape = Shape::Text(text().length(1, 512));
/// The structure `RoleDetail`.
pub static ROLE_DETAIL: Shape = Shape::Structure(RoleDetail::MEMBERS);
/// The shape `roleDetailListType`.
pub static ROLE_DETAIL_LIST: Shape = list(&ROLE_DETAIL, 0, UNBOUNDED);
/// The structure `RoleLastUsed`.
pub static ROLE_LAST_USED: Shape = Shape::Structure(RoleLastUsed::MEMBERS);
/// The shape `roleListType`.
pub static ROLE_LIST: Shape = list(&ROLE, 0, UNBOUNDED);
/// The shape `roleMaxSessionDurationType`.
pub static ROLE_MAX_SESSION_DURATION: Shape = Shape::Integer { min: Some(3600), max: Some(43_200) };
/// The shape `roleNameType`.
pub static ROLE_NAME: Shape = Shape::Text(text().length(1, 64).pattern(r"[\w+=,.@-]+"));
/// The shape `roleNamePatternType`.
pub static ROLE_NAME_PATTERN: Shape = Shape::Text(text().length(1, 256));
/// The shape `rolePathPatternType`.
pub static ROLE_PATH_PATTERN: Shape =
    Shape::Text(text().length(1, 256).pattern(r"/[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*/"));
/// The shape `rolePermissionRestrictionArnListType`.
pub static ROLE_PERMISSION_RESTRICTION_ARN_LIST: Shape = list(&ARN, 0, UNBOUNDED);
/// The shape `roleTemplateDescriptionType`.
pub static ROLE_TEMPLATE_DESCRIPTION: Shape =
    Shape::Text(text().length(0, 512).pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"));
/// The shape `roleTemplateNameType`.
pub static ROLE_TEMPLATE_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.\-]+"));
/// The structure `RoleTemplateVersion`.
pub static ROLE_TEMPLATE_VERSION: Shape = Shape::Structure(RoleTemplateVersion::MEMBERS);
/// The structure `RoleUsageType`.
pub static ROLE_USAGE: Shape = Shape::Structure(RoleUsage::MEMBERS);
/// The shape `RoleUsageListType`.
pub static ROLE_USAGE_LIST: Shape = list(&ROLE_USAGE, 0, UNBOUNDED);
/// The shape `SAMLMetadataDocumentType`.
pub static SAML_METADATA_DOCUMENT: Shape = Shape::Text(text().length(1000, 10_000_000).metadata());
/// The structure `SAMLPrivateKey`.
pub static SAML_PRIVATE_KEY: Shape = Shape::Structure(SAMLPrivateKey::MEMBERS);
/// The shape `SAMLProviderListType`.
pub static SAML_PROVIDER_LIST: Shape = list(&SAML_PROVIDER_LIST_ENTRY, 0, UNBOUNDED);
/// The structure `SAMLProviderListEntry`.
pub static SAML_PROVIDER_LIST_ENTRY: Shape = Shape::Structure(SAMLProviderListEntry::MEMBERS);
/// The shape `SAMLProviderNameType`.
pub static SAML_PROVIDER_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w._-]+"));
/// The shape `serialNumberType`.
pub static SERIAL_NUMBER: Shape = Shape::Text(text().length(9, 256).pattern(r"[\w+=/:,.@-]+"));
/// The structure `ServerCertificate`.
pub static SERVER_CERTIFICATE: Shape = Shape::Structure(ServerCertificate::MEMBERS);
/// The structure `ServerCertificateMetadata`.
pub static SERVER_CERTIFICATE_METADATA: Shape = Shape::Structure(ServerCertificateMetadata::MEMBERS);
/// The shape `serverCertificateMetadataListType`.
pub static SERVER_CERTIFICATE_METADATA_LIST: Shape = list(&SERVER_CERTIFICATE_METADATA, 0, UNBOUNDED);
/// The shape `serverCertificateNameType`.
pub static SERVER_CERTIFICATE_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.@-]+"));
/// The shape `ServicesLastAccessed`.
pub static SERVICES_LAST_ACCESSED: Shape = list(&SERVICE_LAST_ACCESSED, 0, UNBOUNDED);
/// The shape `serviceCredentialAlias`.
pub static SERVICE_CREDENTIAL_ALIAS: Shape = Shape::Text(text().length(0, 200).pattern(r"[\w+=,.@-]+"));
/// The shape `serviceCredentialSecret`.
pub static SERVICE_CREDENTIAL_SECRET: Shape = Shape::Text(text().secret());
/// The structure `ServiceLastAccessed`.
pub static SERVICE_LAST_ACCESSED: Shape = Shape::Structure(ServiceLastAccessed::MEMBERS);
/// The shape `serviceName`.
pub static SERVICE_NAME: Shape = Shape::Text(text());
/// The shape `serviceNamespaceType`.
pub static SERVICE_NAMESPACE: Shape = Shape::Text(text().length(1, 64).pattern(r"[\w-]*"));
/// The shape `serviceNamespaceListType`.
pub static SERVICE_NAMESPACE_LIST: Shape = list(&SERVICE_NAMESPACE, 1, 200);
/// The shape `serviceNameType`.
pub static SERVICE_NAME_SHAPE: Shape = Shape::Text(text());
/// The shape `servicePassword`.
pub static SERVICE_PASSWORD: Shape = Shape::Text(text().secret());
/// The structure `ServiceSpecificCredential`.
pub static SERVICE_SPECIFIC_CREDENTIAL: Shape = Shape::Structure(ServiceSpecificCredential::MEMBERS);
/// The shape `ServiceSpecificCredentialsListType`.
pub static SERVICE_SPECIFIC_CREDENTIALS_LIST: Shape = list(&SERVICE_SPECIFIC_CREDENTIAL_METADATA, 0, UNBOUNDED);
/// The shape `serviceSpecificCredentialId`.
pub static SERVICE_SPECIFIC_CREDENTIAL_ID: Shape = Shape::Text(text().length(20, 128).pattern(r"[\w]+"));
/// The structure `ServiceSpecificCredentialMetadata`.
pub static SERVICE_SPECIFIC_CREDENTIAL_METADATA: Shape = Shape::Structure(ServiceSpecificCredentialMetadata::MEMBERS);
/// The shape `serviceUserName`.
pub static SERVICE_USER_NAME: Shape = Shape::Text(text().length(0, 200).pattern(r"[\w+=,.@-]*"));
/// The shape `sessionDurationType`.
pub static SESSION_DURATION: Shape = Shape::Integer { min: Some(300), max: Some(43_200) };
/// The structure `SigningCertificate`.
pub static SIGNING_CERTIFICATE: Shape = Shape::Structure(SigningCertificate::MEMBERS);
/// The shape `SimulationPolicyListType`.
pub static SIMULATION_POLICY_LIST: Shape = list(&POLICY_DOCUMENT, 0, UNBOUNDED);
/// The shape `sortKeyType`.
pub static SORT_KEY: Shape = Shape::Text(text().values(&[
    "SERVICE_NAMESPACE_ASCENDING",
    "SERVICE_NAMESPACE_DESCENDING",
    "LAST_AUTHENTICATED_TIME_ASCENDING",
    "LAST_AUTHENTICATED_TIME_DESCENDING",
]));
/// The structure `SourceRoleTemplate`.
pub static SOURCE_ROLE_TEMPLATE: Shape = Shape::Structure(SourceRoleTemplate::MEMBERS);
/// The structure `SSHPublicKey`.
pub static SSH_PUBLIC_KEY: Shape = Shape::Structure(SSHPublicKey::MEMBERS);
/// The shape `SSHPublicKeyListType`.
pub static SSH_PUBLIC_KEY_LIST: Shape = list(&SSH_PUBLIC_KEY_METADATA, 0, UNBOUNDED);
/// The structure `SSHPublicKeyMetadata`.
pub static SSH_PUBLIC_KEY_METADATA: Shape = Shape::Structure(SSHPublicKeyMetadata::MEMBERS);
/// The shape `stateType`.
pub static STATE: Shape = Shape::Text(text().values(&[
    "UNASSIGNED",
    "ASSIGNED",
    "PENDING_APPROVAL",
    "FINALIZED",
    "ACCEPTED",
    "REJECTED",
    "EXPIRED",
]));
/// The structure `Statement`.
pub static STATEMENT: Shape = Shape::Structure(Statement::MEMBERS);
/// The shape `StatementListType`.
pub static STATEMENT_LIST: Shape = list(&STATEMENT, 0, UNBOUNDED);
/// The shape `statusType`.
pub static STATUS: Shape = Shape::Text(text().values(&["Active", "Inactive", "Expired"]));
/// The shape `stringType`.
pub static STRING: Shape = Shape::Text(text());
/// The shape `summaryContentType`.
pub static SUMMARY_CONTENT: Shape = Shape::Text(text().length(0, 10_000));
/// The shape `summaryKeyType`.
pub static SUMMARY_KEY: Shape = Shape::Text(text().values(&[
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
pub static SUMMARY_MAP: Shape = Shape::Map { key: &SUMMARY_KEY, value: &SUMMARY_VALUE };
/// The shape `summaryStateType`.
pub static SUMMARY_STATE: Shape =
    Shape::Text(text().values(&["AVAILABLE", "NOT_AVAILABLE", "NOT_SUPPORTED", "FAILED"]));
/// The shape `summaryValueType`.
pub static SUMMARY_VALUE: Shape = Shape::Integer { min: None, max: None };
/// The structure `Tag`.
pub static TAG: Shape = Shape::Structure(Tag::MEMBERS);
/// The shape `tagKeyType`.
pub static TAG_KEY: Shape = Shape::Text(text().length(1, 128).pattern(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"));
/// The shape `tagKeyListType`.
pub static TAG_KEY_LIST: Shape = list(&TAG_KEY, 0, 50);
/// The shape `tagListType`.
pub static TAG_LIST: Shape = list(&TAG, 0, 50);
/// The structure `TagTemplate`.
pub static TAG_TEMPLATE: Shape = Shape::Structure(TagTemplate::MEMBERS);
/// The shape `tagTemplateKeyType`.
pub static TAG_TEMPLATE_KEY: Shape = Shape::Text(text().length(1, 128).pattern(r"[\p{L}\p{Z}\p{N}_.:/=+\-@{}]+"));
/// The shape `tagTemplateListType`.
pub static TAG_TEMPLATE_LIST: Shape = list(&TAG_TEMPLATE, 0, 50);
/// The shape `tagTemplateValueType`.
pub static TAG_TEMPLATE_VALUE: Shape = Shape::Text(text().length(0, 256).pattern(r"[\p{L}\p{Z}\p{N}_.:/=+\-@{}]*"));
/// The shape `tagValueType`.
pub static TAG_VALUE: Shape = Shape::Text(text().length(0, 256).pattern(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"));
/// The shape `thumbprintType`.
pub static THUMBPRINT: Shape = Shape::Text(text().length(40, 40));
/// The shape `thumbprintListType`.
pub static THUMBPRINT_LIST: Shape = list(&THUMBPRINT, 0, UNBOUNDED);
/// The shape `TrackedActionsLastAccessed`.
pub static TRACKED_ACTIONS_LAST_ACCESSED: Shape = list(&TRACKED_ACTION_LAST_ACCESSED, 0, UNBOUNDED);
/// The structure `TrackedActionLastAccessed`.
pub static TRACKED_ACTION_LAST_ACCESSED: Shape = Shape::Structure(TrackedActionLastAccessed::MEMBERS);
/// The structure `User`.
pub static USER: Shape = Shape::Structure(User::MEMBERS);
/// The structure `UserDetail`.
pub static USER_DETAIL: Shape = Shape::Structure(UserDetail::MEMBERS);
/// The shape `userDetailListType`.
pub static USER_DETAIL_LIST: Shape = list(&USER_DETAIL, 0, UNBOUNDED);
/// The shape `userListType`.
pub static USER_LIST: Shape = list(&USER, 0, UNBOUNDED);
/// The shape `userNameType`.
pub static USER_NAME: Shape = Shape::Text(text().length(1, 64).pattern(r"[\w+=,.@-]+"));
/// The structure `VirtualMFADevice`.
pub static VIRTUAL_MFA_DEVICE: Shape = Shape::Structure(VirtualMFADevice::MEMBERS);
/// The shape `virtualMFADeviceListType`.
pub static VIRTUAL_MFA_DEVICE_LIST: Shape = list(&VIRTUAL_MFA_DEVICE, 0, UNBOUNDED);
/// The shape `virtualMFADeviceName`.
pub static VIRTUAL_MFA_DEVICE_NAME: Shape = Shape::Text(text().length(1, UNBOUNDED).pattern(r"[\w+=,.@-]+"));
