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
    let (mut reader, mut out) = (BufReader::new(terminal::open(path)?), BufWriter::new(io::stdout().lock()));
    let (mut line, mut status) = (Vec::new(), ExitCode::SUCCESS);
    for number in 1.. {
        line.clear();
        if reader.read_until(b'\n', &mut line).map_err(|error| terminal::of_file(path, &error))? == 0 {
            break;
        }
        let told = match std::str::from_utf8(&line).map(str::trim) {
            Ok("") => continue,
            Ok(text) => answer(text).map_err(|error| error.to_string()),
            Err(_) => Err("it is no UTF-8".to_owned()),
        };
        let written = match told {
            Ok(text) => writeln!(out, "{text}"),
            Err(error) => {
                status = ExitCode::from(SOME_WRONG);
                terminal::complain(&format!("line {number}: {error}"), None);
                Ok(())
            }
        };
        // Whoever waits for an answer before the next question gets it.
        let flushed = written.and_then(|()| if reader.buffer().is_empty() { out.flush() } else { Ok(()) });
        match flushed {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(status),
            other => other?,
        }
    }
    terminal::forgive(out.flush())?;
    Ok(status)
}
