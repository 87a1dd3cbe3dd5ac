//! What every screen may look at: who and where one is, the theme, the keys, the clock, the work beside the loop.

use std::sync::Arc;

use jiff::Timestamp;

use super::kept::Kept;
use super::keymap::Keymap;
use super::task::Tasks;
use super::theme::Theme;
use crate::account::Account;
use crate::world::World;

/// Passed to screens by reference; nothing in it changes while one looks at it.
#[derive(Clone, Debug)]
pub struct Context {
    /// The account that is open.
    pub account: Account,
    /// What things look like.
    pub theme: Theme,
    /// What keys mean.
    pub keymap: Keymap,
    /// Work beside the loop.
    pub tasks: Tasks,
    /// Time and randomness.
    pub world: Arc<dyn World>,
    /// What the console keeps between runs.
    pub kept: Kept,
    /// The time when the loop last woke, so that one frame shows one time.
    pub now: Timestamp,
    /// Who and where one is.
    pub standing: Standing,
}

/// The first line: which account, where it lives, who one is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The account's alias, if it has one.
    pub alias: Option<String>,
    /// The account's id.
    pub account_id: String,
    /// `local`, or the endpoint.
    pub whereabouts: String,
    /// Who one acts as, as `owner`.
    pub who: String,
    /// What is unusual: `read-only`, `mirror 4m ago`, `offline`.
    pub badges: Vec<String>,
    /// How many things each pane shows, in the order of the panes.
    pub counts: Vec<Option<u64>>,
}

impl Standing {
    /// The account's name for breadcrumbs: its alias, else its id.
    pub fn account(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.account_id)
    }
}
