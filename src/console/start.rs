//! The console from an open account to its end: configuration, runtime, terminal, loop.

use std::io;
use std::sync::Arc;

use super::app::App;
use super::config::{Config, ConfigError};
use super::context::Context;
use super::kept::Kept;
use super::place::{Pane, Place};
use super::run::{finish, run};
use super::screen::atlas::Atlas;
use super::standing;
use super::task::Tasks;
use super::terminal::{Terminal, Wake, Wants};
use crate::account::Account;
use crate::world::World;

/// Why the console could not be opened, or ended early.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The configuration file is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The terminal, or what is none.
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// Threads for work beside the loop.
const WORKERS: usize = 2;

fn env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Opens the console on an account and returns when it ends.
///
/// # Errors
/// When the configuration is wrong, or standard input and output are no terminal.
pub fn start(account: Account, world: Arc<dyn World>) -> Result<(), Error> {
    let config = Config::load()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(WORKERS).enable_all().build()?;
    let mut wake = Wake::new()?;
    let waker = wake.waker();
    let cx = Context {
        theme: config.theme(None, env),
        keymap: config.keymap.clone(),
        tasks: Tasks::new(runtime.handle().clone(), move || waker.wake()),
        standing: standing::of(&account, world.now()),
        kept: Kept::load(),
        now: world.now(),
        world,
        account,
    };
    let wants = Wants { mouse: config.mouse, background: config.ground.is_none() && answers_questions() };
    // The app before the terminal: its first read runs while the terminal is set up.
    let mut app = App::new(cx, Box::new(Atlas), &Place::Pane(Pane::Users));
    let mut terminal = Terminal::enter(wants)?;
    let ended = run(&mut app, &config, &mut terminal, &mut wake);
    drop(terminal);
    // Whatever ended the loop, a change that was begun is finished.
    finish(&mut app, &mut wake)?;
    Ok(ended?)
}

/// Whether the terminal may be asked for its colours: the plainest would print the question.
fn answers_questions() -> bool {
    !matches!(env("TERM").as_deref(), None | Some("dumb" | "linux" | "vt100" | "vt220"))
}
