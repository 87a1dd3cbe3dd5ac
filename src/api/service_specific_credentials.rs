//! The operations of the group "service specific credentials": what goes in, what comes out, and what may go wrong.

use super::model::{operations, structure};
use super::shapes::{
    ALL_USERS, BOOLEAN, CREDENTIAL_AGE_DAYS, DATE, MARKER, MAX_ITEMS, RESPONSE_MARKER, SERVICE_CREDENTIAL_ALIAS,
    SERVICE_CREDENTIAL_SECRET, SERVICE_NAME, SERVICE_PASSWORD, SERVICE_SPECIFIC_CREDENTIAL,
    SERVICE_SPECIFIC_CREDENTIAL_ID, SERVICE_SPECIFIC_CREDENTIALS_LIST, SERVICE_USER_NAME, STATUS, USER_NAME,
};
use jiff::Timestamp;

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
