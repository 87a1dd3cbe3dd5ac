//! `tiam api OPERATION …`: one API call from the shell, as the `aws` command makes it.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value};

use crate::account::Account;
use crate::api::cli::{self, Bootstrap, Fault, Invocation, Pages, Status};
use crate::api::{Call, Service};
use crate::world::Real;

use super::args::{Api, Select, stray};
use super::{Failure, select, terminal};

const USAGE: &str = "usage: tiam [options] api [iam|sts] <operation> [parameters]";

/// The members of a new virtual MFA device that hold its seed.
const SEEDS: [&str; 2] = ["QRCodePNG", "Base32StringSeed"];

/// What may go wrong between the command line and the answer.
enum Trouble {
    Fault(Fault),
    Failure(Failure),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl<E: Into<Failure>> From<E> for Trouble {
    fn from(failure: E) -> Self {
        Self::Failure(failure.into())
    }
}

/// Runs the subcommand.
pub(super) fn run(api: Api, select: Select) -> Result<ExitCode, Failure> {
    let (later, words) = match stray(api.words) {
        Ok(found) => found,
        Err(error) => {
            // Nothing can be told where nothing can be written.
            let _ = error.print();
            return Ok(ExitCode::from(Status::Usage.code()));
        }
    };
    let invocation = match read(api.service.as_deref(), &words) {
        Ok(invocation) => invocation,
        Err(fault) => return Ok(refuse(&fault)),
    };
    let select = select.join(later);
    let operation = invocation.call.model().name;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let account = runtime.block_on(select::open(&select, Arc::new(Real)))?;
    match runtime.block_on(answer(&account, invocation, select.yes)) {
        Ok(text) => {
            terminal::say(&text)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(Trouble::Fault(fault)) => Ok(refuse(&fault)),
        Err(Trouble::Failure(Failure::Account(error))) if error.iam().is_some() => {
            let text = error.iam().map(|error| cli::service_error(error, operation)).unwrap_or_default();
            terminal::report(&text);
            Ok(ExitCode::from(Status::Service.code()))
        }
        Err(Trouble::Failure(failure)) => Err(failure),
    }
}

/// The call that the words make; the service may stand before the operation.
fn read(service: Option<&str>, words: &[String]) -> Result<Invocation, Fault> {
    let (service, words) = match (service, words.split_first()) {
        (None, Some((first, rest))) if ["iam", "sts"].contains(&first.as_str()) => (Some(first.as_str()), rest),
        _ => (service, words),
    };
    let service = if service == Some("sts") { Service::Sts } else { Service::Iam };
    let Some((name, args)) = words.split_first() else {
        return Err(Fault::Arguments("the following arguments are required: operation".into()));
    };
    cli::parse(cli::operation(service, name)?, args, &read_file)
}

fn refuse(fault: &Fault) -> ExitCode {
    if fault.shows_usage() {
        terminal::report(&format!("\n{USAGE}\n\n{}", fault.report()));
    } else {
        terminal::report(&format!("\n{}", fault.report()));
    }
    ExitCode::from(Status::Usage.code())
}

/// Makes the call, with all its pages, and prints the answer into a text.
async fn answer(account: &Account, invocation: Invocation, is_sure: bool) -> Result<String, Trouble> {
    let model = invocation.call.model();
    let mut output = match invocation.paging {
        None => make(account, invocation.call, is_sure).await?,
        Some(paging) => {
            let mut pages = Pages::new(invocation.call, paging);
            while let Some(call) = pages.next_call() {
                pages.take(make(account, call, is_sure).await?)?;
            }
            pages.finish()
        }
    };
    if let Some(bootstrap) = invocation.bootstrap {
        save_seed(&bootstrap, &mut output)?;
    }
    Ok(cli::output(model, &output))
}

async fn make(account: &Account, call: Call, is_sure: bool) -> Result<Map<String, Value>, Failure> {
    Ok(if is_sure { account.call_confirmed(call).await? } else { account.call(call).await? })
}

/// Writes the seed of a new virtual MFA device to its file, and takes it out of what is printed.
fn save_seed(bootstrap: &Bootstrap, output: &mut Map<String, Value>) -> io::Result<()> {
    let Some(device) = output.get_mut("VirtualMFADevice").and_then(Value::as_object_mut) else { return Ok(()) };
    let seed = device.get(&bootstrap.method).and_then(Value::as_str).unwrap_or_default();
    let bytes = BASE64.decode(seed).map_err(io::Error::other)?;
    write_private(&bootstrap.outfile, &bytes)?;
    for name in SEEDS {
        device.remove(name);
    }
    Ok(())
}

fn write_private(path: &str, bytes: &[u8]) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(expand(path))?;
    // A file that was there keeps its mode when it is opened.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    io::Write::write_all(&mut file, bytes)
}

/// Reads the file of a `file://` value.
fn read_file(path: &str) -> io::Result<Vec<u8>> {
    std::fs::read(expand(path))
}

/// The path with `~` and `$NAME` replaced, as the `aws` command replaces them.
fn expand(path: &str) -> PathBuf {
    let home = std::env::var_os("HOME").filter(|_| path == "~" || path.starts_with("~/"));
    let (mut out, rest) = match home {
        Some(home) => (home, path.strip_prefix('~').unwrap_or(path)),
        None => (OsString::new(), path),
    };
    let mut parts = rest.split('$');
    out.push(parts.next().unwrap_or_default());
    for part in parts {
        let (name, after) = variable(part);
        match std::env::var_os(name) {
            Some(value) if !name.is_empty() => {
                out.push(value);
                out.push(after);
            }
            _ => {
                out.push("$");
                out.push(part);
            }
        }
    }
    PathBuf::from(out)
}

/// The variable's name at the start of what follows a `$`, and the rest.
fn variable(part: &str) -> (&str, &str) {
    if let Some(inside) = part.strip_prefix('{') {
        return inside.split_once('}').unwrap_or(("", part));
    }
    let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(part.len());
    part.split_at(end)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{expand, read};

    #[test]
    fn paths_are_expanded_as_the_aws_command_does() {
        let home = std::env::var("HOME").unwrap();
        assert_eq!(expand("~/a.json"), Path::new(&home).join("a.json"));
        assert_eq!(expand("$HOME/x$"), Path::new(&format!("{home}/x$")));
        assert_eq!(expand("${HOME}x/$NO_SUCH_THING_HERE/~"), Path::new(&format!("{home}x/$NO_SUCH_THING_HERE/~")));
    }

    #[test]
    fn the_service_is_said_in_one_of_three_ways() {
        let operation = |service: Option<&str>, line: &str| {
            let words: Vec<_> = line.split(' ').map(str::to_owned).collect();
            read(service, &words).map(|invocation| invocation.call.model().name).map_err(|fault| fault.to_string())
        };
        assert_eq!(operation(None, "list-users"), Ok("ListUsers"));
        assert_eq!(operation(None, "iam list-users"), Ok("ListUsers"));
        assert_eq!(operation(None, "sts get-caller-identity"), Ok("GetCallerIdentity"));
        assert_eq!(operation(Some("sts"), "get-caller-identity"), Ok("GetCallerIdentity"));
        assert!(operation(None, "get-caller-identity").is_err());
        assert_eq!(operation(None, "sts").unwrap_err(), "the following arguments are required: operation");
    }
}
