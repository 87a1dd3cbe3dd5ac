//! The operations of the group "ssh public keys": what goes in, what comes out, and what may go wrong.

use super::model::{operations, structure};
use super::shapes::{
    BOOLEAN, DATE, ENCODING, MARKER, MAX_ITEMS, PUBLIC_KEY_FINGERPRINT, PUBLIC_KEY_ID, PUBLIC_KEY_MATERIAL,
    RESPONSE_MARKER, SSH_PUBLIC_KEY, SSH_PUBLIC_KEY_LIST, STATUS, USER_NAME,
};
use jiff::Timestamp;

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
