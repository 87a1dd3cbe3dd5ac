//! The HTTP client: rustls, no redirects, bounded in time and size; and what its failures mean.

use std::error::Error as StdError;
use std::path::Path;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use reqwest::{Certificate, Client, ClientBuilder, Request, Response, Url};

use super::settings::{Limits, is_loopback};
use super::{SettingsError, Transport};

/// How long an unused connection is kept. Endpoints drop theirs after some 20 s, and a call that meets one just then
/// has an unknown outcome.
const IDLE_TIMEOUT: Duration = Duration::from_secs(10);

/// An answer, read to its end.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// An answer that did not come, and whether anything of the request may have reached the endpoint.
#[derive(Debug)]
pub(super) struct Lost {
    pub(super) transport: Transport,
    pub(super) sent: bool,
}

/// Why an exchange gave no answer.
#[derive(Debug)]
pub(super) enum Failure {
    Lost(Lost),
    /// The answer went beyond the limit; its status.
    TooLarge(StatusCode),
}

/// A client for the endpoint at `url`.
pub(super) fn client(limits: &Limits, ca_bundle: Option<&Path>, url: &Url) -> Result<Client, SettingsError> {
    super::init();
    let builder = Client::builder()
        .user_agent(concat!("tiam/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(limits.connect_timeout)
        .timeout(limits.attempt_timeout)
        .pool_idle_timeout(IDLE_TIMEOUT)
        .gzip(true);
    // A proxy cannot reach what listens on this machine's loopback.
    let builder = if is_loopback(url) { builder.no_proxy() } else { builder };
    let builder = with_bundle(builder, ca_bundle)?;
    builder.build().map_err(|error| SettingsError::Client(super::chain(&error)))
}

/// Trusts the bundle's authorities and no others, as the aws command line does.
fn with_bundle(builder: ClientBuilder, bundle: Option<&Path>) -> Result<ClientBuilder, SettingsError> {
    let Some(path) = bundle else { return Ok(builder) };
    let unusable = |reason| SettingsError::CaBundle { path: path.display().to_string(), reason };
    let pem = std::fs::read(path).map_err(|error| unusable(error.to_string()))?;
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|error| unusable(super::chain(&error)))?;
    if certificates.is_empty() {
        return Err(unusable("it holds no certificate".into()));
    }
    Ok(builder.tls_certs_only(certificates))
}

/// Sends a request and reads its answer, at most `bytes_max` bytes of it.
pub(super) async fn exchange(client: &Client, request: Request, bytes_max: usize) -> Result<Answer, Failure> {
    let host = host_of(request.url());
    let lost = |error: &reqwest::Error| Failure::Lost(classify(error, &host));
    let mut response = client.execute(request).await.map_err(|error| lost(&error))?;
    let (status, headers) = (response.status(), response.headers().clone());
    if is_longer(&response, bytes_max) {
        return Err(Failure::TooLarge(status));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| lost(&error))? {
        if body.len() + chunk.len() > bytes_max {
            return Err(Failure::TooLarge(status));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, headers, body })
}

fn is_longer(response: &Response, bytes_max: usize) -> bool {
    response.content_length().is_some_and(|length| usize::try_from(length).is_ok_and(|length| length > bytes_max))
}

/// Host and port, as errors name the endpoint.
fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// What the failure was, from the most particular cause to the least.
fn classify(error: &reqwest::Error, host: &str) -> Lost {
    let (host, reason) = (host.to_owned(), innermost(error));
    let connecting = error.is_connect();
    let transport = match () {
        () if error.is_dns() => Transport::Dns { host },
        () if is_tls(error) => Transport::Tls { host, reason },
        () if error.is_timeout() => Transport::Timeout { host },
        () if connecting => Transport::Connect { host, reason },
        () => Transport::Broken { host, reason },
    };
    Lost { transport, sent: !connecting }
}

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(error.source(), |cause| (*cause).source())
}

fn is_tls(error: &reqwest::Error) -> bool {
    causes(error).any(holds_tls)
}

/// rustls reports through an I/O error that holds its own, perhaps inside another.
fn holds_tls(cause: &(dyn StdError + 'static)) -> bool {
    let inner = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    cause.is::<rustls::Error>() || inner.is_some_and(|inner| holds_tls(inner))
}

fn innermost(error: &reqwest::Error) -> String {
    causes(error).last().map_or_else(|| "no reason given".into(), ToString::to_string)
}
