//! What a behaviour works with: the transaction, the account, the caller, the time, and the look-ups they all share.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use super::account::Account;
use super::error::Result;
use super::open::Store;
use super::page::Page;
use crate::iam::{Caller, Error, IdKind, Kind, unique_id, uuid};
use crate::policy::condition::Context;

/// One operation's transaction.
pub struct Tx<'a> {
    pub(super) sql: &'a Connection,
    pub(super) store: &'a Store,
    pub(super) account: &'a Account,
    pub(super) caller: &'a Caller,
    /// Condition keys of the connection that the call came by; `None` for a call that came by none.
    pub(super) origin: Option<&'a Context>,
    /// The moment of the operation; IAM counts in seconds.
    pub(super) now: Timestamp,
}

/// A row of `entity`.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    pub id: i64,
    pub kind: Kind,
    pub name: String,
    pub path: String,
    pub arn: String,
    pub uid: String,
    pub created: Timestamp,
    pub description: Option<String>,
    pub boundary: Option<String>,
}

/// The columns that [`Entity::read`] expects, from the table `entity` under the alias `e`.
pub(super) const ENTITY: &str = "e.id, e.kind, e.name, e.path, e.arn, e.uid, e.created, e.description, e.boundary";

impl Entity {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            kind: Kind::of_number(row.get(1)?).unwrap_or(Kind::User),
            name: row.get(2)?,
            path: row.get(3)?,
            arn: row.get(4)?,
            uid: row.get(5)?,
            created: time(row.get(6)?),
            description: row.get(7)?,
            boundary: row.get(8)?,
        })
    }
}

/// A time of the store.
pub(super) fn time(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or_default()
}

/// The name as it is compared.
pub(super) fn fold(name: &str) -> String {
    name.to_lowercase()
}

/// The name as it must be unique: of MFA devices with the path, of all others alone.
pub(super) fn name_key(kind: Kind, path: &str, name: &str) -> String {
    match kind {
        Kind::MfaDevice => fold(&format!("{path}{name}")).trim_start_matches('/').to_owned(),
        _ => fold(name),
    }
}

impl Store {
    /// Looks things up on one snapshot of the store, as somebody who may read all of it.
    pub(super) fn look<T>(&self, account: &Account, run: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        let now = self.now();
        self.read(|sql| run(&Tx { sql, store: self, account, caller: &Caller::Root, origin: None, now }))
    }
}

