//! The operations of the group "simulation": what goes in, what comes out, and what may go wrong.

use super::model::{operations, structure};
use std::collections::BTreeMap;

use super::shapes::{
    ACTION_NAME, ACTION_NAME_LIST, ARN, ATTACHMENT, ATTACHMENT_NAME, BOOLEAN, COLUMN_NUMBER, CONTEXT_ENTRY_LIST,
    CONTEXT_KEY_NAME, CONTEXT_KEY_NAMES_RESULT_LIST, CONTEXT_KEY_TYPE_ENUM, CONTEXT_KEY_VALUE_LIST,
    EVAL_DECISION_DETAILS, EVALUATION_RESULTS_LIST, INLINE_POLICY_IDENTIFIER, LINE_NUMBER, MARKER, MAX_ITEMS,
    ORGANIZATION_POLICY_LIST, ORGANIZATIONS_DECISION_DETAIL, PERMISSIONS_BOUNDARY_DECISION_DETAIL, POLICY_DOCUMENT,
    POLICY_EVALUATION_DECISION, POLICY_EXCLUSIONS_LIST, POLICY_IDENTIFIER, POLICY_IDENTIFIER_POLICY, POLICY_NAME,
    POLICY_SOURCE, POSITION, RESOURCE_HANDLING_OPTION, RESOURCE_NAME, RESOURCE_NAME_LIST,
    RESOURCE_SPECIFIC_RESULT_LIST, RESPONSE_MARKER, SIMULATION_POLICY_LIST, STATEMENT_LIST,
};

structure! {
    /// `OrderedOrganizationPolicyType` of the API model.
    OrderedOrganizationPolicy {
        opt "ServiceControlPolicyInputList" service_control_policy_input_list: Option<Vec<String>> = SIMULATION_POLICY_LIST,
    }
}

structure! {
    /// `ContextEntry` of the API model.
    ContextEntry {
        opt "ContextKeyName" context_key_name: Option<String> = CONTEXT_KEY_NAME,
        opt "ContextKeyValues" context_key_values: Option<Vec<String>> = CONTEXT_KEY_VALUE_LIST,
        opt "ContextKeyType" context_key_type: Option<String> = CONTEXT_KEY_TYPE_ENUM,
    }
}

structure! {
    /// `EvaluationResult` of the API model.
    EvaluationResult {
        req "EvalActionName" eval_action_name: String = ACTION_NAME,
        opt "EvalResourceName" eval_resource_name: Option<String> = RESOURCE_NAME,
        req "EvalDecision" eval_decision: String = POLICY_EVALUATION_DECISION,
        opt "MatchedStatements" matched_statements: Option<Vec<Statement>> = STATEMENT_LIST,
        opt "MissingContextValues" missing_context_values: Option<Vec<String>> = CONTEXT_KEY_NAMES_RESULT_LIST,
        opt "OrganizationsDecisionDetail" organizations_decision_detail: Option<OrganizationsDecisionDetail> = ORGANIZATIONS_DECISION_DETAIL,
        opt "PermissionsBoundaryDecisionDetail" permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail> = PERMISSIONS_BOUNDARY_DECISION_DETAIL,
        opt "EvalDecisionDetails" eval_decision_details: Option<BTreeMap<String, String>> = EVAL_DECISION_DETAILS,
        opt "ResourceSpecificResults" resource_specific_results: Option<Vec<ResourceSpecificResult>> = RESOURCE_SPECIFIC_RESULT_LIST,
    }
}

structure! {
    /// `Statement` of the API model.
    Statement {
        opt "SourcePolicyId" source_policy_id: Option<String> = POLICY_IDENTIFIER,
        opt "SourcePolicyType" source_policy_type: Option<String> = POLICY_SOURCE,
        opt "StartPosition" start_position: Option<Position> = POSITION,
        opt "EndPosition" end_position: Option<Position> = POSITION,
    }
}

structure! {
    /// `Position` of the API model.
    Position {
        opt "Line" line: Option<i64> = LINE_NUMBER,
        opt "Column" column: Option<i64> = COLUMN_NUMBER,
    }
}

structure! {
    /// `OrganizationsDecisionDetail` of the API model.
    OrganizationsDecisionDetail {
        opt "AllowedByOrganizations" allowed_by_organizations: Option<bool> = BOOLEAN,
    }
}

structure! {
    /// `PermissionsBoundaryDecisionDetail` of the API model.
    PermissionsBoundaryDecisionDetail {
        opt "AllowedByPermissionsBoundary" allowed_by_permissions_boundary: Option<bool> = BOOLEAN,
    }
}

structure! {
    /// `ResourceSpecificResult` of the API model.
    ResourceSpecificResult {
        req "EvalResourceName" eval_resource_name: String = RESOURCE_NAME,
        req "EvalResourceDecision" eval_resource_decision: String = POLICY_EVALUATION_DECISION,
        opt "MatchedStatements" matched_statements: Option<Vec<Statement>> = STATEMENT_LIST,
        opt "MissingContextValues" missing_context_values: Option<Vec<String>> = CONTEXT_KEY_NAMES_RESULT_LIST,
        opt "EvalDecisionDetails" eval_decision_details: Option<BTreeMap<String, String>> = EVAL_DECISION_DETAILS,
        opt "PermissionsBoundaryDecisionDetail" permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail> = PERMISSIONS_BOUNDARY_DECISION_DETAIL,
    }
}

