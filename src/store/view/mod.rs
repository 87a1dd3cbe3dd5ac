//! The reads that lists, pages and the dashboard draw from: typed rows, plain and blocking, no SQL in a signature.
//!
//! [`Store::view`] gives a [`View`] of one account. [`View::list`] is a window over a pane: its rows come from an index, so a
//! million users cost what a hundred do. [`View::user`] and its like are the pages behind a row, [`View::deletion`] says
//! what goes with a thing and in which order, [`View::dashboard`] sums the account up. What the store cannot know stays
//! unknown ([`Last::Unknown`], `None`), above all in a mirror that was never read to the end.

mod credentials;
mod dashboard;
mod deletion;
mod detail;
mod filter;
mod finding;
mod groups;
mod keys;
mod list;
mod order;
mod others;
mod policies;
mod policy_page;
mod roles;
mod search;
#[cfg(test)]
mod tests;
mod trust;
mod users;

use jiff::Timestamp;
use rusqlite::Row as SqlRow;

pub use credentials::{Credential, CredentialKind, MfaDevice};
pub use dashboard::{Dashboard, Recommendation, Usage};
pub use deletion::{Deletion, Part};
pub use detail::{GroupPage, Head, Inline, PolicyLink, RolePage, Through, UserPage};
pub use finding::{AGE_DAYS_MAX, Finding};
pub use groups::GroupRow;
pub use keys::KeyRow;
pub use list::{Column, List, Pane, Row, Total, Whose, Window};
pub use order::Anchor;
pub use others::EntityRow;
pub use policies::{Origin, PolicyRow};
pub use policy_page::{PolicyPage, Version};
pub use roles::RoleRow;
pub use search::{Named, Text};
pub use trust::{Trusted, trusted};
pub use users::{Mfa, Password, UserRow};

use super::account::Account;
use super::error::Result;
use super::open::Store;
use super::tx::{Tx, time};

/// Reads of one account.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    store: &'a Store,
    account: &'a Account,
}

impl Store {
    /// The reads of that account.
    pub fn view<'a>(&'a self, account: &'a Account) -> View<'a> {
        View { store: self, account }
    }
}

/// When something last happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Last {
    /// The store cannot say.
    Unknown,
    /// It never did.
    Never,
    /// Then.
    At(Timestamp),
}

impl Last {
    /// The moment, if there is one.
    pub fn at(self) -> Option<Timestamp> {
        match self {
            Self::At(at) => Some(at),
            Self::Unknown | Self::Never => None,
        }
    }
}

/// What one question works with: the look-ups of the operations, over one snapshot of the store.
struct Read<'a>(&'a Tx<'a>);

impl<'a> std::ops::Deref for Read<'a> {
    type Target = Tx<'a>;

    fn deref(&self) -> &Tx<'a> {
        self.0
    }
}

impl View<'_> {
    /// Answers a question on one snapshot of the store.
    fn read<T>(&self, run: impl FnOnce(&Read<'_>) -> Result<T>) -> Result<T> {
        self.store.look(self.account, |tx| run(&Read(tx)))
    }

    /// How many things of each pane there are, for the tabs.
    pub fn counts(&self) -> Result<Vec<(Pane, usize)>> {
        self.read(|read| Pane::ALL.into_iter().map(|pane| Ok((pane, read.size(pane)?))).collect())
    }
}

impl Read<'_> {
    /// Whether the account is a mirror that was never read to the end, or came from a file, which tells of no passwords,
    /// keys or devices: then nothing there proves nothing.
    fn is_partial(&self) -> bool {
        let is_unread = self.account.mirror.as_ref().is_some_and(|mirror| mirror.refreshed.is_none());
        is_unread || self.account.imported.is_some()
    }

    /// When something was last used. A local account sees every use; a mirror only those that it was told of.
    fn last(&self, seconds: Option<i64>) -> Last {
        match seconds {
            Some(at) => Last::At(time(at)),
            None if self.account.sees_every_use() => Last::Never,
            None => Last::Unknown,
        }
    }

    /// Whole days since then.
    fn days_since(&self, then: Timestamp) -> i64 {
        (self.now.as_second() - then.as_second()).div_euclid(DAY_SECONDS)
    }
}

const DAY_SECONDS: i64 = 86_400;

/// A count in a row.
fn number(row: &SqlRow<'_>, column: usize) -> rusqlite::Result<usize> {
    Ok(usize::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}
