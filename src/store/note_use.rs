//! Noting what was used: keys, roles, services and their actions.
//!
//! A use is noted at most once a minute, so that reads stay reads.

use jiff::SignedDuration;
use rusqlite::{Connection, OptionalExtension, params};

use super::account::Account;
use super::error::Result;
use super::open::Store;

/// How far apart uses of a key or of a session are noted, at least.
pub const USES_APART: SignedDuration = SignedDuration::from_secs(60);

/// What was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used<'a> {
    /// The service's prefix.
    pub service: &'a str,
    /// The action's name.
    pub action: &'a str,
    /// The region that the call was signed for.
    pub region: &'a str,
}

/// Whose use it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose<'a> {
    /// The user's who has the access key of that id.
    Key(&'a str),
    /// The user's or role's of that unique id, whose session it is.
    Session(&'a str),
}

impl Store {
    /// Notes that actions were called now, all of them together. Of the keys and services nothing is noted.
    ///
    /// # Errors
    /// When the store fails.
    pub fn note_actions(&self, account: &Account, noted: &[(Whose<'_>, Used<'_>)]) -> Result<()> {
        let now = self.world.now().as_second();
        self.write(|sql| {
            for (whose, used) in noted {
                let (text, id) = match whose {
                    Whose::Key(id) => {
                        ("SELECT user FROM access_key WHERE id = ?1 AND account = ?2 AND user IS NOT NULL", id)
                    }
                    Whose::Session(id) => (HOLDER, id),
                };
                let entity = sql.prepare_cached(text)?.query_row(params![id, account.row], |row| row.get(0));
                if let Some(entity) = entity.optional()? {
                    note_action(sql, entity, *used, now)?;
                }
            }
            Ok(())
        })
    }

    /// Notes that an access key was used now.
    ///
    /// # Errors
    /// When the store fails.
    pub fn note_key_use(&self, account: &Account, access_key_id: &str, used: Used<'_>) -> Result<()> {
        let now = self.world.now().as_second();
        let Used { service, action, region } = used;
        // The user, whether the use of the key is to be noted, and whether that of the action is.
        let due = self.read(|sql| {
            let text = "SELECT k.user, ifnull(k.last_used, 0) <= ?3 OR k.last_used_service IS NOT ?4,
                            k.user IS NOT NULL AND ifnull(a.last_used, 0) <= ?3
                        FROM access_key k LEFT JOIN action_use a ON a.entity = k.user AND a.service = ?4 AND a.action = ?5
                        WHERE k.id = ?1 AND k.account = ?2";
            let about = params![access_key_id, account.row, now - USES_APART.as_secs(), service, action];
            let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, bool>(1)?, row.get::<_, bool>(2)?));
            Ok(sql.prepare_cached(text)?.query_row(about, read).optional()?)
        })?;
        let Some((owner, of_key, of_action)) = due.filter(|(_, of_key, of_action)| *of_key || *of_action) else {
            return Ok(());
        };
        self.write(|sql| {
            if of_key {
                let text = "UPDATE access_key SET last_used = ?3, last_used_service = ?4, last_used_region = ?5
                            WHERE id = ?1 AND account = ?2";
                sql.prepare_cached(text)?.execute(params![access_key_id, account.row, now, service, region])?;
            }
            if let (Some(owner), true) = (owner, of_action) {
                note_action(sql, owner, used, now)?;
            }
            Ok(())
        })
    }

    /// Notes that a session of a user or role used a service now.
    ///
    /// # Errors
    /// When the store fails.
    pub fn note_session_use(&self, account: &Account, holder: &str, used: Used<'_>) -> Result<()> {
        let now = self.world.now().as_second();
        let Used { service, region, .. } = used;
        self.write(|sql| {
            let entity = sql.prepare_cached(HOLDER)?.query_row(params![holder, account.row], |row| row.get(0)).optional()?;
            let Some(entity): Option<i64> = entity else { return Ok(()) };
            let text = "INSERT INTO service_use (entity, service, last_used, region) VALUES (?1, ?2, ?3, ?4)
                        ON CONFLICT (entity, service) DO UPDATE SET last_used = excluded.last_used, region = excluded.region
                        WHERE excluded.last_used >= last_used + ?5";
            let noted = params![entity, service, now, region, USES_APART.as_secs()];
            if sql.prepare_cached(text)?.execute(noted)? > 0 {
                let text = "UPDATE role SET last_used = ?2, last_used_region = ?3 WHERE entity = ?1";
                sql.prepare_cached(text)?.execute(params![entity, now, region])?;
            }
            note_action(sql, entity, used, now)
        })
    }
}

/// The user or role of a unique id.
const HOLDER: &str = "SELECT id FROM entity WHERE uid = ?1 AND uid <> '' AND account = ?2";

fn note_action(sql: &Connection, entity: i64, used: Used<'_>, now: i64) -> Result<()> {
    let text = "INSERT INTO action_use (entity, service, action, last_used, region) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (entity, service, action) DO UPDATE SET last_used = excluded.last_used, region = excluded.region
                WHERE excluded.last_used >= last_used + ?6";
    let Used { service, action, region } = used;
    sql.prepare_cached(text)?.execute(params![entity, service, action, now, region, USES_APART.as_secs()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Used, Whose};
    use crate::api::{CreateRole, GetRole};
    use crate::store::ActionUse;
    use crate::store::kit::{Kit, TRUST};

    #[test]
    fn what_a_session_of_a_role_does_is_a_use_of_the_role() {
        let kit = Kit::new();
        let make =
            CreateRole { role_name: "r".into(), assume_role_policy_document: TRUST.into(), ..CreateRole::default() };
        let holder = kit.ok(&make).role.role_id;
        let used = Used { service: "iam", action: "ListUsers", region: "eu-west-1" };
        kit.store.note_session_use(&kit.account, &holder, used).unwrap();
        kit.store.note_session_use(&kit.account, &holder, Used { action: "GetUser", ..used }).unwrap();
        let role = kit.ok(&GetRole { role_name: "r".into() }).role;
        assert_eq!(role.role_last_used.as_ref().unwrap().region.as_deref(), Some("eu-west-1"));
        assert!(role.role_last_used.unwrap().last_used_date.is_some());
        let noted = kit.store.action_uses(&kit.account).unwrap();
        let told = |noted: &[ActionUse]| noted.iter().map(|one| one.action.clone()).collect::<Vec<_>>();
        assert_eq!(told(&noted), ["GetUser", "ListUsers"]);
        let more = Used { action: "GetRole", ..used };
        let all =
            [(Whose::Session(&holder), more), (Whose::Session("AROANOBODY"), used), (Whose::Key("AKIANOBODY"), used)];
        kit.store.note_actions(&kit.account, &all).unwrap();
        assert_eq!(told(&kit.store.action_uses(&kit.account).unwrap()), ["GetRole", "GetUser", "ListUsers"]);
    }
}
