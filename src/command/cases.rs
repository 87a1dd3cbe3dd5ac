//! `tiam simulate --cases FILE` and `tiam lint --cases FILE`: neutral cases in, one answer a line out.

use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use super::{Failure, terminal};

/// The status where a line was no case.
const SOME_WRONG: u8 = 1;

/// Answers every line of the file, or of stdin for `-`. A line that is no case is told on stderr, and the others are
/// answered all the same.
pub(super) fn run<E: std::fmt::Display>(
    path: &Path,
    answer: impl Fn(&str) -> Result<String, E>,
) -> Result<ExitCode, Failure> {
    let reader: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        let file = std::fs::File::open(path)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
        Box::new(BufReader::new(file))
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut status = ExitCode::SUCCESS;
    for (number, line) in reader.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        match answer(&line) {
            Ok(text) => {
                if writeln!(out, "{text}").is_err() {
                    // Nobody reads on.
                    return Ok(status);
                }
            }
            Err(error) => {
                status = ExitCode::from(SOME_WRONG);
                terminal::complain(&format!("line {}: {error}", number + 1), None);
            }
        }
    }
    out.flush()?;
    Ok(status)
}
