//! The access log: a line about each request, and never a secret.
//!
//! A line has seven words: time, request id, caller, action, status, error code, microseconds; `-` where there is none. No
//! query string, no parameter and no header is ever in it.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use crate::text::visible;

/// Where the lines go.
pub struct AccessLog(Mutex<Box<dyn Write + Send>>);

impl std::fmt::Debug for AccessLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessLog")
    }
}

/// What a line says.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub start: Timestamp,
    pub end: Timestamp,
    pub request_id: &'a str,
    /// The caller's ARN, once it is proven.
    pub caller: Option<&'a str>,
    /// `iam:GetUser`, once it is known to be one.
    pub action: Option<&'a str>,
    pub status: u16,
    pub code: Option<&'a str>,
}

impl AccessLog {
    /// Writes to whatever takes lines. Each comes in one piece.
    pub fn new(sink: impl Write + Send + 'static) -> Self {
        Self(Mutex::new(Box::new(sink)))
    }

    /// Appends to a file, made with mode 0600 if it is not there.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn append(path: &Path) -> std::io::Result<Self> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(Self::new(options.open(path)?))
    }

    pub(super) fn write(&self, line: &Line<'_>) {
        let text = line.to_string();
        let mut sink = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A log that cannot be written must not keep anybody from their answer.
        if let Err(error) = sink.write_all(text.as_bytes()).and_then(|()| sink.flush()) {
            tracing::error!(%error, "the access log cannot be written");
        }
    }
}

impl std::fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let took = self.end.as_microsecond() - self.start.as_microsecond();
        write!(f, "{:.3} {} ", self.start, self.request_id)?;
        for word in [self.caller, self.action] {
            f.write_str(&visible(word.unwrap_or("-")).replace(' ', "\\u{20}"))?;
            f.write_char(' ')?;
        }
        writeln!(f, "{} {} {took}", self.status, self.code.unwrap_or("-"))
    }
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn a_line_has_seven_words_whatever_is_in_them() {
        let line = Line {
            start: "2026-01-02T03:04:05Z".parse().unwrap(),
            end: "2026-01-02T03:04:05.000412Z".parse().unwrap(),
            request_id: "id",
            caller: Some("arn:aws:sts::123456789012:assumed-role/r/a b\n"),
            action: Some("iam:GetUser"),
            status: 403,
            code: Some("AccessDenied"),
        };
        let text = line.to_string();
        assert_eq!(text.split(' ').count(), 7, "{text}");
        assert!(text.starts_with("2026-01-02T03:04:05.000Z id arn:aws:sts::123456789012:assumed-role/r/a"), "{text}");
        assert!(text.ends_with(" iam:GetUser 403 AccessDenied 412\n") && text.lines().count() == 1, "{text}");
        let none = Line { caller: None, action: None, code: None, ..line };
        assert!(none.to_string().ends_with(" - - 403 - 412\n"));
    }
}
