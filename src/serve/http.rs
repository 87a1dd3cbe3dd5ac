//! The server: connections, limits, the access log, a clean end.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ::http::{HeaderValue, StatusCode, header};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use serde_json::{Map, Value};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::authenticate::{authenticate, failure};
use super::authorize::{Origin, authorize};
use super::front::{self, Answer, Asked};
use super::root::RootKey;
use super::sigv4::Request;
use crate::api::{Access, Call, Service, check};
use crate::iam::Error;
use crate::store::{Account, Store};

/// What a client may ask of the server.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of all headers together.
    pub header_bytes_max: usize,
    /// Bytes of a body; more is answered with 413.
    pub body_bytes_max: usize,
    /// Connections at once; more wait to be accepted.
    pub connections_max: usize,
    /// How long a client may take to send its headers, and then its body.
    pub patience: Duration,
    /// How long open requests may take to end when the server stops.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_bytes_max: 64 * 1024,
            body_bytes_max: 4 * 1024 * 1024,
            connections_max: 1024,
            patience: Duration::from_secs(20),
            drain: Duration::from_secs(10),
        }
    }
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Only the loopback may be served without TLS.
    #[error("{0} is not a loopback address: serving it without TLS would show every request to the network")]
    NotLoopback(SocketAddr),
    /// The address cannot be listened on.
    #[error("{0} cannot be listened on: {1}")]
    Listen(SocketAddr, std::io::Error),
}

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    limits: Limits,
    desk: Arc<Desk>,
}

impl Server {
    /// Listens on the address; port 0 takes a free one.
    ///
    /// # Errors
    /// For an address that is not loopback, or taken.
    pub async fn bind(
        address: SocketAddr,
        store: Arc<Store>,
        account: Account,
        root: RootKey,
        limits: Limits,
    ) -> Result<Self, ServeError> {
        if !address.ip().is_loopback() {
            return Err(ServeError::NotLoopback(address));
        }
        let listener = TcpListener::bind(address).await.map_err(|e| ServeError::Listen(address, e))?;
        Ok(Self { listener, limits, desk: Arc::new(Desk { store, account, root, limits }) })
    }

    /// The address it listens on.
    ///
    /// # Errors
    /// When the socket is gone.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` is there, then lets open requests end.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let graceful = GracefulShutdown::new();
        let places = Arc::new(Semaphore::new(self.limits.connections_max));
        tokio::pin!(stop);
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
            let stream = tokio::select! {
                () = &mut stop => break,
                accepted = self.listener.accept() => accepted,
            };
            let Ok((stream, client)) = stream else { continue };
            let _ = stream.set_nodelay(true);
            let desk = Arc::clone(&self.desk);
            let mut builder = hyper::server::conn::http1::Builder::new();
            builder
                .timer(TokioTimer::new())
                .header_read_timeout(self.limits.patience)
                .max_buf_size(self.limits.header_bytes_max);
            let service = service_fn(move |request| {
                let desk = Arc::clone(&desk);
                async move { Ok::<_, std::convert::Infallible>(desk.serve(request, client).await) }
            });
            let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), service));
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "a connection ended early");
                }
                drop(place);
            });
        }
        let _ = tokio::time::timeout(self.limits.drain, graceful.shutdown()).await;
    }
}

/// What every request is served from.
#[derive(Debug)]
struct Desk {
    store: Arc<Store>,
    account: Account,
    root: RootKey,
    limits: Limits,
}

/// A request, read to its end.
struct Received {
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: Bytes,
}

impl Received {
    fn signed(&self) -> Request<'_> {
        Request { method: &self.method, path: &self.path, query: &self.query, headers: &self.headers, body: &self.body }
    }
}

impl Desk {
    async fn serve(
        self: Arc<Self>,
        request: hyper::Request<Incoming>,
        client: SocketAddr,
    ) -> hyper::Response<Full<Bytes>> {
        let id = self.request_id();
        let answer = match self.receive(request).await {
            Ok(received) => {
                let (desk, id) = (Arc::clone(&self), id.clone());
                let answered = tokio::task::spawn_blocking(move || desk.answer(&received.signed(), client, &id)).await;
                answered.unwrap_or_else(|_| Answer { status: 500, body: String::new(), location: None })
            }
            Err(status) => Answer { status: status.as_u16(), body: String::new(), location: None },
        };
        response(answer, &id)
    }

    /// Reads the request to its end, within the limits.
    async fn receive(&self, request: hyper::Request<Incoming>) -> Result<Received, StatusCode> {
        let (parts, body) = request.into_parts();
        let limited = Limited::new(body, self.limits.body_bytes_max).collect();
        let body = match tokio::time::timeout(self.limits.patience, limited).await {
            Err(_) => return Err(StatusCode::REQUEST_TIMEOUT),
            Ok(Err(error)) if error.is::<LengthLimitError>() => return Err(StatusCode::PAYLOAD_TOO_LARGE),
            Ok(Err(_)) => return Err(StatusCode::BAD_REQUEST),
            Ok(Ok(body)) => body.to_bytes(),
        };
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Ok(Received {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
            body,
        })
    }

    /// Answers a request. Blocks on the store.
    fn answer(&self, request: &Request<'_>, client: SocketAddr, id: &str) -> Answer {
        let call = match front::read(request) {
            Ok(Asked::Call(call)) => call,
            Ok(Asked::Nothing) => return Answer::redirect(),
            Err(error) => return Answer::error(Service::Iam, &error, id),
        };
        let outcome = self.perform(request, client, &call);
        let status = outcome.as_ref().map_or_else(|e| e.status, |_| 200);
        let code = outcome.as_ref().err().map(|e| e.code.to_string());
        tracing::info!(request_id = id, operation = call.model().name, status, code, "request");
        Answer::of(&call, outcome, id)
    }

    fn perform(&self, request: &Request<'_>, client: SocketAddr, call: &Call) -> Result<Map<String, Value>, Error> {
        let service = call.model().service;
        let (caller, claim) = authenticate(&self.store, &self.account, &self.root, (request, service))?;
        // What a write changes of the account itself counts from the next request on.
        let account = match call.model().access {
            Access::Read => self.account.clone(),
            Access::Write => self.fresh_account()?,
        };
        let origin = Origin { address: client.ip(), secure: false, user_agent: request.header("user-agent") };
        check::check(call.model(), call.input())?;
        authorize(&self.store, &account, (&caller, &origin), call).map_err(|e| failure(&e))?;
        let outcome = self.store.perform_call(&account, &caller, call).map_err(|e| failure(&e));
        if let Err(error) = self.store.note_key_use(&account, &claim.access_key_id, service.as_str(), &claim.region) {
            tracing::error!(%error, "the use of a key was not noted");
        }
        outcome
    }

    fn fresh_account(&self) -> Result<Account, Error> {
        let found = self.store.account(self.account.id.as_str()).map_err(|e| failure(&e))?;
        found.ok_or_else(|| Error::service_failure("The account is gone."))
    }

    /// A random UUID, as AWS gives every request.
    fn request_id(&self) -> String {
        let mut bytes = [0; 16];
        self.store.fill(&mut bytes);
        let n = (u128::from_be_bytes(bytes) & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
        let hex = format!("{n:032x}");
        let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| hex.get(range).unwrap_or_default());
        parts.join("-")
    }
}

fn response(answer: Answer, id: &str) -> hyper::Response<Full<Bytes>> {
    let mut response = hyper::Response::new(Full::new(Bytes::from(answer.body)));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert("x-amzn-requestid", id);
    }
    if let Some(location) = answer.location {
        headers.insert(header::LOCATION, HeaderValue::from_static(location));
    }
    response
}
