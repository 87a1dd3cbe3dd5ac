//! IAM's errors: a code, the HTTP status that goes with it, and a message in AWS's words.
//!
//! Codes and statuses follow the IAM API reference (per operation, and "Common Errors"); the messages are those that AWS
//! was recorded to send.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A result in IAM's terms.
pub type Result<T> = std::result::Result<T, Error>;

/// An error as IAM answers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Error {
    /// `NoSuchEntity`, `LimitExceeded`, …
    pub code: Cow<'static, str>,
    /// The HTTP status of the answer.
    pub status: u16,
    /// What went wrong. Empty for the few errors that AWS sends without a message.
    pub message: String,
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.message.is_empty() { f.write_str(&self.code) } else { write!(f, "{}: {}", self.code, self.message) }
    }
}

macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident = $code:literal $status:literal,)*) => {
        impl Error {
            $($(#[$doc])* pub fn $name(message: impl Into<String>) -> Self {
                Self { code: Cow::Borrowed($code), status: $status, message: message.into() }
            })*
        }

        /// The HTTP status that goes with a code, where IAM or STS has one.
        fn status_of(code: &str) -> Option<u16> {
            match code { $($code => Some($status),)* _ => None }
        }
    };
}

errors! {
    /// The caller may not do this.
    access_denied = "AccessDenied" 403,
    /// Two requests changed the same thing at once.
    concurrent_modification = "ConcurrentModification" 409,
    /// A report was asked for before one was generated.
    report_not_present = "ReportNotPresent" 410,
    /// The credential report is older than four hours.
    report_expired = "ReportExpired" 410,
    /// The credential report is being made.
    report_in_progress = "ReportInProgress" 404,
    /// Something else must be deleted or detached first.
    delete_conflict = "DeleteConflict" 409,
    /// The certificate was uploaded before.
    duplicate_certificate = "DuplicateCertificate" 409,
    /// The SSH key was uploaded before.
    duplicate_ssh_public_key = "DuplicateSSHPublicKey" 400,
    /// The name is taken.
    already_exists = "EntityAlreadyExists" 409,
    /// The entity is being created and cannot be changed yet.
    temporarily_unmodifiable = "EntityTemporarilyUnmodifiable" 409,
    /// One of the two authentication codes is wrong.
    invalid_authentication_code = "InvalidAuthenticationCode" 403,
    /// The certificate is not valid.
    invalid_certificate = "InvalidCertificate" 400,
    /// An input is wrong in a way that the model does not say.
    invalid_input = "InvalidInput" 400,
    /// The public key is not valid.
    invalid_public_key = "InvalidPublicKey" 400,
    /// The user type does not fit the operation.
    invalid_user_type = "InvalidUserType" 400,
    /// Public key and certificate do not belong together.
    key_pair_mismatch = "KeyPairMismatch" 400,
    /// A quota of the account is reached.
    limit_exceeded = "LimitExceeded" 409,
    /// The certificate cannot be read.
    malformed_certificate = "MalformedCertificate" 400,
    /// IAM refuses the policy document.
    malformed_policy_document = "MalformedPolicyDocument" 400,
    /// The entity does not exist.
    no_such_entity = "NoSuchEntity" 404,
    /// The provider could not be reached.
    open_id_idp_communication = "OpenIdIdpCommunicationError" 400,
    /// The password does not obey the account's password policy.
    password_policy_violation = "PasswordPolicyViolation" 400,
    /// The simulation could not be evaluated.
    policy_evaluation = "PolicyEvaluation" 500,
    /// The managed policy may not be attached here.
    policy_not_attachable = "PolicyNotAttachable" 400,
    /// Something failed on the service's side.
    service_failure = "ServiceFailure" 500,
    /// The service does not support this.
    not_supported_service = "NotSupportedService" 404,
    /// Only AWS can change this entity.
    unmodifiable_entity = "UnmodifiableEntity" 400,
    /// The public key's encoding is not known.
    unrecognized_public_key_encoding = "UnrecognizedPublicKeyEncoding" 400,
    /// The account is not part of an organization, or not its management account.
    account_not_management_or_delegated = "AccountNotManagementOrDelegatedAdministratorException" 400,
    /// The account is in no organization.
    organization_not_found = "OrganizationNotFoundException" 400,
    /// The organization does not have all features on.
    organization_not_in_all_features = "OrganizationNotInAllFeaturesModeException" 400,
    /// AWS Organizations does not trust IAM yet.
    service_access_not_enabled = "ServiceAccessNotEnabledException" 400,
    /// The caller is not the organization's management account.
    caller_is_not_management_account = "CallerIsNotManagementAccountException" 400,
    /// Outbound identity federation is on already.
    feature_enabled = "FeatureEnabledException" 409,
    /// Outbound identity federation is off.
    feature_disabled = "FeatureDisabledException" 404,
    /// One or more inputs break the constraints of the API model.
    validation = "ValidationError" 400,
    /// No signature came with the request.
    missing_authentication_token = "MissingAuthenticationToken" 403,
    /// The signature is not complete.
    incomplete_signature = "IncompleteSignature" 400,
    /// The access key is not known, or not active.
    invalid_client_token_id = "InvalidClientTokenId" 403,
    /// The signature is wrong, or out of date.
    signature_does_not_match = "SignatureDoesNotMatch" 403,
    /// The session token has expired.
    expired_token = "ExpiredToken" 403,
    /// The token of a web identity or SAML response has expired.
    expired_token_exception = "ExpiredTokenException" 400,
    /// No such operation.
    invalid_action = "InvalidAction" 400,
    /// A required parameter is absent.
    missing_parameter = "MissingParameter" 400,
    /// A parameter's value does not fit.
    invalid_parameter_value = "InvalidParameterValue" 400,
    /// Parameters that do not go together.
    invalid_parameter_combination = "InvalidParameterCombination" 400,
    /// The query string cannot be read.
    malformed_query_string = "MalformedQueryString" 404,
    /// Too many requests.
    throttling = "Throttling" 400,
    /// The service cannot answer now.
    service_unavailable = "ServiceUnavailable" 503,
    /// The service failed.
    internal_failure = "InternalFailure" 500,
    /// The packed session policies and tags are too large.
    packed_policy_too_large = "PackedPolicyTooLarge" 400,
    /// The identity provider rejected the claim.
    idp_rejected_claim = "IDPRejectedClaim" 403,
    /// The identity provider could not be reached.
    idp_communication = "IDPCommunicationError" 400,
    /// The identity token is not valid.
    invalid_identity_token = "InvalidIdentityToken" 400,
    /// The authorization message is not one of ours.
    invalid_authorization_message = "InvalidAuthorizationMessageException" 400,
    /// STS is not on in this region.
    region_disabled = "RegionDisabledException" 403,
    /// Outbound web identity federation is off for the account.
    outbound_web_identity_disabled = "OutboundWebIdentityFederationDisabledException" 403,
    /// The trade-in token has expired.
    expired_trade_in_token = "ExpiredTradeInTokenException" 400,
    /// The token would outlive its session.
    session_duration_escalation = "SessionDurationEscalationException" 403,
    /// The web identity token would be too large.
    jwt_payload_size_exceeded = "JWTPayloadSizeExceededException" 400,
}

impl Error {
    /// An error as an endpoint sent it.
    pub fn received(code: String, status: u16, message: String) -> Self {
        Self { code: Cow::Owned(code), status, message }
    }

    /// An error known by its code alone; 400 where IAM names no status.
    pub fn of_code(code: String, message: String) -> Self {
        let status = status_of(&code).unwrap_or(400);
        Self { code: Cow::Owned(code), status, message }
    }

    /// `<Type>` of the error document: whose fault it is.
    pub fn fault(&self) -> &'static str {
        if self.status >= 500 { "Receiver" } else { "Sender" }
    }
}
