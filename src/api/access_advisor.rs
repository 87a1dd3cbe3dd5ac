//! The operations of the group "access advisor": what goes in, what comes out, and what may go wrong.

use jiff::Timestamp;

use super::model::{Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{
    ARN, BOOLEAN, DATE, ID, INTEGER, MARKER, MAX_ITEMS, PATH, POLICY_NAME, RESPONSE_MARKER, STRING, USER_NAME,
};

structure! {
    /// `AccessDetail` of the API model.
    AccessDetail {
        req "ServiceName" service_name: String = SERVICE_NAME_SHAPE,
        req "ServiceNamespace" service_namespace: String = SERVICE_NAMESPACE,
        opt "Region" region: Option<String> = STRING,
        opt "EntityPath" entity_path: Option<String> = ORGANIZATIONS_ENTITY_PATH,
        opt "LastAuthenticatedTime" last_authenticated_time: Option<Timestamp> = DATE,
        opt "TotalAuthenticatedEntities" total_authenticated_entities: Option<i64> = INTEGER,
    }
}

structure! {
    /// `ErrorDetails` of the API model.
    ErrorDetails {
        req "Message" message: String = STRING,
        req "Code" code: String = STRING,
    }
}

structure! {
    /// `ServiceLastAccessed` of the API model.
    ServiceLastAccessed {
        req "ServiceName" service_name: String = SERVICE_NAME_SHAPE,
        opt "LastAuthenticated" last_authenticated: Option<Timestamp> = DATE,
        req "ServiceNamespace" service_namespace: String = SERVICE_NAMESPACE,
        opt "LastAuthenticatedEntity" last_authenticated_entity: Option<String> = ARN,
        opt "LastAuthenticatedRegion" last_authenticated_region: Option<String> = STRING,
        opt "TotalAuthenticatedEntities" total_authenticated_entities: Option<i64> = INTEGER,
        opt "TrackedActionsLastAccessed" tracked_actions_last_accessed: Option<Vec<TrackedActionLastAccessed>> = TRACKED_ACTIONS_LAST_ACCESSED,
    }
}

structure! {
    /// `TrackedActionLastAccessed` of the API model.
    TrackedActionLastAccessed {
        opt "ActionName" action_name: Option<String> = STRING,
        opt "LastAccessedEntity" last_accessed_entity: Option<String> = ARN,
        opt "LastAccessedTime" last_accessed_time: Option<Timestamp> = DATE,
        opt "LastAccessedRegion" last_accessed_region: Option<String> = STRING,
    }
}

structure! {
    /// `EntityDetails` of the API model.
    EntityDetails {
        req "EntityInfo" entity_info: EntityInfo = ENTITY_INFO,
        opt "LastAuthenticated" last_authenticated: Option<Timestamp> = DATE,
    }
}

structure! {
    /// `EntityInfo` of the API model.
    EntityInfo {
        req "Arn" arn: String = ARN,
        req "Name" name: String = USER_NAME,
        req "Type" r#type: String = POLICY_OWNER_ENTITY,
        req "Id" id: String = ID,
        opt "Path" path: Option<String> = PATH,
    }
}

structure! {
    /// `ListPoliciesGrantingServiceAccessEntry` of the API model.
    ListPoliciesGrantingServiceAccessEntry {
        opt "ServiceNamespace" service_namespace: Option<String> = SERVICE_NAMESPACE,
        opt "Policies" policies: Option<Vec<PolicyGrantingServiceAccess>> = POLICY_GRANTING_SERVICE_ACCESS_LIST,
    }
}

structure! {
    /// `PolicyGrantingServiceAccess` of the API model.
    PolicyGrantingServiceAccess {
        req "PolicyName" policy_name: String = POLICY_NAME,
        req "PolicyType" policy_type: String = POLICY_SHAPE,
        opt "PolicyArn" policy_arn: Option<String> = ARN,
        opt "EntityType" entity_type: Option<String> = POLICY_OWNER_ENTITY,
        opt "EntityName" entity_name: Option<String> = ENTITY_NAME,
    }
}

operations! { iam "access-advisor";

    /// [`GenerateOrganizationsAccessReport`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateOrganizationsAccessReport.html).
    read(leaves_trace) GenerateOrganizationsAccessReport -> GenerateOrganizationsAccessReportOutput ["ReportGenerationLimitExceeded"] {
        req "EntityPath" entity_path: String = ORGANIZATIONS_ENTITY_PATH,
        opt "OrganizationsPolicyId" organizations_policy_id: Option<String> = ORGANIZATIONS_POLICY_ID,
    } {
        opt "JobId" job_id: Option<String> = JOB_ID,
    }

    /// [`GenerateServiceLastAccessedDetails`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html).
    read(leaves_trace) GenerateServiceLastAccessedDetails -> GenerateServiceLastAccessedDetailsOutput ["NoSuchEntity", "InvalidInput"] {
        req "Arn" arn: String = ARN,
        opt "Granularity" granularity: Option<String> = ACCESS_ADVISOR_USAGE_GRANULARITY,
    } {
        opt "JobId" job_id: Option<String> = JOB_ID,
    }

    /// [`GetOrganizationsAccessReport`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOrganizationsAccessReport.html).
    read(slow) GetOrganizationsAccessReport -> GetOrganizationsAccessReportOutput ["NoSuchEntity"] pages [] {
        req "JobId" job_id: String = JOB_ID,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
        opt "Marker" marker: Option<String> = MARKER,
        opt "SortKey" sort_key: Option<String> = SORT_KEY,
    } {
        req "JobStatus" job_status: String = JOB_STATUS,
        req "JobCreationDate" job_creation_date: Timestamp = DATE,
        opt "JobCompletionDate" job_completion_date: Option<Timestamp> = DATE,
        opt "NumberOfServicesAccessible" number_of_services_accessible: Option<i64> = INTEGER,
        opt "NumberOfServicesNotAccessed" number_of_services_not_accessed: Option<i64> = INTEGER,
        opt "AccessDetails" access_details: Option<Vec<AccessDetail>> = ACCESS_DETAILS,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = MARKER,
        opt "ErrorDetails" error_details: Option<ErrorDetails> = ERROR_DETAILS,
    }

    /// [`GetServiceLastAccessedDetails`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html).
    read(slow) GetServiceLastAccessedDetails -> GetServiceLastAccessedDetailsOutput ["NoSuchEntity", "InvalidInput"] pages [] {
        req "JobId" job_id: String = JOB_ID,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
        opt "Marker" marker: Option<String> = MARKER,
    } {
        req "JobStatus" job_status: String = JOB_STATUS,
        opt "JobType" job_type: Option<String> = ACCESS_ADVISOR_USAGE_GRANULARITY,
        req "JobCreationDate" job_creation_date: Timestamp = DATE,
        req "ServicesLastAccessed" services_last_accessed: Vec<ServiceLastAccessed> = SERVICES_LAST_ACCESSED,
        req "JobCompletionDate" job_completion_date: Timestamp = DATE,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
        opt "Error" error: Option<ErrorDetails> = ERROR_DETAILS,
    }

    /// [`GetServiceLastAccessedDetailsWithEntities`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetailsWithEntities.html).
    read(slow) GetServiceLastAccessedDetailsWithEntities -> GetServiceLastAccessedDetailsWithEntitiesOutput ["NoSuchEntity", "InvalidInput"] pages [] {
        req "JobId" job_id: String = JOB_ID,
        req "ServiceNamespace" service_namespace: String = SERVICE_NAMESPACE,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
        opt "Marker" marker: Option<String> = MARKER,
    } {
        req "JobStatus" job_status: String = JOB_STATUS,
        req "JobCreationDate" job_creation_date: Timestamp = DATE,
        req "JobCompletionDate" job_completion_date: Timestamp = DATE,
        req "EntityDetailsList" entity_details_list: Vec<EntityDetails> = ENTITY_DETAILS_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
        opt "Error" error: Option<ErrorDetails> = ERROR_DETAILS,
    }

    /// [`ListPoliciesGrantingServiceAccess`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccess.html).
    read(slow) ListPoliciesGrantingServiceAccess -> ListPoliciesGrantingServiceAccessOutput ["NoSuchEntity", "InvalidInput"] pages [] {
        opt "Marker" marker: Option<String> = MARKER,
        req "Arn" arn: String = ARN,
        req "ServiceNamespaces" service_namespaces: Vec<String> = SERVICE_NAMESPACE_LIST,
    } {
        req "PoliciesGrantingServiceAccess" policies_granting_service_access: Vec<ListPoliciesGrantingServiceAccessEntry> = LIST_POLICY_GRANTING_SERVICE_ACCESS_RESPONSE_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }
}

/// The shape `AccessAdvisorUsageGranularityType`.
static ACCESS_ADVISOR_USAGE_GRANULARITY: Shape = Shape::Text(text().values(&["SERVICE_LEVEL", "ACTION_LEVEL"]));
/// The structure `AccessDetail`.
static ACCESS_DETAIL: Shape = Shape::Structure(AccessDetail::MEMBERS);
/// The shape `AccessDetails`.
static ACCESS_DETAILS: Shape = list(&ACCESS_DETAIL, 0, UNBOUNDED);
/// The structure `EntityDetails`.
static ENTITY_DETAILS: Shape = Shape::Structure(EntityDetails::MEMBERS);
/// The shape `entityDetailsListType`.
static ENTITY_DETAILS_LIST: Shape = list(&ENTITY_DETAILS, 0, UNBOUNDED);
/// The structure `EntityInfo`.
static ENTITY_INFO: Shape = Shape::Structure(EntityInfo::MEMBERS);
/// The shape `entityNameType`.
static ENTITY_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.@-]+"));
/// The structure `ErrorDetails`.
static ERROR_DETAILS: Shape = Shape::Structure(ErrorDetails::MEMBERS);
/// The shape `jobIDType`.
static JOB_ID: Shape = Shape::Text(text().length(36, 36));
/// The shape `jobStatusType`.
static JOB_STATUS: Shape = Shape::Text(text().values(&["IN_PROGRESS", "COMPLETED", "FAILED"]));
/// The structure `ListPoliciesGrantingServiceAccessEntry`.
static LIST_POLICIES_GRANTING_SERVICE_ACCESS_ENTRY: Shape =
    Shape::Structure(ListPoliciesGrantingServiceAccessEntry::MEMBERS);
