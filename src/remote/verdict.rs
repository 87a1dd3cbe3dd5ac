//! What to do about a failed attempt: pure rules, no I/O.
//!
//! Follows the IAM API reference ("Common Error Types") and the AWS SDKs and Tools Reference Guide ("Retry behavior").
//! Throttling is a refusal: nothing was done, so every call may come again. After a lost answer or a failing server
//! only a call that may be done twice comes again.

use super::Error;
use crate::api::{Access, Model, operations};

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Refused for coming too soon: wait and repeat, whatever the call.
    Throttled,
    /// A passing fault: wait and repeat.
    Transient,
    /// The call may have been done, and must not be done twice.
    Unknown,
    /// Perhaps this machine's clock is wrong.
    Clock,
    /// The credentials ran out meanwhile.
    Stale,
    /// It stays as it is.
    Final,
}

/// Error codes for too many requests.
const THROTTLING: [&str; 10] = [
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottled",
    "RequestThrottledException",
    "TooManyRequestsException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "SlowDown",
    "PriorRequestNotComplete",
];

/// Error codes for a server that failed, beside every status of 500 and more.
const TRANSIENT: [&str; 5] =
    ["InternalFailure", "InternalError", "ServiceUnavailable", "RequestTimeout", "RequestTimeoutException"];

/// Error codes that a wrong clock brings about.
const CLOCK: [&str; 5] = [
    "SignatureDoesNotMatch",
    "RequestExpired",
    "RequestTimeTooSkewed",
    "RequestInTheFuture",
    "InvalidSignatureException",
];

/// Error codes for credentials that have run out.
const STALE: [&str; 3] = ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"];

/// What starts the names of writes that leave the same behind, done once or twice.
const REPEATABLE: [&str; 10] = ["Put", "Attach", "Detach", "Delete", "Update", "Tag", "Untag", "Add", "Remove", "Set"];

/// Writes whose names say so, but that start something anew each time.
const NOT_REPEATABLE: [&str; 2] = ["DeleteServiceLinkedRole", "UpdateDelegationRequest"];

/// Whether a call may be done twice.
pub(super) fn is_repeatable(model: &Model) -> bool {
    model.access == Access::Read
        || (REPEATABLE.iter().any(|verb| model.name.starts_with(verb)) && !NOT_REPEATABLE.contains(&model.name))
}

/// What a failed attempt calls for; `sent` is whether anything of it may have reached the endpoint.
pub(super) fn judge(model: &Model, error: &Error, sent: bool) -> Verdict {
    let lost = if sent && !is_repeatable(model) { Verdict::Unknown } else { Verdict::Transient };
    match error {
        Error::Transport(super::Transport::Tls { .. }) => Verdict::Final,
        Error::Transport(_) => lost,
        Error::Service { error, .. } => match error.code.as_ref() {
            code if THROTTLING.contains(&code) || error.status == 429 => Verdict::Throttled,
            code if TRANSIENT.contains(&code) || error.status >= 500 => lost,
            code if STALE.contains(&code) => Verdict::Stale,
            code if CLOCK.contains(&code) => Verdict::Clock,
            _ => Verdict::Final,
        },
        // A garbled success was done all the same; a proxy's error page need not have been.
        Error::Unreadable { status, .. } if *status < 300 && !is_repeatable(model) => Verdict::Unknown,
        Error::Unreadable { status: 429, .. } => Verdict::Throttled,
        Error::Unreadable { status: 500.., .. } => lost,
        _ => Verdict::Final,
    }
}

/// The operation that tells whether a `Create…` or `Upload…` was done: its `List…s`, or else its `Get…`.
pub(super) fn read_back(model: &Model) -> Option<&'static Model> {
    let noun = ["Create", "Upload"].iter().find_map(|verb| model.name.strip_prefix(verb))?;
    let plural = noun.strip_suffix('y').map_or_else(|| format!("List{noun}s"), |stem| format!("List{stem}ies"));
    let names = [plural, format!("List{noun}s"), format!("List{noun}es"), format!("Get{noun}")];
    names.iter().find_map(|name| operations().find(|m| m.service == model.service && m.name == name))
}

#[cfg(test)]
mod tests {
    use super::super::Transport;
    use super::{Error, Verdict, judge, read_back};
    use crate::api::{Model, Service, find};

    fn model(name: &str) -> &'static Model {
        find(Service::Iam, name).unwrap()
    }

    fn service(code: &str, status: u16) -> Error {
        let error = crate::iam::Error::received(code.into(), status, String::new());
        Error::Service { operation: "", error, request_id: None }
    }

    #[test]
    fn throttling_is_repeated_and_a_quota_is_not() {
        for name in ["ListUsers", "CreateAccessKey", "DeleteUser"] {
            assert_eq!(judge(model(name), &service("Throttling", 400), true), Verdict::Throttled);
            assert_eq!(judge(model(name), &service("LimitExceeded", 409), true), Verdict::Final);
        }
    }

    #[test]
    fn a_call_that_makes_something_new_is_not_repeated_once_sent() {
        let broken = || Error::Transport(Transport::Broken { host: String::new(), reason: String::new() });
        for name in ["CreateAccessKey", "CreatePolicyVersion", "CreateLoginProfile", "CreateUser", "UploadSSHPublicKey"]
        {
            assert_eq!(judge(model(name), &broken(), true), Verdict::Unknown, "{name}");
            assert_eq!(judge(model(name), &service("ServiceFailure", 500), true), Verdict::Unknown, "{name}");
            assert_eq!(judge(model(name), &broken(), false), Verdict::Transient, "{name}: nothing was sent");
        }
        for name in ["ListUsers", "PutUserPolicy", "DeleteUser", "AttachRolePolicy", "TagUser", "UpdateAccessKey"] {
            assert_eq!(judge(model(name), &broken(), true), Verdict::Transient, "{name}");
        }
        for name in ["ChangePassword", "EnableMFADevice", "ResetServiceSpecificCredential", "DeleteServiceLinkedRole"] {
            assert_eq!(judge(model(name), &broken(), true), Verdict::Unknown, "{name}");
        }
    }

    #[test]
    fn refusals_are_final() {
        for (code, status) in [("AccessDenied", 403), ("NoSuchEntity", 404), ("InvalidClientTokenId", 403)] {
            assert_eq!(judge(model("ListUsers"), &service(code, status), true), Verdict::Final);
        }
        assert_eq!(judge(model("ListUsers"), &service("ExpiredToken", 403), true), Verdict::Stale);
        assert_eq!(judge(model("ListUsers"), &service("SignatureDoesNotMatch", 403), true), Verdict::Clock);
    }

    #[test]
    fn a_lost_creation_names_what_tells() {
        for (name, told_by) in [
            ("CreateAccessKey", Some("ListAccessKeys")),
            ("CreatePolicyVersion", Some("ListPolicyVersions")),
            ("CreateLoginProfile", Some("GetLoginProfile")),
            ("CreatePolicy", Some("ListPolicies")),
            ("CreateAccountAlias", Some("ListAccountAliases")),
            ("UploadSSHPublicKey", Some("ListSSHPublicKeys")),
            ("ChangePassword", None),
        ] {
            assert_eq!(read_back(model(name)).map(|m| m.name), told_by, "{name}");
        }
    }
}
