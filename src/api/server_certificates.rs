//! The operations of the group "server certificates": what goes in, what comes out, and what may go wrong.

use jiff::Timestamp;

use super::Tag;
use super::model::{Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{
    ARN, BOOLEAN, CERTIFICATE_BODY, DATE, ID, MARKER, MAX_ITEMS, PATH, PATH_PREFIX, PRIVATE_KEY, RESPONSE_MARKER,
    SERVER_CERTIFICATE_NAME, TAG_LIST,
};

structure! {
    /// `ServerCertificate` of the API model.
    ServerCertificate {
        req "ServerCertificateMetadata" server_certificate_metadata: ServerCertificateMetadata = SERVER_CERTIFICATE_METADATA,
        req "CertificateBody" certificate_body: String = CERTIFICATE_BODY,
        opt "CertificateChain" certificate_chain: Option<String> = CERTIFICATE_CHAIN,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    }
}

structure! {
    /// `ServerCertificateMetadata` of the API model.
    ServerCertificateMetadata {
        req "Path" path: String = PATH,
        req "ServerCertificateName" server_certificate_name: String = SERVER_CERTIFICATE_NAME,
        req "ServerCertificateId" server_certificate_id: String = ID,
        req "Arn" arn: String = ARN,
        opt "UploadDate" upload_date: Option<Timestamp> = DATE,
        opt "Expiration" expiration: Option<Timestamp> = DATE,
    }
}

operations! { iam "server-certificates";

    /// [`DeleteServerCertificate`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServerCertificate.html).
    write(takes_secret) DeleteServerCertificate -> DeleteServerCertificateOutput ["NoSuchEntity", "DeleteConflict", "LimitExceeded", "ServiceFailure"] {
        req "ServerCertificateName" server_certificate_name: String = SERVER_CERTIFICATE_NAME,
    } {}

    /// [`GetServerCertificate`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServerCertificate.html).
    read GetServerCertificate -> GetServerCertificateOutput ["NoSuchEntity", "ServiceFailure"] {
        req "ServerCertificateName" server_certificate_name: String = SERVER_CERTIFICATE_NAME,
    } {
        req "ServerCertificate" server_certificate: ServerCertificate = SERVER_CERTIFICATE,
    }

    /// [`ListServerCertificates`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html).
    read ListServerCertificates -> ListServerCertificatesOutput ["ServiceFailure"] pages ["ServerCertificateMetadataList"] {
        opt "PathPrefix" path_prefix: Option<String> = PATH_PREFIX,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "ServerCertificateMetadataList" server_certificate_metadata_list: Vec<ServerCertificateMetadata> = SERVER_CERTIFICATE_METADATA_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`UpdateServerCertificate`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServerCertificate.html).
    write UpdateServerCertificate -> UpdateServerCertificateOutput ["NoSuchEntity", "EntityAlreadyExists", "LimitExceeded", "ServiceFailure"] {
        req "ServerCertificateName" server_certificate_name: String = SERVER_CERTIFICATE_NAME,
        opt "NewPath" new_path: Option<String> = PATH,
        opt "NewServerCertificateName" new_server_certificate_name: Option<String> = SERVER_CERTIFICATE_NAME,
    } {}

    /// [`UploadServerCertificate`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html).
    write UploadServerCertificate -> UploadServerCertificateOutput ["LimitExceeded", "InvalidInput", "EntityAlreadyExists", "MalformedCertificate", "KeyPairMismatch", "ConcurrentModification", "ServiceFailure"] {
        opt "Path" path: Option<String> = PATH,
        req "ServerCertificateName" server_certificate_name: String = SERVER_CERTIFICATE_NAME,
        req "CertificateBody" certificate_body: String = CERTIFICATE_BODY,
        req "PrivateKey" private_key: String = PRIVATE_KEY,
        opt "CertificateChain" certificate_chain: Option<String> = CERTIFICATE_CHAIN,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    } {
        opt "ServerCertificateMetadata" server_certificate_metadata: Option<ServerCertificateMetadata> = SERVER_CERTIFICATE_METADATA,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    }
}

/// The shape `certificateChainType`.
static CERTIFICATE_CHAIN: Shape =
    Shape::Text(text().length(1, 2_097_152).pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+"));
/// The structure `ServerCertificate`.
static SERVER_CERTIFICATE: Shape = Shape::Structure(ServerCertificate::MEMBERS);
/// The structure `ServerCertificateMetadata`.
static SERVER_CERTIFICATE_METADATA: Shape = Shape::Structure(ServerCertificateMetadata::MEMBERS);
/// The shape `serverCertificateMetadataListType`.
static SERVER_CERTIFICATE_METADATA_LIST: Shape = list(&SERVER_CERTIFICATE_METADATA, 0, UNBOUNDED);
