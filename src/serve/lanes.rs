//! Where a call is performed: at once on the thread that read it, aside on another, or with other changes in one commit.
//!
//! To look one entity up takes less time than to change threads. What reads much must not keep the others waiting. Changes
//! wait for each other in any case: those that gather while one commit is written to the disk share the next.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use serde_json::{Map, Value};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::spawn_blocking;

use super::authenticate::prove_again;
use super::authorize::authorize;
use super::known::Known;
use super::notes::{used, whose};
use crate::api::{Call, Mark, Model};
use crate::iam::Caller;
use crate::policy::condition::Context;
use crate::store::{self, Account, Guarded, Source, Store, Tx, Whose};

/// Long reads at once. More would not be faster on a small machine, and less fair to the short ones.
const ASIDE_MAX: usize = 4;
/// Changes that share a commit, at most: what one waits for the others stays small.
const TOGETHER_MAX: usize = 64;

/// What the store answers to a call.
pub(super) type Outcome = store::Result<Map<String, Value>>;

/// A call that only the policies and the store itself can still refuse.
#[derive(Debug)]
pub(super) struct Admitted {
    pub account: Arc<Account>,
    /// `None` for a call that brings another proof of who makes it than a signature.
    pub signer: Option<Signer>,
    /// Condition keys of the connection.
    pub origin: Context,
    pub call: Box<Call>,
}

/// Who signed a call, and how.
#[derive(Debug)]
pub(super) struct Signer {
    pub known: Arc<Known>,
    pub access_key_id: String,
    /// The region that it was signed for.
    pub region: String,
}

impl Admitted {
    fn source(&self) -> Source<'_> {
        let caller = self.signer.as_ref().map_or(&Caller::Anonymous, |signer| &signer.known.caller);
        Source { caller, origin: &self.origin }
    }

    fn guard(&self, tx: &Tx<'_>) -> store::Result<()> {
        let Some(Signer { known, access_key_id, .. }) = &self.signer else { return Ok(()) };
        let judge = |found| authorize(tx, (&self.account, known, found), &self.origin, &self.call);
        if known.is_ours || !store::writes(self.call.model()) {
            return judge(known.policies.as_ref());
        }
        // Changes that waited before this one may have taken away what was known when it was let in.
        prove_again(tx, known, access_key_id)?;
        judge(tx.deciding_policies()?.as_ref())
    }

    fn read(&self, store: &Store) -> Outcome {
        store.perform_guarded(&self.account, self.source(), &self.call, |tx| self.guard(tx))
    }
}

/// A change that waits for its commit.
#[derive(Debug)]
struct Change {
    call: Arc<Admitted>,
    tell: oneshot::Sender<Outcome>,
}

/// The ways to the store.
#[derive(Debug)]
pub(super) struct Lanes {
    store: Arc<Store>,
    aside: Arc<Semaphore>,
    changes: mpsc::UnboundedSender<Change>,
}

impl Lanes {
    /// Needs the runtime: changes are taken in by a task that ends with these.
    pub(super) fn new(store: Arc<Store>) -> Self {
        let (changes, waiting) = mpsc::unbounded_channel();
        tokio::spawn(commit(Arc::clone(&store), waiting));
        Self { store, aside: Arc::new(Semaphore::new(ASIDE_MAX)), changes }
    }

    /// Performs a call. A change is durable when it is answered.
    pub(super) async fn perform(&self, call: &Arc<Admitted>) -> Outcome {
        let model = call.call.model();
        if store::writes(model) {
            return self.change(Arc::clone(call)).await;
        }
        if !is_long(model) {
            return call.read(&self.store);
        }
        let (store, call) = (Arc::clone(&self.store), Arc::clone(call));
        // The semaphore is never closed; without a turn the call would only be slower. The turn is the read's, which goes on
        // when the client has gone.
        let turn = Arc::clone(&self.aside).acquire_owned().await;
        let read = spawn_blocking(move || {
            let _turn = turn;
            call.read(&store)
        });
        read.await.unwrap_or_else(|_| Err(lost()))
    }

    /// Notes that the key of a call was used now, or the role whose session it is.
    pub(super) async fn note_use(&self, call: Arc<Admitted>) {
        let store = Arc::clone(&self.store);
        let noted = spawn_blocking(move || {
            let Some(signer) = &call.signer else { return Ok(()) };
            let used = used(&call, signer);
            match whose(signer) {
                Whose::Session(holder) => store.note_session_use(&call.account, holder, used),
                Whose::Key(id) => store.note_key_use(&call.account, id, used),
            }
        });
        if let Err(error) = noted.await.unwrap_or_else(|_| Err(lost())) {
            tracing::error!(%error, "the use of a key was not noted");
        }
    }

    async fn change(&self, call: Arc<Admitted>) -> Outcome {
        let (tell, told) = oneshot::channel();
        let sent = self.changes.send(Change { call, tell });
        sent.map_err(|_| lost())?;
        told.await.unwrap_or_else(|_| Err(lost()))
    }
}

