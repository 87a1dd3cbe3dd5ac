//! The checks for what could be said better.

use super::{Check, Severity, checks};

checks! { Suggestion;
    EMPTY_ARRAY_ACTION: "The list of actions is empty.",
        "The statement allows or denies nothing.";
    EMPTY_ARRAY_CONDITION: "The condition key has no values.",
        "The condition never matches, or always if the operator is negated.";
    EMPTY_ARRAY_CONDITION_FORALLVALUES: "ForAllValues with no values matches only when the key is absent.",
        "Null says so plainly.";
    EMPTY_ARRAY_CONDITION_FORANYVALUE: "ForAnyValue with no values never matches.",
        "The statement does nothing.";
    EMPTY_ARRAY_CONDITION_IFEXISTS: "IfExists with no values matches only when the key is absent.",
        "Null says so plainly.";
    EMPTY_ARRAY_PRINCIPAL: "The list of principals is empty.",
        "The statement is about nobody.";
    EMPTY_ARRAY_RESOURCE: "The list of resources is empty.",
        "The statement reaches nothing.";
    EMPTY_OBJECT_CONDITION: "The condition is empty.",
        "It limits nothing, though it may have been meant to.";
    EMPTY_OBJECT_PRINCIPAL: "The principal is empty.",
        "The statement is about nobody.";
    EMPTY_SID_VALUE: "The Sid is empty.",
        "It names nothing; leave it out, or give the statement a name.";
    EQUIVALENT_TO_NULL_FALSE: "The condition tests only that the key is there.",
        "Null with `false` says so plainly.";
    EQUIVALENT_TO_NULL_TRUE: "The condition tests only that the key is absent.",
        "Null with `true` says so plainly.";
    IMPROVE_IP_RANGE: "The address has bits beyond the length of its range.",
        "They are ignored; write the range's first address.";
    NULL_WITH_QUALIFIER: "Null needs no ForAllValues or ForAnyValue.",
        "It tests whether the key is there, however many values it has.";
    PRIVATE_IP_ADDRESS_SUBSET: "aws:SourceIp holds public addresses, and some of those listed are private.",
        "The private ones never match.";
    PRIVATE_NOT_IP_ADDRESS_SUBSET: "aws:SourceIp holds public addresses, and some of those excluded are private.",
        "Excluding the private ones has no effect.";
    REDUNDANT_ACTION: "An action is covered by another of the same list.",
        "It changes nothing and makes the policy longer.";
    REDUNDANT_CONDITION_VALUE_NUM: "Of several limits only one counts.",
        "The widest decides; the others change nothing.";
    REDUNDANT_RESOURCE: "A resource is covered by another of the same list.",
        "It changes nothing and makes the policy longer.";
    REDUNDANT_STATEMENT: "Another statement says the same.",
        "It changes nothing and makes the policy longer.";
    WILDCARD_IN_SERVICE_NAME: "A wildcard stands in the name of a service.",
        "It takes in services that come later; name each service.";
    ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE: "These actions never carry the resource's tags.",
        "The condition has no value to test, so the statement does not allow them.";
    ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE: "NotAction takes in actions that never carry the resource's tags.",
        "For those the condition has no value to test, so they are not allowed.";
    RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL: "A service is limited by a key that is weaker than need be.",
        "aws:SourceArn, aws:SourceAccount, aws:SourceOrgID and aws:SourceOrgPaths say on whose behalf it asks.";
    IRRELEVANT_CONDITION_KEY_IN_POLICY: "The key says what the place of this policy says already.",
        "It is the same for every request, so it limits nothing.";
    REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION: "The condition matches whatever the key's value.",
        "It limits nothing, though it may have been meant to.";
    REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY: "A session is listed beside its own role.",
        "The role covers all its sessions.";
    REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION: "The condition can never match.",
        "The statement does nothing.";
    CONFIRM_AUDIENCE_CLAIM_TYPE: "The prefix is right only if this provider sends several audiences.",
        "With a single audience compare it without a prefix.";
}
