//! The operations of the group "oidc providers": what goes in, what comes out, and what may go wrong.

use jiff::Timestamp;

use super::Tag;
use super::model::{Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{ARN, DATE, TAG_LIST};

structure! {
    /// `OpenIDConnectProviderListEntry` of the API model.
    OpenIDConnectProviderListEntry {
        opt "Arn" arn: Option<String> = ARN,
    }
}

operations! { iam "oidc-providers";

    /// [`AddClientIDToOpenIDConnectProvider`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html).
    write AddClientIDToOpenIDConnectProvider -> AddClientIDToOpenIDConnectProviderOutput ["ConcurrentModification", "InvalidInput", "NoSuchEntity", "LimitExceeded", "ServiceFailure"] {
        req "OpenIDConnectProviderArn" open_id_connect_provider_arn: String = ARN,
        req "ClientID" client_id: String = CLIENT_ID,
    } {}

    /// [`CreateOpenIDConnectProvider`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html).
    write CreateOpenIDConnectProvider -> CreateOpenIDConnectProviderOutput ["InvalidInput", "EntityAlreadyExists", "LimitExceeded", "ConcurrentModification", "ServiceFailure", "OpenIdIdpCommunicationError"] {
        req "Url" url: String = OPEN_ID_CONNECT_PROVIDER_URL,
        opt "ClientIDList" client_id_list: Option<Vec<String>> = CLIENT_ID_LIST,
        opt "ThumbprintList" thumbprint_list: Option<Vec<String>> = THUMBPRINT_LIST,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    } {
        opt "OpenIDConnectProviderArn" open_id_connect_provider_arn: Option<String> = ARN,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    }

    /// [`DeleteOpenIDConnectProvider`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html).
    write DeleteOpenIDConnectProvider -> DeleteOpenIDConnectProviderOutput ["InvalidInput", "NoSuchEntity", "ServiceFailure"] {
        req "OpenIDConnectProviderArn" open_id_connect_provider_arn: String = ARN,
    } {}

    /// [`GetOpenIDConnectProvider`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html).
    read GetOpenIDConnectProvider -> GetOpenIDConnectProviderOutput ["InvalidInput", "NoSuchEntity", "ServiceFailure"] {
        req "OpenIDConnectProviderArn" open_id_connect_provider_arn: String = ARN,
    } {
        opt "Url" url: Option<String> = OPEN_ID_CONNECT_PROVIDER_URL,
        opt "ClientIDList" client_id_list: Option<Vec<String>> = CLIENT_ID_LIST,
        opt "ThumbprintList" thumbprint_list: Option<Vec<String>> = THUMBPRINT_LIST,
        opt "CreateDate" create_date: Option<Timestamp> = DATE,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    }

    /// [`ListOpenIDConnectProviders`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html).
    read ListOpenIDConnectProviders -> ListOpenIDConnectProvidersOutput ["ServiceFailure"] {} {
        opt "OpenIDConnectProviderList" open_id_connect_provider_list: Option<Vec<OpenIDConnectProviderListEntry>> = OPEN_ID_CONNECT_PROVIDER_LIST,
    }

    /// [`RemoveClientIDFromOpenIDConnectProvider`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html).
    write RemoveClientIDFromOpenIDConnectProvider -> RemoveClientIDFromOpenIDConnectProviderOutput ["ConcurrentModification", "InvalidInput", "NoSuchEntity", "ServiceFailure"] {
        req "OpenIDConnectProviderArn" open_id_connect_provider_arn: String = ARN,
        req "ClientID" client_id: String = CLIENT_ID,
    } {}

    /// [`UpdateOpenIDConnectProviderThumbprint`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html).
    write UpdateOpenIDConnectProviderThumbprint -> UpdateOpenIDConnectProviderThumbprintOutput ["ConcurrentModification", "InvalidInput", "NoSuchEntity", "ServiceFailure"] {
        req "OpenIDConnectProviderArn" open_id_connect_provider_arn: String = ARN,
        req "ThumbprintList" thumbprint_list: Vec<String> = THUMBPRINT_LIST,
    } {}
}

/// The shape `clientIDType`.
static CLIENT_ID: Shape = Shape::Text(text().length(1, 255));
/// The shape `clientIDListType`.
static CLIENT_ID_LIST: Shape = list(&CLIENT_ID, 0, UNBOUNDED);
/// The shape `OpenIDConnectProviderListType`.
static OPEN_ID_CONNECT_PROVIDER_LIST: Shape = list(&OPEN_ID_CONNECT_PROVIDER_LIST_ENTRY, 0, UNBOUNDED);
/// The structure `OpenIDConnectProviderListEntry`.
static OPEN_ID_CONNECT_PROVIDER_LIST_ENTRY: Shape = Shape::Structure(OpenIDConnectProviderListEntry::MEMBERS);
/// The shape `OpenIDConnectProviderUrlType`.
static OPEN_ID_CONNECT_PROVIDER_URL: Shape = Shape::Text(text().length(1, 255));
/// The shape `thumbprintType`.
static THUMBPRINT: Shape = Shape::Text(text().length(40, 40));
/// The shape `thumbprintListType`.
static THUMBPRINT_LIST: Shape = list(&THUMBPRINT, 0, UNBOUNDED);
