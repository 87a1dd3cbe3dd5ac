//! The subcommands of the `tiam` binary: what the arguments say, done with the other rooms, told on stdout and stderr.
//!
//! [`run`] is all that `main` calls. A subcommand is one file; each opens its account through `select` and writes through
//! `terminal`. The exit status is the AWS CLI's where an operation is called ([`Status`]), 1 where a check found
//! something, 2 for arguments that are none.

mod api;
mod args;
mod can;
mod cases;
mod completions;
mod console;
mod findings;
mod import;
mod layout;
mod lint;
mod logs;
mod places;
mod quota;
mod search;
mod select;
mod serve;
mod simulate;
mod terminal;
mod who_can;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::api::cli::Status;
use crate::insight;
use crate::serve::{RootKeyError, ServeError, TlsError};
use args::{Args, Command};
use select::SelectError;

/// Why a subcommand ended without having done what it should.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// No account to work on.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// The door or what is behind it.
    #[error(transparent)]
    Account(#[from] crate::account::Error),
    /// The store.
    #[error(transparent)]
    Store(#[from] crate::store::Error),
    /// A question that has no answer.
    #[error(transparent)]
    Insight(#[from] insight::Error),
    /// An answer that cannot be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// The server.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The server's certificate and key.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The server's root credentials.
    #[error(transparent)]
    RootKey(#[from] RootKeyError),
    /// A file that is not an account.
    #[error("{file}: {error}")]
    Details {
        /// Its name.
        file: String,
        /// Why.
        error: crate::account::details::DetailsError,
    },
    /// A file to import that cannot be read.
    #[error("{0}")]
    NoImport(std::io::Error),
    /// Options that do not go together.
    #[error("{0}")]
    Usage(&'static str),
    /// The machine.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The console, or the terminal it needs.
    #[error(transparent)]
    Console(#[from] crate::console::start::Error),
}

impl Failure {
    fn status(&self) -> Status {
        match self {
            Self::Select(error) => error.status(),
            Self::Insight(insight::Error::Store(_)) => Status::Other,
            Self::Usage(_) | Self::Insight(_) => Status::Usage,
            Self::Account(_) | Self::Store(_) | Self::Json(_) | Self::Serve(_) => Status::Other,
            Self::Details { .. }
            | Self::NoImport(_)
            | Self::Tls(_)
            | Self::RootKey(_)
            | Self::Io(_)
            | Self::Console(_) => Status::Other,
        }
    }

    fn remedy(&self) -> Option<String> {
        match self {
            Self::Select(error) => error.remedy(),
            Self::Account(error) => error.remedy(),
            Self::Insight(error) => error.remedy(),
            Self::NoImport(_) => Some("`aws iam get-account-authorization-details > FILE` writes such a file.".into()),
            Self::Details { error, .. } => error.remedy().map(str::to_owned),
            Self::Store(error) => error.remedy().map(str::to_owned),
            Self::Console(_) => Some("`tiam --help` lists what works without a terminal.".into()),
            Self::Serve(ServeError::NotLoopback(_)) => {
                Some("Give `--tls-cert FILE` and `--tls-key FILE`, or listen on 127.0.0.1.".into())
            }
            Self::Json(_) | Self::Serve(_) | Self::Tls(_) => None,
            Self::RootKey(_) | Self::Usage(_) | Self::Io(_) => None,
        }
    }
}

/// Runs the program with the arguments of the process, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    crate::remote::init();
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // Nothing can be told where nothing can be written.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(u8::MAX));
        }
    };
    let _logs = logs::open();
    let outcome = match args.command {
        Some(Command::Api(api)) => api::run(api, args.select),
        Some(Command::Search(find)) => search::run(&find, &args.select),
        Some(Command::Serve(serve)) => serve::run(&serve, &args.select),
        Some(Command::Quota(quota)) => quota::run(&quota, &args.select),
        Some(Command::Lint(lint)) => lint::run(&lint),
        Some(Command::WhoCan(who_can)) => who_can::run(&who_can, &args.select),
        Some(Command::Can(can)) => can::run(&can, &args.select),
        Some(Command::Simulate(simulate)) => simulate::run(&simulate, &args.select),
        Some(Command::Import(import)) => import::run(&import, &args.select),
        Some(Command::Findings(findings)) => findings::run(&findings, &args.select),
        Some(Command::Completions { shell }) => completions::run(shell),
        None => console::run(&args.select),
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            tracing::error!(error = %failure, "the command failed");
            terminal::complain(&failure.to_string(), failure.remedy().as_deref());
            ExitCode::from(failure.status().code())
        }
    }
}
