//! The desk: a request comes in, is read to its end, proven, allowed, performed and answered, and a line is written about it.

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use ::http::{HeaderValue, StatusCode, header};
use futures_util::FutureExt;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::authenticate::{UNKNOWN, failure, is_root, prove};
use super::conditions;
use super::front::{self, Answer, Asked};
use super::issuers::Issuers;
use super::known::{Due, Known, Memory, Uses};
use super::lanes::{Admitted, Lanes, Signer};
use super::log::Line;
use super::notes::Notes;
use super::root::RootKey;
use super::sigv4::{Claim, Request, SecretKey};
use super::{AccessLog, IssuerKeys, Limits};
use crate::api::{Call, Service};
use crate::iam::{AccountId, Error, uuid};
use crate::store::{Account, Store};

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
    /// A secret that no key has.
    nobody: SecretKey,
    memory: Memory,
    uses: Uses,
    issuers: Issuers,
    lanes: Lanes,
    notes: Notes,
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
        let mut nobody = Zeroizing::new(vec![0; 40]);
        store.fill(&mut nobody);
        let (owner, issuers) = (Arc::new(Known::root(&root, account)), Issuers::new(issuer_keys));
        Self {
            lanes: Lanes::new(Arc::clone(&store)),
            notes: Notes::new(Arc::clone(&store)),
            store,
            account: account.id.clone(),
            root,
            owner,
            nobody: SecretKey::new(nobody),
            memory: Memory::default(),
            uses: Uses::default(),
            issuers,
            log,
            limits,
        }
    }

    pub(super) async fn serve(
        &self,
        request: hyper::Request<Incoming>,
        client: Client,
    ) -> hyper::Response<Full<Bytes>> {
        let (start, id) = (self.store.now(), self.request_id());
        let served = match self.receive(request).await {
            Ok(received) => unless_panicked(self.answer(&received, client, &id), &id).await,
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

    async fn answer(&self, received: &Received, client: Client, id: &str) -> Served {
        let request = received.signed();
        let call = match front::read(&request) {
            Ok(Asked::Call(call)) => call,
            Ok(Asked::Nothing) => return Served::plain(Answer::redirect()),
            Err(error) => {
                let answer = Answer::error(Service::Iam, &error, id);
                return Served { code: Some(error.code.into_owned()), ..Served::plain(answer) };
            }
        };
        self.issuers.prepare(&self.store, &call).await;
        let model = call.model();
        let admitted = self.admit(&request, client, call);
        let caller = admitted
            .as_ref()
            .ok()
            .and_then(|admitted| admitted.signer.as_ref())
            .map(|signer| Arc::clone(&signer.known));
        let outcome = match admitted {
            Ok(admitted) => self.perform(admitted).await,
            Err(error) => Err(error),
        };
        let code = outcome.as_ref().err().map(|error| error.code.to_string());
        let action = Some(format!("{}:{}", model.service.as_str(), model.name));
        Served { answer: Answer::of(model, outcome, id), caller, action, code }
    }

    /// Proves who makes a call.
    fn admit(&self, request: &Request<'_>, client: Client, call: Box<Call>) -> Result<Admitted, Error> {
        let (service, name) = (call.model().service, call.model().name);
        if service == Service::Sts && UNSIGNED.contains(&name) {
            let (account, _) = self.memory.of(&self.store, &self.account, "").map_err(|error| failure(&error))?;
            let origin = conditions::origin(client, request, conditions::GLOBAL_REGION);
            return Ok(Admitted { account, signer: None, origin, call });
        }
        let claim = Claim::read(request)?;
        let found = self.memory.of(&self.store, &self.account, &claim.access_key_id);
        let (account, known) = found.map_err(|error| failure(&error))?;
        let known = if is_root(&self.root, &claim.access_key_id) { Some(Arc::clone(&self.owner)) } else { known };
        let known = prove(&claim, (known, &self.nobody), (request, service), self.store.now())?;
        let origin = conditions::origin(client, request, &claim.region);
        let Claim { access_key_id, region, .. } = claim;
        Ok(Admitted { account, signer: Some(Signer { known, access_key_id, region }), origin, call })
    }

    /// Performs a call, if it is allowed, and notes that its key was used.
    async fn perform(&self, admitted: Admitted) -> Result<Map<String, Value>, Error> {
        let admitted = Arc::new(admitted);
        let outcome = self.lanes.perform(&admitted).await.map_err(|error| failure(&error));
        if let Some(Signer { access_key_id, .. }) = &admitted.signer {
            match self.uses.due(access_key_id, admitted.call.model(), self.store.now()) {
                Due::Key => self.lanes.note_use(admitted).await,
                Due::Action => self.notes.tell(admitted),
                Due::Nothing => {}
            }
        }
        outcome
    }

    /// A random UUID, as AWS gives every request.
    fn request_id(&self) -> String {
        let mut random = [0; 16];
        self.store.fill(&mut random);
        uuid(random)
    }
}

/// What comes of a request; of one whose service ends in a panic, which is a mistake of ours, an answer that says so.
async fn unless_panicked(served: impl Future<Output = Served>, id: &str) -> Served {
    AssertUnwindSafe(served).catch_unwind().await.unwrap_or_else(|_| {
        let error = Error::service_failure(UNKNOWN);
        let answer = Answer::error(Service::Iam, &error, id);
        Served { code: Some(error.code.into_owned()), ..Served::plain(answer) }
    })
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

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::unless_panicked;

    #[test]
    fn a_panic_is_answered() {
        let served = unless_panicked(std::future::poll_fn(|_| panic!("a mistake")), "id").now_or_never().unwrap();
        assert_eq!((served.answer.status, served.code.as_deref()), (500, Some("ServiceFailure")));
        assert!(served.answer.body.contains("<Code>ServiceFailure</Code>"), "{}", served.answer.body);
    }
}
