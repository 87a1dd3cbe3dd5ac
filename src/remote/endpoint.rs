//! An endpoint that answers calls: each attempt signed afresh, repeated where that is safe.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use aws_credential_types::Credentials;
use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use http::header::{DATE, LOCATION, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use jiff::{SignedDuration, Timestamp};
use reqwest::Client;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use zeroize::Zeroizing;

use super::client::{Answer, Failure, client, exchange};
use super::credentials::Wallet;
use super::pacing::Pace;
use super::pages::{Pages, TypedPages};
use super::settings::{self, Resolved};
use super::verdict::{Verdict, judge, read_back};
use super::{CredentialsError, Error, Settings, sign};
use crate::api::sts::{AssumeRole, AssumeRoleOutput};
use crate::api::{Call, Model, Operation, query, xml};
use crate::iam;
use crate::world::World;

/// A clock that differs from the endpoint's by less is not what is wrong.
const SKEW_MIN: SignedDuration = SignedDuration::from_secs(60);

/// Starts the names of writes after which what they name is gone.
const REMOVALS: [&str; 3] = ["Delete", "Detach", "Remove"];

/// An IAM and STS endpoint, and who calls it.
#[derive(Debug)]
pub struct Endpoint {
    world: Arc<dyn World>,
    resolved: Resolved,
    client: Client,
    wallet: Wallet,
    pace: Pace,
    places: Semaphore,
    /// What the endpoint's clock is ahead of this machine's, in seconds.
    skew_secs: AtomicI64,
}

/// An attempt that failed.
struct Failed {
    error: Error,
    sent: bool,
    headers: HeaderMap,
    /// Who signed it, and when.
    signed: Option<(Credentials, Timestamp)>,
}

impl Failed {
    fn before(error: impl Into<Error>) -> Self {
        Self { error: error.into(), sent: false, headers: HeaderMap::new(), signed: None }
    }
}

/// What has been tried of one call.
struct Tries {
    waits: ExponentialBackoff,
    retries: u32,
    /// Whether a lost attempt may have been done.
    uncertain: bool,
    clock_set: bool,
    renewed: bool,
}

impl Endpoint {
    /// Reads the environment and the shared files. Nothing is sent, and no credentials are looked up yet.
    ///
    /// # Errors
    /// [`Error::Settings`] for an unknown profile, an address that will not do, a certificate bundle without use.
    pub async fn open(settings: Settings, world: Arc<dyn World>) -> Result<Self, Error> {
        let resolved = settings::resolve(settings).await?;
        let client = client(&resolved.settings.limits, resolved.ca_bundle.as_deref(), &resolved.iam.url)?;
        let wallet = Wallet::open(&resolved, &client, &world)?;
        let places = Semaphore::new(resolved.settings.limits.concurrency_max);
        let pace = Pace::new(world.clone());
        Ok(Self { world, resolved, client, wallet, pace, places, skew_secs: AtomicI64::new(0) })
    }

    /// Where IAM's calls go.
    pub fn url(&self) -> &str {
        self.resolved.iam.url.as_str()
    }

    /// The profile in use.
    pub fn profile(&self) -> &str {
        self.resolved.profile()
    }

    /// Sends a call; its output by member names. Dropping the future of a write leaves its outcome unknown.
    pub async fn call(&self, call: &Call) -> Result<Map<String, Value>, Error> {
        // Boxed: listings side by side would otherwise make one future of many kilobytes.
        Box::pin(self.call_as(call, &self.wallet)).await
    }

    /// Sends a call with its type.
    pub async fn send<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        typed::<O>(self.call(&Call::from(operation)).await?)
    }

    /// The pages of a listing from the call's `Marker` on, until `cancel`.
    pub fn pages(&self, call: Call, cancel: CancellationToken) -> Pages<'_> {
        Pages::new(self, call, cancel)
    }

    /// The pages of a listing, with their type.
    pub fn typed_pages<O: Operation>(&self, operation: &O, cancel: CancellationToken) -> TypedPages<'_, O> {
        TypedPages::new(self.pages(Call::from(operation), cancel))
    }

    /// Assumes the profile's role with the code that its MFA device shows: what
    /// [`CredentialsError::MfaRequired`] asks for.
    pub async fn enter_mfa_code(&self, code: &SecretString) -> Result<(), Error> {
        let Some((role, base)) = self.wallet.mfa() else { return Ok(()) };
        let assume = AssumeRole {
            role_arn: role.role_arn.clone(),
            role_session_name: role.session_name.clone(),
            external_id: role.external_id.clone(),
            duration_seconds: role.duration_seconds,
            serial_number: Some(role.serial.clone()),
            token_code: Some(code.expose_secret().to_owned()),
            ..AssumeRole::default()
        };
        let output = typed::<AssumeRole>(self.call_as(&Call::from(&assume), base).await?)?;
        self.wallet.hold(session(output)?).await;
        Ok(())
    }

    async fn call_as(&self, call: &Call, wallet: &Wallet) -> Result<Map<String, Value>, Error> {
        let model = call.model();
        let form = Zeroizing::new(query::body(&query::encode(call)));
        let mut tries = self.tries();
        // The semaphore is never closed.
        let _place = self.places.acquire().await.map_err(|_| Error::Cancelled)?;
        loop {
            tokio::time::sleep(self.pace.admit()).await;
            let failed = match self.attempt(model, &form, wallet).await {
                Ok(output) => {
                    self.pace.succeeded(tries.retries);
                    return Ok(output);
                }
                Err(failed) => failed,
            };
            tracing::debug!(operation = model.name, retries = tries.retries, error = %failed.error, "attempt failed");
            let wait = self.next_wait(model, failed, &mut tries, wallet).await?;
            let Some(wait) = wait else { return Ok(Map::new()) };
            tokio::time::sleep(wait).await;
            tries.retries += 1;
        }
    }

    fn tries(&self) -> Tries {
        let limits = &self.resolved.settings.limits;
        let mut seed = [0; 8];
        self.world.fill(&mut seed);
        let waits = ExponentialBuilder::new()
            .with_min_delay(limits.wait_min)
            .with_max_delay(limits.wait_max)
            .with_max_times(limits.attempts_max.saturating_sub(1))
            .with_jitter()
            .with_jitter_seed(u64::from_le_bytes(seed))
            .build();
        Tries { waits, retries: 0, uncertain: false, clock_set: false, renewed: false }
    }

    /// How long to wait before the next attempt; none when the last one shows that an earlier one was done.
    async fn next_wait(
        &self,
        model: &'static Model,
        failed: Failed,
        tries: &mut Tries,
        wallet: &Wallet,
    ) -> Result<Option<Duration>, Error> {
        match judge(model, &failed.error, failed.sent) {
            Verdict::Throttled => self.pace.throttled(),
            Verdict::Transient => tries.uncertain |= failed.sent,
            Verdict::Unknown => return Err(unknown(model, failed.error)),
            Verdict::Clock if !tries.clock_set && self.set_clock(&failed) => {
                tries.clock_set = true;
                return Ok(Some(Duration::ZERO));
            }
            Verdict::Stale if !tries.renewed => {
                tries.renewed = true;
                if let Some((used, _)) = &failed.signed {
                    wallet.discard(used).await;
                }
                return Ok(Some(Duration::ZERO));
            }
            Verdict::Final if tries.uncertain && is_gone(model, &failed.error) => return Ok(None),
            Verdict::Clock | Verdict::Stale | Verdict::Final => return Err(failed.error),
        }
        match tries.waits.next() {
            Some(wait) if self.pace.may_retry() => Ok(Some(wait.max(self.asked_for(&failed.headers)))),
            _ => Err(failed.error),
        }
    }

    /// What `Retry-After` asks for, within the limit.
    fn asked_for(&self, headers: &HeaderMap) -> Duration {
        let seconds = text(headers, RETRY_AFTER.as_str()).and_then(|value| value.parse().ok()).unwrap_or(0);
        Duration::from_secs(seconds).min(self.resolved.settings.limits.wait_max)
    }

    /// Takes the endpoint's time for the right one, if the two differ by enough to matter.
    fn set_clock(&self, failed: &Failed) -> bool {
        let date = text(&failed.headers, DATE.as_str());
        let theirs = date.and_then(|date| jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date).ok());
        let (Some(theirs), Some((_, signed))) = (theirs, &failed.signed) else { return false };
        let off = theirs.duration_since(*signed);
        if off.abs() < SKEW_MIN {
            return false;
        }
        self.skew_secs.fetch_add(off.as_secs(), Ordering::Relaxed);
        tracing::warn!(seconds = off.as_secs(), "the clock differs from the endpoint's");
        true
    }

    async fn attempt(&self, model: &'static Model, form: &str, wallet: &Wallet) -> Result<Map<String, Value>, Failed> {
        let credentials = wallet.credentials().await.map_err(Failed::before)?;
        let skew = SignedDuration::from_secs(self.skew_secs.load(Ordering::Relaxed));
        let now = self.world.now();
        let time = now.saturating_add(skew).unwrap_or(now);
        let target = (model.service, self.resolved.target(model.service));
        let request = sign::request(target, form, &credentials, time)
            .map_err(|reason| Failed::before(CredentialsError::Failed { reason }))?;
        let signed = Some((credentials, time));
        match exchange(&self.client, request, self.resolved.settings.limits.answer_bytes_max).await {
            Ok(answer) => {
                read(model, &answer).map_err(|error| Failed { error, sent: true, headers: answer.headers, signed })
            }
            Err(Failure::Lost(lost)) => {
                Err(Failed { error: lost.transport.into(), sent: lost.sent, headers: HeaderMap::new(), signed })
            }
            Err(Failure::TooLarge(status)) => {
                let error = unreadable(model, status, "it is larger than any answer of IAM");
                Err(Failed { error, sent: true, headers: HeaderMap::new(), signed })
            }
        }
    }
}

