//! The shapes of IAM's API model that more than one group of operations uses: lengths, patterns and values, each under the
//! name that the model gives it. What serves one group stands in its file.

use super::model::{Shape, UNBOUNDED, list, text};
use super::{
    AttachedPermissionsBoundary, AttachedPolicy, InstanceProfile, PolicyVersion, Role, RoleLastUsed, Tag, User,
};

/// The shape `arnType`.
pub(super) static ARN: Shape = Shape::Text(text().length(20, 2048));
/// The structure `AttachedPermissionsBoundary`.
pub(super) static ATTACHED_PERMISSIONS_BOUNDARY: Shape = Shape::Structure(AttachedPermissionsBoundary::MEMBERS);
/// The shape `attachedPoliciesListType`.
pub(super) static ATTACHED_POLICIES_LIST: Shape = list(&ATTACHED_POLICY, 0, UNBOUNDED);
/// The structure `AttachedPolicy`.
pub(super) static ATTACHED_POLICY: Shape = Shape::Structure(AttachedPolicy::MEMBERS);
/// The shape `attachmentCountType`.
pub(super) static ATTACHMENT_COUNT: Shape = Shape::Integer { min: None, max: None };
/// The shape `booleanType`.
pub(super) static BOOLEAN: Shape = Shape::Boolean;
/// The shape `booleanObjectType`.
pub(super) static BOOLEAN_OBJECT: Shape = Shape::Boolean;
/// The shape `certificateBodyType`.
pub(super) static CERTIFICATE_BODY: Shape =
    Shape::Text(text().length(1, 16_384).pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+"));
/// The shape `dateType`.
pub(super) static DATE: Shape = Shape::Timestamp;
/// The shape `EntityType`.
pub(super) static ENTITY: Shape =
    Shape::Text(text().values(&["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"]));
/// The shape `existingUserNameType`.
pub(super) static EXISTING_USER_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.@-]+"));
/// The shape `groupNameType`.
pub(super) static GROUP_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.@-]+"));
/// The shape `idType`.
pub(super) static ID: Shape = Shape::Text(text().length(16, 128).pattern(r"[\w]+"));
/// The structure `InstanceProfile`.
pub(super) static INSTANCE_PROFILE: Shape = Shape::Structure(InstanceProfile::MEMBERS);
/// The shape `instanceProfileListType`.
pub(super) static INSTANCE_PROFILE_LIST: Shape = list(&INSTANCE_PROFILE, 0, UNBOUNDED);
/// The shape `instanceProfileNameType`.
pub(super) static INSTANCE_PROFILE_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.@-]+"));
/// The shape `integerType`.
pub(super) static INTEGER: Shape = Shape::Integer { min: None, max: None };
/// The shape `markerType`.
pub(super) static MARKER: Shape = Shape::Text(text().length(1, 320).pattern(r"[\u0020-\u00FF]+"));
/// The shape `maxItemsType`.
pub(super) static MAX_ITEMS: Shape = Shape::Integer { min: Some(1), max: Some(1000) };
/// The shape `pathType`.
pub(super) static PATH: Shape = Shape::Text(text().length(1, 512).pattern(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)"));
/// The shape `pathPrefixType`.
pub(super) static PATH_PREFIX: Shape = Shape::Text(text().length(1, 512).pattern(r"\u002F[\u0021-\u007F]*"));
/// The shape `policyDescriptionType`.
pub(super) static POLICY_DESCRIPTION: Shape = Shape::Text(text().length(0, 1000));
/// The shape `policyDocumentType`.
pub(super) static POLICY_DOCUMENT: Shape =
    Shape::Text(text().length(1, 131_072).pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+").document());
/// The shape `policyDocumentVersionListType`.
pub(super) static POLICY_DOCUMENT_VERSION_LIST: Shape = list(&POLICY_VERSION, 0, UNBOUNDED);
/// The shape `policyNameType`.
pub(super) static POLICY_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.@-]+"));
/// The shape `policyPathType`.
pub(super) static POLICY_PATH: Shape = Shape::Text(text().length(1, 512).pattern(r"((/[A-Za-z0-9\.,\+@=_-]+)*)/"));
/// The shape `PolicyUsageType`.
pub(super) static POLICY_USAGE: Shape = Shape::Text(text().values(&["PermissionsPolicy", "PermissionsBoundary"]));
/// The structure `PolicyVersion`.
pub(super) static POLICY_VERSION: Shape = Shape::Structure(PolicyVersion::MEMBERS);
/// The shape `policyVersionIdType`.
pub(super) static POLICY_VERSION_ID: Shape = Shape::Text(text().pattern(r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?"));
/// The shape `privateKeyType`.
pub(super) static PRIVATE_KEY: Shape =
    Shape::Text(text().length(1, 16_384).pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+").secret());
/// The shape `responseMarkerType`.
pub(super) static RESPONSE_MARKER: Shape = Shape::Text(text());
/// The structure `Role`.
pub(super) static ROLE: Shape = Shape::Structure(Role::MEMBERS);
/// The shape `roleDescriptionType`.
pub(super) static ROLE_DESCRIPTION: Shape =
    Shape::Text(text().length(0, 1000).pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"));
/// The structure `RoleLastUsed`.
pub(super) static ROLE_LAST_USED: Shape = Shape::Structure(RoleLastUsed::MEMBERS);
/// The shape `roleListType`.
pub(super) static ROLE_LIST: Shape = list(&ROLE, 0, UNBOUNDED);
/// The shape `roleMaxSessionDurationType`.
pub(super) static ROLE_MAX_SESSION_DURATION: Shape = Shape::Integer { min: Some(3600), max: Some(43_200) };
/// The shape `roleNameType`.
pub(super) static ROLE_NAME: Shape = Shape::Text(text().length(1, 64).pattern(r"[\w+=,.@-]+"));
/// The shape `serialNumberType`.
pub(super) static SERIAL_NUMBER: Shape = Shape::Text(text().length(9, 256).pattern(r"[\w+=/:,.@-]+"));
/// The shape `serverCertificateNameType`.
pub(super) static SERVER_CERTIFICATE_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.@-]+"));
/// The shape `statusType`.
pub(super) static STATUS: Shape = Shape::Text(text().values(&["Active", "Inactive", "Expired"]));
/// The shape `stringType`.
pub(super) static STRING: Shape = Shape::Text(text());
/// The structure `Tag`.
pub(super) static TAG: Shape = Shape::Structure(Tag::MEMBERS);
/// The shape `tagKeyType`.
pub(super) static TAG_KEY: Shape = Shape::Text(text().length(1, 128).pattern(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"));
/// The shape `tagListType`.
pub(super) static TAG_LIST: Shape = list(&TAG, 0, 50);
/// The structure `User`.
pub(super) static USER: Shape = Shape::Structure(User::MEMBERS);
/// The shape `userListType`.
pub(super) static USER_LIST: Shape = list(&USER, 0, UNBOUNDED);
/// The shape `userNameType`.
pub(super) static USER_NAME: Shape = Shape::Text(text().length(1, 64).pattern(r"[\w+=,.@-]+"));