impl Tx<'_> {
    /// The moment of the operation, in whole seconds.
    pub(super) fn seconds(&self) -> i64 {
        self.now.as_second()
    }

    /// The moment of the operation as answers give it.
    pub(super) fn moment(&self) -> Timestamp {
        time(self.seconds())
    }

    /// One row, or `None`.
    pub(super) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.sql.prepare_cached(sql)?.query_row(params, read).optional()?)
    }

    /// Every row.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let rows = statement.query_map(params, read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// A count.
    pub(super) fn count(&self, sql: &str, params: impl Params) -> Result<usize> {
        let count: i64 = self.sql.prepare_cached(sql)?.query_row(params, |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// Runs a statement; how many rows it changed.
    pub(super) fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        Ok(self.sql.prepare_cached(sql)?.execute(params)?)
    }

    /// The entity of that kind and name, whatever the case of the letters.
    pub(super) fn find(&self, kind: Kind, name: &str) -> Result<Option<Entity>> {
        self.one(
            &format!("SELECT {ENTITY} FROM entity e WHERE e.account = ?1 AND e.kind = ?2 AND e.name_key = ?3"),
            params![self.account.row, kind.number(), fold(name)],
            Entity::read,
        )
    }

    /// The entity with that ARN.
    pub(super) fn find_arn(&self, arn: &str) -> Result<Option<Entity>> {
        self.one(
            &format!("SELECT {ENTITY} FROM entity e WHERE e.account = ?1 AND e.arn = ?2"),
            params![self.account.row, arn],
            Entity::read,
        )
    }

    /// The user of that name.
    ///
    /// # Errors
    /// `NoSuchEntity`, as for the two functions below.
    pub(super) fn user(&self, name: &str) -> Result<Entity> {
        self.named(Kind::User, name, "user")
    }

    /// The group of that name.
    pub(super) fn group(&self, name: &str) -> Result<Entity> {
        self.named(Kind::Group, name, "group")
    }

    /// The role of that name.
    pub(super) fn role(&self, name: &str) -> Result<Entity> {
        self.named(Kind::Role, name, "role")
    }

    fn named(&self, kind: Kind, name: &str, noun: &str) -> Result<Entity> {
        let missing = || Error::no_such_entity(format!("The {noun} with name {name} cannot be found."));
        Ok(self.find(kind, name)?.ok_or_else(missing)?)
    }

    /// The user that a call means: the one it names, or else the caller's own.
    ///
    /// # Errors
    /// `ValidationError` when the call names none and the caller is no user; `NoSuchEntity`.
    pub(super) fn user_or_caller(&self, name: Option<&str>) -> Result<Entity> {
        match name.or(self.caller.user_name()) {
            Some(name) => self.user(name),
            None => Err(nameless().into()),
        }
    }

    /// Refuses to add one more of a kind than the account may hold.
    pub(super) fn check_quota(&self, kind: Kind, (what, quota): (&str, u32)) -> Result<()> {
        let sql = "SELECT ifnull(sum(count), 0) FROM tally WHERE account = ?1 AND kind = ?2";
        check_room(self.count(sql, params![self.account.row, kind.number()])?, what, quota)
    }

    /// Adds an entity. The caller has made sure that the name is free and the quota leaves room.
    pub(super) fn insert(&self, new: &NewEntity<'_>) -> Result<Entity> {
        let path = new.path.unwrap_or("/");
        let arn = self.account.arn(&format!("{}{path}{}", new.kind.arn_type(), new.name));
        let uid = new.kind.id_kind().map(|kind| self.unique_id(kind)).unwrap_or_default();
        self.execute(
            "INSERT INTO entity (account, kind, name, name_key, path, arn, uid, created, description, boundary)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                self.account.row,
                new.kind.number(),
                new.name,
                name_key(new.kind, path, new.name),
                path,
                arn,
                uid,
                self.seconds(),
                new.description,
                new.boundary
            ],
        )?;
        Ok(Entity {
            id: self.sql.last_insert_rowid(),
            kind: new.kind,
            name: new.name.to_owned(),
            path: path.to_owned(),
            arn,
            uid,
            created: self.moment(),
            description: new.description.map(str::to_owned),
            boundary: new.boundary.map(str::to_owned),
        })
    }

    /// Gives an entity another name or path, and the ARN that follows from them.
    pub(super) fn rename(&self, entity: &Entity, name: &str, path: &str) -> Result<()> {
        let arn = self.account.arn(&format!("{}{path}{name}", entity.kind.arn_type()));
        self.execute(
            "UPDATE entity SET name = ?2, name_key = ?3, path = ?4, arn = ?5 WHERE id = ?1",
            params![entity.id, name, fold(name), path, arn],
        )?;
        Ok(())
    }

    /// One row more than a page of a kind's entities under a path, by name.
    pub(super) fn list(&self, kind: Kind, path_prefix: Option<&str>, page: &Page) -> Result<Vec<Entity>> {
        self.all(
            &format!(
                "SELECT {ENTITY} FROM entity e
                 WHERE e.account = ?1 AND e.kind = ?2 AND e.name_key > ?3 AND substr(e.path, 1, length(?4)) = ?4
                 ORDER BY e.name_key LIMIT ?5"
            ),
            params![self.account.row, kind.number(), page.after, path_prefix.unwrap_or("/"), page.limit],
            Entity::read,
        )
    }

    /// Refuses to delete what something still hangs on: each pair asks whether it does, and says what to do first.
    ///
    /// # Errors
    /// `DeleteConflict`.
    pub(super) fn check_free(&self, entity: &Entity, in_the_way: &[(&str, &str)]) -> Result<()> {
        for (sql, remedy) in in_the_way {
            if self.count(sql, [entity.id])? > 0 {
                return Err(Error::delete_conflict(format!("Cannot delete entity, {remedy}")).into());
            }
        }
        Ok(())
    }

    /// Removes an entity with everything that hangs on it.
    pub(super) fn delete(&self, entity: &Entity) -> Result<()> {
        self.execute("DELETE FROM entity WHERE id = ?1", [entity.id])?;
        Ok(())
    }

    /// A new unique id.
    pub(super) fn unique_id(&self, kind: IdKind) -> String {
        unique_id(kind, self.random())
    }

    /// A random UUID.
    pub(super) fn uuid(&self) -> String {
        uuid(self.random())
    }

    /// Random bytes.
    pub(super) fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.store.world.fill(&mut bytes);
        bytes
    }

    /// The secret, sealed under the name of what it belongs to.
    pub(super) fn seal(&self, name: &str, secret: &str) -> Result<Vec<u8>> {
        self.store.vault.seal(self.store.world.as_ref(), name, secret.as_bytes())
    }
}

/// What IAM says when a call names no user and its caller is none.
pub(super) fn nameless() -> Error {
    Error::validation("Must specify userName when calling with non-User credentials")
}

/// What a new entity is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewEntity<'a> {
    pub kind: Kind,
    pub name: &'a str,
    pub path: Option<&'a str>,
    pub description: Option<&'a str>,
    pub boundary: Option<&'a str>,
}

/// Refuses more than a quota allows.
///
/// # Errors
/// `LimitExceeded`, in IAM's words.
pub(super) fn check_within(count: usize, what: &str, quota: u32) -> Result<()> {
    if u32::try_from(count).is_ok_and(|count| count <= quota) {
        return Ok(());
    }
    Err(Error::limit_exceeded(format!("Cannot exceed quota for {what}: {quota}")).into())
}

/// Refuses one more where so many are held already.
///
/// # Errors
/// As [`check_within`].
pub(super) fn check_room(held: usize, what: &str, quota: u32) -> Result<()> {
    check_within(held.saturating_add(1), what, quota)
}
