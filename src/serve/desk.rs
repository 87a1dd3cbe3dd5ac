//! The desk: a request comes in, is read to its end, proven, allowed, performed and answered, and a line is written about it.

use std::net::IpAddr;
use std::sync::Arc;

use ::http::{HeaderValue, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use serde_json::{Map, Value};
use tokio::sync::Semaphore;

use super::authenticate::{failure, is_root, prove};
use super::authorize::authorize;
use super::conditions;
use super::front::{self, Answer, Asked};
use super::issuers::Issuers;
use super::known::{Known, Memory, Uses};
use super::log::Line;
use super::root::RootKey;
use super::sigv4::{Claim, Request};
use super::{AccessLog, IssuerKeys, Limits};
use crate::api::{Call, Service, check};
use crate::iam::{AccountId, Caller, Error};
use crate::store::{Account, READERS_KEPT, Source, Store};

/// STS operations that need no signature: what they bring proves who asks.
const UNSIGNED: [&str; 2] = ["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"];

/// How many times the longest body a client may send before it is cut off.
const THROWN_AWAY_MAX: usize = 4;

/// Who has connected.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client {
    pub address: IpAddr,
    /// Whether over TLS.
    pub secure: bool,
}

/// What every request is served from.
#[derive(Debug)]
pub(super) struct Desk {
    store: Arc<Store>,
    account: AccountId,
    root: RootKey,
    /// The root user, whose key is no key of the store.
    owner: Arc<Known>,
    memory: Memory,
    uses: Uses,
    issuers: Issuers,
    /// Calls wait here for their turn at the store: more at once than it keeps connections would be slower, not faster.
    turns: Semaphore,
    log: Option<AccessLog>,
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

/// What came of a request.
struct Served {
    answer: Answer,
    caller: Option<Arc<Known>>,
    action: Option<String>,
    code: Option<String>,
}

impl Served {
    /// An answer to nobody in particular.
    fn plain(answer: Answer) -> Self {
        Self { answer, caller: None, action: None, code: None }
    }
}

impl Desk {
    pub(super) fn new(
        store: Arc<Store>,
        account: &Account,
        root: RootKey,
        (limits, log, issuer_keys): (Limits, Option<AccessLog>, IssuerKeys),
    ) -> Self {
        let (owner, issuers) = (Arc::new(Known::root(&root, account)), Issuers::new(issuer_keys));
        Self {
            store,
            account: account.id.clone(),
            root,
            owner,
            memory: Memory::default(),
            uses: Uses::default(),
            issuers,
            turns: Semaphore::new(READERS_KEPT),
            log,
            limits,
        }
    }

    pub(super) async fn serve(
        self: Arc<Self>,
        request: hyper::Request<Incoming>,
        client: Client,
    ) -> hyper::Response<Full<Bytes>> {
        let (start, id) = (self.store.now(), self.request_id());
        let served = match self.receive(request).await {
            Ok(received) => Arc::clone(&self).answer(received, client, id.clone()).await,
            Err(status) => Served::plain(Answer::empty(status.as_u16())),
        };
        if let Some(log) = &self.log {
            log.write(&Line {
                start,
                end: self.store.now(),
                request_id: &id,
                caller: served.caller.as_ref().map(|caller| caller.arn.as_str()),
                action: served.action.as_deref(),
                status: served.answer.status,
                code: served.code.as_deref(),
            });
        }
        response(served.answer, &id)
    }

    /// Reads the request to its end, within the limits.
    async fn receive(&self, request: hyper::Request<Incoming>) -> Result<Received, StatusCode> {
        let (parts, body) = request.into_parts();
        let body = match tokio::time::timeout(self.limits.patience, self.body(body)).await {
            Err(_) => return Err(StatusCode::REQUEST_TIMEOUT),
            Ok(body) => body?,
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

    /// The whole body. What is too long is taken in all the same, up to a point, and thrown away: a client that still sends
    /// does not see its answer.
    async fn body(&self, mut body: Incoming) -> Result<Bytes, StatusCode> {
        let (mut kept, mut length) = (Vec::new(), 0);
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|_| StatusCode::BAD_REQUEST)?.into_data() else { continue };
            length += data.len();
            if length <= self.limits.body_bytes_max {
                kept.extend_from_slice(&data);
            } else if length > self.limits.body_bytes_max * THROWN_AWAY_MAX {
                break;
            }
        }
        if length > self.limits.body_bytes_max { Err(StatusCode::PAYLOAD_TOO_LARGE) } else { Ok(kept.into()) }
    }

