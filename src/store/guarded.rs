//! Calls on behalf of somebody who may not do everything: the guard decides in the very transaction that then does the work.
//!
//! What a guard needs is here, too: the facts about an entity that policies ask for, and a number that tells when what was
//! learned earlier has to be learned again.

use rusqlite::Connection;
use serde_json::{Map, Value};

use super::account::Account;
use super::error::{Error, Result};
use super::open::Store;
use super::perform::attempt;
use super::tx::{Entity, Tx};
use crate::api::{Call, check};
use crate::iam::{Caller, Kind};
use crate::policy::condition::Context;

/// What policies ask about an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its ARN.
    pub arn: String,
    /// Its tags.
    pub tags: Vec<(String, String)>,
    /// The ARN of its permissions boundary.
    pub boundary: Option<String>,
}

/// Who calls, and what is known of where the call comes from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Who.
    pub caller: &'a Caller,
    /// Condition keys of the connection, which trust policies see.
    pub origin: &'a Context,
}

/// A call on behalf of somebody, and what has to let it through.
pub struct Guarded<'a> {
    /// Where.
    pub account: &'a Account,
    /// Who.
    pub source: Source<'a>,
    /// What.
    pub call: &'a Call,
    /// Refuses the call, or does not.
    pub guard: &'a dyn Fn(&Tx<'_>) -> Result<()>,
}

impl Guarded<'_> {
    fn attempt(&self, store: &Store, sql: &Connection) -> Result<Map<String, Value>> {
        check::check(self.call.model(), self.call.input())?;
        let Source { caller, origin } = self.source;
        let tx = Tx { sql, store, account: self.account, caller, origin: Some(origin), now: store.now() };
        attempt(&tx, self.call, self.guard, |tx| super::dispatch::dispatch(self.call, tx))
    }
}

impl Store {
    /// Performs calls that change something, one after the other, and commits them together: the disk takes no longer for
    /// many than for one. Each fails alone; when this returns, all that went well are durable.
    pub fn perform_together(&self, calls: &[Guarded<'_>]) -> Vec<Result<Map<String, Value>>> {
        let mut outcomes = Vec::new();
        let committed = self.write(|sql| {
            for call in calls {
                let outcome = call.attempt(self, sql);
                if sql.is_autocommit() {
                    outcome?;
                    return Err(Error::Uncommitted("the transaction is gone".into()));
                }
                outcomes.push(outcome);
            }
            Ok(())
        });
        if let Err(error) = committed {
            return calls.iter().map(|_| Err(Error::Uncommitted(error.to_string()))).collect();
        }
        outcomes
    }

    /// Performs a call unless the guard refuses it. The guard sees the store as the call then finds it, and nothing can
    /// change between the two.
    ///
    /// # Errors
    /// The guard's; else as [`Store::perform_call`].
    pub fn perform_guarded(
        &self,
        account: &Account,
        source: Source<'_>,
        call: &Call,
        guard: impl FnOnce(&Tx<'_>) -> Result<()>,
    ) -> Result<Map<String, Value>> {
        self.run((account, source.caller, Some(source.origin)), call, guard, |tx| super::dispatch::dispatch(call, tx))
    }

    /// A number that is another one after every change of the store, whoever made it. Costs next to nothing.
    ///
    /// # Errors
    /// When the store fails.
    pub fn version(&self) -> Result<u64> {
        self.watch(|watcher| match watcher {
            Some(watcher) => {
                let version =
                    watcher.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get::<_, i64>(0))?;
                Ok(version.cast_unsigned())
            }
            None => Ok(self.changes()),
        })
    }
}

impl Tx<'_> {
    /// What policies ask about the entity of that name.
    ///
    /// # Errors
    /// When the store fails.
    pub fn facts(&self, kind: Kind, name: &str) -> Result<Option<Facts>> {
        self.find(kind, name)?.map(|entity| self.facts_of(entity)).transpose()
    }

    /// What policies ask about the entity with that ARN.
    ///
    /// # Errors
    /// When the store fails.
    pub fn facts_by_arn(&self, arn: &str) -> Result<Option<Facts>> {
        self.find_arn(arn)?.map(|entity| self.facts_of(entity)).transpose()
    }

    fn facts_of(&self, entity: Entity) -> Result<Facts> {
        let tags = self.tags(entity.id)?.unwrap_or_default();
        let tags = tags.into_iter().map(|tag| (tag.key, tag.value)).collect();
        Ok(Facts { arn: entity.arn, tags, boundary: entity.boundary })
    }

