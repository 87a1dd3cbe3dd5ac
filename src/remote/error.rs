//! What may go wrong on the way to an endpoint and back: a sentence in plain words, and the remedy kept apart.
//!
//! No credential is ever part of an error.

use crate::api::Model;
use crate::iam;

/// Why a call has no answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The service refused the call, or failed.
    #[error("{error}")]
    Service {
        /// The operation's name.
        operation: &'static str,
        /// Code, status and message.
        error: iam::Error,
        /// What AWS support asks for.
        request_id: Option<String>,
    },
    /// The call was sent and its answer lost, and the call must not be repeated: it may have been done.
    #[error("nobody knows whether {} was done: {cause}", .operation.name)]
    OutcomeUnknown {
        /// The operation.
        operation: &'static Model,
        /// The operation that tells whether it was done.
        read_back: Option<&'static Model>,
        /// What happened to the answer.
        cause: Box<Error>,
    },
    /// The endpoint cannot be reached, or broke off.
    #[error(transparent)]
    Transport(#[from] Transport),
    /// Something answered, but not as IAM does.
    #[error("the answer to {operation} (HTTP {status}) cannot be read: {reason}")]
    Unreadable {
        /// The operation's name.
        operation: &'static str,
        /// The HTTP status.
        status: u16,
        /// What is wrong with it.
        reason: String,
    },
    /// The endpoint points elsewhere. tiam does not follow: credentials would go along.
    #[error("the endpoint redirects (HTTP {status}) to {location}")]
    Redirected {
        /// The HTTP status.
        status: u16,
        /// The `Location` header.
        location: String,
    },
    /// No credentials to sign with.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The caller wanted no more.
    #[error("cancelled")]
    Cancelled,
}

/// How a connection failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Transport {
    /// The host's name does not resolve.
    #[error("the name {host} cannot be found")]
    Dns {
        /// The host.
        host: String,
    },
    /// No connection.
    #[error("cannot connect to {host}: {reason}")]
    Connect {
        /// The host and port.
        host: String,
        /// What the system says.
        reason: String,
    },
    /// The host's certificate or its TLS is not acceptable.
    #[error("no secure connection to {host}: {reason}")]
    Tls {
        /// The host.
        host: String,
        /// What TLS says.
        reason: String,
    },
    /// No answer in time.
    #[error("{host} did not answer in time")]
    Timeout {
        /// The host.
        host: String,
    },
    /// The connection broke after it was made.
    #[error("the connection to {host} broke: {reason}")]
    Broken {
        /// The host.
        host: String,
        /// What the system says.
        reason: String,
    },
}

/// Why there are no credentials.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CredentialsError {
    /// No source has any.
    #[error("there are no AWS credentials{}", .profile.as_ref().map(|p| format!(" in profile `{p}`")).unwrap_or_default())]
    None {
        /// The profile that was asked for.
        profile: Option<String>,
    },
    /// The single sign-on session is over, or was never begun.
    #[error("the single sign-on session of profile `{profile}` is not there or has expired")]
    SsoExpired {
        /// The profile.
        profile: String,
    },
    /// A role of the profile wants a code from an MFA device.
    #[error("profile `{profile}` needs a code from the MFA device {serial}")]
    MfaRequired {
        /// The profile.
        profile: String,
        /// The device's ARN or serial number.
        serial: String,
    },
    /// The profile rests on `aws login`, which tiam does not take part in.
    #[error("profile `{profile}` signs in with `aws login`")]
    LoginSession {
        /// The profile.
        profile: String,
    },
    /// A source failed.
    #[error("credentials cannot be loaded: {reason}")]
    Failed {
        /// Why, from the source.
        reason: String,
    },
}

/// Settings that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The profile is in neither file.
    #[error("there is no profile `{name}`")]
    UnknownProfile {
        /// What was asked for.
        name: String,
        /// The profiles that exist, in order.
        known: Vec<String>,
    },
    /// The shared files cannot be read.
    #[error("the AWS configuration cannot be read: {reason}")]
    Files {
        /// Why.
        reason: String,
    },
    /// Not a URL of an endpoint.
    #[error("`{url}` is not the URL of an endpoint: {reason}")]
    Url {
        /// What was given.
        url: String,
        /// Why not.
        reason: &'static str,
    },
    /// Not a region's name, and so no part of a host's name.
    #[error("`{region}` is not the name of a region")]
    Region {
        /// What was given.
        region: String,
    },
    /// Unencrypted, over a network.
    #[error("`{url}` is plain http, which is refused except to this machine")]
    PlainHttp {
        /// What was given.
        url: String,
    },
    /// The file of certificate authorities is of no use.
    #[error("the certificate bundle `{path}` cannot be used: {reason}")]
    CaBundle {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// The HTTP client cannot be made.
    #[error("no HTTP client: {0}")]
    Client(String),
}

