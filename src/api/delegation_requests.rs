//! The operations of the group "delegation requests": what goes in, what comes out, and what may go wrong.

use jiff::Timestamp;

use super::model::{Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{ARN, BOOLEAN, DATE, MARKER, MAX_ITEMS};

structure! {
    /// `DelegationPermission` of the API model.
    DelegationPermission {
        opt "PolicyTemplateArn" policy_template_arn: Option<String> = ARN,
        opt "Parameters" parameters: Option<Vec<PolicyParameter>> = POLICY_PARAMETER_LIST,
    }
}

structure! {
    /// `PolicyParameter` of the API model.
    PolicyParameter {
        opt "Name" name: Option<String> = POLICY_PARAMETER_NAME,
        opt "Values" values: Option<Vec<String>> = POLICY_PARAMETER_VALUES_LIST,
        opt "Type" r#type: Option<String> = POLICY_PARAMETER_TYPE_ENUM,
    }
}

structure! {
    /// `DelegationRequest` of the API model.
    DelegationRequest {
        opt "DelegationRequestId" delegation_request_id: Option<String> = DELEGATION_REQUEST_ID,
        opt "OwnerAccountId" owner_account_id: Option<String> = ACCOUNT_ID,
        opt "Description" description: Option<String> = DELEGATION_REQUEST_DESCRIPTION,
        opt "RequestMessage" request_message: Option<String> = REQUEST_MESSAGE,
        opt "Permissions" permissions: Option<DelegationPermission> = DELEGATION_PERMISSION,
        opt "PermissionPolicy" permission_policy: Option<String> = PERMISSION,
        opt "RolePermissionRestrictionArns" role_permission_restriction_arns: Option<Vec<String>> = ROLE_PERMISSION_RESTRICTION_ARN_LIST,
        opt "OwnerId" owner_id: Option<String> = OWNER_ID,
        opt "ApproverId" approver_id: Option<String> = ARN,
        opt "State" state: Option<String> = STATE,
        opt "ExpirationTime" expiration_time: Option<Timestamp> = DATE,
        opt "RequestorId" requestor_id: Option<String> = ACCOUNT_ID,
        opt "RequestorName" requestor_name: Option<String> = REQUESTOR_NAME,
        opt "CreateDate" create_date: Option<Timestamp> = DATE,
        opt "SessionDuration" session_duration: Option<i64> = SESSION_DURATION,
        opt "RedirectUrl" redirect_url: Option<String> = REDIRECT_URL,
        opt "Notes" notes: Option<String> = NOTES,
        opt "RejectionReason" rejection_reason: Option<String> = NOTES,
        opt "OnlySendByOwner" only_send_by_owner: Option<bool> = BOOLEAN,
        opt "UpdatedTime" updated_time: Option<Timestamp> = DATE,
    }
}

operations! { iam "delegation-requests";

    /// [`AcceptDelegationRequest`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcceptDelegationRequest.html).
    write AcceptDelegationRequest -> AcceptDelegationRequestOutput ["NoSuchEntity", "ServiceFailure", "ConcurrentModification"] {
        req "DelegationRequestId" delegation_request_id: String = DELEGATION_REQUEST_ID,
    } {}

    /// [`AssociateDelegationRequest`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_AssociateDelegationRequest.html).
    write AssociateDelegationRequest -> AssociateDelegationRequestOutput ["NoSuchEntity", "ServiceFailure", "ConcurrentModification", "InvalidInput"] {
        req "DelegationRequestId" delegation_request_id: String = DELEGATION_REQUEST_ID,
    } {}

    /// [`CreateDelegationRequest`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateDelegationRequest.html).
    write CreateDelegationRequest -> CreateDelegationRequestOutput ["EntityAlreadyExists", "ServiceFailure", "InvalidInput", "LimitExceeded", "ConcurrentModification"] {
        opt "OwnerAccountId" owner_account_id: Option<String> = ACCOUNT_ID,
        req "Description" description: String = DELEGATION_REQUEST_DESCRIPTION,
        req "Permissions" permissions: DelegationPermission = DELEGATION_PERMISSION,
        opt "RequestMessage" request_message: Option<String> = REQUEST_MESSAGE,
        req "RequestorWorkflowId" requestor_workflow_id: String = REQUESTOR_WORKFLOW_ID,
        opt "RedirectUrl" redirect_url: Option<String> = REDIRECT_URL,
        req "NotificationChannel" notification_channel: String = NOTIFICATION_CHANNEL,
        req "SessionDuration" session_duration: i64 = SESSION_DURATION,
        opt "OnlySendByOwner" only_send_by_owner: Option<bool> = BOOLEAN,
    } {
        opt "ConsoleDeepLink" console_deep_link: Option<String> = CONSOLE_DEEP_LINK,
        opt "DelegationRequestId" delegation_request_id: Option<String> = DELEGATION_REQUEST_ID,
    }

    /// [`GetDelegationRequest`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetDelegationRequest.html).
    read GetDelegationRequest -> GetDelegationRequestOutput ["NoSuchEntity", "ServiceFailure"] {
        req "DelegationRequestId" delegation_request_id: String = DELEGATION_REQUEST_ID,
        opt "DelegationPermissionCheck" delegation_permission_check: Option<bool> = BOOLEAN,
    } {
        opt "DelegationRequest" delegation_request: Option<DelegationRequest> = DELEGATION_REQUEST,
        opt "PermissionCheckStatus" permission_check_status: Option<String> = PERMISSION_CHECK_STATUS,
        opt "PermissionCheckResult" permission_check_result: Option<String> = PERMISSION_CHECK_RESULT,
    }

    /// [`GetHumanReadableSummary`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetHumanReadableSummary.html).
    read GetHumanReadableSummary -> GetHumanReadableSummaryOutput ["InvalidInput", "NoSuchEntity", "ServiceFailure"] {
        req "EntityArn" entity_arn: String = ARN,
        opt "Locale" locale: Option<String> = LOCALE,
    } {
        opt "SummaryContent" summary_content: Option<String> = SUMMARY_CONTENT,
        opt "Locale" locale: Option<String> = LOCALE,
        opt "SummaryState" summary_state: Option<String> = SUMMARY_STATE,
    }

    /// [`ListDelegationRequests`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListDelegationRequests.html).
    read ListDelegationRequests -> ListDelegationRequestsOutput ["NoSuchEntity", "ServiceFailure", "InvalidInput"] pages [] {
        opt "OwnerId" owner_id: Option<String> = OWNER_ID,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        opt "DelegationRequests" delegation_requests: Option<Vec<DelegationRequest>> = DELEGATION_REQUESTS_LIST,
        opt "Marker" marker: Option<String> = MARKER,
        opt "isTruncated" is_truncated: Option<bool> = BOOLEAN,
    }

    /// [`RejectDelegationRequest`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_RejectDelegationRequest.html).
    write RejectDelegationRequest -> RejectDelegationRequestOutput ["NoSuchEntity", "ServiceFailure", "ConcurrentModification", "InvalidInput"] {
        req "DelegationRequestId" delegation_request_id: String = DELEGATION_REQUEST_ID,
        opt "Notes" notes: Option<String> = NOTES,
    } {}

    /// [`SendDelegationToken`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_SendDelegationToken.html).
    write SendDelegationToken -> SendDelegationTokenOutput ["NoSuchEntity", "ServiceFailure", "ConcurrentModification", "InvalidInput"] {
        req "DelegationRequestId" delegation_request_id: String = DELEGATION_REQUEST_ID,
    } {}

    /// [`UpdateDelegationRequest`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateDelegationRequest.html).
    write UpdateDelegationRequest -> UpdateDelegationRequestOutput ["NoSuchEntity", "ServiceFailure", "ConcurrentModification", "InvalidInput"] {
        req "DelegationRequestId" delegation_request_id: String = DELEGATION_REQUEST_ID,
        opt "Notes" notes: Option<String> = NOTES,
    } {}
}

/// The shape `accountIdType`.
static ACCOUNT_ID: Shape = Shape::Text(text().pattern(r"\d{12}"));
/// The shape `consoleDeepLinkType`.
static CONSOLE_DEEP_LINK: Shape = Shape::Text(text().length(1, 255));
/// The structure `DelegationPermission`.
static DELEGATION_PERMISSION: Shape = Shape::Structure(DelegationPermission::MEMBERS);
/// The structure `DelegationRequest`.
static DELEGATION_REQUEST: Shape = Shape::Structure(DelegationRequest::MEMBERS);
/// The shape `delegationRequestsListType`.
static DELEGATION_REQUESTS_LIST: Shape = list(&DELEGATION_REQUEST, 0, UNBOUNDED);
/// The shape `delegationRequestDescriptionType`.
static DELEGATION_REQUEST_DESCRIPTION: Shape =
    Shape::Text(text().length(0, 1000).pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"));
/// The shape `delegationRequestIdType`.
static DELEGATION_REQUEST_ID: Shape = Shape::Text(text().length(16, 128).pattern(r"[\w-]+"));
/// The shape `localeType`.
static LOCALE: Shape = Shape::Text(text().length(2, 12));
/// The shape `notesType`.
static NOTES: Shape = Shape::Text(text().length(0, 500).pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"));
/// The shape `notificationChannelType`.
static NOTIFICATION_CHANNEL: Shape = Shape::Text(text().length(2, 400).pattern(r"^[a-zA-Z0-9:_.-]+$"));
/// The shape `ownerIdType`.
static OWNER_ID: Shape = Shape::Text(text().length(20, 2048).pattern(r"^[a-zA-Z0-9:/+=,.@_-]+$"));
/// The shape `permissionType`.
static PERMISSION: Shape = Shape::Text(text());
/// The shape `permissionCheckResultType`.
static PERMISSION_CHECK_RESULT: Shape = Shape::Text(text().values(&["ALLOWED", "DENIED", "UNSURE"]));
/// The shape `permissionCheckStatusType`.
static PERMISSION_CHECK_STATUS: Shape = Shape::Text(text().values(&["COMPLETE", "IN_PROGRESS", "FAILED"]));
/// The structure `PolicyParameter`.
static POLICY_PARAMETER: Shape = Shape::Structure(PolicyParameter::MEMBERS);
/// The shape `policyParameterListType`.
static POLICY_PARAMETER_LIST: Shape = list(&POLICY_PARAMETER, 0, 50);
/// The shape `policyParameterNameType`.
static POLICY_PARAMETER_NAME: Shape = Shape::Text(text().length(5, 256).pattern(r"[ -~]+"));
/// The shape `PolicyParameterTypeEnum`.
static POLICY_PARAMETER_TYPE_ENUM: Shape = Shape::Text(text().values(&["string", "stringList"]));
/// The shape `policyParameterValueType`.
static POLICY_PARAMETER_VALUE: Shape = Shape::Text(text().pattern(r"[ -~]+"));
/// The shape `policyParameterValuesListType`.
static POLICY_PARAMETER_VALUES_LIST: Shape = list(&POLICY_PARAMETER_VALUE, 0, UNBOUNDED);
/// The shape `redirectUrlType`.
static REDIRECT_URL: Shape = Shape::Text(
    text().length(1, 255).pattern(r"^http(s?)://[a-zA-Z0-9._/-]*(\?[a-zA-Z0-9._=&-]*)?(#[a-zA-Z0-9._/-]*)?$"),
);
/// The shape `requestorNameType`.
static REQUESTOR_NAME: Shape =
    Shape::Text(text().length(0, 30).pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"));
/// The shape `requestorWorkflowIdType`.
static REQUESTOR_WORKFLOW_ID: Shape =
    Shape::Text(text().length(5, 400).pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+"));
/// The shape `requestMessageType`.
static REQUEST_MESSAGE: Shape =
    Shape::Text(text().length(0, 200).pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"));
/// The shape `rolePermissionRestrictionArnListType`.
static ROLE_PERMISSION_RESTRICTION_ARN_LIST: Shape = list(&ARN, 0, UNBOUNDED);
/// The shape `sessionDurationType`.
static SESSION_DURATION: Shape = Shape::Integer { min: Some(300), max: Some(43_200) };
/// The shape `stateType`.
static STATE: Shape = Shape::Text(text().values(&[
    "UNASSIGNED",
    "ASSIGNED",
    "PENDING_APPROVAL",
    "FINALIZED",
    "ACCEPTED",
    "REJECTED",
    "EXPIRED",
]));
/// The shape `summaryContentType`.
static SUMMARY_CONTENT: Shape = Shape::Text(text().length(0, 10_000));
/// The shape `summaryStateType`.
static SUMMARY_STATE: Shape = Shape::Text(text().values(&["AVAILABLE", "NOT_AVAILABLE", "NOT_SUPPORTED", "FAILED"]));
