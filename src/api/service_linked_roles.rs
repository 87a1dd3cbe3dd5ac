//! The operations of the group "service linked roles": what goes in, what comes out, and what may go wrong.

use super::Role;
use super::model::{Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{ARN, GROUP_NAME, ROLE, ROLE_DESCRIPTION, ROLE_NAME};

structure! {
    /// `DeletionTaskFailureReasonType` of the API model.
    DeletionTaskFailureReason {
        opt "Reason" reason: Option<String> = REASON,
        opt "RoleUsageList" role_usage_list: Option<Vec<RoleUsage>> = ROLE_USAGE_LIST,
    }
}

structure! {
    /// `RoleUsageType` of the API model.
    RoleUsage {
        opt "Region" region: Option<String> = REGION_NAME,
        opt "Resources" resources: Option<Vec<String>> = ARN_LIST,
    }
}

operations! { iam "service-linked-roles";

    /// [`CreateServiceLinkedRole`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html).
    write CreateServiceLinkedRole -> CreateServiceLinkedRoleOutput ["InvalidInput", "LimitExceeded", "NoSuchEntity", "ServiceFailure"] {
        req "AWSServiceName" aws_service_name: String = GROUP_NAME,
        opt "Description" description: Option<String> = ROLE_DESCRIPTION,
        opt "CustomSuffix" custom_suffix: Option<String> = CUSTOM_SUFFIX,
    } {
        opt "Role" role: Option<Role> = ROLE,
    }

    /// [`DeleteServiceLinkedRole`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html).
    write DeleteServiceLinkedRole -> DeleteServiceLinkedRoleOutput ["NoSuchEntity", "LimitExceeded", "ServiceFailure"] {
        req "RoleName" role_name: String = ROLE_NAME,
    } {
        req "DeletionTaskId" deletion_task_id: String = DELETION_TASK_ID,
    }

    /// [`GetServiceLinkedRoleDeletionStatus`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html).
    read GetServiceLinkedRoleDeletionStatus -> GetServiceLinkedRoleDeletionStatusOutput ["NoSuchEntity", "InvalidInput", "ServiceFailure"] {
        req "DeletionTaskId" deletion_task_id: String = DELETION_TASK_ID,
    } {
        req "Status" status: String = DELETION_TASK_STATUS,
        opt "Reason" reason: Option<DeletionTaskFailureReason> = DELETION_TASK_FAILURE_REASON,
    }
}

/// The shape `ArnListType`.
static ARN_LIST: Shape = list(&ARN, 0, UNBOUNDED);
/// The shape `customSuffixType`.
static CUSTOM_SUFFIX: Shape = Shape::Text(text().length(1, 64).pattern(r"[\w+=,.@-]+"));
/// The structure `DeletionTaskFailureReasonType`.
static DELETION_TASK_FAILURE_REASON: Shape = Shape::Structure(DeletionTaskFailureReason::MEMBERS);
/// The shape `DeletionTaskIdType`.
static DELETION_TASK_ID: Shape = Shape::Text(text().length(1, 1000));
/// The shape `DeletionTaskStatusType`.
static DELETION_TASK_STATUS: Shape = Shape::Text(text().values(&["SUCCEEDED", "IN_PROGRESS", "FAILED", "NOT_STARTED"]));
/// The shape `ReasonType`.
static REASON: Shape = Shape::Text(text().length(0, 1000));
/// The shape `RegionNameType`.
static REGION_NAME: Shape = Shape::Text(text().length(1, 100));
/// The structure `RoleUsageType`.
static ROLE_USAGE: Shape = Shape::Structure(RoleUsage::MEMBERS);
/// The shape `RoleUsageListType`.
static ROLE_USAGE_LIST: Shape = list(&ROLE_USAGE, 0, UNBOUNDED);
