//! Credentials by access key id, for whoever has to verify a signature.

use rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

use super::account::Account;
use super::error::{Error, Result};
use super::open::Store;
use super::tx::{ENTITY, Entity, Tx};
use crate::iam::Caller;

/// What stands behind an access key id.
pub struct Credential {
    /// Whose calls they are.
    pub caller: Caller,
    /// The secret access key, in the clear: drop it soon.
    pub secret: Zeroizing<Vec<u8>>,
    /// Whether the key may be used now.
    pub active: bool,
    /// The session token that must come with it; `None` for a long-term key, with which none may come.
    pub token: Option<Token>,
}

/// What is known of a session token.
#[derive(Clone, Debug)]
pub struct Token {
    pub(super) digest: [u8; 32],
    /// Whether the credentials have expired.
    pub expired: bool,
}

impl Store {
    /// The credential of an access key of the account's users, or of a session; `None` for a key that is neither.
    ///
    /// # Errors
    /// [`Error::Key`] when the secret cannot be unsealed.
    pub fn credential(&self, account: &Account, access_key_id: &str) -> Result<Option<Credential>> {
        self.read(|sql| self.credential_in(sql, account, access_key_id))
    }

    fn credential_in(&self, sql: &Connection, account: &Account, id: &str) -> Result<Option<Credential>> {
        let Some((user, status, sealed)) = find(sql, account, id)? else { return self.session(sql, account, id) };
        let Some(sealed) = sealed else { return Ok(None) };
        let secret = self.vault.unseal(id, &sealed)?;
        let caller = match user {
            Some(user) => Caller::User { name: user.name, arn: user.arn, id: user.uid },
            None => Caller::Root,
        };
        Ok(Some(Credential { caller, secret, active: status == "Active", token: None }))
    }
}

impl Tx<'_> {
    /// The credential as this transaction finds it.
    ///
    /// # Errors
    /// As [`Store::credential`].
    pub fn credential(&self, access_key_id: &str) -> Result<Option<Credential>> {
        self.store.credential_in(self.sql, self.account, access_key_id)
    }
}

/// Whose key it is (`None`: the root user's), its status, its sealed secret.
type Found = (Option<Entity>, String, Option<Vec<u8>>);

fn find(sql: &Connection, account: &Account, id: &str) -> Result<Option<Found>> {
    let text = format!(
        "SELECT {ENTITY}, k.status, k.secret FROM access_key k LEFT JOIN entity e ON e.id = k.user
         WHERE k.id = ?1 AND k.account = ?2"
    );
    let read = |row: &rusqlite::Row<'_>| {
        let is_user = row.get::<_, Option<i64>>(0)?.is_some();
        Ok((is_user.then(|| Entity::read(row)).transpose()?, row.get(9)?, row.get(10)?))
    };
    sql.prepare_cached(&text)?.query_row(params![id, account.row], read).optional().map_err(Error::from)
}
