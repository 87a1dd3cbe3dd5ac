//! When passwords, access keys, roles, services and actions were last used, of a whole account in a statement each.

use jiff::Timestamp;
use rusqlite::Row;

use super::account::Account;
use super::error::Result;
use super::open::Store;
use super::tx::time;

/// What was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UseOf {
    /// A user's console password.
    Password,
    /// A user's active access key, by its id.
    Key(String),
    /// A role that can be removed: none that is linked to a service.
    Role,
}

/// When something was last used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// What.
    pub what: UseOf,
    /// The user or role.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// Since when it can be used.
    pub since: Timestamp,
    /// When it last was, as far as is known.
    pub last_used: Option<Timestamp>,
}

// The tables are gone through as they lie: in the order of an index each of a million users would be looked for anew.
const PASSWORDS: &str = "SELECT e.name, e.arn, u.password_set, u.password_last_used, NULL FROM user u NOT INDEXED
    JOIN entity e ON e.id = u.entity WHERE u.account = ?1 AND ifnull(u.password_last_used, u.password_set) <= ?2
    AND u.password_set IS NOT NULL";
const KEYS: &str = "SELECT e.name, e.arn, k.created, k.last_used, k.id FROM access_key k NOT INDEXED
    JOIN entity e ON e.id = k.user
    WHERE k.account = ?1 AND k.status = 'Active' AND ifnull(k.last_used, k.created) <= ?2";
const ROLES: &str = "SELECT e.name, e.arn, e.created, r.last_used, NULL FROM role r JOIN entity e ON e.id = r.entity
    WHERE e.account = ?1 AND r.service IS NULL AND ifnull(r.last_used, e.created) <= ?2";

/// When a user or role last used a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceUse {
    /// The ARN of the user or role.
    pub arn: String,
    /// The service's prefix.
    pub service: String,
    /// When.
    pub last_used: Timestamp,
}

/// When a user or role last called an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionUse {
    /// The ARN of the user or role.
    pub arn: String,
    /// The service's prefix.
    pub service: String,
    /// The action's name; `*` for one of which nobody knows which it was.
    pub action: String,
    /// When.
    pub last_used: Timestamp,
}

const ACTIONS: &str =
    "SELECT e.arn, a.service, a.action, a.last_used FROM action_use a JOIN entity e ON e.id = a.entity
    WHERE e.account = ?1 ORDER BY a.entity, a.service, a.action";
const SERVICES: &str = "SELECT e.arn, s.service, s.last_used FROM service_use s JOIN entity e ON e.id = s.entity
    WHERE e.account = ?1";

impl Store {
    /// When each user and role of the account last used which services, as far as was seen.
    ///
    /// # Errors
    /// When the store fails.
    pub fn service_uses(&self, account: &Account) -> Result<Vec<ServiceUse>> {
        self.read(|sql| {
            let mut statement = sql.prepare_cached(SERVICES)?;
            let rows = statement.query_map([account.row], |row| {
                Ok(ServiceUse { arn: row.get(0)?, service: row.get(1)?, last_used: time(row.get(2)?) })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// When each user and role of the account last called which actions, as far as was seen.
    ///
    /// # Errors
    /// When the store fails.
    pub fn action_uses(&self, account: &Account) -> Result<Vec<ActionUse>> {
        self.read(|sql| {
            let mut statement = sql.prepare_cached(ACTIONS)?;
            let rows = statement.query_map([account.row], |row| {
                let (arn, service, action) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(ActionUse { arn, service, action, last_used: time(row.get(3)?) })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The passwords, active access keys and roles of the account that, as far as is known, were not used after a moment and
    /// are older, each by the name of whose it is.
    ///
    /// # Errors
    /// When the store fails.
    pub fn unused_since(&self, account: &Account, moment: Timestamp) -> Result<Vec<Use>> {
        self.read(|sql| {
            let mut all = Vec::new();
            for (text, what) in [(PASSWORDS, UseOf::Password), (KEYS, UseOf::Key(String::new())), (ROLES, UseOf::Role)]
            {
                let mut statement = sql.prepare_cached(text)?;
                let rows = statement.query_map([account.row, moment.as_second()], |row| read(row, &what))?;
                let mut found = rows.collect::<rusqlite::Result<Vec<_>>>()?;
                found.sort_by_cached_key(|one| (one.name.to_lowercase(), one.since));
                all.extend(found);
            }
            Ok(all)
        })
    }
}

fn read(row: &Row<'_>, what: &UseOf) -> rusqlite::Result<Use> {
    let what = match what {
        UseOf::Key(_) => UseOf::Key(row.get(4)?),
        other => other.clone(),
    };
    let last_used = row.get::<_, Option<i64>>(3)?.map(time);
    Ok(Use { what, name: row.get(0)?, arn: row.get(1)?, since: time(row.get(2)?), last_used })
}
