//! The checks for what allows more than is wise.

use super::{Check, Severity, checks};

checks! { SecurityWarning;
    UNTRUSTWORTHY_CONDITION_KEY: "Access depends on a key whose value the caller chooses.",
        "Anyone can send the expected value.";
    ALLOW_WITH_NOT_PRINCIPAL: "Allow with NotPrincipal lets in everyone but those listed.",
        "That includes anonymous users; name those who may, or deny.";
    FORALLVALUES_WITH_SINGLE_VALUED_KEY: "ForAllValues is meant for keys with several values, and this one has a single value.",
        "It is true when the key is absent, so requests without it get through.";
    PASS_ROLE_WITH_NOT_RESOURCE: "iam:PassRole with NotResource reaches every role but those listed.",
        "Whoever may pass a strong role to a service has its rights.";
    PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE: "The action pattern covers iam:PassRole, and NotResource reaches every role but those listed.",
        "Whoever may pass a strong role to a service has its rights.";
    PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE: "NotAction leaves iam:PassRole in, and NotResource reaches every role but those listed.",
        "Whoever may pass a strong role to a service has its rights.";
    PASS_ROLE_WITH_STAR_IN_RESOURCE: "iam:PassRole is allowed on every role.",
        "Whoever may pass a strong role to a service has its rights; name roles, or the service with iam:PassedToService.";
    PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE: "The action pattern covers iam:PassRole, on every role.",
        "Whoever may pass a strong role to a service has its rights.";
    PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION: "NotAction leaves iam:PassRole in, on every role.",
        "Whoever may pass a strong role to a service has its rights.";
    MISSING_PAIRED_CONDITION_KEYS: "The condition key is safe only together with another that is missing.",
        "Private addresses are not unique: another network may use the same ones.";
    DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE: "These actions never carry the resource's tags.",
        "The condition has no value to test, so the statement denies nothing for them.";
    DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE: "NotAction takes in actions that never carry the resource's tags.",
        "For those the condition has no value to test, so they are not denied.";
    RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL: "A service is let in without saying on whose behalf.",
        "Through the service other accounts may reach this resource; test aws:SourceArn or aws:SourceAccount.";
    MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL: "An identity provider is trusted whoever the user is.",
        "Anyone who can sign in there, for any application, can assume the role; test its aud or sub.";
    MISSING_GITHUB_REPO_CONDITION_KEY: "GitHub is trusted whatever the repository.",
        "Any workflow on GitHub can assume the role; test token.actions.githubusercontent.com:sub.";
    STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS: "The key holds an ARN and is compared as a string.",
        "A `*` then crosses the colons of the ARN; ArnLike keeps it within its part.";
    DYNAMODB_ATTRIBUTES_WITHOUT_SELECT: "dynamodb:Attributes is limited and dynamodb:Select is not.",
        "A query that names no attributes returns all of them.";
    S3_PREFIX_IN_NEGATIVE_CONTEXT: "s3:prefix is used to keep callers out.",
        "A caller who sends a shorter prefix, or none, lists the same objects.";
    FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE: "ForAnyValue is meant for keys with several values, and the audience has one.",
        "Compare it without a prefix, which says what is meant.";
}
