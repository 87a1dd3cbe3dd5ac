//! Why a command line is no call, and the exit status of each kind of failure.

use crate::iam::Error;
use crate::text::visible;

/// How a command ended, as the AWS CLI version 2 tells it by its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The command line was wrong.
    Usage = 252,
    /// Credentials or configuration were wrong or absent.
    Configuration = 253,
    /// The service answered with an error.
    Service = 254,
    /// Anything else.
    Other = 255,
}

impl Status {
    /// The exit code.
    pub fn code(self) -> u8 {
        self as u8
    }
}

/// What is wrong with a command line, in the AWS CLI's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The arguments do not fit the options: one is missing, or has no value.
    #[error("{0}")]
    Arguments(String),
    /// Options that the operation does not have.
    #[error("Unknown options: {}", .0.join(", "))]
    Unknown(Vec<String>),
    /// A value that cannot be read.
    #[error("Error parsing parameter '--{option}': {reason}")]
    Parameter {
        /// Whose value: `tags`.
        option: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Values that do not fit the model.
    #[error("Parameter validation failed:\n{}", .0.join("\n"))]
    Validation(Vec<String>),
    /// Pagination that cannot be done as asked.
    #[error("Error during pagination: {0}")]
    Paging(String),
}

impl Fault {
    pub(super) fn parameter(option: &str, reason: impl Into<String>) -> Self {
        Self::Parameter { option: option.to_owned(), reason: reason.into() }
    }

    /// Whether the command's usage is shown with it.
    pub fn shows_usage(&self) -> bool {
        matches!(self, Self::Arguments(_) | Self::Unknown(_))
    }

    /// What goes to stderr: hostile characters made visible, lines kept.
    pub fn report(&self) -> String {
        let prefix = if matches!(self, Self::Arguments(_)) { "tiam: error: " } else { "" };
        let text = self.to_string();
        let lines: Vec<_> = text.split('\n').map(visible).collect();
        format!("{prefix}{}", lines.join("\n"))
    }
}

/// An error of the service as the AWS CLI reports it on stderr.
pub fn service_error(error: &Error, operation: &str) -> String {
    let shown = |text: &str| if text.is_empty() { "Unknown".to_owned() } else { visible(text).into_owned() };
    let (code, message) = (shown(&error.code), shown(&error.message));
    format!("\nAn error occurred ({code}) when calling the {operation} operation: {message}")
}

#[cfg(test)]
mod tests {
    use super::{Fault, Status, service_error};
    use crate::iam::Error;

    #[test]
    fn errors_read_as_the_aws_command_writes_them() {
        let error = Error::no_such_entity("The user with name x cannot be found.");
        assert_eq!(
            service_error(&error, "GetUser"),
            "\nAn error occurred (NoSuchEntity) when calling the GetUser operation: The user with name x cannot be found."
        );
        let error = Error::report_not_present("");
        assert!(service_error(&error, "GetCredentialReport").ends_with("operation: Unknown"));
        assert_eq!(Fault::Unknown(vec!["--a".into(), "b".into()]).report(), "Unknown options: --a, b");
        assert_eq!(Fault::Arguments("x\u{1b}".into()).report(), "tiam: error: x\\u{1b}");
        assert_eq!((Status::Usage.code(), Status::Service.code()), (252, 254));
    }
}
