//! When passwords, access keys, roles and services were last used, of a whole account in a statement each.

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

const PASSWORDS: &str = "SELECT e.name, e.arn, u.password_set, u.password_last_used, NULL FROM user u
    JOIN entity e ON e.id = u.entity WHERE u.account = ?1 AND u.password_set IS NOT NULL ORDER BY e.name_key";
const KEYS: &str = "SELECT e.name, e.arn, k.created, k.last_used, k.id FROM access_key k JOIN entity e ON e.id = k.user
    WHERE k.account = ?1 AND k.status = 'Active' ORDER BY e.name_key, k.created";
const ROLES: &str = "SELECT e.name, e.arn, e.created, r.last_used, NULL FROM role r JOIN entity e ON e.id = r.entity
    WHERE e.account = ?1 AND r.service IS NULL ORDER BY e.name_key";

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

    /// When each password, active access key and role of the account was last used.
    ///
    /// # Errors
    /// When the store fails.
    pub fn uses(&self, account: &Account) -> Result<Vec<Use>> {
        self.read(|sql| {
            let mut all = Vec::new();
            for (text, what) in [(PASSWORDS, UseOf::Password), (KEYS, UseOf::Key(String::new())), (ROLES, UseOf::Role)]
            {
                let mut statement = sql.prepare_cached(text)?;
                let rows = statement.query_map([account.row], |row| read(row, &what))?;
                all.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
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
