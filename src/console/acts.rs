//! Changes as commits: calls made one after the other, told in a sentence.

use serde_json::Value;

use super::context::Context;
use super::effect::Effect;
use super::task::{Commit, Done, Failure, Work};
use crate::account::{self, Account};
use crate::api::model::Service;
use crate::api::{Call, find};

impl From<account::Error> for Failure {
    fn from(error: account::Error) -> Self {
        match error.iam() {
            Some(iam) => iam.clone().into(),
            None => Self { code: None, message: error.to_string(), remedy: error.remedy() },
        }
    }
}

/// A call by the operation's name, with its input by the API's own member names.
///
/// # Errors
/// When the API has no such operation, or the input is no object.
pub fn call(operation: &str, input: Value) -> Result<Call, Failure> {
    let model = find(Service::Iam, operation);
    match (model, input) {
        (Some(model), Value::Object(input)) => Ok(Call::new(model, input)),
        _ => Err(Failure::new(format!("the API has no operation {operation}"))),
    }
}

/// Makes the calls in order; the first that fails ends it, and says how far it got.
pub async fn perform(account: &Account, calls: Vec<Call>) -> Result<(), Failure> {
    let count = calls.len();
    for (done, call) in calls.into_iter().enumerate() {
        if let Err(error) = account.call(call).await {
            let failure = Failure::from(error);
            if done == 0 {
                return Err(failure);
            }
            let message = format!("{} (after {done} of {count} steps were done)", failure.message);
            return Err(Failure { message, ..failure });
        }
    }
    Ok(())
}

/// The work of making calls.
pub fn work(cx: &Context, done: impl Into<String>, calls: Vec<Result<Call, Failure>>) -> Work {
    let (account, done) = (cx.account.clone(), done.into());
    Box::pin(async move {
        perform(&account, calls.into_iter().collect::<Result<_, _>>()?).await?;
        Ok(Done::new(done))
    })
}

/// The effect of making calls: `doing` is said meanwhile, `done` when all went well.
pub fn commit(
    cx: &Context,
    doing: impl Into<String>,
    done: impl Into<String>,
    calls: Vec<Result<Call, Failure>>,
) -> Effect {
    Effect::Commit(Commit::new(&cx.tasks, doing, work(cx, done, calls)))
}

/// The `aws` lines of calls, one a line.
pub fn lines(calls: &[Result<Call, Failure>]) -> String {
    let lines: Vec<String> = calls.iter().flatten().map(crate::api::cli::print).collect();
    lines.join("\n")
}
