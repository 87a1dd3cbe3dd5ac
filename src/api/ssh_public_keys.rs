//! The operations of the group "ssh public keys": what goes in, what comes out, and what may go wrong.

use jiff::Timestamp;

use super::model::{Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{BOOLEAN, DATE, MARKER, MAX_ITEMS, RESPONSE_MARKER, STATUS, USER_NAME};

structure! {
    /// `SSHPublicKey` of the API model.
    SSHPublicKey {
        req "UserName" user_name: String = USER_NAME,
        req "SSHPublicKeyId" ssh_public_key_id: String = PUBLIC_KEY_ID,
        req "Fingerprint" fingerprint: String = PUBLIC_KEY_FINGERPRINT,
        req "SSHPublicKeyBody" ssh_public_key_body: String = PUBLIC_KEY_MATERIAL,
        req "Status" status: String = STATUS,
        opt "UploadDate" upload_date: Option<Timestamp> = DATE,
    }
}

structure! {
    /// `SSHPublicKeyMetadata` of the API model.
    SSHPublicKeyMetadata {
        req "UserName" user_name: String = USER_NAME,
        req "SSHPublicKeyId" ssh_public_key_id: String = PUBLIC_KEY_ID,
        req "Status" status: String = STATUS,
        req "UploadDate" upload_date: Timestamp = DATE,
    }
}

operations! { iam "ssh-public-keys";

    /// [`DeleteSSHPublicKey`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSSHPublicKey.html).
    write DeleteSSHPublicKey -> DeleteSSHPublicKeyOutput ["NoSuchEntity"] {
        req "UserName" user_name: String = USER_NAME,
        req "SSHPublicKeyId" ssh_public_key_id: String = PUBLIC_KEY_ID,
    } {}

    /// [`GetSSHPublicKey`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSSHPublicKey.html).
    read GetSSHPublicKey -> GetSSHPublicKeyOutput ["NoSuchEntity", "UnrecognizedPublicKeyEncoding"] {
        req "UserName" user_name: String = USER_NAME,
        req "SSHPublicKeyId" ssh_public_key_id: String = PUBLIC_KEY_ID,
        req "Encoding" encoding: String = ENCODING,
    } {
        opt "SSHPublicKey" ssh_public_key: Option<SSHPublicKey> = SSH_PUBLIC_KEY,
    }

    /// [`ListSSHPublicKeys`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html).
    read ListSSHPublicKeys -> ListSSHPublicKeysOutput ["NoSuchEntity"] pages ["SSHPublicKeys"] {
        opt "UserName" user_name: Option<String> = USER_NAME,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        opt "SSHPublicKeys" ssh_public_keys: Option<Vec<SSHPublicKeyMetadata>> = SSH_PUBLIC_KEY_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`UpdateSSHPublicKey`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSSHPublicKey.html).
    write UpdateSSHPublicKey -> UpdateSSHPublicKeyOutput ["NoSuchEntity", "InvalidInput"] {
        req "UserName" user_name: String = USER_NAME,
        req "SSHPublicKeyId" ssh_public_key_id: String = PUBLIC_KEY_ID,
        req "Status" status: String = STATUS,
    } {}

    /// [`UploadSSHPublicKey`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html).
    write UploadSSHPublicKey -> UploadSSHPublicKeyOutput ["LimitExceeded", "NoSuchEntity", "InvalidPublicKey", "DuplicateSSHPublicKey", "UnrecognizedPublicKeyEncoding"] {
        req "UserName" user_name: String = USER_NAME,
        req "SSHPublicKeyBody" ssh_public_key_body: String = PUBLIC_KEY_MATERIAL,
    } {
        opt "SSHPublicKey" ssh_public_key: Option<SSHPublicKey> = SSH_PUBLIC_KEY,
    }
}

/// The shape `encodingType`.
static ENCODING: Shape = Shape::Text(text().values(&["SSH", "PEM"]));
/// The shape `publicKeyFingerprintType`.
static PUBLIC_KEY_FINGERPRINT: Shape = Shape::Text(text().length(48, 48).pattern(r"[:\w]+"));
/// The shape `publicKeyIdType`.
static PUBLIC_KEY_ID: Shape = Shape::Text(text().length(20, 128).pattern(r"[\w]+"));
/// The shape `publicKeyMaterialType`.
static PUBLIC_KEY_MATERIAL: Shape =
    Shape::Text(text().length(1, 16_384).pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+"));
/// The structure `SSHPublicKey`.
static SSH_PUBLIC_KEY: Shape = Shape::Structure(SSHPublicKey::MEMBERS);
/// The shape `SSHPublicKeyListType`.
static SSH_PUBLIC_KEY_LIST: Shape = list(&SSH_PUBLIC_KEY_METADATA, 0, UNBOUNDED);
/// The structure `SSHPublicKeyMetadata`.
static SSH_PUBLIC_KEY_METADATA: Shape = Shape::Structure(SSHPublicKeyMetadata::MEMBERS);
