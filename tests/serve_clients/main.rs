//! AWS's own clients against the real `tiam serve`: boto3 and the aws CLI, as they come from PyPI.
//!
//! The tests are Python, beside this file: `kit.py` starts the servers. `tests/run` puts the clients into `target/venv`;
//! where they are absent a test skips, loudly; with CI=true it fails.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a test says what it skips and why it fails")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs Python test modules of this folder.
fn run(modules: &[&str]) {
    let Some(python) = python() else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "boto3 is not in target/venv: run tests/run");
        println!("SKIPPED: boto3 is not in target/venv; tests/run puts it there");
        return;
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/serve_clients");
    let mut command = Command::new(python);
    command.args(["-B", "-m", "unittest"]).args(modules).current_dir(folder).env("TIAM", env!("CARGO_BIN_EXE_tiam"));
    let outcome = command.output().unwrap();
    let said = String::from_utf8_lossy(&outcome.stderr);
    println!("{said}");
    assert!(outcome.status.success() && !said.contains("Ran 0 tests"), "{modules:?} failed:\n{said}");
}

/// The interpreter of the virtual environment of the tests, if it has the clients.
fn python() -> Option<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
    let bin = target.join("venv/bin");
    bin.join("aws").exists().then(|| bin.join("python"))
}

/// Every operation, paginator and waiter; the last module holds that none was left out.
#[test]
fn boto3_calls_every_operation() {
    run(&[
        "op_users",
        "op_roles",
        "op_policies",
        "op_credentials",
        "op_account",
        "op_sts",
        "op_federation",
        "op_pages",
        "op_coverage",
    ]);
}

#[test]
fn the_aws_command_does_what_the_user_guide_says() {
    run(&["cli"]);
}

#[test]
fn tutorials_allow_and_deny_what_they_promise() {
    run(&["tutorials"]);
}
