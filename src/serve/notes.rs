//! Actions that were called, gathered for a moment and noted together, so that nobody waits for it.
//!
//! The use of a key is noted before its call is answered ([`super::lanes`]); which other actions it called is not needed so
//! soon. What is gathered when the server ends is lost.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::spawn_blocking;
use tokio::time::timeout_at;

use super::lanes::{Admitted, Signer};
use crate::store::{Store, Used, Whose};

/// How long actions are gathered.
const GATHERED: Duration = Duration::from_millis(500);
/// Actions that are noted together, at most.
const TOGETHER_MAX: usize = 1_000;

/// Where calls are told whose actions are to be noted.
#[derive(Clone, Debug)]
pub(super) struct Notes(mpsc::UnboundedSender<Arc<Admitted>>);

impl Notes {
    /// Needs the runtime: what is told is noted by a task that ends with this.
    pub(super) fn new(store: Arc<Store>) -> Self {
        let (tell, told) = mpsc::unbounded_channel();
        tokio::spawn(gather(store, told));
        Self(tell)
    }

    /// Has the action of a call noted soon.
    pub(super) fn tell(&self, call: Arc<Admitted>) {
        // The task ends after this.
        let _ = self.0.send(call);
    }
}

async fn gather(store: Arc<Store>, mut told: mpsc::UnboundedReceiver<Arc<Admitted>>) {
    while let Some(first) = told.recv().await {
        let until = tokio::time::Instant::now() + GATHERED;
        let mut calls = vec![first];
        while calls.len() < TOGETHER_MAX
            && let Ok(Some(next)) = timeout_at(until, told.recv()).await
        {
            calls.push(next);
        }
        let store = Arc::clone(&store);
        let noted = spawn_blocking(move || note(&store, &calls));
        if let Ok(Err(error)) = noted.await {
            tracing::error!(%error, "actions that were called were not noted");
        }
    }
}

fn note(store: &Store, calls: &[Arc<Admitted>]) -> crate::store::Result<()> {
    let Some(first) = calls.first() else { return Ok(()) };
    let signed = calls.iter().filter_map(|call| Some((call, call.signer.as_ref()?)));
    let all: Vec<(Whose<'_>, Used<'_>)> = signed.map(|(call, signer)| (whose(signer), used(call, signer))).collect();
    store.note_actions(&first.account, &all)
}

/// Whose use of something a signed call is: that of a key, or of the session of a user or role.
pub(super) fn whose(signer: &Signer) -> Whose<'_> {
    match signer.known.caller.session() {
        Some(session) if !session.holder.is_empty() => Whose::Session(&session.holder),
        _ => Whose::Key(&signer.access_key_id),
    }
}

/// What a signed call uses.
pub(super) fn used<'a>(call: &'a Admitted, signer: &'a Signer) -> Used<'a> {
    let model = call.call.model();
    Used { service: model.service.as_str(), action: model.name, region: &signer.region }
}