fn is_long(model: &Model) -> bool {
    model.pages.is_some() || model.has(Mark::Slow)
}

/// What is left of a call whose thread ended before it.
fn lost() -> store::Error {
    store::Error::Uncommitted("its thread ended early".into())
}

/// Takes in what waits, again and again, until nobody is left who could send more.
async fn commit(store: Arc<Store>, mut waiting: mpsc::UnboundedReceiver<Change>) {
    let mut gathered = Vec::new();
    while waiting.recv_many(&mut gathered, TOGETHER_MAX).await > 0 {
        while !gathered.is_empty() {
            let (store, changes) = (Arc::clone(&store), first_together(&mut gathered));
            if let Err(error) = spawn_blocking(move || answer_together(&store, changes)).await {
                tracing::error!(%error, "changes were lost");
            }
        }
    }
}

/// Takes out the first changes, as many as may share a commit: a slow one keeps nobody else waiting.
fn first_together(gathered: &mut Vec<Change>) -> Vec<Change> {
    let is_slow = |change: &Change| change.call.call.model().has(Mark::Slow);
    let end = gathered.windows(2).position(|pair| pair.iter().any(is_slow));
    gathered.drain(..end.map_or(gathered.len(), |last| last + 1)).collect()
}

/// Answers changes that share a commit.
fn answer_together(store: &Store, changes: Vec<Change>) {
    let outcomes = outcomes(store, &changes);
    for (change, outcome) in changes.into_iter().zip(outcomes) {
        // Whoever went away does not hear it.
        let _ = change.tell.send(outcome);
    }
}

/// What comes of changes that share a commit. When one of them panics nothing of the commit is kept, since the transaction
/// is rolled back: each is performed again by itself, and only the one that panics is lost.
fn outcomes(store: &Store, changes: &[Change]) -> Vec<Outcome> {
    match catch_unwind(AssertUnwindSafe(|| perform_together(store, changes))) {
        Ok(outcomes) => outcomes,
        Err(_) if changes.len() > 1 => changes.chunks(1).flat_map(|change| outcomes(store, change)).collect(),
        Err(_) => {
            tracing::error!(call = ?changes.first().map(|change| &change.call.call), "a change panicked");
            vec![Err(lost())]
        }
    }
}

