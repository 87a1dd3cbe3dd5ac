//! `tiam` without a subcommand: the console on the account that the options name.

use std::process::ExitCode;
use std::sync::Arc;

use super::args::Select;
use super::{Failure, select};
use crate::console::start;
use crate::world::{Real, World};

/// Opens the console, and returns when it ends.
pub(super) fn run(options: &Select) -> Result<ExitCode, Failure> {
    let world: Arc<dyn World> = Arc::new(Real);
    let account = select::open(options, Arc::clone(&world))?;
    start::start(account, world)?;
    Ok(ExitCode::SUCCESS)
}