    async fn answer(self: Arc<Self>, received: Received, client: Client, id: String) -> Served {
        let call = match front::read(&received.signed()) {
            Ok(Asked::Call(call)) => call,
            Ok(Asked::Nothing) => return Served::plain(Answer::redirect()),
            Err(error) => {
                let answer = Answer::error(Service::Iam, &error, &id);
                return Served { code: Some(error.code.into_owned()), ..Served::plain(answer) };
            }
        };
        self.issuers.prepare(&self.store, &call).await;
        let desk = Arc::clone(&self);
        // The semaphore is never closed; without a turn the call would only be slower.
        let _turn = self.turns.acquire().await;
        let served = tokio::task::spawn_blocking(move || desk.perform(&received.signed(), client, &call, &id)).await;
        served.unwrap_or_else(|_| Served::plain(Answer::empty(500)))
    }

    /// Proves, allows and performs a call. Blocks on the store.
    fn perform(&self, request: &Request<'_>, client: Client, call: &Call, id: &str) -> Served {
        let (service, name) = (call.model().service, call.model().name);
        let needs_none = service == Service::Sts && UNSIGNED.contains(&name);
        let proven = if needs_none { Ok(None) } else { self.authenticate(request, service).map(Some) };
        let (caller, outcome) = match proven {
            Ok(None) => (None, self.admit(request, client, call)),
            Ok(Some((account, known, claim))) => {
                let outcome = self.allow(&account, &known, (request, client, &claim), call);
                (Some(known), outcome)
            }
            Err(error) => (None, Err(error)),
        };
        let code = outcome.as_ref().err().map(|error| error.code.to_string());
        let action = Some(format!("{}:{name}", service.as_str()));
        Served { answer: Answer::of(call, outcome, id), caller, action, code }
    }

    fn authenticate(
        &self,
        request: &Request<'_>,
        service: Service,
    ) -> Result<(Arc<Account>, Arc<Known>, Claim), Error> {
        let claim = Claim::read(request)?;
        let found = self.memory.of(&self.store, &self.account, &claim.access_key_id);
        let (account, known) = found.map_err(|error| failure(&error))?;
        let known = if is_root(&self.root, &claim.access_key_id) { Some(Arc::clone(&self.owner)) } else { known };
        let known = prove(&claim, known, (request, service), self.store.now())?;
        Ok((account, known, claim))
    }

    /// Performs the call of somebody whose signature is right, if it is allowed.
    fn allow(
        &self,
        account: &Account,
        known: &Known,
        (request, client, claim): (&Request<'_>, Client, &Claim),
        call: &Call,
    ) -> Result<Map<String, Value>, Error> {
        check::check(call.model(), call.input())?;
        let origin = conditions::origin(client, request, &claim.region);
        let source = Source { caller: &known.caller, origin: &origin };
        let guard = |tx: &crate::store::Tx<'_>| authorize(tx, (account, known), &origin, call);
        let outcome = self.store.perform_guarded(account, source, call, guard).map_err(|error| failure(&error));
        let (service, key) = (call.model().service, claim.access_key_id.as_str());
        if self.uses.is_due(key, service, self.store.now()) {
            let noted = match known.caller.session() {
                Some(session) if !session.holder.is_empty() => {
                    self.store.note_session_use(account, &session.holder, service.as_str(), &claim.region)
                }
                _ => self.store.note_key_use(account, key, service.as_str(), &claim.region),
            };
            if let Err(error) = noted {
                tracing::error!(%error, "the use of a key was not noted");
            }
        }
        outcome
    }

    /// Performs the call of somebody who proves by what it brings, and not by a signature, who it is.
    fn admit(&self, request: &Request<'_>, client: Client, call: &Call) -> Result<Map<String, Value>, Error> {
        let (account, _) = self.memory.of(&self.store, &self.account, "").map_err(|error| failure(&error))?;
        let origin = conditions::origin(client, request, conditions::GLOBAL_REGION);
        let source = Source { caller: &Caller::Anonymous, origin: &origin };
        self.store.perform_guarded(&account, source, call, |_| Ok(())).map_err(|error| failure(&error))
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
