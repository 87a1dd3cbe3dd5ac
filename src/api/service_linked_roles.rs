//! The operations of the group "service linked roles": what goes in, what comes out, and what may go wrong.

use super::Role;
use super::model::{operations, structure};
use super::shapes::{
    ARN_LIST, CUSTOM_SUFFIX, DELETION_TASK_FAILURE_REASON, DELETION_TASK_ID, DELETION_TASK_STATUS, GROUP_NAME, REASON,
    REGION_NAME, ROLE, ROLE_DESCRIPTION, ROLE_NAME, ROLE_USAGE_LIST,
};

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