structure! {
    /// `PolicyIdentifier` of the API model.
    PolicyIdentifier {
        opt "PolicyType" policy_type: Option<String> = POLICY_IDENTIFIER_POLICY,
        opt "PolicyArn" policy_arn: Option<String> = ARN,
        opt "InlinePolicyIdentifier" inline_policy_identifier: Option<InlinePolicyIdentifier> = INLINE_POLICY_IDENTIFIER,
    }
}

structure! {
    /// `InlinePolicyIdentifierType` of the API model.
    InlinePolicyIdentifier {
        req "PolicyName" policy_name: String = POLICY_NAME,
        req "AttachmentType" attachment_type: String = ATTACHMENT,
        req "AttachmentName" attachment_name: String = ATTACHMENT_NAME,
    }
}

operations! { iam "simulation";

    /// [`GetContextKeysForCustomPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html).
    read(slow) GetContextKeysForCustomPolicy -> GetContextKeysForCustomPolicyOutput ["InvalidInput"] {
        req "PolicyInputList" policy_input_list: Vec<String> = SIMULATION_POLICY_LIST,
    } {
        opt "ContextKeyNames" context_key_names: Option<Vec<String>> = CONTEXT_KEY_NAMES_RESULT_LIST,
    }

    /// [`GetContextKeysForPrincipalPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html).
    read(slow) GetContextKeysForPrincipalPolicy -> GetContextKeysForPrincipalPolicyOutput ["NoSuchEntity", "InvalidInput"] {
        req "PolicySourceArn" policy_source_arn: String = ARN,
        opt "PolicyInputList" policy_input_list: Option<Vec<String>> = SIMULATION_POLICY_LIST,
    } {
        opt "ContextKeyNames" context_key_names: Option<Vec<String>> = CONTEXT_KEY_NAMES_RESULT_LIST,
    }

    /// [`SimulateCustomPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html).
    read SimulateCustomPolicy -> SimulateCustomPolicyOutput ["InvalidInput", "PolicyEvaluation"] pages ["EvaluationResults"] {
        req "PolicyInputList" policy_input_list: Vec<String> = SIMULATION_POLICY_LIST,
        opt "PermissionsBoundaryPolicyInputList" permissions_boundary_policy_input_list: Option<Vec<String>> = SIMULATION_POLICY_LIST,
        opt "OrderedOrganizationPolicyInputList" ordered_organization_policy_input_list: Option<Vec<OrderedOrganizationPolicy>> = ORGANIZATION_POLICY_LIST,
        req "ActionNames" action_names: Vec<String> = ACTION_NAME_LIST,
        opt "ResourceArns" resource_arns: Option<Vec<String>> = RESOURCE_NAME_LIST,
        opt "ResourcePolicy" resource_policy: Option<String> = POLICY_DOCUMENT,
        opt "ResourceOwner" resource_owner: Option<String> = RESOURCE_NAME,
        opt "CallerArn" caller_arn: Option<String> = RESOURCE_NAME,
        opt "ContextEntries" context_entries: Option<Vec<ContextEntry>> = CONTEXT_ENTRY_LIST,
        opt "ResourceHandlingOption" resource_handling_option: Option<String> = RESOURCE_HANDLING_OPTION,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
        opt "Marker" marker: Option<String> = MARKER,
    } {
        opt "EvaluationResults" evaluation_results: Option<Vec<EvaluationResult>> = EVALUATION_RESULTS_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`SimulatePrincipalPolicy`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html).
    read SimulatePrincipalPolicy -> SimulatePrincipalPolicyOutput ["NoSuchEntity", "InvalidInput", "PolicyEvaluation"] pages ["EvaluationResults"] {
        req "PolicySourceArn" policy_source_arn: String = ARN,
        opt "PolicyInputList" policy_input_list: Option<Vec<String>> = SIMULATION_POLICY_LIST,
        opt "PermissionsBoundaryPolicyInputList" permissions_boundary_policy_input_list: Option<Vec<String>> = SIMULATION_POLICY_LIST,
        opt "PolicyExclusionList" policy_exclusion_list: Option<Vec<PolicyIdentifier>> = POLICY_EXCLUSIONS_LIST,
        req "ActionNames" action_names: Vec<String> = ACTION_NAME_LIST,
        opt "ResourceArns" resource_arns: Option<Vec<String>> = RESOURCE_NAME_LIST,
        opt "ResourcePolicy" resource_policy: Option<String> = POLICY_DOCUMENT,
        opt "ResourceOwner" resource_owner: Option<String> = RESOURCE_NAME,
        opt "CallerArn" caller_arn: Option<String> = RESOURCE_NAME,
        opt "ContextEntries" context_entries: Option<Vec<ContextEntry>> = CONTEXT_ENTRY_LIST,
        opt "ResourceHandlingOption" resource_handling_option: Option<String> = RESOURCE_HANDLING_OPTION,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
        opt "Marker" marker: Option<String> = MARKER,
    } {
        opt "EvaluationResults" evaluation_results: Option<Vec<EvaluationResult>> = EVALUATION_RESULTS_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }
}
