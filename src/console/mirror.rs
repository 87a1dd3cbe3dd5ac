//! The mirror being read anew behind whatever is shown: one reading at a time, ended when another begins and on quitting.

use std::future::Future;

use tokio_util::sync::CancellationToken;

use super::context::Context;
use super::task::{Failure, Fetch, Tasks};

/// The reading under way, if there is one.
#[derive(Debug, Default)]
pub struct Refreshing {
    reading: Fetch<()>,
    whole: CancellationToken,
}

impl Refreshing {
    /// Reads the endpoint's account anew, if this is a mirror. What is shown stays until the whole is there.
    pub fn start(&mut self, cx: &Context) {
        if cx.account.info().mirror.is_none() {
            return;
        }
        let account = cx.account.clone();
        self.begin(&cx.tasks, |whole| async move {
            account.refresh(&whole).await?;
            account.refresh_credentials(&whole, &|_, _| ()).await?;
            Ok(())
        });
    }

    /// Reads in place of whatever was being read, which is told to end.
    fn begin<F>(&mut self, tasks: &Tasks, read: impl FnOnce(CancellationToken) -> F)
    where
        F: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        self.cancel();
        self.whole = CancellationToken::new();
        self.reading.start(tasks, read(self.whole.clone()));
    }

    /// Ends the reading: nobody waits for it any more.
    pub fn cancel(&self) {
        self.whole.cancel();
    }

    /// Whether a reading has ended since; its failure, if it failed.
    pub fn take_in(&mut self) -> Option<Option<Failure>> {
        self.reading.take_in().then(|| self.reading.failure().cloned())
    }

    /// Whether a reading is under way.
    pub fn is_under_way(&self) -> bool {
        self.reading.is_loading()
    }
}

impl Drop for Refreshing {
    fn drop(&mut self) {
        self.cancel();
    }
}

#[cfg(test)]
mod tests {
    use tokio::runtime::{Builder, Runtime};
    use tokio_util::sync::CancellationToken;

    use super::Refreshing;
    use crate::console::task::{Failure, Tasks};

    /// A reading that ends only when it is told to.
    async fn endless(whole: CancellationToken) -> Result<(), Failure> {
        whole.cancelled().await;
        Err(Failure::new("cancelled"))
    }

    fn kit() -> (Runtime, Tasks) {
        let runtime = Builder::new_current_thread().build().unwrap();
        let tasks = Tasks::new(runtime.handle().clone(), || {});
        (runtime, tasks)
    }

    #[test]
    fn a_new_reading_ends_the_one_before() {
        let (runtime, tasks) = kit();
        let mut refreshing = Refreshing::default();
        refreshing.begin(&tasks, endless);
        let first = refreshing.whole.clone();
        refreshing.begin(&tasks, endless);
        assert!(first.is_cancelled() && !refreshing.whole.is_cancelled());
        runtime.block_on(async {
            while tasks.pending() > 1 {
                tokio::task::yield_now().await;
            }
        });
        // The end of the first is no answer: the second is still being waited for.
        assert!(refreshing.take_in().is_none() && refreshing.is_under_way());
        refreshing.begin(&tasks, |_| async { Ok(()) });
        runtime.block_on(async {
            while tasks.pending() > 0 {
                tokio::task::yield_now().await;
            }
        });
        assert_eq!(refreshing.take_in(), Some(None));
    }

    #[test]
    fn dropping_ends_it() {
        let (_runtime, tasks) = kit();
        let mut refreshing = Refreshing::default();
        refreshing.begin(&tasks, endless);
        let token = refreshing.whole.clone();
        drop(refreshing);
        assert!(token.is_cancelled());
    }
}