    /// The account in which it takes place.
    pub fn account(&self) -> &Account {
        self.account
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Guarded, Source};
    use crate::api::{Call, Service, find};
    use crate::iam::{Caller, Error, Kind};
    use crate::policy::condition::Context;
    use crate::store::kit::Kit;
    use crate::store::{Result, Tx};

    #[test]
    fn what_the_guard_refuses_is_not_done_and_leaves_no_trace() {
        let kit = Kit::new();
        let model = find(Service::Iam, "CreateUser").unwrap();
        let call = Call::new(model, json!({"UserName": "ann", "Path": "/a/"}).as_object().unwrap().clone());
        let origin = Context::new();
        let source = Source { caller: &Caller::Root, origin: &origin };
        let refuse = kit.store.perform_guarded(&kit.account, source, &call, |tx| {
            assert!(tx.facts(Kind::User, "ann")?.is_none());
            Err(Error::access_denied("no").into())
        });
        assert_eq!(refuse.unwrap_err().iam().unwrap().code, "AccessDenied");
        let journal =
            || kit.store.read(|sql| Ok(sql.query_row("SELECT count(*) FROM journal", [], |r| r.get::<_, i64>(0))?));
        assert_eq!(journal().unwrap(), 0);
        kit.store.perform_guarded(&kit.account, source, &call, |_| Ok(())).unwrap();
        assert_eq!(journal().unwrap(), 1);
    }

    #[test]
    fn calls_that_share_a_commit_fail_alone() {
        let kit = Kit::new();
        let create = |name: &str| {
            let input = json!({"UserName": name}).as_object().unwrap().clone();
            Call::new(find(Service::Iam, "CreateUser").unwrap(), input)
        };
        let (origin, calls) = (Context::new(), ["ann", "a b", "ann", "bob", "cid"].map(create));
        let source = Source { caller: &Caller::Root, origin: &origin };
        let (allow, refuse) = (|_: &Tx<'_>| Ok(()), |_: &Tx<'_>| Err(Error::access_denied("no").into()));
        let guarded: Vec<Guarded<'_>> = calls
            .iter()
            .map(|call| {
                let guard: &dyn Fn(&Tx<'_>) -> Result<()> =
                    if call.text("UserName") == Some("bob") { &refuse } else { &allow };
                Guarded { account: &kit.account, source, call, guard }
            })
            .collect();
        let outcomes = kit.store.perform_together(&guarded);
        let codes =
            outcomes.iter().map(|outcome| outcome.as_ref().err().map(|error| error.iam().unwrap().code.as_ref()));
        assert_eq!(
            codes.collect::<Vec<_>>(),
            [None, Some("ValidationError"), Some("EntityAlreadyExists"), Some("AccessDenied"), None]
        );
        let lines = kit.store.read(|sql| {
            let mut statement = sql.prepare("SELECT error FROM journal ORDER BY id")?;
            Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<Option<String>>>>()?)
        });
        assert_eq!(lines.unwrap(), [None, Some("EntityAlreadyExists".to_owned()), None]);
        let users = kit.call("ListUsers", json!({})).unwrap();
        assert_eq!(users["Users"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn the_version_changes_with_the_store_whoever_changes_it() {
        let kit = Kit::new();
        let before = kit.store.version().unwrap();
        assert_eq!(kit.store.version().unwrap(), before);
        kit.call("CreateUser", json!({"UserName": "ann"})).unwrap();
        assert_ne!(kit.store.version().unwrap(), before);

        let folder = tempfile::tempdir().unwrap();
        let open =
            || crate::store::Store::open(&folder.path().join("s"), std::sync::Arc::new(crate::world::Real)).unwrap();
        let (ours, theirs) = (open(), open());
        let before = ours.version().unwrap();
        theirs.ensure_account(&"123456789012".parse().unwrap(), crate::iam::Partition::Aws).unwrap();
        let after = ours.version().unwrap();
        assert_ne!(after, before);
        let account = ours.account("123456789012").unwrap().unwrap();
        let call = crate::api::CreateUser { user_name: "ann".into(), ..Default::default() };
        ours.perform(&account, &Caller::Root, &call).unwrap();
        assert_ne!(ours.version().unwrap(), after);
    }
}
