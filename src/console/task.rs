//! Work beside the loop: reads whose reply may come too late to matter, and commits that must not be lost.
//!
//! A reply lies in its own channel until the loop takes it in; finishing work wakes the loop and does nothing else to it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::effect::Effect;
use crate::iam;

/// Why something did not work, as it is told to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// IAM's code, where it was IAM that refused.
    pub code: Option<String>,
    /// What happened.
    pub message: String,
    /// What to do about it, if we know.
    pub remedy: Option<String>,
}

impl Failure {
    /// A failure in our own words.
    pub fn new(message: impl Into<String>) -> Self {
        Self { code: None, message: message.into(), remedy: None }
    }

    /// The same with a remedy.
    #[must_use]
    pub fn with_remedy(self, remedy: impl Into<String>) -> Self {
        Self { remedy: Some(remedy.into()), ..self }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) if self.message.is_empty() => f.write_str(code),
            Some(code) => write!(f, "{code}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl From<iam::Error> for Failure {
    fn from(error: iam::Error) -> Self {
        let remedy = super::remedy::of(&error).map(str::to_owned);
        Self { code: Some(error.code.into_owned()), message: error.message, remedy }
    }
}

/// Starts work, and knows how much of it is under way.
#[derive(Clone)]
pub struct Tasks {
    runtime: Handle,
    pending: Arc<AtomicUsize>,
    /// Of those, the ones that no frame waits for.
    behind: Arc<AtomicUsize>,
    begun: Arc<AtomicUsize>,
    tickets: Arc<AtomicU64>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl fmt::Debug for Tasks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tasks").field("pending", &self.pending).finish_non_exhaustive()
    }
}

impl Tasks {
    /// Work on this runtime; `wake` is called whenever some of it is done.
    pub fn new(runtime: Handle, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (pending, behind, begun, tickets) = Default::default();
        Self { runtime, pending, behind, begun, tickets, wake: Arc::new(wake) }
    }

    /// How many pieces of work are under way.
    pub fn pending(&self) -> usize {
        self.pending.load(Ordering::SeqCst)
    }

    /// How many of them a frame may wait a moment for.
    pub fn awaited(&self) -> usize {
        self.pending().saturating_sub(self.behind.load(Ordering::SeqCst))
    }

    /// How many pieces of work were ever begun.
    pub fn begun(&self) -> usize {
        self.begun.load(Ordering::SeqCst)
    }

    /// A number that no other commit has.
    pub fn ticket(&self) -> Ticket {
        Ticket(self.tickets.fetch_add(1, Ordering::Relaxed))
    }

    /// Runs the work; `deliver` gets what came of it before the loop is woken.
    pub(super) fn spawn<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
        deliver: impl FnOnce(T) + Send + 'static,
    ) {
        /// Counts down and wakes even when the work panics.
        struct Finish(Tasks);
        impl Drop for Finish {
            fn drop(&mut self) {
                self.0.pending.fetch_sub(1, Ordering::SeqCst);
                (self.0.wake)();
            }
        }
        self.begun.fetch_add(1, Ordering::SeqCst);
        self.pending.fetch_add(1, Ordering::SeqCst);
        let finish = Finish(self.clone());
        self.runtime.spawn(async move {
            let _finish = finish;
            deliver(work.await);
        });
    }

    /// Runs work that no frame waits for; when it has become stale nobody is woken.
    fn behind<T: Send + 'static>(
        &self,
        is_stale: &Arc<AtomicBool>,
        work: impl FnOnce() -> T + Send + 'static,
        deliver: impl FnOnce(T) + Send + 'static,
    ) {
        /// Counts down even when the work panics.
        struct Finish(Tasks, Arc<AtomicBool>);
        impl Drop for Finish {
            fn drop(&mut self) {
                self.0.behind.fetch_sub(1, Ordering::SeqCst);
                self.0.pending.fetch_sub(1, Ordering::SeqCst);
                if !self.1.load(Ordering::SeqCst) {
                    (self.0.wake)();
                }
            }
        }
        self.begun.fetch_add(1, Ordering::SeqCst);
        self.pending.fetch_add(1, Ordering::SeqCst);
        self.behind.fetch_add(1, Ordering::SeqCst);
        let finish = Finish(self.clone(), Arc::clone(is_stale));
        self.runtime.spawn_blocking(move || {
            let _finish = finish;
            deliver(work());
        });
    }
}

/// A value read in the background. The old one stays while a new one loads; starting again, or dropping this, abandons
/// the reply under way.
#[derive(Debug)]
pub struct Fetch<T> {
    value: Option<T>,
    failure: Option<Failure>,
    arriving: Option<oneshot::Receiver<Result<T, Failure>>>,
}

impl<T> Default for Fetch<T> {
    fn default() -> Self {
        Self { value: None, failure: None, arriving: None }
    }
}