/// The shape `listPolicyGrantingServiceAccessResponseListType`.
static LIST_POLICY_GRANTING_SERVICE_ACCESS_RESPONSE_LIST: Shape =
    list(&LIST_POLICIES_GRANTING_SERVICE_ACCESS_ENTRY, 0, UNBOUNDED);
/// The shape `organizationsEntityPathType`.
static ORGANIZATIONS_ENTITY_PATH: Shape =
    Shape::Text(text().length(19, 427).pattern(r"^o-[0-9a-z]{10,32}\/r-[0-9a-z]{4,32}[0-9a-z-\/]*"));
/// The shape `organizationsPolicyIdType`.
static ORGANIZATIONS_POLICY_ID: Shape = Shape::Text(text().pattern(r"^p-[0-9a-zA-Z_]{8,128}$"));
/// The structure `PolicyGrantingServiceAccess`.
static POLICY_GRANTING_SERVICE_ACCESS: Shape = Shape::Structure(PolicyGrantingServiceAccess::MEMBERS);
/// The shape `policyGrantingServiceAccessListType`.
static POLICY_GRANTING_SERVICE_ACCESS_LIST: Shape = list(&POLICY_GRANTING_SERVICE_ACCESS, 0, UNBOUNDED);
/// The shape `policyOwnerEntityType`.
static POLICY_OWNER_ENTITY: Shape = Shape::Text(text().values(&["USER", "ROLE", "GROUP"]));
/// The shape `policyType`.
static POLICY_SHAPE: Shape = Shape::Text(text().values(&["INLINE", "MANAGED"]));
/// The shape `ServicesLastAccessed`.
static SERVICES_LAST_ACCESSED: Shape = list(&SERVICE_LAST_ACCESSED, 0, UNBOUNDED);
/// The structure `ServiceLastAccessed`.
static SERVICE_LAST_ACCESSED: Shape = Shape::Structure(ServiceLastAccessed::MEMBERS);
/// The shape `serviceNamespaceType`.
static SERVICE_NAMESPACE: Shape = Shape::Text(text().length(1, 64).pattern(r"[\w-]*"));
/// The shape `serviceNamespaceListType`.
static SERVICE_NAMESPACE_LIST: Shape = list(&SERVICE_NAMESPACE, 1, 200);
/// The shape `serviceNameType`.
static SERVICE_NAME_SHAPE: Shape = Shape::Text(text());
/// The shape `sortKeyType`.
static SORT_KEY: Shape = Shape::Text(text().values(&[
    "SERVICE_NAMESPACE_ASCENDING",
    "SERVICE_NAMESPACE_DESCENDING",
    "LAST_AUTHENTICATED_TIME_ASCENDING",
    "LAST_AUTHENTICATED_TIME_DESCENDING",
]));
/// The shape `TrackedActionsLastAccessed`.
static TRACKED_ACTIONS_LAST_ACCESSED: Shape = list(&TRACKED_ACTION_LAST_ACCESSED, 0, UNBOUNDED);
/// The structure `TrackedActionLastAccessed`.
static TRACKED_ACTION_LAST_ACCESSED: Shape = Shape::Structure(TrackedActionLastAccessed::MEMBERS);
