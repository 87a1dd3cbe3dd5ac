//! Credentials by access key id, for whoever has to verify a signature.

use jiff::SignedDuration;
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

    /// Notes that an access key was used now, at most once a minute, so that reads stay reads.
    ///
    /// # Errors
    /// When the store fails.
    pub fn note_key_use(&self, account: &Account, access_key_id: &str, service: &str, region: &str) -> Result<()> {
        let now = self.world.now().as_second();
        let is_due = self.read(|sql| {
            let text = "SELECT ifnull(last_used, 0) <= ?3 OR last_used_service IS NOT ?4 FROM access_key
                        WHERE id = ?1 AND account = ?2";
            let due = params![access_key_id, account.row, now - USES_APART.as_secs(), service];
            Ok(sql.prepare_cached(text)?.query_row(due, |row| row.get::<_, bool>(0)).optional()?)
        })?;
        if is_due != Some(true) {
            return Ok(());
        }
        self.write(|sql| {
            let text = "UPDATE access_key SET last_used = ?3, last_used_service = ?4, last_used_region = ?5
                        WHERE id = ?1 AND account = ?2";
            sql.prepare_cached(text)?.execute(params![access_key_id, account.row, now, service, region])?;
            Ok(())
        })
    }

    /// Notes that a session of a user or role used a service now, at most once a minute.
    ///
    /// # Errors
    /// When the store fails.
    pub fn note_session_use(&self, account: &Account, holder: &str, service: &str, region: &str) -> Result<()> {
        let now = self.world.now().as_second();
        self.write(|sql| {
            let text = "INSERT INTO service_use (entity, service, last_used, region)
                        SELECT id, ?3, ?4, ?5 FROM entity WHERE uid = ?1 AND account = ?2
                        ON CONFLICT (entity, service) DO UPDATE SET last_used = excluded.last_used, region = excluded.region
                        WHERE excluded.last_used > last_used + ?6";
            if sql.prepare_cached(text)?.execute(params![holder, account.row, service, now, region, USES_APART.as_secs()])? > 0 {
                let text = "UPDATE role SET last_used = ?3, last_used_region = ?4
                            WHERE entity = (SELECT id FROM entity WHERE uid = ?1 AND account = ?2)";
                sql.prepare_cached(text)?.execute(params![holder, account.row, now, region])?;
            }
            Ok(())
        })
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

/// How far apart uses of a key or of a session are noted, at least.
pub const USES_APART: SignedDuration = SignedDuration::from_secs(60);

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

#[cfg(test)]
mod tests {
    use crate::api::{CreateRole, GetRole};
    use crate::store::kit::{Kit, TRUST};

    #[test]
    fn what_a_session_of_a_role_does_is_a_use_of_the_role() {
        let kit = Kit::new();
        let make =
            CreateRole { role_name: "r".into(), assume_role_policy_document: TRUST.into(), ..CreateRole::default() };
        let holder = kit.ok(&make).role.role_id;
        kit.store.note_session_use(&kit.account, &holder, "sns", "eu-west-1").unwrap();
        let used = kit.ok(&GetRole { role_name: "r".into() }).role.role_last_used.unwrap();
        assert_eq!(used.region.as_deref(), Some("eu-west-1"));
        assert!(used.last_used_date.is_some());
    }
}
