//! stdout and stderr of the subcommands.
//!
//! What is said here comes from tiam's own printers, which have made hostile characters visible already; what is
//! complained about is made visible here.

use std::fs::File;
use std::io::{self, Read, Write};
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

/// The file, or stdin for `-`.
///
/// # Errors
/// When it cannot be opened; the sentence names it.
pub(super) fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    Ok(Box::new(File::open(path).map_err(|error| of_file(path, &error))?))
}

/// The whole text of the file, or of stdin for `-`.
///
/// # Errors
/// When it cannot be read, or is no UTF-8; the sentence names the file.
pub(super) fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    open(path)?.read_to_string(&mut text).map_err(|error| of_file(path, &error))?;
    Ok(text)
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
