//! Where a call is performed: at once on the thread that read it, aside on another, or with other changes in one commit.
//!
//! To look one entity up takes less time than to change threads. What reads much must not keep the others waiting. Changes
//! wait for each other in any case: those that gather while one commit is written to the disk share the next.

use std::sync::Arc;

use serde_json::{Map, Value};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::spawn_blocking;

use super::authenticate::prove_again;
use super::authorize::authorize;
use super::known::Known;
use crate::api::{Call, Model};
use crate::iam::Caller;
use crate::policy::condition::Context;
use crate::store::{self, Account, Guarded, Source, Store, Tx};

/// Long reads at once. More would not be faster on a small machine, and less fair to the short ones.
const ASIDE_MAX: usize = 4;
/// Changes that share a commit, at most: what one waits for the others stays small.
const TOGETHER_MAX: usize = 64;

/// Reads that may take long although they do not answer in pages.
const LONG: [&str; 7] = [
    "GetContextKeysForCustomPolicy",
    "GetContextKeysForPrincipalPolicy",
    "GetCredentialReport",
    "GetOrganizationsAccessReport",
    "GetServiceLastAccessedDetails",
    "GetServiceLastAccessedDetailsWithEntities",
    "ListPoliciesGrantingServiceAccess",
];

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
    aside: Semaphore,
    changes: mpsc::UnboundedSender<Change>,
}

impl Lanes {
    /// Needs the runtime: changes are taken in by a task that ends with these.
    pub(super) fn new(store: Arc<Store>) -> Self {
        let (changes, waiting) = mpsc::unbounded_channel();
        tokio::spawn(commit(Arc::clone(&store), waiting));
        Self { store, aside: Semaphore::new(ASIDE_MAX), changes }
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
        // The semaphore is never closed; without a turn the call would only be slower.
        let _turn = self.aside.acquire().await;
        spawn_blocking(move || call.read(&store)).await.unwrap_or_else(|_| Err(lost()))
    }

    /// Notes that the key of a call was used now, or the role whose session it is.
    pub(super) async fn note_use(&self, call: Arc<Admitted>) {
        let store = Arc::clone(&self.store);
        let noted = spawn_blocking(move || {
            let Some(Signer { known, access_key_id, region }) = &call.signer else { return Ok(()) };
            let service = call.call.model().service.as_str();
            match known.caller.session() {
                Some(session) if !session.holder.is_empty() => {
                    store.note_session_use(&call.account, &session.holder, service, region)
                }
                _ => store.note_key_use(&call.account, access_key_id, service, region),
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
    model.pages.is_some() || LONG.contains(&model.name)
}

/// What is left of a call whose thread ended before it.
fn lost() -> store::Error {
    store::Error::Uncommitted("its thread ended early".into())
}

/// Takes in what waits, again and again, until nobody is left who could send more.
async fn commit(store: Arc<Store>, mut waiting: mpsc::UnboundedReceiver<Change>) {
    let mut gathered = Vec::new();
    while waiting.recv_many(&mut gathered, TOGETHER_MAX).await > 0 {
        let (store, changes) = (Arc::clone(&store), std::mem::take(&mut gathered));
        if let Err(error) = spawn_blocking(move || perform_together(&store, changes)).await {
            tracing::error!(%error, "changes were lost");
        }
    }
}

fn perform_together(store: &Store, changes: Vec<Change>) {
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
    let outcomes = store.perform_together(&calls);
    for (change, outcome) in changes.into_iter().zip(outcomes) {
        // Whoever went away does not hear it.
        let _ = change.tell.send(outcome);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Value, json};
    use tokio::sync::oneshot;

    use super::{Admitted, Change, Outcome, Signer, perform_together};
    use crate::api::{Call, Service, find};
    use crate::policy::condition::Context;
    use crate::serve::RootKey;
    use crate::serve::known::{Known, Memory};
    use crate::store::kit::Kit;
    use crate::world::Real;

    /// A store with the user bob, who may make users.
    struct Scene {
        kit: Kit,
        memory: Memory,
        owner: Arc<Known>,
        key: String,
    }

    impl Scene {
        fn new() -> Self {
            let kit = Kit::new();
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

        /// What comes of bob's `CreateUser`, admitted before the owner's call but performed after it.
        fn after(&self, name: &str, input: Value) -> Outcome {
            let calls =
                [self.admitted(false, name, input), self.admitted(true, "CreateUser", json!({"UserName": "eve"}))];
            let (changes, told): (Vec<_>, Vec<_>) = calls
                .into_iter()
                .map(|call| {
                    let (tell, told) = oneshot::channel();
                    (Change { call, tell }, told)
                })
                .unzip();
            perform_together(&self.kit.store, changes);
            let mut outcomes = told.into_iter().map(|mut told| told.try_recv().unwrap());
            outcomes.next().unwrap().unwrap();
            outcomes.next().unwrap()
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
}
