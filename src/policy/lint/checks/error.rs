//! The checks for what does not work.

use super::{Check, Severity, checks};

checks! { Error;
    ARN_ACCOUNT_NOT_ALLOWED: "The ARN names an account, but ARNs of this kind of resource leave it empty.",
        "It matches no resource, so the statement does nothing for it.";
    ARN_REGION_NOT_ALLOWED: "The ARN names a Region, but ARNs of this kind of resource leave it empty.",
        "It matches no resource, so the statement does nothing for it.";
    DATA_TYPE_MISMATCH: "The value is of a JSON type that this element does not take.",
        "IAM refuses a document whose elements have the wrong type.";
    DUPLICATE_KEYS_WITH_DIFFERENT_CASE: "The condition key stands here twice, spelt with different case.",
        "Condition keys ignore case, so only one of the two would count.";
    INVALID_ACTION: "The service has no such action.",
        "The name allows or denies nothing; what was meant is missing.";
    INVALID_ARN_ACCOUNT: "The account in the ARN is not twelve digits.",
        "It matches no resource, so the statement does nothing for it.";
    INVALID_ARN_PREFIX: "A resource is `*` or an ARN, which begins with `arn:`.",
        "IAM refuses a document with such a resource.";
    INVALID_ARN_REGION: "The ARN names a Region that does not exist.",
        "It matches no resource, so the statement does nothing for it.";
    INVALID_ARN_RESOURCE: "The last part of the ARN fits no kind of resource of this service.",
        "It matches no resource, so the statement does nothing for it.";
    INVALID_ARN_SERVICE_CASE: "Services in ARNs are written in lower case.",
        "ARNs are compared letter by letter, so it matches no resource.";
    INVALID_CONDITION_DATA_TYPE: "The values of one condition key mix JSON types.",
        "It is unclear how they are compared; write them all as strings.";
    INVALID_CONDITION_KEY_FORMAT: "A condition key is written `service:name`.",
        "No request carries a key of this name, so the condition cannot work.";
    INVALID_CONDITION_MULTIPLE_BOOLEAN: "A Boolean condition takes one value.",
        "With both values listed the condition tests nothing.";
    INVALID_CONDITION_OPERATOR: "There is no such condition operator.",
        "IAM refuses a document with an unknown operator.";
    INVALID_EFFECT: "Effect is `Allow` or `Deny`, spelt so.",
        "IAM refuses a document with any other effect.";
    INVALID_GLOBAL_CONDITION_KEY: "There is no global condition key of this name.",
        "No request carries it, so the condition never has a value to test.";
    INVALID_PARTITION: "The ARN names a partition that does not exist.",
        "It matches no resource, so the statement does nothing for it.";
    INVALID_POLICY_ELEMENT: "Policies have no element of this name.",
        "IAM refuses a document with an unknown element.";
    INVALID_PRINCIPAL_FORMAT: "A principal is `\"*\"` or an object such as `{\"AWS\": …}`.",
        "The service refuses a document with any other form.";
    INVALID_PRINCIPAL_KEY: "Principals are of the types AWS, CanonicalUser, Federated and Service.",
        "The service refuses a document with any other type.";
    INVALID_REGION: "There is no such Region.",
        "No request is made in it, so the condition never matches.";
    INVALID_SERVICE: "There is no service of this name.",
        "No resource and no request has it, so this part does nothing.";
    INVALID_SERVICE_CONDITION_KEY: "The service has no such condition key.",
        "No request carries it, so the condition never has a value to test.";
    INVALID_SERVICE_IN_ACTION: "There is no service with this prefix.",
        "The name allows or denies nothing; what was meant is missing.";
    INVALID_VARIABLE_FOR_OPERATOR: "Policy variables work with string and ARN operators only.",
        "With this operator the variable is taken as plain text.";
    INVALID_VERSION: "Version is 2012-10-17 or 2008-10-17.",
        "IAM refuses a document with any other version.";
    JSON_SYNTAX_ERROR: "This is not valid JSON.",
        "IAM refuses a document that is not JSON.";
    MISSING_ACTION: "The statement has neither Action nor NotAction.",
        "IAM refuses a statement that does not say what it is about.";
    MISSING_ARN_FIELD: "The ARN has too few parts: `arn:partition:service:region:account:resource`.",
        "It matches no resource, so the statement does nothing for it.";
    MISSING_ARN_REGION: "The ARN leaves the Region empty, but ARNs of this kind of resource have one.",
        "It matches no resource, so the statement does nothing for it.";
    MISSING_EFFECT: "The statement has no Effect.",
        "IAM refuses a statement that neither allows nor denies.";
    MISSING_PRINCIPAL: "The statement does not say whom it is about.",
        "A policy of this type needs Principal in every statement.";
    MISSING_QUALIFIER: "Requests carry several values of this key, and the operator has no ForAllValues or ForAnyValue.",
        "Without the prefix the outcome for several values is not defined.";
    MISSING_RESOURCE: "The statement has neither Resource nor NotResource.",
        "IAM refuses a statement that does not say what it reaches.";
    MISSING_STATEMENT: "The policy has no statement.",
        "IAM refuses a policy that says nothing.";
    NULL_WITH_IF_EXISTS: "The operator Null takes no IfExists.",
        "Null tests just whether a key is there; IfExists contradicts it, and IAM refuses it.";
    SCP_SYNTAX_ERROR_ACTION_WILDCARD: "In a service control policy a wildcard may stand only at the end of an action.",
        "AWS Organizations has refused other places; spell the actions out to be safe.";
    SCP_SYNTAX_ERROR_PRINCIPAL: "A service control policy has no Principal.",
        "It applies to all principals of an account; AWS Organizations refuses the element.";
    UNIQUE_SIDS_REQUIRED: "Two statements have the same Sid.",
        "IAM refuses a policy of this type whose Sids are not unique.";
    UNSUPPORTED_ACTION_IN_POLICY: "The action belongs to another service than the resource this policy stands at.",
        "A resource's policy is asked only about actions on that resource.";
    UNSUPPORTED_ELEMENT_COMBINATION: "An element and its Not form exclude each other.",
        "IAM refuses a statement that has both.";
    UNSUPPORTED_GLOBAL_CONDITION_KEY: "The key `aws:ARN` is no longer supported.",
        "Requests carry `aws:PrincipalArn` and `aws:SourceArn` in its place.";
    UNSUPPORTED_PRINCIPAL: "A policy of this type has no Principal.",
        "It speaks of whoever it is attached to; IAM refuses the element.";
    UNSUPPORTED_RESOURCE_ARN_IN_POLICY: "The resource is not the one this policy stands at.",
        "A resource's policy governs that resource and nothing else.";
    UNSUPPORTED_SID: "A Sid of this policy type has letters and digits only.",
        "IAM refuses other characters in it.";
    UNSUPPORTED_WILDCARD_IN_PRINCIPAL: "A wildcard cannot stand for a part of a principal.",
        "The service refuses it: name each principal, or use `*` with a condition on aws:PrincipalArn.";
    MISSING_BRACE_IN_VARIABLE: "The policy variable is never closed with `}`.",
        "It is taken as plain text and matches nothing that was meant.";
    MISSING_QUOTE_IN_VARIABLE: "The default of a policy variable stands in single quotes.",
        "Without both quotes the variable is not valid.";
    UNSUPPORTED_SPACE_IN_VARIABLE: "The name of a policy variable has no blanks.",
        "With a blank it names no value of the request.";
    EMPTY_VARIABLE: "The policy variable names nothing.",
        "It has no value, so what it stands in never matches.";
    VARIABLE_UNSUPPORTED_IN_ELEMENT: "Policy variables work in Resource, NotResource and Condition only.",
        "Here it is taken as plain text.";
    VARIABLE_UNSUPPORTED_IN_VERSION: "Policy variables need Version 2012-10-17.",
        "In a policy of an older version it is taken as plain text.";
    PRIVATE_IP_ADDRESS: "aws:SourceIp holds public addresses, and only private ones are listed.",
        "The condition never matches.";
    PRIVATE_NOT_IP_ADDRESS: "aws:SourceIp holds public addresses, and only private ones are excluded.",
        "The condition always matches, so it limits nothing.";
    POLICY_SIZE_EXCEEDS_SCP_QUOTA: "The policy is longer than a service control policy may be.",
        "AWS Organizations refuses it; split it.";
    INVALID_SERVICE_PRINCIPAL_FORMAT: "A service principal is written `service.amazonaws.com`.",
        "No request carries a value of another form, so the condition never matches.";
    MISSING_TAG_KEY_IN_CONDITION: "The condition key does not say which tag it tests.",
        "No request carries a key without the tag's name, so the condition never has a value to test.";
    INVALID_VPC_FORMAT: "A VPC id is `vpc-` and 8 or 17 letters and digits.",
        "No VPC has such an id, so the condition never matches.";
    INVALID_VPCE_FORMAT: "A VPC endpoint id is `vpce-` and 8 or 17 letters and digits.",
        "No endpoint has such an id, so the condition never matches.";
    FEDERATED_PRINCIPAL_NOT_SUPPORTED: "Only role trust policies take federated principals.",
        "This policy is never asked about one.";
    UNSUPPORTED_ACTION_FOR_CONDITION_KEY: "Requests of this action never carry the condition key.",
        "For this action the condition has no value to test; give it a statement of its own.";
    UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL: "Requests of this service principal never carry the condition key.",
        "The condition has no value to test, so it cannot limit the service.";
    ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL: "A role trust policy has no NotPrincipal.",
        "IAM refuses it: name those who may assume the role.";
    ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL: "A role trust policy does not take the principal `\"*\"`.",
        "It would let anyone assume the role; name those who may.";
    ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE: "A role trust policy has no Resource.",
        "It speaks of the role it is attached to; IAM refuses the element.";
    TYPE_MISMATCH_IP_RANGE: "This is not an IP address or a range of them.",
        "IAM refuses it, or it matches no address.";
    MISSING_ACTION_FOR_CONDITION_KEY: "The condition key works only with an action that is not listed.",
        "Requests of the listed actions never carry the key, so the statement does not do what it says.";
    INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY: "A federated principal is a provider's host name, or the ARN of an OIDC or SAML provider.",
        "No federated request can match it.";
    MISMATCHED_ACTION_FOR_PRINCIPAL: "The principal cannot use this action to assume the role.",
        "SAML providers use AssumeRoleWithSAML, web identities AssumeRoleWithWebIdentity, all others AssumeRole.";
    MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY: "IAM Roles Anywhere needs sts:AssumeRole, sts:SetSourceIdentity and sts:TagSession.",
        "Without all three it cannot make a session.";
    POLICY_SIZE_EXCEEDS_RCP_QUOTA: "The policy is longer than a resource control policy may be.",
        "AWS Organizations refuses it; split it.";
    RCP_SYNTAX_ERROR_PRINCIPAL: "In a resource control policy Principal is `\"*\"`.",
        "AWS Organizations refuses anything else; pick principals out with a condition.";
    RCP_SYNTAX_ERROR_ALLOW: "A resource control policy of your own only denies.",
        "Allowing is left to RCPFullAWSAccess, which AWS attaches.";
    RCP_SYNTAX_ERROR_NOTACTION: "A resource control policy has no NotAction.",
        "AWS Organizations refuses it: list the actions.";
    RCP_SYNTAX_ERROR_ACTION: "Resource control policies do not reach actions of this service.",
        "AWS Organizations refuses actions of services without support, a bare `*` among them.";
    MISSING_ARN_ACCOUNT: "The ARN leaves the account empty, but ARNs of this kind of resource have one.",
        "It matches no resource, so the statement does nothing for it.";
    INVALID_KMS_KEY_VALUE: "The condition key holds the ARN of a KMS key.",
        "No request carries an id or alias there, so the condition never matches.";
    VARIABLE_USAGE_TOO_PERMISSIVE: "The policy variable leaves a key open that should name someone.",
        "Whoever can choose the variable's value can get in.";
    WILDCARD_USAGE_TOO_PERMISSIVE: "The wildcard leaves a key open that should name someone.",
        "It matches identities that no one meant.";
}