/// The output with its type.
pub(super) fn typed<O: Operation>(output: Map<String, Value>) -> Result<O::Output, Error> {
    serde_json::from_value(Value::Object(output))
        .map_err(|error| unreadable(O::MODEL, StatusCode::OK, &error.to_string()))
}

/// What an answer says.
fn read(model: &'static Model, answer: &Answer) -> Result<Map<String, Value>, Error> {
    let status = answer.status;
    if status.is_redirection() {
        let location = text(&answer.headers, LOCATION.as_str()).unwrap_or("nowhere");
        let location = crate::text::visible(location).into_owned();
        return Err(Error::Redirected { status: status.as_u16(), location });
    }
    let Ok(body) = std::str::from_utf8(&answer.body) else {
        return Err(unreadable(model, status, "it is not text"));
    };
    if status.is_success() {
        return xml::parse(model, body).map_err(|error| unreadable(model, status, &error.to_string()));
    }
    match xml::parse_error(body, status.as_u16()).filter(|error| !error.code.is_empty()) {
        Some(error) => {
            Err(Error::Service { operation: model.name, error, request_id: request_id(&answer.headers, body) })
        }
        None => Err(unreadable(model, status, "it is no error of IAM")),
    }
}

fn unreadable(model: &'static Model, status: StatusCode, reason: &str) -> Error {
    let reason = crate::text::visible(reason).into_owned();
    Error::Unreadable { operation: model.name, status: status.as_u16(), reason }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The request's id: from the header, or from the error document.
fn request_id(headers: &HeaderMap, body: &str) -> Option<String> {
    let inside = || body.split_once("<RequestId>").and_then(|(_, rest)| rest.split_once('<')).map(|(id, _)| id);
    let id = text(headers, "x-amzn-requestid").or_else(inside)?;
    Some(crate::text::visible(id).into_owned())
}

fn unknown(operation: &'static Model, cause: Error) -> Error {
    Error::OutcomeUnknown { operation, read_back: read_back(operation), cause: Box::new(cause) }
}

/// Whether a removal, repeated after its first answer was lost, finds nothing left to remove.
fn is_gone(model: &Model, error: &Error) -> bool {
    REMOVALS.iter().any(|verb| model.name.starts_with(verb))
        && error.service().is_some_and(|error: &iam::Error| error.code == "NoSuchEntity")
}

/// The session that an assumed role gives.
fn session(output: AssumeRoleOutput) -> Result<Credentials, Error> {
    let Some(keys) = output.credentials else {
        return Err(unreadable(AssumeRole::MODEL, StatusCode::OK, "it holds no credentials"));
    };
    let expiry = Some(keys.expiration.into());
    Ok(Credentials::new(keys.access_key_id, keys.secret_access_key, Some(keys.session_token), expiry, "mfa"))
}
