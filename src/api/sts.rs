//! The operations of the group "sts": what goes in, what comes out, and what may go wrong.

use super::model::{operations, structure};
use super::sts_shapes::{
    ACCESS_KEY_ID, ACCESS_KEY_SECRET, ACCOUNT, ARN, ASSUMED_ROLE_ID, ASSUMED_ROLE_USER, AUDIENCE, CLIENT_TOKEN,
    CONTEXT_ASSERTION, CREDENTIALS, DATE, DECODED_MESSAGE, DURATION_SECONDS, ENCODED_MESSAGE, EXTERNAL_ID,
    FEDERATED_ID, FEDERATED_USER, ISSUER, JWT_ALGORITHM, MINIMUM_SESSION_TOKEN_SIZE, NAME_QUALIFIER,
    NON_NEGATIVE_INTEGER, POLICY_DESCRIPTOR, POLICY_DESCRIPTOR_LIST, PROVIDED_CONTEXTS_LIST, ROLE_DURATION_SECONDS,
    ROLE_SESSION_NAME, ROOT_DURATION_SECONDS, SAML_ASSERTION, SERIAL_NUMBER, SESSION_POLICY_DOCUMENT,
    SESSION_TOKEN_SIZE, SESSION_TOKEN_UTILIZATION, SOURCE_IDENTITY, SUBJECT, SUBJECT_SHAPE, TAG_KEY, TAG_KEY_LIST,
    TAG_LIST, TAG_VALUE, TARGET_PRINCIPAL, TOKEN, TOKEN_CODE, TRADE_IN_TOKEN, UNRESTRICTED_SESSION_POLICY_DOCUMENT,
    URL, USER_ID, USER_NAME, WEB_IDENTITY_SUBJECT, WEB_IDENTITY_TOKEN, WEB_IDENTITY_TOKEN_AUDIENCE_LIST,
    WEB_IDENTITY_TOKEN_DURATION_SECONDS,
};
use jiff::Timestamp;

structure! {
    /// `PolicyDescriptorType` of the API model.
    PolicyDescriptor {
        opt "arn" arn: Option<String> = ARN,
    }
}

structure! {
    /// `Tag` of the API model.
    Tag {
        req "Key" key: String = TAG_KEY,
        req "Value" value: String = TAG_VALUE,
    }
}

structure! {
    /// `ProvidedContext` of the API model.
    ProvidedContext {
        opt "ProviderArn" provider_arn: Option<String> = ARN,
        opt "ContextAssertion" context_assertion: Option<String> = CONTEXT_ASSERTION,
    }
}

structure! {
    /// `Credentials` of the API model.
    Credentials {
        req "AccessKeyId" access_key_id: String = ACCESS_KEY_ID,
        req "SecretAccessKey" secret_access_key: String = ACCESS_KEY_SECRET,
        req "SessionToken" session_token: String = TOKEN,
        req "Expiration" expiration: Timestamp = DATE,
    }
}

structure! {
    /// `AssumedRoleUser` of the API model.
    AssumedRoleUser {
        req "AssumedRoleId" assumed_role_id: String = ASSUMED_ROLE_ID,
        req "Arn" arn: String = ARN,
    }
}

structure! {
    /// `FederatedUser` of the API model.
    FederatedUser {
        req "FederatedUserId" federated_user_id: String = FEDERATED_ID,
        req "Arn" arn: String = ARN,
    }
}

