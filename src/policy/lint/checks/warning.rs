//! The checks for what strays from good practice.

use super::{Check, Severity, checks};

checks! { Warning;
    CREATE_SLR_WITH_NOT_RESOURCE: "iam:CreateServiceLinkedRole with NotResource reaches every role but those listed.",
        "It lets service-linked roles be made for services no one meant.";
    CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE: "The action pattern covers iam:CreateServiceLinkedRole, and NotResource reaches every role but those listed.",
        "It lets service-linked roles be made for services no one meant.";
    CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE: "NotAction leaves iam:CreateServiceLinkedRole in, and NotResource reaches every role but those listed.",
        "It lets service-linked roles be made for services no one meant.";
    CREATE_SLR_WITH_STAR_IN_RESOURCE: "iam:CreateServiceLinkedRole is allowed for every service.",
        "It lets service-linked roles be made for services no one meant; name the service with iam:AWSServiceName.";
    CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE: "The action pattern covers iam:CreateServiceLinkedRole, for every service.",
        "It lets service-linked roles be made for services no one meant.";
    CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION: "NotAction leaves iam:CreateServiceLinkedRole in, for every service.",
        "It lets service-linked roles be made for services no one meant.";
    DEPRECATED_GLOBAL_CONDITION_KEY: "The key `aws:ARN` has been replaced.",
        "aws:PrincipalArn names who asks, aws:SourceArn the resource that makes a service ask.";
    INVALID_DATE_VALUE: "The date is written as a number of seconds.",
        "A date such as 2025-01-01T00:00:00Z is read the same everywhere and can be checked by eye.";
    INVALID_ROLE_REFERENCE: "The principal is the id of a role instead of its ARN.",
        "IAM shows an id where the role was deleted, so this most likely lets nobody in.";
    INVALID_USER_REFERENCE: "The principal is the id of a user instead of its ARN.",
        "IAM shows an id where the user was deleted, so this most likely lets nobody in.";
    MISSING_VERSION: "The policy does not name its Version.",
        "It is read as of 2008-10-17, without policy variables.";
    UNIQUE_SIDS_RECOMMENDED: "Two statements have the same Sid.",
        "The service takes it, but findings and logs cannot tell the statements apart.";
    WILDCARD_WITHOUT_LIKE_OPERATOR: "The operator compares letter by letter, and the value has a wildcard.",
        "It is taken as plain text; StringLike and ArnLike read wildcards.";
    POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA: "The policy is longer than any identity may have.",
        "IAM refuses it; split it.";
    POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA: "The policy is longer than this resource may have.",
        "The service refuses it; split it or widen its patterns.";
    TYPE_MISMATCH: "The operator is for another type than the condition key has.",
        "The comparison may fail for every request.";
    TYPE_MISMATCH_BOOLEAN: "The operator compares with `true` or `false`.",
        "Any other value never matches.";
    TYPE_MISMATCH_DATE: "The operator compares dates, and this is not one.",
        "The value never matches.";
    TYPE_MISMATCH_NUMBER: "The operator compares numbers, and this is not one.",
        "The value never matches.";
    TYPE_MISMATCH_STRING: "The operator compares Base64 text, and this is not such.",
        "The value never matches.";
    SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED: "The subject leaves GitHub's repository or branch open.",
        "Workflows of other repositories or branches can assume the role.";
    POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA: "The policy is longer than a role trust policy may be by default.",
        "IAM refuses it unless the quota has been raised.";
    RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY: "The condition tests who asks and does not except AWS services.",
        "Services that act for you do not carry the key and would be shut out; test aws:PrincipalIsAWSService.";
    RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY: "The condition tests on whose behalf a service asks and is not limited to services.",
        "Other requests do not carry the key; test aws:PrincipalIsAWSService.";
    RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK: "The condition tests on whose behalf a service asks, also where the service does not say.",
        "Services that ask on no one's behalf would be shut out; test aws:SourceAccount or aws:SourceArn with Null.";
    USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES: "Only some services set this condition key, and the actions take in others.",
        "For the others the condition has no value to test.";
}
