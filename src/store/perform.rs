//! How an operation runs: checked against the model, in one transaction, journaled if it writes.

use jiff::Timestamp;
use rusqlite::params;
use serde_json::{Map, Value};

use super::account::Account;
use super::error::{Error, Result};
use super::log_debt::owe;
use super::open::Store;
use super::tx::Tx;
use crate::api::{Access, Call, Mark, Model, Operation, check};
use crate::iam::Caller;
use crate::policy::condition::Context;

/// The behaviour of an operation: what IAM does with it. One `impl` an operation, in the file of its resource.
pub trait Perform: Operation {
    /// Does it. The input fits the model; everything else is for the behaviour to refuse.
    ///
    /// # Errors
    /// IAM's refusal, with the code and message of AWS. Nothing was changed then.
    fn perform(&self, tx: &Tx<'_>) -> Result<Self::Output>;
}

impl Store {
    /// Performs an operation on an account as the caller.
    pub fn perform<O: Perform>(&self, account: &Account, caller: &Caller, operation: &O) -> Result<O::Output> {
        self.run((account, caller, None), &Call::from(operation), |_| Ok(()), |tx| operation.perform(tx))
    }

    /// Performs a call whose type is only known by its name. The output has the API's member names.
    pub fn perform_call(&self, account: &Account, caller: &Caller, call: &Call) -> Result<Map<String, Value>> {
        self.run((account, caller, None), call, |_| Ok(()), |tx| super::dispatch::dispatch(call, tx))
    }

    /// Writes the journal's line for a change that went to an endpoint: `error` is the code it ended with.
    pub fn journal(&self, account: &Account, caller: &Caller, call: &Call, error: Option<&str>) -> Result<()> {
        let now = self.world.now();
        self.write(|sql| record(sql, account, caller, call, (now, error)))
    }

