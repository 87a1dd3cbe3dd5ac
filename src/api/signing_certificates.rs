//! The operations of the group "signing certificates": what goes in, what comes out, and what may go wrong.

use jiff::Timestamp;

use super::model::{Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{
    BOOLEAN, CERTIFICATE_BODY, DATE, EXISTING_USER_NAME, MARKER, MAX_ITEMS, RESPONSE_MARKER, STATUS, USER_NAME,
};

structure! {
    /// `SigningCertificate` of the API model.
    SigningCertificate {
        req "UserName" user_name: String = USER_NAME,
        req "CertificateId" certificate_id: String = CERTIFICATE_ID,
        req "CertificateBody" certificate_body: String = CERTIFICATE_BODY,
        req "Status" status: String = STATUS,
        opt "UploadDate" upload_date: Option<Timestamp> = DATE,
    }
}

operations! { iam "signing-certificates";

    /// [`DeleteSigningCertificate`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSigningCertificate.html).
    write DeleteSigningCertificate -> DeleteSigningCertificateOutput ["NoSuchEntity", "LimitExceeded", "ConcurrentModification", "ServiceFailure"] {
        opt "UserName" user_name: Option<String> = EXISTING_USER_NAME,
        req "CertificateId" certificate_id: String = CERTIFICATE_ID,
    } {}

    /// [`ListSigningCertificates`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html).
    read ListSigningCertificates -> ListSigningCertificatesOutput ["NoSuchEntity", "ServiceFailure"] pages ["Certificates"] {
        opt "UserName" user_name: Option<String> = EXISTING_USER_NAME,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "Certificates" certificates: Vec<SigningCertificate> = CERTIFICATE_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`UpdateSigningCertificate`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSigningCertificate.html).
    write UpdateSigningCertificate -> UpdateSigningCertificateOutput ["NoSuchEntity", "LimitExceeded", "ServiceFailure", "InvalidInput"] {
        opt "UserName" user_name: Option<String> = EXISTING_USER_NAME,
        req "CertificateId" certificate_id: String = CERTIFICATE_ID,
        req "Status" status: String = STATUS,
    } {}

    /// [`UploadSigningCertificate`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html).
    write UploadSigningCertificate -> UploadSigningCertificateOutput ["LimitExceeded", "EntityAlreadyExists", "MalformedCertificate", "InvalidCertificate", "DuplicateCertificate", "NoSuchEntity", "ConcurrentModification", "ServiceFailure"] {
        opt "UserName" user_name: Option<String> = EXISTING_USER_NAME,
        req "CertificateBody" certificate_body: String = CERTIFICATE_BODY,
    } {
        req "Certificate" certificate: SigningCertificate = SIGNING_CERTIFICATE,
    }
}

/// The shape `certificateIdType`.
static CERTIFICATE_ID: Shape = Shape::Text(text().length(24, 128).pattern(r"[\w]+"));
/// The shape `certificateListType`.
static CERTIFICATE_LIST: Shape = list(&SIGNING_CERTIFICATE, 0, UNBOUNDED);
/// The structure `SigningCertificate`.
static SIGNING_CERTIFICATE: Shape = Shape::Structure(SigningCertificate::MEMBERS);