impl<T: Send + 'static> Fetch<T> {
    /// Reads, in place of whatever was being read.
    pub fn start(&mut self, tasks: &Tasks, work: impl Future<Output = Result<T, Failure>> + Send + 'static) {
        let (reply, arriving) = oneshot::channel();
        self.arriving = Some(arriving);
        // A reply nobody waits for any more is dropped.
        tasks.spawn(work, move |result| drop(reply.send(result)));
    }

    /// Works out something that takes the processor's time, on a thread of its own, in place of whatever was under way. No
    /// frame waits for it. Work that has become stale is to end soon, and wakes nobody.
    pub fn start_behind(
        &mut self,
        tasks: &Tasks,
        is_stale: &Arc<AtomicBool>,
        work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) {
        let (reply, arriving) = oneshot::channel();
        self.arriving = Some(arriving);
        tasks.behind(is_stale, work, move |result| drop(reply.send(result)));
    }

    /// Takes the reply in if it is there; true when something changed.
    pub fn take_in(&mut self) -> bool {
        let Some(arriving) = &mut self.arriving else { return false };
        let reply = match arriving.try_recv() {
            Err(oneshot::error::TryRecvError::Empty) => return false,
            Err(oneshot::error::TryRecvError::Closed) => Err(Failure::new("the read ended without an answer")),
            Ok(reply) => reply,
        };
        self.arriving = None;
        match reply {
            Ok(value) => (self.value, self.failure) = (Some(value), None),
            Err(failure) => self.failure = Some(failure),
        }
        true
    }

    /// The newest value there is.
    pub fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// The newest value, to change in place.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        self.value.as_mut()
    }

    /// Why the last read failed, if it did.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// Whether the first reply is still under way.
    pub fn is_new(&self) -> bool {
        self.is_loading() && self.value.is_none() && self.failure.is_none()
    }

    /// Whether a reply is under way.
    pub fn is_loading(&self) -> bool {
        self.arriving.is_some()
    }
}

/// Tells commits apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket(u64);

/// What a commit gives when it went well.
pub struct Done {
    /// What happened, as `Created user ann`.
    pub says: String,
    /// What the console does next.
    pub then: Option<Box<dyn FnOnce() -> Effect + Send>>,
}

impl fmt::Debug for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Done").field("says", &self.says).finish_non_exhaustive()
    }
}

impl Done {
    /// It went well, and that is all.
    pub fn new(says: impl Into<String>) -> Self {
        Self { says: says.into(), then: None }
    }

    /// It went well, and this comes next.
    #[must_use]
    pub fn and_then(self, then: impl FnOnce() -> Effect + Send + 'static) -> Self {
        Self { then: Some(Box::new(then)), ..self }
    }
}

/// The work of a commit.
pub type Work = Pin<Box<dyn Future<Output = Result<Done, Failure>> + Send>>;

/// A change on its way to the account. Once given to the app it is tracked, never dropped, and awaited on quit.
pub struct Commit {
    /// Its number, by which a form knows the answer to be its own.
    pub ticket: Ticket,
    /// What is being done, as `Creating user ann`.
    pub says: String,
    pub(super) work: Work,
}

impl fmt::Debug for Commit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Commit").field("ticket", &self.ticket).field("says", &self.says).finish_non_exhaustive()
    }
}

impl Commit {
    /// A change that `work` makes.
    pub fn new(
        tasks: &Tasks,
        says: impl Into<String>,
        work: impl Future<Output = Result<Done, Failure>> + Send + 'static,
    ) -> Self {
        Self { ticket: tasks.ticket(), says: says.into(), work: Box::pin(work) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, Fetch, Tasks};

    fn settled<T: Send + 'static>(runtime: &tokio::runtime::Runtime, tasks: &Tasks, fetch: &mut Fetch<T>) {
        runtime.block_on(async {
            while tasks.pending() > 0 {
                tokio::task::yield_now().await;
            }
        });
        fetch.take_in();
    }

    #[test]
    fn the_old_value_stays_and_the_newest_read_wins() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let tasks = Tasks::new(runtime.handle().clone(), || {});
        let mut fetch = Fetch::default();
        fetch.start(&tasks, async { Ok(1) });
        settled(&runtime, &tasks, &mut fetch);
        assert_eq!(fetch.value(), Some(&1));
        fetch.start(&tasks, async { Ok(2) });
        fetch.start(&tasks, async { Err(Failure::new("no")) });
        assert_eq!(fetch.value(), Some(&1));
        settled(&runtime, &tasks, &mut fetch);
        assert_eq!((fetch.value(), fetch.failure()), (Some(&1), Some(&Failure::new("no"))));
        assert!(!fetch.is_loading());
    }
}
