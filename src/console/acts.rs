//! Changes as commits: calls made one after the other, told in a sentence.

use serde_json::Value;

use super::action::Danger;
use super::context::Context;
use super::effect::Effect;
use super::place::Place;
use super::task::{Commit, Done, Failure};
use super::widget::Confirm;
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
            return Err(broken_off(error, done, count));
        }
    }
    Ok(())
}

/// The same, over the guard's objections.
async fn perform_confirmed(account: &Account, calls: Vec<Call>) -> Result<(), Failure> {
    let count = calls.len();
    for (done, call) in calls.into_iter().enumerate() {
        if let Err(error) = account.call_confirmed(call).await {
            return Err(broken_off(error, done, count));
        }
    }
    Ok(())
}

/// A failure that says how far it got.
fn broken_off(error: account::Error, done: usize, count: usize) -> Failure {
    let failure = Failure::from(error);
    if done == 0 {
        return failure;
    }
    let message = format!("{} (after {done} of {count} steps were done)", failure.message);
    Failure { message, ..failure }
}

/// A change made of calls, told in sentences.
#[derive(Clone, Debug)]
pub struct Change {
    doing: String,
    done: String,
    calls: Vec<Result<Call, Failure>>,
    then: Then,
}

/// What comes after a change that went well.
#[derive(Clone, Debug, Default)]
enum Then {
    #[default]
    Stay,
    Go(Place),
    Moved(Place, Place),
}

impl Change {
    /// `doing` is said meanwhile, `done` when all went well.
    pub fn new(doing: impl Into<String>, done: impl Into<String>, calls: Vec<Result<Call, Failure>>) -> Self {
        Self { doing: doing.into(), done: done.into(), calls, then: Then::Stay }
    }

    /// The same change; when it went well, one goes there.
    #[must_use]
    pub fn to(self, place: Place) -> Self {
        Self { then: Then::Go(place), ..self }
    }

    /// The same change; when it went well, what was there is here.
    #[must_use]
    pub fn moving(self, from: Place, to: Place) -> Self {
        Self { then: Then::Moved(from, to), ..self }
    }

    /// The effect of making the change. What would lock its maker out is asked about first: the name has to be typed, so
    /// the key that asked for the change cannot confirm it.
    pub fn effect(self, cx: &Context) -> Effect {
        let objection = self.calls.iter().flatten().find_map(|call| cx.account.objection(call));
        let Some(objection) = objection else { return Effect::Commit(self.commit(cx, Consent::NotNeeded)) };
        let name = cx.account.caller().user_name().unwrap_or_default().to_owned();
        let steps: Vec<&str> = self.calls.iter().flatten().map(|call| call.model().name).collect();
        let cx = cx.clone();
        let question = Confirm::new(format!("{objection}. Do it all the same?"), Danger::Destroy)
            .fact("This does", steps.join(", "))
            .fact(
                "What may follow",
                "you may not be able to come back, nor to take it back; another administrator can",
            );
        Effect::open(
            question
                .typing(name)
                .choice("do it all the same", move || Effect::Commit(self.clone().commit(&cx, Consent::Given))),
        )
    }

    fn commit(self, cx: &Context, consent: Consent) -> Commit {
        let account = cx.account.clone();
        Commit::new(&cx.tasks, self.doing, async move {
            let calls = self.calls.into_iter().collect::<Result<_, _>>()?;
            match consent {
                Consent::NotNeeded => perform(&account, calls).await?,
                Consent::Given => perform_confirmed(&account, calls).await?,
            }
            let done = Done::new(self.done);
            Ok(match self.then {
                Then::Stay => done,
                Then::Go(place) => done.and_then(move || Effect::Go(place)),
                Then::Moved(from, to) => done.and_then(move || Effect::Moved { from, to }),
            })
        })
    }
}

/// What was said to the guard's objections.
#[derive(Clone, Copy, Debug)]
enum Consent {
    /// There were none.
    NotNeeded,
    /// They were read, and the change confirmed.
    Given,
}

/// The effect of making calls: `doing` is said meanwhile, `done` when all went well.
pub fn commit(
    cx: &Context,
    doing: impl Into<String>,
    done: impl Into<String>,
    calls: Vec<Result<Call, Failure>>,
) -> Effect {
    Change::new(doing, done, calls).effect(cx)
}

/// The `aws` lines of calls, one a line.
pub fn lines(calls: &[Result<Call, Failure>]) -> String {
    let lines: Vec<String> = calls.iter().flatten().map(crate::api::cli::print).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::account::Account;
    use crate::console::journeys::example_corp;
    use crate::console::screen::atlas::Atlas;
    use crate::console::testkit::Bench;
    use crate::iam::Caller;

    /// Example Corp, opened by one of its users.
    fn as_mateo() -> Bench {
        let account = example_corp();
        let caller = Caller::User {
            name: "mateo".into(),
            arn: "arn:aws:iam::123456789012:user/mateo".into(),
            id: "AIDAEXAMPLE".into(),
        };
        let account = Account::local_as(account.store().clone(), account.info(), caller);
        Bench::on(80, 24, account, Box::new(Atlas))
    }

    #[test]
    fn what_locks_its_maker_out_is_done_only_after_typing_the_name() {
        let mut bench = as_mateo();
        bench.keys("6 i");
        insta::assert_snapshot!(bench.screen());
        bench.keys("i enter");
        assert!(bench.screen().contains("Type mateo"), "{}", bench.screen());
        bench.keys("esc");
        assert!(bench.line_with("AKIA").contains("active") && !bench.screen().contains("inactive"));
        bench.keys("i").types("mateo").keys("enter");
        assert!(bench.line_with("AKIA").contains("inactive"), "{}", bench.screen());
    }

    #[test]
    fn a_chain_of_deletion_asks_as_well() {
        let mut bench = as_mateo();
        bench.keys("j d").types("mateo").keys("enter");
        assert!(bench.screen().contains("key you are signed in with"), "{}", bench.screen());
        bench.types("mateo").keys("enter");
        assert!(bench.screen().contains("Deleted user mateo"), "{}", bench.screen());
        let users = bench.calls("ListUsers", json!({}));
        assert!(!format!("{users:?}").contains("mateo"));
    }
}
