//! What is known of the last use of services and actions, principal by principal, where the account's calls go.
//!
//! A report is a job: it is asked for, looked at until it is done, and read page by page. It says when it was made; AWS takes
//! up to four hours to know of a use (IAM User Guide, "Refine permissions in AWS using last accessed information").

use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::{Account, Result};
use crate::api::{
    GenerateServiceLastAccessedDetails, GetServiceLastAccessedDetails, GetServiceLastAccessedDetailsOutput,
    ServiceLastAccessed,
};
use crate::remote;
use crate::store::Perform;

/// Reports under way at once; the endpoint paces their calls.
const SIDE_BY_SIDE: usize = 8;
/// The first wait for a job, and the longest; each is twice the one before.
const WAITS_MS: [u64; 2] = [250, 4_000];
/// Looks at a job before it is given up: some two minutes.
const LOOKS_MAX: usize = 32;

/// A report on a user or role.
#[derive(Clone, Debug)]
pub struct LastAccessed {
    /// Whom it is about.
    pub arn: String,
    /// When it was made.
    pub as_of: Timestamp,
    /// The services that its policies grant, by namespace.
    pub services: Vec<ServiceLastAccessed>,
}

/// What came of asking about many.
#[derive(Clone, Debug, Default)]
pub struct Reports {
    /// The reports, in the order in which they came.
    pub done: Vec<LastAccessed>,
    /// Those of whom there is none, with the reason.
    pub failed: Vec<(String, String)>,
}

impl Account {
    /// Asks for reports on users and roles, by ARN. Those that are no more are left out; `progress` hears how many are done.
    ///
    /// # Errors
    /// When the endpoint fails or refuses, or `cancel` says so.
    pub async fn last_accessed(
        &self,
        arns: &[String],
        cancel: &CancellationToken,
        progress: &(dyn Fn(usize) + Send + Sync),
    ) -> Result<Reports> {
        // Owned names: a closure over borrowed ones is not general enough for a task that may move between threads.
        let jobs = stream::iter(arns.to_vec()).map(|arn| async move {
            let report = self.report(&arn, cancel).await;
            report.map(|report| (arn, report))
        });
        let mut jobs = jobs.buffer_unordered(SIDE_BY_SIDE);
        let (mut reports, mut count) = (Reports::default(), 0);
        while let Some((arn, report)) = jobs.try_next().await? {
            match report {
                Some(Ok(report)) => reports.done.push(report),
                Some(Err(reason)) => reports.failed.push((arn, reason)),
                None => {}
            }
            count += 1;
            progress(count);
        }
        Ok(reports)
    }

    /// The report on one, or why there is none; nothing for one that is no more.
    async fn report(
        &self,
        arn: &str,
        cancel: &CancellationToken,
    ) -> Result<Option<std::result::Result<LastAccessed, String>>> {
        let by_action = Some("ACTION_LEVEL".to_owned());
        let order = GenerateServiceLastAccessedDetails { arn: arn.to_owned(), granularity: by_action };
        let job_id = match self.ask(&order, cancel).await {
            Ok(output) => output.job_id.unwrap_or_default(),
            Err(error) if error.iam().is_some_and(|error| error.code == "NoSuchEntity") => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut ask = GetServiceLastAccessedDetails { job_id, ..GetServiceLastAccessedDetails::default() };
        let Some(first) = self.done(&ask, cancel).await? else {
            return Ok(Some(Err("the report was not ready after two minutes".to_owned())));
        };
        if first.job_status != "COMPLETED" {
            let reason = first.error.map_or_else(|| first.job_status.clone(), |error| error.message);
            return Ok(Some(Err(reason)));
        }
        let mut report = LastAccessed {
            arn: arn.to_owned(),
            as_of: first.job_completion_date,
            services: first.services_last_accessed,
        };
        ask.marker = first.marker.filter(|_| first.is_truncated == Some(true));
        while ask.marker.is_some() {
            let page = self.ask(&ask, cancel).await?;
            report.services.extend(page.services_last_accessed);
            ask.marker = page.marker.filter(|_| page.is_truncated == Some(true));
        }
        Ok(Some(Ok(report)))
    }

    /// The first page of a job once it is done.
    async fn done(
        &self,
        ask: &GetServiceLastAccessedDetails,
        cancel: &CancellationToken,
    ) -> Result<Option<GetServiceLastAccessedDetailsOutput>> {
        let [mut wait, longest] = WAITS_MS;
        for _ in 0..LOOKS_MAX {
            let page = self.ask(ask, cancel).await?;
            if page.job_status != "IN_PROGRESS" {
                return Ok(Some(page));
            }
            tokio::select! {
                () = cancel.cancelled() => return Err(remote::Error::Cancelled.into()),
                () = tokio::time::sleep(Duration::from_millis(wait)) => {}
            }
            wait = (wait * 2).min(longest);
        }
        Ok(None)
    }

    async fn ask<O: Perform>(&self, operation: &O, cancel: &CancellationToken) -> Result<O::Output> {
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(remote::Error::Cancelled.into()),
            answer = self.send(operation) => answer,
        }
    }
}
