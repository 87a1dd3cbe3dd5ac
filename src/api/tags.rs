//! The operations of the group "tags": what goes in, what comes out, and what may go wrong.

use super::Tag;
use super::model::{Shape, list, operations};
use super::shapes::{
    ARN, BOOLEAN, EXISTING_USER_NAME, INSTANCE_PROFILE_NAME, MARKER, MAX_ITEMS, RESPONSE_MARKER, ROLE_NAME,
    SERIAL_NUMBER, SERVER_CERTIFICATE_NAME, TAG_KEY, TAG_LIST,
};

operations! { iam "tags";

    /// [`ListInstanceProfileTags`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html).
    read ListInstanceProfileTags -> ListInstanceProfileTagsOutput ["NoSuchEntity", "ServiceFailure"] pages ["Tags"] {
        req "InstanceProfileName" instance_profile_name: String = INSTANCE_PROFILE_NAME,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "Tags" tags: Vec<Tag> = TAG_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListMFADeviceTags`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADeviceTags.html).
    read ListMFADeviceTags -> ListMFADeviceTagsOutput ["NoSuchEntity", "InvalidInput", "ServiceFailure"] pages ["Tags"] {
        req "SerialNumber" serial_number: String = SERIAL_NUMBER,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "Tags" tags: Vec<Tag> = TAG_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListOpenIDConnectProviderTags`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviderTags.html).
    read ListOpenIDConnectProviderTags -> ListOpenIDConnectProviderTagsOutput ["NoSuchEntity", "ServiceFailure", "InvalidInput"] pages ["Tags"] {
        req "OpenIDConnectProviderArn" open_id_connect_provider_arn: String = ARN,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "Tags" tags: Vec<Tag> = TAG_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListPolicyTags`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html).
    read ListPolicyTags -> ListPolicyTagsOutput ["NoSuchEntity", "ServiceFailure", "InvalidInput"] pages ["Tags"] {
        req "PolicyArn" policy_arn: String = ARN,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "Tags" tags: Vec<Tag> = TAG_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListRoleTags`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html).
    read ListRoleTags -> ListRoleTagsOutput ["NoSuchEntity", "ServiceFailure"] pages ["Tags"] {
        req "RoleName" role_name: String = ROLE_NAME,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "Tags" tags: Vec<Tag> = TAG_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListSAMLProviderTags`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviderTags.html).
    read ListSAMLProviderTags -> ListSAMLProviderTagsOutput ["NoSuchEntity", "ServiceFailure", "InvalidInput"] pages ["Tags"] {
        req "SAMLProviderArn" saml_provider_arn: String = ARN,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "Tags" tags: Vec<Tag> = TAG_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListServerCertificateTags`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificateTags.html).
    read ListServerCertificateTags -> ListServerCertificateTagsOutput ["NoSuchEntity", "ServiceFailure"] pages ["Tags"] {
        req "ServerCertificateName" server_certificate_name: String = SERVER_CERTIFICATE_NAME,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "Tags" tags: Vec<Tag> = TAG_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListUserTags`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html).
    read ListUserTags -> ListUserTagsOutput ["NoSuchEntity", "ServiceFailure"] pages ["Tags"] {
        req "UserName" user_name: String = EXISTING_USER_NAME,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "Tags" tags: Vec<Tag> = TAG_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`TagInstanceProfile`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html).
    write TagInstanceProfile -> TagInstanceProfileOutput ["NoSuchEntity", "InvalidInput", "LimitExceeded", "ConcurrentModification", "ServiceFailure"] {
        req "InstanceProfileName" instance_profile_name: String = INSTANCE_PROFILE_NAME,
        req "Tags" tags: Vec<Tag> = TAG_LIST,
    } {}

    /// [`TagMFADevice`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagMFADevice.html).
    write TagMFADevice -> TagMFADeviceOutput ["InvalidInput", "NoSuchEntity", "LimitExceeded", "ConcurrentModification", "ServiceFailure"] {
        req "SerialNumber" serial_number: String = SERIAL_NUMBER,
        req "Tags" tags: Vec<Tag> = TAG_LIST,
    } {}

    /// [`TagOpenIDConnectProvider`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagOpenIDConnectProvider.html).
    write TagOpenIDConnectProvider -> TagOpenIDConnectProviderOutput ["NoSuchEntity", "LimitExceeded", "InvalidInput", "ConcurrentModification", "ServiceFailure"] {
        req "OpenIDConnectProviderArn" open_id_connect_provider_arn: String = ARN,
        req "Tags" tags: Vec<Tag> = TAG_LIST,
    } {}

    /// [`TagPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html).
    write TagPolicy -> TagPolicyOutput ["NoSuchEntity", "LimitExceeded", "InvalidInput", "ConcurrentModification", "ServiceFailure"] {
        req "PolicyArn" policy_arn: String = ARN,
        req "Tags" tags: Vec<Tag> = TAG_LIST,
    } {}

    /// [`TagRole`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html).
    write TagRole -> TagRoleOutput ["NoSuchEntity", "LimitExceeded", "InvalidInput", "ConcurrentModification", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
        req "Tags" tags: Vec<Tag> = TAG_LIST,
    } {}

    /// [`TagSAMLProvider`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagSAMLProvider.html).
    write TagSAMLProvider -> TagSAMLProviderOutput ["NoSuchEntity", "LimitExceeded", "InvalidInput", "ConcurrentModification", "ServiceFailure"] {
        req "SAMLProviderArn" saml_provider_arn: String = ARN,
        req "Tags" tags: Vec<Tag> = TAG_LIST,
    } {}

    /// [`TagServerCertificate`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagServerCertificate.html).
    write TagServerCertificate -> TagServerCertificateOutput ["NoSuchEntity", "InvalidInput", "LimitExceeded", "ConcurrentModification", "ServiceFailure"] {
        req "ServerCertificateName" server_certificate_name: String = SERVER_CERTIFICATE_NAME,
        req "Tags" tags: Vec<Tag> = TAG_LIST,
    } {}

    /// [`TagUser`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html).
    write TagUser -> TagUserOutput ["NoSuchEntity", "LimitExceeded", "InvalidInput", "ConcurrentModification", "ServiceFailure"] {
        req "UserName" user_name: String = EXISTING_USER_NAME,
        req "Tags" tags: Vec<Tag> = TAG_LIST,
    } {}

    /// [`UntagInstanceProfile`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagInstanceProfile.html).
    write UntagInstanceProfile -> UntagInstanceProfileOutput ["NoSuchEntity", "InvalidInput", "ConcurrentModification", "ServiceFailure"] {
        req "InstanceProfileName" instance_profile_name: String = INSTANCE_PROFILE_NAME,
        req "TagKeys" tag_keys: Vec<String> = TAG_KEY_LIST,
    } {}

    /// [`UntagMFADevice`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagMFADevice.html).
    write UntagMFADevice -> UntagMFADeviceOutput ["NoSuchEntity", "InvalidInput", "ConcurrentModification", "ServiceFailure"] {
        req "SerialNumber" serial_number: String = SERIAL_NUMBER,
        req "TagKeys" tag_keys: Vec<String> = TAG_KEY_LIST,
    } {}

    /// [`UntagOpenIDConnectProvider`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagOpenIDConnectProvider.html).
    write UntagOpenIDConnectProvider -> UntagOpenIDConnectProviderOutput ["NoSuchEntity", "InvalidInput", "ConcurrentModification", "ServiceFailure"] {
        req "OpenIDConnectProviderArn" open_id_connect_provider_arn: String = ARN,
        req "TagKeys" tag_keys: Vec<String> = TAG_KEY_LIST,
    } {}

    /// [`UntagPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html).
    write UntagPolicy -> UntagPolicyOutput ["NoSuchEntity", "InvalidInput", "ConcurrentModification", "ServiceFailure"] {
        req "PolicyArn" policy_arn: String = ARN,
        req "TagKeys" tag_keys: Vec<String> = TAG_KEY_LIST,
    } {}

    /// [`UntagRole`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html).
    write UntagRole -> UntagRoleOutput ["NoSuchEntity", "ConcurrentModification", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
        req "TagKeys" tag_keys: Vec<String> = TAG_KEY_LIST,
    } {}

    /// [`UntagSAMLProvider`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagSAMLProvider.html).
    write UntagSAMLProvider -> UntagSAMLProviderOutput ["NoSuchEntity", "InvalidInput", "ConcurrentModification", "ServiceFailure"] {
        req "SAMLProviderArn" saml_provider_arn: String = ARN,
        req "TagKeys" tag_keys: Vec<String> = TAG_KEY_LIST,
    } {}

    /// [`UntagServerCertificate`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagServerCertificate.html).
    write UntagServerCertificate -> UntagServerCertificateOutput ["NoSuchEntity", "InvalidInput", "ConcurrentModification", "ServiceFailure"] {
        req "ServerCertificateName" server_certificate_name: String = SERVER_CERTIFICATE_NAME,
        req "TagKeys" tag_keys: Vec<String> = TAG_KEY_LIST,
    } {}

    /// [`UntagUser`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html).
    write UntagUser -> UntagUserOutput ["NoSuchEntity", "ConcurrentModification", "ServiceFailure"] {
        req "UserName" user_name: String = EXISTING_USER_NAME,
        req "TagKeys" tag_keys: Vec<String> = TAG_KEY_LIST,
    } {}
}

/// The shape `tagKeyListType`.
static TAG_KEY_LIST: Shape = list(&TAG_KEY, 0, 50);
