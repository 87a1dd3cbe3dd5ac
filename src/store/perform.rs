//! How an operation runs: checked against the model, in one transaction, journaled if it writes.

use jiff::Timestamp;
use rusqlite::params;
use serde_json::{Map, Value};

use super::account::Account;
use super::error::{Error, Result};
use super::open::Store;
use super::tx::Tx;
use crate::api::{Access, Call, Model, Operation, Service, check};
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
        if call.model().access == Access::Read && !leaves_something(call.model()) {
            return self.read(|sql| {
                let tx = Tx { sql, store: self, account, caller, origin, now };
                guard(&tx)?;
                behave(&tx)
            });
        }
        let mut passed = false;
        let outcome = self.write(|sql| {
            let tx = Tx { sql, store: self, account, caller, origin, now };
            guard(&tx)?;
            passed = true;
            let value = behave(&tx)?;
            if call.is_write() {
                record(sql, account, caller, call, (now, None))?;
            }
            Ok(value)
        });
        if let Err(Error::Iam(error)) = &outcome
            && passed
            && call.is_write()
        {
            self.write(|sql| record(sql, account, caller, call, (now, Some(&error.code))))?;
        }
        if call.model().name.starts_with("Delete") && outcome.is_ok() && self.path().is_some() {
            self.truncate_log()?;
        }
        outcome
    }
}

/// Whether a read leaves something in the store nevertheless: a report, a job, a session, a code that is spent. Such calls
/// change nothing of the account, so no journal tells of them.
fn leaves_something(model: &Model) -> bool {
    let mints = model.name.starts_with("Assume") || model.name.ends_with("Token");
    model.name.starts_with("Generate") || (model.service == Service::Sts && mints)
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
