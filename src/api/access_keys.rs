//! The operations of the group "access keys": what goes in, what comes out, and what may go wrong.

use jiff::Timestamp;

use super::model::{Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{BOOLEAN, DATE, EXISTING_USER_NAME, MARKER, MAX_ITEMS, RESPONSE_MARKER, STATUS, STRING, USER_NAME};

structure! {
    /// `AccessKey` of the API model.
    AccessKey {
        req "UserName" user_name: String = USER_NAME,
        req "AccessKeyId" access_key_id: String = ACCESS_KEY_ID,
        req "Status" status: String = STATUS,
        req "SecretAccessKey" secret_access_key: String = ACCESS_KEY_SECRET,
        opt "CreateDate" create_date: Option<Timestamp> = DATE,
    }
}

structure! {
    /// `AccessKeyLastUsed` of the API model.
    AccessKeyLastUsed {
        opt "LastUsedDate" last_used_date: Option<Timestamp> = DATE,
        req "ServiceName" service_name: String = STRING,
        req "Region" region: String = STRING,
    }
}

structure! {
    /// `AccessKeyMetadata` of the API model.
    AccessKeyMetadata {
        opt "UserName" user_name: Option<String> = USER_NAME,
        opt "AccessKeyId" access_key_id: Option<String> = ACCESS_KEY_ID,
        opt "Status" status: Option<String> = STATUS,
        opt "CreateDate" create_date: Option<Timestamp> = DATE,
    }
}

operations! { iam "access-keys";

    /// [`CreateAccessKey`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html).
    write CreateAccessKey -> CreateAccessKeyOutput ["NoSuchEntity", "LimitExceeded", "ServiceFailure"] {
        opt "UserName" user_name: Option<String> = EXISTING_USER_NAME,
    } {
        req "AccessKey" access_key: AccessKey = ACCESS_KEY,
    }

    /// [`DeleteAccessKey`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html).
    write(takes_secret) DeleteAccessKey -> DeleteAccessKeyOutput ["NoSuchEntity", "LimitExceeded", "ServiceFailure"] {
        opt "UserName" user_name: Option<String> = EXISTING_USER_NAME,
        req "AccessKeyId" access_key_id: String = ACCESS_KEY_ID,
    } {}

    /// [`GetAccessKeyLastUsed`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html).
    read GetAccessKeyLastUsed -> GetAccessKeyLastUsedOutput [] {
        req "AccessKeyId" access_key_id: String = ACCESS_KEY_ID,
    } {
        opt "UserName" user_name: Option<String> = EXISTING_USER_NAME,
        opt "AccessKeyLastUsed" access_key_last_used: Option<AccessKeyLastUsed> = ACCESS_KEY_LAST_USED,
    }

    /// [`ListAccessKeys`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html).
    read ListAccessKeys -> ListAccessKeysOutput ["NoSuchEntity", "ServiceFailure"] pages ["AccessKeyMetadata"] {
        opt "UserName" user_name: Option<String> = EXISTING_USER_NAME,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "AccessKeyMetadata" access_key_metadata: Vec<AccessKeyMetadata> = ACCESS_KEY_METADATA_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`UpdateAccessKey`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html).
    write UpdateAccessKey -> UpdateAccessKeyOutput ["NoSuchEntity", "LimitExceeded", "ServiceFailure", "InvalidInput"] {
        opt "UserName" user_name: Option<String> = EXISTING_USER_NAME,
        req "AccessKeyId" access_key_id: String = ACCESS_KEY_ID,
        req "Status" status: String = STATUS,
    } {}
}

/// The structure `AccessKey`.
static ACCESS_KEY: Shape = Shape::Structure(AccessKey::MEMBERS);
/// The shape `accessKeyIdType`.
static ACCESS_KEY_ID: Shape = Shape::Text(text().length(16, 128).pattern(r"[\w]+"));
/// The structure `AccessKeyLastUsed`.
static ACCESS_KEY_LAST_USED: Shape = Shape::Structure(AccessKeyLastUsed::MEMBERS);
/// The structure `AccessKeyMetadata`.
static ACCESS_KEY_METADATA: Shape = Shape::Structure(AccessKeyMetadata::MEMBERS);
/// The shape `accessKeyMetadataListType`.
static ACCESS_KEY_METADATA_LIST: Shape = list(&ACCESS_KEY_METADATA, 0, UNBOUNDED);
/// The shape `accessKeySecretType`.
static ACCESS_KEY_SECRET: Shape = Shape::Text(text().secret());
