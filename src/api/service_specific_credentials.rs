//! The operations of the group "service specific credentials": what goes in, what comes out, and what may go wrong.

use jiff::Timestamp;

use super::model::{Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{BOOLEAN, DATE, MARKER, MAX_ITEMS, RESPONSE_MARKER, STATUS, USER_NAME};

structure! {
    /// `ServiceSpecificCredential` of the API model.
    ServiceSpecificCredential {
        req "CreateDate" create_date: Timestamp = DATE,
        opt "ExpirationDate" expiration_date: Option<Timestamp> = DATE,
        req "ServiceName" service_name: String = SERVICE_NAME,
        opt "ServiceUserName" service_user_name: Option<String> = SERVICE_USER_NAME,
        opt "ServicePassword" service_password: Option<String> = SERVICE_PASSWORD,
        opt "ServiceCredentialAlias" service_credential_alias: Option<String> = SERVICE_CREDENTIAL_ALIAS,
        opt "ServiceCredentialSecret" service_credential_secret: Option<String> = SERVICE_CREDENTIAL_SECRET,
        req "ServiceSpecificCredentialId" service_specific_credential_id: String = SERVICE_SPECIFIC_CREDENTIAL_ID,
        req "UserName" user_name: String = USER_NAME,
        req "Status" status: String = STATUS,
    }
}

structure! {
    /// `ServiceSpecificCredentialMetadata` of the API model.
    ServiceSpecificCredentialMetadata {
        req "UserName" user_name: String = USER_NAME,
        req "Status" status: String = STATUS,
        opt "ServiceUserName" service_user_name: Option<String> = SERVICE_USER_NAME,
        opt "ServiceCredentialAlias" service_credential_alias: Option<String> = SERVICE_CREDENTIAL_ALIAS,
        req "CreateDate" create_date: Timestamp = DATE,
        opt "ExpirationDate" expiration_date: Option<Timestamp> = DATE,
        req "ServiceSpecificCredentialId" service_specific_credential_id: String = SERVICE_SPECIFIC_CREDENTIAL_ID,
        req "ServiceName" service_name: String = SERVICE_NAME,
    }
}

operations! { iam "service-specific-credentials";

    /// [`CreateServiceSpecificCredential`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html).
    write CreateServiceSpecificCredential -> CreateServiceSpecificCredentialOutput ["LimitExceeded", "NoSuchEntity", "NotSupportedService"] {
        req "UserName" user_name: String = USER_NAME,
        req "ServiceName" service_name: String = SERVICE_NAME,
        opt "CredentialAgeDays" credential_age_days: Option<i64> = CREDENTIAL_AGE_DAYS,
    } {
        opt "ServiceSpecificCredential" service_specific_credential: Option<ServiceSpecificCredential> = SERVICE_SPECIFIC_CREDENTIAL,
    }

    /// [`DeleteServiceSpecificCredential`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceSpecificCredential.html).
    write(takes_secret) DeleteServiceSpecificCredential -> DeleteServiceSpecificCredentialOutput ["NoSuchEntity"] {
        opt "UserName" user_name: Option<String> = USER_NAME,
        req "ServiceSpecificCredentialId" service_specific_credential_id: String = SERVICE_SPECIFIC_CREDENTIAL_ID,
    } {}

    /// [`ListServiceSpecificCredentials`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html).
    read ListServiceSpecificCredentials -> ListServiceSpecificCredentialsOutput ["NoSuchEntity", "NotSupportedService"] pages [] {
        opt "UserName" user_name: Option<String> = USER_NAME,
        opt "ServiceName" service_name: Option<String> = SERVICE_NAME,
        opt "AllUsers" all_users: Option<bool> = ALL_USERS,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        opt "ServiceSpecificCredentials" service_specific_credentials: Option<Vec<ServiceSpecificCredentialMetadata>> = SERVICE_SPECIFIC_CREDENTIALS_LIST,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
    }

    /// [`ResetServiceSpecificCredential`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResetServiceSpecificCredential.html).
    write(takes_secret) ResetServiceSpecificCredential -> ResetServiceSpecificCredentialOutput ["NoSuchEntity"] {
        opt "UserName" user_name: Option<String> = USER_NAME,
        req "ServiceSpecificCredentialId" service_specific_credential_id: String = SERVICE_SPECIFIC_CREDENTIAL_ID,
    } {
        opt "ServiceSpecificCredential" service_specific_credential: Option<ServiceSpecificCredential> = SERVICE_SPECIFIC_CREDENTIAL,
    }

    /// [`UpdateServiceSpecificCredential`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServiceSpecificCredential.html).
    write UpdateServiceSpecificCredential -> UpdateServiceSpecificCredentialOutput ["NoSuchEntity"] {
        opt "UserName" user_name: Option<String> = USER_NAME,
        req "ServiceSpecificCredentialId" service_specific_credential_id: String = SERVICE_SPECIFIC_CREDENTIAL_ID,
        req "Status" status: String = STATUS,
    } {}
}

/// The shape `allUsers`.
static ALL_USERS: Shape = Shape::Boolean;
/// The shape `credentialAgeDays`.
static CREDENTIAL_AGE_DAYS: Shape = Shape::Integer { min: Some(1), max: Some(36_600) };
/// The shape `serviceCredentialAlias`.
static SERVICE_CREDENTIAL_ALIAS: Shape = Shape::Text(text().length(0, 200).pattern(r"[\w+=,.@-]+"));
/// The shape `serviceCredentialSecret`.
static SERVICE_CREDENTIAL_SECRET: Shape = Shape::Text(text().secret());
/// The shape `serviceName`.
static SERVICE_NAME: Shape = Shape::Text(text());
/// The shape `servicePassword`.
static SERVICE_PASSWORD: Shape = Shape::Text(text().secret());
/// The structure `ServiceSpecificCredential`.
static SERVICE_SPECIFIC_CREDENTIAL: Shape = Shape::Structure(ServiceSpecificCredential::MEMBERS);
/// The shape `ServiceSpecificCredentialsListType`.
static SERVICE_SPECIFIC_CREDENTIALS_LIST: Shape = list(&SERVICE_SPECIFIC_CREDENTIAL_METADATA, 0, UNBOUNDED);
/// The shape `serviceSpecificCredentialId`.
static SERVICE_SPECIFIC_CREDENTIAL_ID: Shape = Shape::Text(text().length(20, 128).pattern(r"[\w]+"));
/// The structure `ServiceSpecificCredentialMetadata`.
static SERVICE_SPECIFIC_CREDENTIAL_METADATA: Shape = Shape::Structure(ServiceSpecificCredentialMetadata::MEMBERS);
/// The shape `serviceUserName`.
static SERVICE_USER_NAME: Shape = Shape::Text(text().length(0, 200).pattern(r"[\w+=,.@-]*"));
