//! The operations of the group "saml providers": what goes in, what comes out, and what may go wrong.

use jiff::Timestamp;

use super::Tag;
use super::model::{Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{ARN, DATE, PRIVATE_KEY, TAG_LIST};

structure! {
    /// `SAMLPrivateKey` of the API model.
    SAMLPrivateKey {
        opt "KeyId" key_id: Option<String> = PRIVATE_KEY_ID,
        opt "Timestamp" timestamp: Option<Timestamp> = DATE,
    }
}

structure! {
    /// `SAMLProviderListEntry` of the API model.
    SAMLProviderListEntry {
        opt "Arn" arn: Option<String> = ARN,
        opt "ValidUntil" valid_until: Option<Timestamp> = DATE,
        opt "CreateDate" create_date: Option<Timestamp> = DATE,
    }
}

operations! { iam "saml-providers";

    /// [`CreateSAMLProvider`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html).
    write CreateSAMLProvider -> CreateSAMLProviderOutput ["InvalidInput", "EntityAlreadyExists", "LimitExceeded", "ConcurrentModification", "ServiceFailure"] {
        req "SAMLMetadataDocument" saml_metadata_document: String = SAML_METADATA_DOCUMENT,
        req "Name" name: String = SAML_PROVIDER_NAME,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
        opt "AssertionEncryptionMode" assertion_encryption_mode: Option<String> = ASSERTION_ENCRYPTION_MODE,
        opt "AddPrivateKey" add_private_key: Option<String> = PRIVATE_KEY,
    } {
        opt "SAMLProviderArn" saml_provider_arn: Option<String> = ARN,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    }

    /// [`DeleteSAMLProvider`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSAMLProvider.html).
    write(takes_secret) DeleteSAMLProvider -> DeleteSAMLProviderOutput ["InvalidInput", "LimitExceeded", "NoSuchEntity", "ServiceFailure"] {
        req "SAMLProviderArn" saml_provider_arn: String = ARN,
    } {}

    /// [`GetSAMLProvider`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html).
    read GetSAMLProvider -> GetSAMLProviderOutput ["NoSuchEntity", "InvalidInput", "ServiceFailure"] {
        req "SAMLProviderArn" saml_provider_arn: String = ARN,
    } {
        opt "SAMLProviderUUID" saml_provider_uuid: Option<String> = PRIVATE_KEY_ID,
        opt "SAMLMetadataDocument" saml_metadata_document: Option<String> = SAML_METADATA_DOCUMENT,
        opt "CreateDate" create_date: Option<Timestamp> = DATE,
        opt "ValidUntil" valid_until: Option<Timestamp> = DATE,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
        opt "AssertionEncryptionMode" assertion_encryption_mode: Option<String> = ASSERTION_ENCRYPTION_MODE,
        opt "PrivateKeyList" private_key_list: Option<Vec<SAMLPrivateKey>> = PRIVATE_KEY_LIST,
    }

    /// [`ListSAMLProviders`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html).
    read ListSAMLProviders -> ListSAMLProvidersOutput ["ServiceFailure"] {} {
        opt "SAMLProviderList" saml_provider_list: Option<Vec<SAMLProviderListEntry>> = SAML_PROVIDER_LIST,
    }

    /// [`UpdateSAMLProvider`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html).
    write(takes_secret) UpdateSAMLProvider -> UpdateSAMLProviderOutput ["NoSuchEntity", "InvalidInput", "LimitExceeded", "ServiceFailure", "ConcurrentModification"] {
        opt "SAMLMetadataDocument" saml_metadata_document: Option<String> = SAML_METADATA_DOCUMENT,
        req "SAMLProviderArn" saml_provider_arn: String = ARN,
        opt "AssertionEncryptionMode" assertion_encryption_mode: Option<String> = ASSERTION_ENCRYPTION_MODE,
        opt "AddPrivateKey" add_private_key: Option<String> = PRIVATE_KEY,
        opt "RemovePrivateKey" remove_private_key: Option<String> = PRIVATE_KEY_ID,
    } {
        opt "SAMLProviderArn" saml_provider_arn: Option<String> = ARN,
    }
}

/// The shape `assertionEncryptionModeType`.
static ASSERTION_ENCRYPTION_MODE: Shape = Shape::Text(text().values(&["Required", "Allowed"]));
/// The shape `privateKeyIdType`.
static PRIVATE_KEY_ID: Shape = Shape::Text(text().length(22, 64).pattern(r"[A-Z0-9]+"));
/// The shape `privateKeyList`.
static PRIVATE_KEY_LIST: Shape = list(&SAML_PRIVATE_KEY, 0, 2);
/// The shape `SAMLMetadataDocumentType`.
static SAML_METADATA_DOCUMENT: Shape = Shape::Text(text().length(1000, 10_000_000).metadata());
/// The structure `SAMLPrivateKey`.
static SAML_PRIVATE_KEY: Shape = Shape::Structure(SAMLPrivateKey::MEMBERS);
/// The shape `SAMLProviderListType`.
static SAML_PROVIDER_LIST: Shape = list(&SAML_PROVIDER_LIST_ENTRY, 0, UNBOUNDED);
/// The structure `SAMLProviderListEntry`.
static SAML_PROVIDER_LIST_ENTRY: Shape = Shape::Structure(SAMLProviderListEntry::MEMBERS);
/// The shape `SAMLProviderNameType`.
static SAML_PROVIDER_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w._-]+"));