    /// Runs a call's behaviour in one transaction, after the guard has let it through.
    pub(super) fn run<T>(
        &self,
        (account, caller, origin): (&Account, &Caller, Option<&Context>),
        call: &Call,
        guard: impl FnOnce(&Tx<'_>) -> Result<()>,
        behave: impl FnOnce(&Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        check::check(call.model(), call.input())?;
        let now = self.world.now();
        if !writes(call.model()) {
            return self.read(|sql| {
                let tx = Tx { sql, store: self, account, caller, origin, now };
                guard(&tx)?;
                behave(&tx)
            });
        }
        self.write(|sql| {
            let tx = Tx { sql, store: self, account, caller, origin, now };
            match attempt(&tx, call, guard, behave) {
                Err(refusal @ Error::Iam(_)) => Ok(Err(refusal)),
                outcome => outcome.map(Ok),
            }
        })?
    }
}

/// Does what a call asks in an open transaction. A call that fails leaves nothing behind but its line in the journal, and
/// takes nothing back of what was done before it.
///
/// # Errors
/// The guard's, the behaviour's, and the journal's: what has no line there was not done. When the store fails, the whole
/// transaction may be gone.
pub(super) fn attempt<T>(
    tx: &Tx<'_>,
    call: &Call,
    guard: impl FnOnce(&Tx<'_>) -> Result<()>,
    behave: impl FnOnce(&Tx<'_>) -> Result<T>,
) -> Result<T> {
    guard(tx)?;
    tx.execute("SAVEPOINT attempt", [])?;
    let line = |code| {
        if call.is_write() { record(tx.sql, tx.account, tx.caller, call, (tx.now, code)) } else { Ok(()) }
    };
    let outcome = match behave(tx) {
        Ok(done) => {
            let owed = if call.model().has(Mark::TakesSecret) { owe(tx.sql) } else { Ok(()) };
            owed.and_then(|()| line(None)).map(|()| done)
        }
        Err(Error::Iam(refusal)) => {
            tx.execute("ROLLBACK TO attempt", [])?;
            line(Some(refusal.code.as_ref())).and(Err(refusal.into()))
        }
        failed => failed,
    };
    // A full disk makes SQLite roll everything back by itself, and the savepoint is gone with it.
    if tx.sql.is_autocommit() {
        return outcome;
    }
    if outcome.as_ref().is_err_and(|error| error.iam().is_none()) {
        tx.execute("ROLLBACK TO attempt", [])?;
    }
    tx.execute("RELEASE attempt", [])?;
    outcome
}

/// Whether a call needs the connection that writes: it changes the account, or leaves something in the store.
pub fn writes(model: &Model) -> bool {
    model.access == Access::Write || model.has(Mark::LeavesTrace)
}

/// Writes a line of the journal. Secrets are hidden before it is written.
fn record(
    sql: &rusqlite::Connection,
    account: &Account,
    caller: &Caller,
    call: &Call,
    (now, error): (Timestamp, Option<&str>),
) -> Result<()> {
    sql.prepare_cached(
        "INSERT INTO journal (account, at, caller, operation, input, error) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        account.row,
        now.as_second(),
        caller.arn(&account.partition, account.id.as_str()),
        call.model().name,
        call.redacted().to_string(),
        error
    ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Perform;
    use crate::api::{Call, CreateUser};
    use crate::iam::{Caller, Error};
    use crate::policy::condition::Context;
    use crate::store::guarded::{Guarded, Source};
    use crate::store::kit::Kit;

    #[test]
    fn what_the_journal_cannot_tell_of_is_not_done() {
        let kit = Kit::new();
        kit.fill_journal();
        let create = CreateUser { user_name: "ann".into(), ..CreateUser::default() };
        let call = Call::from(&create);
        assert!(kit.store.perform(&kit.account, &Caller::Root, &create).unwrap_err().iam().is_none());
        let origin = Context::new();
        let source = Source { caller: &Caller::Root, origin: &origin };
        let guarded = Guarded { account: &kit.account, source, call: &call, guard: &|_| Ok(()) };
        assert!(kit.store.perform_together(&[guarded]).remove(0).unwrap_err().iam().is_none());
        assert_eq!(kit.call("GetUser", json!({"UserName": "ann"})).unwrap_err().code, "NoSuchEntity");
    }

    #[test]
    fn what_sqlite_rolled_back_by_itself_is_told_as_it_was() {
        let kit = Kit::new();
        let full = "CREATE TRIGGER full BEFORE INSERT ON entity BEGIN SELECT RAISE(ROLLBACK, 'no room'); END";
        kit.store.write(|sql| Ok(sql.execute_batch(full)?)).unwrap();
        let create = CreateUser { user_name: "ann".into(), ..CreateUser::default() };
        let error = kit.store.perform(&kit.account, &Caller::Root, &create).unwrap_err().to_string();
        assert!(error.contains("no room"), "{error}");
        let call = Call::from(&create);
        let origin = Context::new();
        let source = Source { caller: &Caller::Root, origin: &origin };
        let guarded = Guarded { account: &kit.account, source, call: &call, guard: &|_| Ok(()) };
        let error = kit.store.perform_together(&[guarded]).remove(0).unwrap_err().to_string();
        assert!(error.contains("no room"), "{error}");
    }

    #[test]
    fn what_fails_halfway_leaves_only_its_line_in_the_journal() {
        let kit = Kit::new();
        let create = CreateUser { user_name: "ann".into(), ..CreateUser::default() };
        let outcome = kit.store.run(
            (&kit.account, &Caller::Root, None),
            &Call::from(&create),
            |_| Ok(()),
            |tx| {
                create.perform(tx)?;
                Err::<(), _>(Error::service_failure("halfway").into())
            },
        );
        assert_eq!(outcome.unwrap_err().iam().unwrap().message, "halfway");
        assert_eq!(kit.call("GetUser", json!({"UserName": "ann"})).unwrap_err().code, "NoSuchEntity");
        let errors = kit.store.read(|sql| {
            Ok(sql.query_row("SELECT group_concat(error) FROM journal", [], |row| row.get::<_, Option<String>>(0))?)
        });
        assert_eq!(errors.unwrap(), Some("ServiceFailure".to_owned()));
    }
}
