//! The operations of the group "simulation": what goes in, what comes out, and what may go wrong.

use std::collections::BTreeMap;

use super::model::{Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{ARN, BOOLEAN, MARKER, MAX_ITEMS, POLICY_DOCUMENT, POLICY_NAME, RESPONSE_MARKER};

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

/// The shape `ActionNameType`.
static ACTION_NAME: Shape = Shape::Text(text().length(3, 128));
/// The shape `ActionNameListType`.
static ACTION_NAME_LIST: Shape = list(&ACTION_NAME, 0, UNBOUNDED);
/// The shape `AttachmentType`.
static ATTACHMENT: Shape = Shape::Text(text().values(&["user", "group", "role"]));
/// The shape `AttachmentName`.
static ATTACHMENT_NAME: Shape = Shape::Text(text().length(1, 128).pattern(r"[\w+=,.@-]+"));
/// The shape `ColumnNumber`.
static COLUMN_NUMBER: Shape = Shape::Integer { min: None, max: None };
/// The structure `ContextEntry`.
static CONTEXT_ENTRY: Shape = Shape::Structure(ContextEntry::MEMBERS);
/// The shape `ContextEntryListType`.
static CONTEXT_ENTRY_LIST: Shape = list(&CONTEXT_ENTRY, 0, UNBOUNDED);
/// The shape `ContextKeyNameType`.
static CONTEXT_KEY_NAME: Shape = Shape::Text(text().length(5, 256));
/// The shape `ContextKeyNamesResultListType`.
static CONTEXT_KEY_NAMES_RESULT_LIST: Shape = list(&CONTEXT_KEY_NAME, 0, UNBOUNDED);
/// The shape `ContextKeyTypeEnum`.
static CONTEXT_KEY_TYPE_ENUM: Shape = Shape::Text(text().values(&[
    "string",
    "stringList",
    "numeric",
    "numericList",
    "boolean",
    "booleanList",
    "ip",
    "ipList",
    "binary",
    "binaryList",
    "date",
    "dateList",
]));
/// The shape `ContextKeyValueType`.
static CONTEXT_KEY_VALUE: Shape = Shape::Text(text());
/// The shape `ContextKeyValueListType`.
static CONTEXT_KEY_VALUE_LIST: Shape = list(&CONTEXT_KEY_VALUE, 0, UNBOUNDED);
/// The structure `EvaluationResult`.
static EVALUATION_RESULT: Shape = Shape::Structure(EvaluationResult::MEMBERS);
/// The shape `EvaluationResultsListType`.
static EVALUATION_RESULTS_LIST: Shape = list(&EVALUATION_RESULT, 0, UNBOUNDED);
/// The shape `EvalDecisionDetailsType`.
static EVAL_DECISION_DETAILS: Shape = Shape::Map { key: &EVAL_DECISION_SOURCE, value: &POLICY_EVALUATION_DECISION };
/// The shape `EvalDecisionSourceType`.
static EVAL_DECISION_SOURCE: Shape = Shape::Text(text().length(3, 256));
/// The structure `InlinePolicyIdentifierType`.
static INLINE_POLICY_IDENTIFIER: Shape = Shape::Structure(InlinePolicyIdentifier::MEMBERS);
/// The shape `LineNumber`.
static LINE_NUMBER: Shape = Shape::Integer { min: None, max: None };
/// The structure `OrderedOrganizationPolicyType`.
static ORDERED_ORGANIZATION_POLICY: Shape = Shape::Structure(OrderedOrganizationPolicy::MEMBERS);
/// The structure `OrganizationsDecisionDetail`.
static ORGANIZATIONS_DECISION_DETAIL: Shape = Shape::Structure(OrganizationsDecisionDetail::MEMBERS);
/// The shape `OrganizationPolicyListType`.
static ORGANIZATION_POLICY_LIST: Shape = list(&ORDERED_ORGANIZATION_POLICY, 0, 7);
/// The structure `PermissionsBoundaryDecisionDetail`.
static PERMISSIONS_BOUNDARY_DECISION_DETAIL: Shape = Shape::Structure(PermissionsBoundaryDecisionDetail::MEMBERS);
/// The shape `PolicyEvaluationDecisionType`.
static POLICY_EVALUATION_DECISION: Shape = Shape::Text(text().values(&["allowed", "explicitDeny", "implicitDeny"]));
/// The shape `PolicyExclusionsListType`.
static POLICY_EXCLUSIONS_LIST: Shape = list(&POLICY_IDENTIFIER_SHAPE, 0, 256);
/// The shape `PolicyIdentifierType`.
static POLICY_IDENTIFIER: Shape = Shape::Text(text());
/// The shape `PolicyIdentifierPolicyType`.
static POLICY_IDENTIFIER_POLICY: Shape =
    Shape::Text(text().values(&["inline", "aws-managed", "user-managed", "permission-boundary", "scp", "rcp"]));
/// The structure `PolicyIdentifier`.
static POLICY_IDENTIFIER_SHAPE: Shape = Shape::Structure(PolicyIdentifier::MEMBERS);
/// The shape `PolicySourceType`.
static POLICY_SOURCE: Shape =
    Shape::Text(text().values(&["user", "group", "role", "aws-managed", "user-managed", "resource", "none"]));
/// The structure `Position`.
static POSITION: Shape = Shape::Structure(Position::MEMBERS);
/// The shape `ResourceHandlingOptionType`.
static RESOURCE_HANDLING_OPTION: Shape = Shape::Text(text().length(1, 64));
/// The shape `ResourceNameType`.
static RESOURCE_NAME: Shape = Shape::Text(text().length(1, 2048));
/// The shape `ResourceNameListType`.
static RESOURCE_NAME_LIST: Shape = list(&RESOURCE_NAME, 0, UNBOUNDED);
/// The structure `ResourceSpecificResult`.
static RESOURCE_SPECIFIC_RESULT: Shape = Shape::Structure(ResourceSpecificResult::MEMBERS);
/// The shape `ResourceSpecificResultListType`.
static RESOURCE_SPECIFIC_RESULT_LIST: Shape = list(&RESOURCE_SPECIFIC_RESULT, 0, UNBOUNDED);
/// The shape `SimulationPolicyListType`.
static SIMULATION_POLICY_LIST: Shape = list(&POLICY_DOCUMENT, 0, UNBOUNDED);
/// The structure `Statement`.
static STATEMENT: Shape = Shape::Structure(Statement::MEMBERS);
/// The shape `StatementListType`.
static STATEMENT_LIST: Shape = list(&STATEMENT, 0, UNBOUNDED);
