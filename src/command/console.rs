//! `tiam` without a subcommand: the console on the account that the options name.

use std::process::ExitCode;
use std::sync::Arc;

use super::args::Select;
use super::{Failure, select};
use crate::console::greeting::{Beginning, greet};
use crate::console::start;
use crate::world::{Real, World};

/// Opens the console, and returns when it ends. The first start asks how to begin.
pub(super) fn run(options: &Select) -> Result<ExitCode, Failure> {
    let world: Arc<dyn World> = Arc::new(Real);
    let Some(options) = begin(options)? else { return Ok(ExitCode::SUCCESS) };
    // Connections to an endpoint live on this runtime for as long as the account does.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let account = runtime.block_on(select::open(&options, Arc::clone(&world)))?;
    start::start(account, world)?;
    Ok(ExitCode::SUCCESS)
}

/// The options, with what the greeting of a first start adds; `None` when the admin left there.
fn begin(options: &Select) -> Result<Option<Select>, Failure> {
    let Some(path) = select::first_start(options) else { return Ok(Some(options.clone())) };
    let chosen = greet(&path.display().to_string())?;
    Ok(chosen.map(|beginning| match beginning {
        Beginning::Empty => options.clone(),
        Beginning::Demo => Select { demo: true, store: None, ..options.clone() },
        // The default profile must be named for the choice to be one.
        Beginning::Endpoint { profile: None, url: None } => {
            Select { profile: Some("default".into()), ..options.clone() }
        }
        Beginning::Endpoint { profile, url } => Select { profile, endpoint_url: url, ..options.clone() },
    }))
}
