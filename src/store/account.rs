//! The accounts that a store holds.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::open::Store;
use crate::iam::quota::Quotas;
use crate::iam::{AccountId, Partition};

/// An account of the store, as the operations see it.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its row.
    pub row: i64,
    /// Twelve digits.
    pub id: AccountId,
    /// `aws`, `aws-cn`, …
    pub partition: String,
    /// The account alias.
    pub alias: Option<String>,
    /// What it may hold.
    pub quotas: Quotas,
    /// The endpoint it mirrors; `None` for a local account.
    pub mirror: Option<Mirror>,
    /// When it was last imported from a file, if it ever was. It is a local account then.
    pub imported: Option<Timestamp>,
}

/// Where a mirrored account comes from, and how old its copy is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mirror {
    /// The endpoint.
    pub endpoint: EndpointName,
    /// When it was last read to the end.
    pub refreshed: Option<Timestamp>,
}

/// What is remembered of an endpoint: never a credential.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EndpointName {
    /// The profile of the shared config files.
    pub profile: Option<String>,
    /// An endpoint other than AWS's own.
    pub url: Option<String>,
    /// The region that requests are signed for.
    pub region: Option<String>,
}

const COLUMNS: &str = "id, account_id, partition, alias, quotas, endpoint, refreshed";

impl Account {
    /// The ARN of something in this account: `arn:aws:iam::123456789012:{resource}`.
    pub fn arn(&self, resource: &str) -> String {
        format!("arn:{}:iam::{}:{resource}", self.partition, self.id)
    }

    /// Whether every use of a password, key or role comes by here, so that what was not seen never was.
    pub fn sees_every_use(&self) -> bool {
        self.mirror.is_none() && self.imported.is_none()
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        let id: String = row.get(1)?;
        let quotas: String = row.get(4)?;
        let endpoint: Option<String> = row.get(5)?;
        let refreshed: Option<i64> = row.get(6)?;
        let refreshed = refreshed.and_then(|at| Timestamp::from_second(at).ok());
        let imported = refreshed.filter(|_| endpoint.is_none());
        let mirror = endpoint
            .map(|text| Ok::<_, Error>(Mirror { endpoint: serde_json::from_str(&text)?, refreshed }))
            .transpose()?;
        Ok(Self {
            row: row.get(0)?,
            id: id.parse().map_err(|e| Error::Corrupt(format!("{e}")))?,
            partition: row.get(2)?,
            alias: row.get(3)?,
            quotas: serde_json::from_str(&quotas)?,
            mirror,
            imported,
        })
    }
}

impl Store {
    /// Every account, oldest first.
    pub fn accounts(&self) -> Result<Vec<Account>> {
        self.read(|sql| {
            let mut statement = sql.prepare_cached(&format!("SELECT {COLUMNS} FROM account ORDER BY id"))?;
            let mut rows = statement.query([])?;
            let mut accounts = Vec::new();
            while let Some(row) = rows.next()? {
                accounts.push(Account::read(row)?);
            }
            Ok(accounts)
        })
    }

    /// The account with that id or alias.
    pub fn account(&self, id_or_alias: &str) -> Result<Option<Account>> {
        self.read(|sql| find(sql, id_or_alias))
    }

    /// The account with that id, made as an empty local one if the store does not have it.
    pub fn ensure_account(&self, id: &AccountId, partition: Partition) -> Result<Account> {
        self.ensure(id, partition, None)
    }

    /// The mirror of an endpoint's account, made if the store does not have it.
    pub fn ensure_mirror(&self, id: &AccountId, partition: Partition, endpoint: &EndpointName) -> Result<Account> {
        self.ensure(id, partition, Some(&serde_json::to_string(endpoint)?))
    }

    fn ensure(&self, id: &AccountId, partition: Partition, endpoint: Option<&str>) -> Result<Account> {
        if let Some(account) = self.account(id.as_str())? {
            return Ok(account);
        }
        let now = self.world.now().as_second();
        self.write(|sql| {
            sql.execute(
                "INSERT INTO account (account_id, partition, created, endpoint) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING",
                params![id.as_str(), partition.as_str(), now, endpoint],
            )?;
            made(sql, id)
        })
    }
}

/// The account with that id, which was made if it was not there.
pub(super) fn made(sql: &Connection, id: &AccountId) -> Result<Account> {
    find(sql, id.as_str())?.ok_or_else(|| Error::Corrupt("an account that was just made is not there".into()))
}

pub(super) fn find(sql: &Connection, id_or_alias: &str) -> Result<Option<Account>> {
    let text =
        format!("SELECT {COLUMNS} FROM account WHERE account_id = ?1 OR alias = ?1 ORDER BY account_id = ?1 DESC");
    sql.prepare_cached(&text)?.query_row([id_or_alias], |row| Ok(Account::read(row))).optional()?.transpose()
}
