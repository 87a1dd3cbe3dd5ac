//! The test kit of the store: a store in memory with one account, in a world whose bytes follow from a seed.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::{Account, Perform, Store};
use crate::api::{Call, Service, Tag, find};
use crate::iam::{Caller, Error, Partition};
use crate::world::{Seeded, World};

/// A store with the account 123456789012, and its root user as the caller.
pub(crate) struct Kit {
    pub(crate) store: Store,
    pub(crate) account: Account,
}

impl Kit {
    pub(crate) fn new() -> Self {
        let start: Timestamp = "2026-01-02T03:04:05Z".parse().unwrap();
        Self::within(Seeded::new(1, start, SignedDuration::from_secs(1)))
    }

    /// A store with the account in a world of one's own.
    pub(crate) fn within(world: impl World + 'static) -> Self {
        let store = Store::in_memory(Arc::new(world)).unwrap();
        let account = store.ensure_account(&"123456789012".parse().unwrap(), Partition::Aws).unwrap();
        Self { store, account }
    }

    /// Lets no line into the journal any more, as a full disk would.
    pub(crate) fn fill_journal(&self) {
        let full = "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'no room'); END";
        self.store.write(|sql| Ok(sql.execute_batch(full)?)).unwrap();
    }

    /// The output of an operation that must succeed.
    #[track_caller]
    pub(crate) fn ok<O: Perform>(&self, operation: &O) -> O::Output {
        self.store.perform(&self.account, &Caller::Root, operation).unwrap()
    }

    /// IAM's error for an operation that must be refused.
    #[track_caller]
    pub(crate) fn refused<O: Perform>(&self, operation: &O) -> Error {
        self.store.perform(&self.account, &Caller::Root, operation).unwrap_err().iam().unwrap().clone()
    }

    /// The output of a call by its name, as JSON.
    #[track_caller]
    pub(crate) fn call(&self, name: &str, input: Value) -> Result<Map<String, Value>, Error> {
        let Value::Object(input) = input else { panic!("the input of {name} is no object") };
        let call = Call::new(find(Service::Iam, name).or_else(|| find(Service::Sts, name)).unwrap(), input);
        self.store.perform_call(&self.account, &Caller::Root, &call).map_err(|e| e.iam().unwrap().clone())
    }

    /// Notes that a user or role called an action of IAM so many days ago.
    pub(crate) fn noted(&self, name: &str, action: &str, days: i64) {
        let at = self.store.now().as_second() - days * 86_400;
        let sql = format!(
            "INSERT INTO action_use (entity, service, action, last_used) SELECT id, 'iam', '{action}', {at} FROM entity
             WHERE name = '{name}' ON CONFLICT DO UPDATE SET last_used = excluded.last_used"
        );
        self.write(&sql);
    }

    /// Changes the store behind its back.
    pub(crate) fn write(&self, sql: &str) {
        self.store.write(|db| Ok(db.execute_batch(sql)?)).unwrap();
    }

    /// Notes that a user or role used a service so many days ago.
    pub(crate) fn used(&self, name: &str, service: &str, days: i64) {
        let at = self.store.now().as_second() - days * 86_400;
        let sql = "INSERT INTO service_use (entity, service, last_used) SELECT id, ?2, ?3 FROM entity WHERE name = ?1";
        let noted = self.store.write(|db| Ok(db.execute(sql, (name, service, at))?)).unwrap();
        assert_eq!(noted, 1, "{name}");
    }
}

/// A permissions policy.
pub(crate) const ALLOW: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*"}]}"#;
/// A trust policy.
pub(crate) const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;

pub(crate) fn tag(key: &str, value: &str) -> Tag {
    Tag { key: key.into(), value: value.into() }
}

mod tests {
    use serde_json::json;

    use super::Kit;

    #[test]
    fn calls_by_name_do_what_typed_ones_do() {
        let kit = Kit::new();
        let made = kit.call("CreateUser", json!({"UserName": "ann"})).unwrap();
        assert_eq!(made["User"]["Arn"], "arn:aws:iam::123456789012:user/ann");
        assert_eq!(kit.call("GetUser", json!({"UserName": "bob"})).unwrap_err().code, "NoSuchEntity");
        assert_eq!(kit.call("CreateUser", json!({"UserName": "a b"})).unwrap_err().code, "ValidationError");
    }

    #[test]
    fn every_write_is_journaled_and_no_read() {
        let kit = Kit::new();
        kit.call("CreateUser", json!({"UserName": "ann"})).unwrap();
        kit.call("CreateUser", json!({"UserName": "ann"})).unwrap_err();
        kit.call("GetUser", json!({"UserName": "ann"})).unwrap();
        let lines = kit.store.read(|sql| {
            let mut statement = sql.prepare("SELECT operation, input, error FROM journal ORDER BY id")?;
            let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
            Ok(rows.collect::<rusqlite::Result<Vec<(String, String, Option<String>)>>>()?)
        });
        let input = r#"{"UserName":"ann"}"#.to_owned();
        assert_eq!(
            lines.unwrap(),
            [
                ("CreateUser".to_owned(), input.clone(), None),
                ("CreateUser".to_owned(), input, Some("EntityAlreadyExists".to_owned())),
            ]
        );
    }
}
