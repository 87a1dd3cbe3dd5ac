//! The operations of the group "managed policies": what goes in, what comes out, and what may go wrong.

use jiff::Timestamp;

use super::model::{Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{
    ARN, ATTACHMENT_COUNT, BOOLEAN, DATE, ID, MARKER, MAX_ITEMS, POLICY_DESCRIPTION, POLICY_DOCUMENT,
    POLICY_DOCUMENT_VERSION_LIST, POLICY_NAME, POLICY_PATH, POLICY_USAGE, POLICY_VERSION, POLICY_VERSION_ID,
    RESPONSE_MARKER, TAG_LIST,
};
use super::{PolicyVersion, Tag};

structure! {
    /// `Policy` of the API model.
    Policy {
        opt "PolicyName" policy_name: Option<String> = POLICY_NAME,
        opt "PolicyId" policy_id: Option<String> = ID,
        opt "Arn" arn: Option<String> = ARN,
        opt "Path" path: Option<String> = POLICY_PATH,
        opt "DefaultVersionId" default_version_id: Option<String> = POLICY_VERSION_ID,
        opt "AttachmentCount" attachment_count: Option<i64> = ATTACHMENT_COUNT,
        opt "PermissionsBoundaryUsageCount" permissions_boundary_usage_count: Option<i64> = ATTACHMENT_COUNT,
        opt "IsAttachable" is_attachable: Option<bool> = BOOLEAN,
        opt "Description" description: Option<String> = POLICY_DESCRIPTION,
        opt "CreateDate" create_date: Option<Timestamp> = DATE,
        opt "UpdateDate" update_date: Option<Timestamp> = DATE,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    }
}

operations! { iam "managed-policies";

    /// [`CreatePolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html).
    write CreatePolicy -> CreatePolicyOutput ["InvalidInput", "LimitExceeded", "EntityAlreadyExists", "MalformedPolicyDocument", "ConcurrentModification", "ServiceFailure"] {
        req "PolicyName" policy_name: String = POLICY_NAME,
        opt "Path" path: Option<String> = POLICY_PATH,
        req "PolicyDocument" policy_document: String = POLICY_DOCUMENT,
        opt "Description" description: Option<String> = POLICY_DESCRIPTION,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    } {
        opt "Policy" policy: Option<Policy> = POLICY,
    }

    /// [`CreatePolicyVersion`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html).
    write CreatePolicyVersion -> CreatePolicyVersionOutput ["NoSuchEntity", "MalformedPolicyDocument", "InvalidInput", "LimitExceeded", "ServiceFailure"] {
        req "PolicyArn" policy_arn: String = ARN,
        req "PolicyDocument" policy_document: String = POLICY_DOCUMENT,
        opt "SetAsDefault" set_as_default: Option<bool> = BOOLEAN,
    } {
        opt "PolicyVersion" policy_version: Option<PolicyVersion> = POLICY_VERSION,
    }

    /// [`DeletePolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html).
    write DeletePolicy -> DeletePolicyOutput ["NoSuchEntity", "LimitExceeded", "InvalidInput", "DeleteConflict", "ServiceFailure"] {
        req "PolicyArn" policy_arn: String = ARN,
    } {}

    /// [`DeletePolicyVersion`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html).
    write DeletePolicyVersion -> DeletePolicyVersionOutput ["NoSuchEntity", "LimitExceeded", "InvalidInput", "DeleteConflict", "ServiceFailure"] {
        req "PolicyArn" policy_arn: String = ARN,
        req "VersionId" version_id: String = POLICY_VERSION_ID,
    } {}

    /// [`GetPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html).
    read GetPolicy -> GetPolicyOutput ["NoSuchEntity", "InvalidInput", "ServiceFailure"] {
        req "PolicyArn" policy_arn: String = ARN,
    } {
        opt "Policy" policy: Option<Policy> = POLICY,
    }

    /// [`GetPolicyVersion`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html).
    read GetPolicyVersion -> GetPolicyVersionOutput ["NoSuchEntity", "InvalidInput", "ServiceFailure"] {
        req "PolicyArn" policy_arn: String = ARN,
        req "VersionId" version_id: String = POLICY_VERSION_ID,
    } {
        opt "PolicyVersion" policy_version: Option<PolicyVersion> = POLICY_VERSION,
    }

    /// [`ListPolicies`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html).
    read ListPolicies -> ListPoliciesOutput ["ServiceFailure"] pages ["Policies"] {
        opt "Scope" scope: Option<String> = POLICY_SCOPE,
        opt "OnlyAttached" only_attached: Option<bool> = BOOLEAN,
        opt "PathPrefix" path_prefix: Option<String> = POLICY_PATH,
        opt "PolicyUsageFilter" policy_usage_filter: Option<String> = POLICY_USAGE,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        opt "Policies" policies: Option<Vec<Policy>> = POLICY_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListPolicyVersions`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html).
    read ListPolicyVersions -> ListPolicyVersionsOutput ["NoSuchEntity", "InvalidInput", "ServiceFailure"] pages ["Versions"] {
        req "PolicyArn" policy_arn: String = ARN,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        opt "Versions" versions: Option<Vec<PolicyVersion>> = POLICY_DOCUMENT_VERSION_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`SetDefaultPolicyVersion`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html).
    write SetDefaultPolicyVersion -> SetDefaultPolicyVersionOutput ["NoSuchEntity", "InvalidInput", "LimitExceeded", "ServiceFailure"] {
        req "PolicyArn" policy_arn: String = ARN,
        req "VersionId" version_id: String = POLICY_VERSION_ID,
    } {}
}

/// The structure `Policy`.
static POLICY: Shape = Shape::Structure(Policy::MEMBERS);
/// The shape `policyListType`.
static POLICY_LIST: Shape = list(&POLICY, 0, UNBOUNDED);
/// The shape `policyScopeType`.
static POLICY_SCOPE: Shape = Shape::Text(text().values(&["All", "AWS", "Local"]));
