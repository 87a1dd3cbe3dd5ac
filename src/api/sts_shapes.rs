//! The shapes of STS's API model: lengths, patterns and values, each under the name that the model gives it.

use super::sts::{AssumedRoleUser, Credentials, FederatedUser, PolicyDescriptor, ProvidedContext, Tag};
use crate::api::model::{Shape, UNBOUNDED, list, text};

/// The shape `accessKeyIdType`.
pub(super) static ACCESS_KEY_ID: Shape = Shape::Text(text().length(16, 128).pattern(r"[\w]*"));
/// The shape `accessKeySecretType`.
pub(super) static ACCESS_KEY_SECRET: Shape = Shape::Text(text().secret());
/// The shape `accountType`.
pub(super) static ACCOUNT: Shape = Shape::Text(text());
/// The shape `arnType`.
pub(super) static ARN: Shape = Shape::Text(
    text()
        .length(20, 2048)
        .pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+"),
);
/// The shape `assumedRoleIdType`.
pub(super) static ASSUMED_ROLE_ID: Shape = Shape::Text(text().length(2, 193).pattern(r"[\w+=,.@:-]*"));
/// The structure `AssumedRoleUser`.
pub(super) static ASSUMED_ROLE_USER: Shape = Shape::Structure(AssumedRoleUser::MEMBERS);
/// The shape `Audience`.
pub(super) static AUDIENCE: Shape = Shape::Text(text());
/// The shape `clientTokenType`.
pub(super) static CLIENT_TOKEN: Shape = Shape::Text(text().length(4, 20_000).secret());
/// The shape `contextAssertionType`.
pub(super) static CONTEXT_ASSERTION: Shape = Shape::Text(text().length(4, 2048));
/// The structure `Credentials`.
pub(super) static CREDENTIALS: Shape = Shape::Structure(Credentials::MEMBERS);
/// The shape `dateType`.
pub(super) static DATE: Shape = Shape::Timestamp;
/// The shape `decodedMessageType`.
pub(super) static DECODED_MESSAGE: Shape = Shape::Text(text());
/// The shape `durationSecondsType`.
pub(super) static DURATION_SECONDS: Shape = Shape::Integer { min: Some(900), max: Some(129_600) };
/// The shape `encodedMessageType`.
pub(super) static ENCODED_MESSAGE: Shape = Shape::Text(text().length(1, 10_240));
/// The shape `externalIdType`.
pub(super) static EXTERNAL_ID: Shape = Shape::Text(text().length(2, 1224).pattern(r"[\w+=,.@:\/-]*"));
/// The shape `federatedIdType`.
pub(super) static FEDERATED_ID: Shape = Shape::Text(text().length(2, 193).pattern(r"[\w+=,.@\:-]*"));
/// The structure `FederatedUser`.
pub(super) static FEDERATED_USER: Shape = Shape::Structure(FederatedUser::MEMBERS);
/// The shape `Issuer`.
pub(super) static ISSUER: Shape = Shape::Text(text());
/// The shape `jwtAlgorithmType`.
pub(super) static JWT_ALGORITHM: Shape = Shape::Text(text().length(5, 5));
/// The shape `minimumSessionTokenSizeType`.
pub(super) static MINIMUM_SESSION_TOKEN_SIZE: Shape = Shape::Integer { min: Some(0), max: Some(4096) };
/// The shape `NameQualifier`.
pub(super) static NAME_QUALIFIER: Shape = Shape::Text(text());
/// The shape `nonNegativeIntegerType`.
pub(super) static NON_NEGATIVE_INTEGER: Shape = Shape::Integer { min: Some(0), max: None };
/// The structure `PolicyDescriptorType`.
pub(super) static POLICY_DESCRIPTOR: Shape = Shape::Structure(PolicyDescriptor::MEMBERS);
/// The shape `policyDescriptorListType`.
pub(super) static POLICY_DESCRIPTOR_LIST: Shape = list(&POLICY_DESCRIPTOR, 0, UNBOUNDED);
/// The structure `ProvidedContext`.
pub(super) static PROVIDED_CONTEXT: Shape = Shape::Structure(ProvidedContext::MEMBERS);
/// The shape `ProvidedContextsListType`.
pub(super) static PROVIDED_CONTEXTS_LIST: Shape = list(&PROVIDED_CONTEXT, 1, 5);
/// The shape `roleDurationSecondsType`.
pub(super) static ROLE_DURATION_SECONDS: Shape = Shape::Integer { min: Some(900), max: Some(43_200) };
/// The shape `roleSessionNameType`.
pub(super) static ROLE_SESSION_NAME: Shape = Shape::Text(text().length(2, 64).pattern(r"[\w+=,.@-]*"));
/// The shape `RootDurationSecondsType`.
pub(super) static ROOT_DURATION_SECONDS: Shape = Shape::Integer { min: Some(0), max: Some(900) };
/// The shape `SAMLAssertionType`.
pub(super) static SAML_ASSERTION: Shape = Shape::Text(text().length(4, 100_000).secret());
/// The shape `serialNumberType`.
pub(super) static SERIAL_NUMBER: Shape = Shape::Text(text().length(9, 256).pattern(r"[\w+=/:,.@-]*"));
/// The shape `sessionPolicyDocumentType`.
pub(super) static SESSION_POLICY_DOCUMENT: Shape =
    Shape::Text(text().length(1, 2048).pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+"));
/// The shape `sessionTokenSizeType`.
pub(super) static SESSION_TOKEN_SIZE: Shape = Shape::Integer { min: Some(0), max: None };
/// The shape `sessionTokenUtilizationType`.
pub(super) static SESSION_TOKEN_UTILIZATION: Shape = Shape::Integer { min: Some(0), max: None };
/// The shape `sourceIdentityType`.
pub(super) static SOURCE_IDENTITY: Shape = Shape::Text(text().length(2, 64).pattern(r"[\w+=,.@-]*"));
/// The shape `Subject`.
pub(super) static SUBJECT: Shape = Shape::Text(text());
/// The shape `SubjectType`.
pub(super) static SUBJECT_SHAPE: Shape = Shape::Text(text());
/// The structure `Tag`.
pub(super) static TAG: Shape = Shape::Structure(Tag::MEMBERS);
/// The shape `tagKeyType`.
pub(super) static TAG_KEY: Shape = Shape::Text(text().length(1, 128).pattern(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"));
/// The shape `tagKeyListType`.
pub(super) static TAG_KEY_LIST: Shape = list(&TAG_KEY, 0, 50);
/// The shape `tagListType`.
pub(super) static TAG_LIST: Shape = list(&TAG, 0, 50);
/// The shape `tagValueType`.
pub(super) static TAG_VALUE: Shape = Shape::Text(text().length(0, 256).pattern(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"));
/// The shape `TargetPrincipalType`.
pub(super) static TARGET_PRINCIPAL: Shape = Shape::Text(text().length(12, 2048));
/// The shape `tokenType`.
pub(super) static TOKEN: Shape = Shape::Text(text());
/// The shape `tokenCodeType`.
pub(super) static TOKEN_CODE: Shape = Shape::Text(text().length(6, 6).pattern(r"[\d]*"));
/// The shape `tradeInTokenType`.
pub(super) static TRADE_IN_TOKEN: Shape = Shape::Text(text().secret());
/// The shape `unrestrictedSessionPolicyDocumentType`.
pub(super) static UNRESTRICTED_SESSION_POLICY_DOCUMENT: Shape =
    Shape::Text(text().length(1, UNBOUNDED).pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+"));
/// The shape `urlType`.
pub(super) static URL: Shape = Shape::Text(text().length(4, 2048));
/// The shape `userIdType`.
pub(super) static USER_ID: Shape = Shape::Text(text());
/// The shape `userNameType`.
pub(super) static USER_NAME: Shape = Shape::Text(text().length(2, 32).pattern(r"[\w+=,.@-]*"));
/// The shape `webIdentitySubjectType`.
pub(super) static WEB_IDENTITY_SUBJECT: Shape = Shape::Text(text().length(6, 255));
/// The shape `webIdentityTokenType`.
pub(super) static WEB_IDENTITY_TOKEN: Shape = Shape::Text(text().secret());
/// The shape `webIdentityTokenAudienceListType`.
pub(super) static WEB_IDENTITY_TOKEN_AUDIENCE_LIST: Shape = list(&WEB_IDENTITY_TOKEN_AUDIENCE_STRING, 1, 10);
/// The shape `webIdentityTokenAudienceStringType`.
pub(super) static WEB_IDENTITY_TOKEN_AUDIENCE_STRING: Shape = Shape::Text(text().length(1, 1000));
/// The shape `webIdentityTokenDurationSecondsType`.
pub(super) static WEB_IDENTITY_TOKEN_DURATION_SECONDS: Shape = Shape::Integer { min: Some(60), max: Some(3600) };
