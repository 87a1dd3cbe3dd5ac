//! The thin binary: the arguments of the process go to [`tiam::command::run`], its exit status comes back.

use std::process::ExitCode;

fn main() -> ExitCode {
    tiam::command::run(std::env::args_os())
}
