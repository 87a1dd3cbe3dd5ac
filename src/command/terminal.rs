//! stdout and stderr of the subcommands.
//!
//! What is said here comes from tiam's own printers, which have made hostile characters visible already; what is
//! complained about is made visible here.

use std::io::{self, Write};
use std::path::Path;

use crate::text::visible;

/// Writes a text and a line feed to stdout; nothing at all for an empty text. A reader that went away is no failure.
pub(super) fn say(text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    forgive(writeln!(io::stdout().lock(), "{text}"))
}

/// Writes lines to stderr as they are.
pub(super) fn report(text: &str) {
    // Where stderr cannot be written to, nobody can be told.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Tells what went wrong, and on a line of its own what to do about it.
pub(super) fn complain(sentence: &str, remedy: Option<&str>) {
    report(&format!("tiam: {}", visible(sentence)));
    if let Some(remedy) = remedy {
        report(&format!("      {}", visible(remedy)));
    }
}

/// What went wrong with a file, by its name; `-` is stdin.
pub(super) fn of_file(path: &Path, error: &io::Error) -> io::Error {
    let name = if path.as_os_str() == "-" { "<stdin>".into() } else { path.display().to_string() };
    io::Error::new(error.kind(), format!("{name}: {error}"))
}

/// A reader that went away is no failure.
pub(super) fn forgive(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