fn perform_together(store: &Store, changes: &[Change]) -> Vec<Outcome> {
    let guards: Vec<_> = changes.iter().map(|change| |tx: &Tx<'_>| change.call.guard(tx)).collect();
    let calls: Vec<_> = changes
        .iter()
        .zip(&guards)
        .map(|(Change { call, .. }, guard)| Guarded {
            account: &call.account,
            source: call.source(),
            call: &call.call,
            guard,
        })
        .collect();
    store.perform_together(&calls)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures_util::FutureExt;
    use jiff::Timestamp;
    use serde_json::{Value, json};
    use tokio::sync::oneshot;

    use super::{ASIDE_MAX, Admitted, Change, Lanes, Outcome, Signer, answer_together, first_together};
    use crate::api::{Call, Service, find};
    use crate::policy::condition::Context;
    use crate::serve::RootKey;
    use crate::serve::known::{Known, Memory};
    use crate::store::kit::Kit;
    use crate::world::{Real, World};

    /// A store with the user bob, who may make users.
    struct Scene {
        kit: Kit,
        memory: Memory,
        owner: Arc<Known>,
        key: String,
    }

    impl Scene {
        fn new() -> Self {
            Self::of(Kit::new())
        }

        fn of(kit: Kit) -> Self {
            kit.call("CreateUser", json!({"UserName": "bob"})).unwrap();
            let allow = json!({"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": "iam:CreateUser", "Resource": "*"}]});
            let put = json!({"UserName": "bob", "PolicyName": "p", "PolicyDocument": allow.to_string()});
            kit.call("PutUserPolicy", put).unwrap();
            let made = kit.call("CreateAccessKey", json!({"UserName": "bob"})).unwrap();
            let key = made["AccessKey"]["AccessKeyId"].as_str().unwrap().to_owned();
            let owner = Arc::new(Known::root(&RootKey::generate(&kit.account.id, &Real), &kit.account));
            Self { kit, memory: Memory::default(), owner, key }
        }

        fn admitted(&self, is_bob: bool, name: &str, input: Value) -> Arc<Admitted> {
            let Value::Object(input) = input else { panic!("no object") };
            let (account, bob) = self.memory.of(&self.kit.store, &self.kit.account.id, &self.key).unwrap();
            let known = if is_bob { bob.unwrap() } else { Arc::clone(&self.owner) };
            let signer = Signer { known, access_key_id: self.key.clone(), region: "us-east-1".into() };
            let call = Box::new(Call::new(find(Service::Iam, name).unwrap(), input));
            Arc::new(Admitted { account, signer: Some(signer), origin: Context::new(), call })
        }

        /// What comes of calls that share a commit.
        fn together<const N: usize>(&self, calls: [Arc<Admitted>; N]) -> [Outcome; N] {
            let waiting = calls.map(|call| {
                let (tell, told) = oneshot::channel();
                (Change { call, tell }, told)
            });
            let (changes, told): (Vec<_>, Vec<_>) = waiting.into_iter().unzip();
            answer_together(&self.kit.store, changes);
            let outcomes: Vec<_> = told.into_iter().map(|mut told| told.try_recv().unwrap()).collect();
            outcomes.try_into().unwrap()
        }

        /// What comes of bob's `CreateUser`, admitted before the owner's call but performed after it.
        fn after(&self, name: &str, input: Value) -> Outcome {
            let create = self.admitted(true, "CreateUser", json!({"UserName": "eve"}));
            let [before, after] = self.together([self.admitted(false, name, input), create]);
            before.unwrap();
            after
        }

        fn refusal(name: &str, more: Value) -> String {
            let (scene, Value::Object(mut input)) = (Self::new(), more) else { panic!("no object") };
            input.insert("UserName".into(), "bob".into());
            if name.ends_with("AccessKey") {
                input.insert("AccessKeyId".into(), scene.key.clone().into());
            }
            let error = scene.after(name, Value::Object(input)).unwrap_err();
            assert_eq!(scene.kit.call("GetUser", json!({"UserName": "eve"})).unwrap_err().code, "NoSuchEntity");
            error.iam().unwrap().code.to_string()
        }
    }

    #[test]
    fn a_change_is_judged_by_what_the_changes_before_it_left() {
        assert_eq!(Scene::refusal("DeleteUserPolicy", json!({"PolicyName": "p"})), "AccessDenied");
        assert_eq!(Scene::refusal("DeleteAccessKey", json!({})), "InvalidClientTokenId");
        assert_eq!(Scene::refusal("UpdateAccessKey", json!({"Status": "Inactive"})), "InvalidClientTokenId");
        assert_eq!(Scene::refusal("UpdateUser", json!({"NewUserName": "rob"})), "InvalidClientTokenId");
        Scene::new().after("CreateUser", json!({"UserName": "cid"})).unwrap();
    }

    /// A world that has lost the randomness for the salt of passwords.
    #[derive(Debug)]
    struct Saltless;

    impl World for Saltless {
        fn now(&self) -> Timestamp {
            Real.now()
        }
        fn fill(&self, bytes: &mut [u8]) {
            assert_ne!(bytes.len(), 16, "no salt");
            Real.fill(bytes);
        }
    }

    #[test]
    fn a_change_that_panics_is_lost_alone() {
        let scene = Scene::of(Kit::within(Saltless));
        let create = |name: &str| scene.admitted(true, "CreateUser", json!({"UserName": name}));
        let panics = scene.admitted(false, "CreateLoginProfile", json!({"UserName": "bob", "Password": "a9%Kw-x2Lq"}));
        let [before, lost, again, after] = scene.together([create("ann"), panics, create("ann"), create("cid")]);
        before.unwrap();
        assert!(lost.unwrap_err().iam().is_none());
        assert_eq!(again.unwrap_err().iam().unwrap().code, "EntityAlreadyExists");
        after.unwrap();
        assert_eq!(scene.kit.call("ListUsers", json!({})).unwrap()["Users"].as_array().unwrap().len(), 3);
    }

    #[test]
    fn what_takes_long_shares_no_commit() {
        let scene = Scene::new();
        let change = |name: &str| {
            let (tell, _) = oneshot::channel();
            Change { call: scene.admitted(true, name, json!({})), tell }
        };
        let lengths = |names: &[&str]| {
            let mut gathered: Vec<_> = names.iter().copied().map(change).collect();
            std::iter::from_fn(|| Some(first_together(&mut gathered).len()).filter(|length| *length > 0)).collect()
        };
        let (short, long) = ("CreateUser", "CreateLoginProfile");
        let of: Vec<usize> = lengths(&[short, short, long, long, short, short]);
        assert_eq!(of, [2, 1, 1, 2]);
        assert_eq!(lengths(&[short, short, short]), [3]);
    }

    #[test]
    fn a_long_read_keeps_its_turn_when_the_client_goes() {
        let scene = Scene::new();
        let call = scene.admitted(false, "ListUsers", json!({}));
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.max_blocking_threads(1).build().unwrap().block_on(async {
            let lanes = Lanes::new(Arc::new(scene.kit.store));
            let (go, wait) = std::sync::mpsc::channel::<()>();
            let busy = tokio::task::spawn_blocking(move || wait.recv());
            assert!(lanes.perform(&call).now_or_never().is_none());
            assert_eq!(lanes.aside.available_permits(), ASIDE_MAX - 1);
            go.send(()).unwrap();
            busy.await.unwrap().unwrap();
            let _all = lanes.aside.acquire_many(u32::try_from(ASIDE_MAX).unwrap()).await.unwrap();
        });
    }
}