operations! { sts "sts";

    /// [`AssumeRole`](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html).
    read(leaves_trace) AssumeRole -> AssumeRoleOutput ["MalformedPolicyDocument", "PackedPolicyTooLarge", "RegionDisabledException", "ExpiredTokenException"] {
        req "RoleArn" role_arn: String = ARN,
        req "RoleSessionName" role_session_name: String = ROLE_SESSION_NAME,
        opt "PolicyArns" policy_arns: Option<Vec<PolicyDescriptor>> = POLICY_DESCRIPTOR_LIST,
        opt "Policy" policy: Option<String> = UNRESTRICTED_SESSION_POLICY_DOCUMENT,
        opt "DurationSeconds" duration_seconds: Option<i64> = ROLE_DURATION_SECONDS,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
        opt "TransitiveTagKeys" transitive_tag_keys: Option<Vec<String>> = TAG_KEY_LIST,
        opt "ExternalId" external_id: Option<String> = EXTERNAL_ID,
        opt "SerialNumber" serial_number: Option<String> = SERIAL_NUMBER,
        opt "TokenCode" token_code: Option<String> = TOKEN_CODE,
        opt "SourceIdentity" source_identity: Option<String> = SOURCE_IDENTITY,
        opt "ProvidedContexts" provided_contexts: Option<Vec<ProvidedContext>> = PROVIDED_CONTEXTS_LIST,
        opt "MinimumSessionTokenSize" minimum_session_token_size: Option<i64> = MINIMUM_SESSION_TOKEN_SIZE,
    } {
        opt "Credentials" credentials: Option<Credentials> = CREDENTIALS,
        opt "AssumedRoleUser" assumed_role_user: Option<AssumedRoleUser> = ASSUMED_ROLE_USER,
        opt "PackedPolicySize" packed_policy_size: Option<i64> = NON_NEGATIVE_INTEGER,
        opt "SourceIdentity" source_identity: Option<String> = SOURCE_IDENTITY,
        opt "SessionTokenUtilization" session_token_utilization: Option<i64> = SESSION_TOKEN_UTILIZATION,
        opt "SessionTokenSize" session_token_size: Option<i64> = SESSION_TOKEN_SIZE,
    }

    /// [`AssumeRoleWithSAML`](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html).
    read(leaves_trace) AssumeRoleWithSAML -> AssumeRoleWithSAMLOutput ["MalformedPolicyDocument", "PackedPolicyTooLarge", "IDPRejectedClaim", "InvalidIdentityToken", "ExpiredTokenException", "RegionDisabledException"] {
        req "RoleArn" role_arn: String = ARN,
        req "PrincipalArn" principal_arn: String = ARN,
        req "SAMLAssertion" saml_assertion: String = SAML_ASSERTION,
        opt "PolicyArns" policy_arns: Option<Vec<PolicyDescriptor>> = POLICY_DESCRIPTOR_LIST,
        opt "Policy" policy: Option<String> = SESSION_POLICY_DOCUMENT,
        opt "DurationSeconds" duration_seconds: Option<i64> = ROLE_DURATION_SECONDS,
        opt "MinimumSessionTokenSize" minimum_session_token_size: Option<i64> = MINIMUM_SESSION_TOKEN_SIZE,
    } {
        opt "Credentials" credentials: Option<Credentials> = CREDENTIALS,
        opt "AssumedRoleUser" assumed_role_user: Option<AssumedRoleUser> = ASSUMED_ROLE_USER,
        opt "PackedPolicySize" packed_policy_size: Option<i64> = NON_NEGATIVE_INTEGER,
        opt "Subject" subject: Option<String> = SUBJECT,
        opt "SubjectType" subject_type: Option<String> = SUBJECT_SHAPE,
        opt "Issuer" issuer: Option<String> = ISSUER,
        opt "Audience" audience: Option<String> = AUDIENCE,
        opt "NameQualifier" name_qualifier: Option<String> = NAME_QUALIFIER,
        opt "SourceIdentity" source_identity: Option<String> = SOURCE_IDENTITY,
        opt "SessionTokenUtilization" session_token_utilization: Option<i64> = SESSION_TOKEN_UTILIZATION,
        opt "SessionTokenSize" session_token_size: Option<i64> = SESSION_TOKEN_SIZE,
    }

    /// [`AssumeRoleWithWebIdentity`](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html).
    read(leaves_trace) AssumeRoleWithWebIdentity -> AssumeRoleWithWebIdentityOutput ["MalformedPolicyDocument", "PackedPolicyTooLarge", "IDPRejectedClaim", "IDPCommunicationError", "InvalidIdentityToken", "ExpiredTokenException", "RegionDisabledException"] {
        req "RoleArn" role_arn: String = ARN,
        req "RoleSessionName" role_session_name: String = ROLE_SESSION_NAME,
        req "WebIdentityToken" web_identity_token: String = CLIENT_TOKEN,
        opt "ProviderId" provider_id: Option<String> = URL,
        opt "PolicyArns" policy_arns: Option<Vec<PolicyDescriptor>> = POLICY_DESCRIPTOR_LIST,
        opt "Policy" policy: Option<String> = SESSION_POLICY_DOCUMENT,
        opt "DurationSeconds" duration_seconds: Option<i64> = ROLE_DURATION_SECONDS,
        opt "MinimumSessionTokenSize" minimum_session_token_size: Option<i64> = MINIMUM_SESSION_TOKEN_SIZE,
    } {
        opt "Credentials" credentials: Option<Credentials> = CREDENTIALS,
        opt "SubjectFromWebIdentityToken" subject_from_web_identity_token: Option<String> = WEB_IDENTITY_SUBJECT,
        opt "AssumedRoleUser" assumed_role_user: Option<AssumedRoleUser> = ASSUMED_ROLE_USER,
        opt "PackedPolicySize" packed_policy_size: Option<i64> = NON_NEGATIVE_INTEGER,
        opt "Provider" provider: Option<String> = ISSUER,
        opt "Audience" audience: Option<String> = AUDIENCE,
        opt "SourceIdentity" source_identity: Option<String> = SOURCE_IDENTITY,
        opt "SessionTokenUtilization" session_token_utilization: Option<i64> = SESSION_TOKEN_UTILIZATION,
        opt "SessionTokenSize" session_token_size: Option<i64> = SESSION_TOKEN_SIZE,
    }

    /// [`AssumeRoot`](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html).
    read(leaves_trace) AssumeRoot -> AssumeRootOutput ["RegionDisabledException", "ExpiredTokenException"] {
        req "TargetPrincipal" target_principal: String = TARGET_PRINCIPAL,
        req "TaskPolicyArn" task_policy_arn: PolicyDescriptor = POLICY_DESCRIPTOR,
        opt "DurationSeconds" duration_seconds: Option<i64> = ROOT_DURATION_SECONDS,
        opt "MinimumSessionTokenSize" minimum_session_token_size: Option<i64> = MINIMUM_SESSION_TOKEN_SIZE,
    } {
        opt "Credentials" credentials: Option<Credentials> = CREDENTIALS,
        opt "SourceIdentity" source_identity: Option<String> = SOURCE_IDENTITY,
        opt "SessionTokenUtilization" session_token_utilization: Option<i64> = SESSION_TOKEN_UTILIZATION,
        opt "SessionTokenSize" session_token_size: Option<i64> = SESSION_TOKEN_SIZE,
    }

    /// [`DecodeAuthorizationMessage`](https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html).
    read DecodeAuthorizationMessage -> DecodeAuthorizationMessageOutput ["InvalidAuthorizationMessageException"] {
        req "EncodedMessage" encoded_message: String = ENCODED_MESSAGE,
    } {
        opt "DecodedMessage" decoded_message: Option<String> = DECODED_MESSAGE,
    }

    /// [`GetAccessKeyInfo`](https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html).
    read GetAccessKeyInfo -> GetAccessKeyInfoOutput [] {
        req "AccessKeyId" access_key_id: String = ACCESS_KEY_ID,
    } {
        opt "Account" account: Option<String> = ACCOUNT,
    }

    /// [`GetCallerIdentity`](https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html).
    read GetCallerIdentity -> GetCallerIdentityOutput [] {} {
        opt "UserId" user_id: Option<String> = USER_ID,
        opt "Account" account: Option<String> = ACCOUNT,
        opt "Arn" arn: Option<String> = ARN,
    }

    /// [`GetDelegatedAccessToken`](https://docs.aws.amazon.com/STS/latest/APIReference/API_GetDelegatedAccessToken.html).
    read(leaves_trace) GetDelegatedAccessToken -> GetDelegatedAccessTokenOutput ["ExpiredTradeInTokenException", "RegionDisabledException", "PackedPolicyTooLarge"] {
        req "TradeInToken" trade_in_token: String = TRADE_IN_TOKEN,
    } {
        opt "Credentials" credentials: Option<Credentials> = CREDENTIALS,
        opt "PackedPolicySize" packed_policy_size: Option<i64> = NON_NEGATIVE_INTEGER,
        opt "AssumedPrincipal" assumed_principal: Option<String> = ARN,
    }

    /// [`GetFederationToken`](https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html).
    read(leaves_trace) GetFederationToken -> GetFederationTokenOutput ["MalformedPolicyDocument", "PackedPolicyTooLarge", "RegionDisabledException"] {
        req "Name" name: String = USER_NAME,
        opt "Policy" policy: Option<String> = SESSION_POLICY_DOCUMENT,
        opt "PolicyArns" policy_arns: Option<Vec<PolicyDescriptor>> = POLICY_DESCRIPTOR_LIST,
        opt "DurationSeconds" duration_seconds: Option<i64> = DURATION_SECONDS,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
        opt "MinimumSessionTokenSize" minimum_session_token_size: Option<i64> = MINIMUM_SESSION_TOKEN_SIZE,
    } {
        opt "Credentials" credentials: Option<Credentials> = CREDENTIALS,
        opt "FederatedUser" federated_user: Option<FederatedUser> = FEDERATED_USER,
        opt "PackedPolicySize" packed_policy_size: Option<i64> = NON_NEGATIVE_INTEGER,
        opt "SessionTokenUtilization" session_token_utilization: Option<i64> = SESSION_TOKEN_UTILIZATION,
        opt "SessionTokenSize" session_token_size: Option<i64> = SESSION_TOKEN_SIZE,
    }

    /// [`GetSessionToken`](https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html).
    read(leaves_trace) GetSessionToken -> GetSessionTokenOutput ["RegionDisabledException"] {
        opt "DurationSeconds" duration_seconds: Option<i64> = DURATION_SECONDS,
        opt "SerialNumber" serial_number: Option<String> = SERIAL_NUMBER,
        opt "TokenCode" token_code: Option<String> = TOKEN_CODE,
        opt "MinimumSessionTokenSize" minimum_session_token_size: Option<i64> = MINIMUM_SESSION_TOKEN_SIZE,
    } {
        opt "Credentials" credentials: Option<Credentials> = CREDENTIALS,
        opt "SessionTokenUtilization" session_token_utilization: Option<i64> = SESSION_TOKEN_UTILIZATION,
        opt "SessionTokenSize" session_token_size: Option<i64> = SESSION_TOKEN_SIZE,
    }

    /// [`GetWebIdentityToken`](https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html).
    read(leaves_trace, slow) GetWebIdentityToken -> GetWebIdentityTokenOutput ["SessionDurationEscalationException", "OutboundWebIdentityFederationDisabledException", "JWTPayloadSizeExceededException"] {
        req "Audience" audience: Vec<String> = WEB_IDENTITY_TOKEN_AUDIENCE_LIST,
        opt "DurationSeconds" duration_seconds: Option<i64> = WEB_IDENTITY_TOKEN_DURATION_SECONDS,
        req "SigningAlgorithm" signing_algorithm: String = JWT_ALGORITHM,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    } {
        opt "WebIdentityToken" web_identity_token: Option<String> = WEB_IDENTITY_TOKEN,
        opt "Expiration" expiration: Option<Timestamp> = DATE,
    }
}