impl Error {
    /// The service's own error, if it answered with one.
    pub fn service(&self) -> Option<&iam::Error> {
        match self {
            Self::Service { error, .. } => Some(error),
            _ => None,
        }
    }

    /// What to do about it, in a sentence.
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::Service { error, .. } => service_remedy(&error.code).map(str::to_owned),
            Self::OutcomeUnknown { operation, read_back, .. } => Some(match read_back {
                Some(model) => {
                    format!(
                        "Look with {} before you try {} again, and delete what nobody uses.",
                        model.name, operation.name
                    )
                }
                None => format!("Look at the account before you try {} again.", operation.name),
            }),
            Self::Transport(transport) => Some(transport.remedy().to_owned()),
            Self::Unreadable { .. } => Some("Check that the endpoint URL is that of an IAM service.".into()),
            Self::Redirected { .. } => Some("If that address is right, give it as the endpoint URL.".into()),
            Self::Credentials(error) => Some(error.remedy()),
            Self::Settings(error) => error.remedy(),
            Self::Cancelled => None,
        }
    }
}

fn service_remedy(code: &str) -> Option<&'static str> {
    Some(match code {
        "AccessDenied" | "AccessDeniedException" => "Ask an administrator for the permission, or use another profile.",
        "InvalidClientTokenId" => "The access key is not known or not active: use another, or another endpoint.",
        "SignatureDoesNotMatch" => "Check the secret access key and this machine's clock.",
        "ExpiredToken" | "ExpiredTokenException" => "The session is over: sign in again.",
        "LimitExceeded" => "A quota is used up: delete what is no longer needed, or ask AWS for more.",
        "ConcurrentModification" | "EntityTemporarilyUnmodifiable" => "Wait a few minutes and try again.",
        "Throttling" | "ThrottlingException" | "RequestLimitExceeded" => {
            "IAM wants fewer requests: wait, and try again."
        }
        _ => return None,
    })
}

impl Transport {
    fn remedy(&self) -> &'static str {
        match self {
            Self::Dns { .. } => "Check the network, and the spelling of the endpoint or region.",
            Self::Connect { .. } | Self::Broken { .. } => "Check the network, the proxy and the endpoint URL.",
            Self::Tls { .. } => "If a proxy signs with its own authority, name its bundle in AWS_CA_BUNDLE.",
            Self::Timeout { .. } => "Check the network and try again.",
        }
    }
}

impl CredentialsError {
    fn remedy(&self) -> String {
        match self {
            Self::None { profile: None } => {
                "Run `aws configure`, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile.".into()
            }
            Self::None { profile: Some(profile) } => format!("Run `aws configure --profile {profile}`."),
            Self::SsoExpired { profile } => format!("Run `aws sso login --profile {profile}`."),
            Self::MfaRequired { .. } => "Enter the code that the device shows.".into(),
            Self::LoginSession { profile } => {
                format!("Run `eval \"$(aws configure export-credentials --profile {profile} --format env)\"`.")
            }
            Self::Failed { .. } => "See what `aws sts get-caller-identity` says with the same profile.".into(),
        }
    }
}

impl SettingsError {
    fn remedy(&self) -> Option<String> {
        Some(match self {
            Self::UnknownProfile { known, .. } if known.is_empty() => "Run `aws configure` to make one.".into(),
            Self::UnknownProfile { known, .. } => format!("The profiles are {}.", known.join(", ")),
            Self::Files { .. } => "Mend the file, or name another in AWS_CONFIG_FILE.".into(),
            Self::Url { .. } => "An endpoint URL looks like https://iam.example.com/.".into(),
            Self::Region { .. } => "A region looks like eu-central-1.".into(),
            Self::PlainHttp { .. } => "Use https, or a tunnel that ends at localhost.".into(),
            Self::CaBundle { .. } => "AWS_CA_BUNDLE or ca_bundle names a file of PEM certificates.".into(),
            Self::Client(_) => return None,
        })
    }
}
