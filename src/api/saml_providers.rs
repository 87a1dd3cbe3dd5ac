//! The operations of the group "saml providers": what goes in, what comes out, and what may go wrong.

use super::Tag;
use super::model::{operations, structure};
use super::shapes::{
    ARN, ASSERTION_ENCRYPTION_MODE, DATE, PRIVATE_KEY, PRIVATE_KEY_ID, PRIVATE_KEY_LIST, SAML_METADATA_DOCUMENT,
    SAML_PROVIDER_LIST, SAML_PROVIDER_NAME, TAG_LIST,
};
use jiff::Timestamp;

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
