//! An account that is served on a real socket, and a client that signs by hand, so that it can also sign badly.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use hmac::{Hmac, Mac};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use tiam::iam::Partition;
use tiam::serve::{AccessLog, Options, RootKey, Server};
use tiam::store::{Account, Store};
use tiam::world::{Real, World};
use tokio::sync::oneshot;

pub(crate) const ACCOUNT: &str = "123456789012";

/// The real world, with a clock that a test may put forward.
#[derive(Debug, Default)]
pub(crate) struct Clock(AtomicI64);

impl Clock {
    pub(crate) fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl World for Clock {
    fn now(&self) -> Timestamp {
        Real.now() + SignedDuration::from_secs(self.0.load(Ordering::SeqCst))
    }

    fn fill(&self, bytes: &mut [u8]) {
        Real.fill(bytes);
    }
}

/// The lines of an access log.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A server that runs until it is dropped.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    pub(crate) store: Arc<Store>,
    pub(crate) account: Account,
    pub(crate) clock: Arc<Clock>,
    pub(crate) root: Key,
    pub(crate) log: Lines,
    /// The store's file is in it.
    pub(crate) folder: tempfile::TempDir,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Who signs.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: SecretString,
    pub(crate) token: Option<String>,
}

impl Served {
    pub(crate) fn new() -> Self {
        Self::with(Options::default())
    }

    pub(crate) fn with(options: Options) -> Self {
        let (folder, clock) = (tempfile::tempdir().unwrap(), Arc::new(Clock::default()));
        let world: Arc<dyn World> = Arc::clone(&clock) as _;
        let store = Arc::new(Store::open(&folder.path().join("store"), world).unwrap());
        let account = store.ensure_account(&ACCOUNT.parse().unwrap(), Partition::Aws).unwrap();
        let root = RootKey::generate(&account.id, &Real);
        let key = Key { id: root.id.clone(), secret: root.secret.clone(), token: None };
        let log = Lines::default();
        let options = Options { log: Some(AccessLog::new(log.clone())), ..options };
        let (stop, stopped) = oneshot::channel::<()>();
        let (listens, listening) = std::sync::mpsc::channel();
        let (shelf, whose) = (Arc::clone(&store), account.clone());
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async {
                let address = "127.0.0.1:0".parse().unwrap();
                let server = Server::bind(address, shelf, &whose, root, options).await.unwrap();
                listens.send(server.address().unwrap()).unwrap();
                server
                    .run(async {
                        let _ = stopped.await;
                    })
                    .await;
            });
        });
        let address = listening.recv().unwrap();
        Self { address, store, account, clock, root: key, log, folder, stop: Some(stop), thread: Some(thread) }
    }

    /// A request of the root user.
    pub(crate) fn ask(&self, form: &str) -> Ask {
        Ask::new(self, &self.root, form)
    }

    /// What is answered to a call that must succeed.
    #[track_caller]
    pub(crate) fn ok(&self, key: &Key, form: &str) -> String {
        let answer = Ask::new(self, key, form).send(self.address);
        assert_eq!(answer.status, 200, "{form}: {}", answer.body);
        answer.body
    }

    /// The code and message of a call that must be refused.
    #[track_caller]
    pub(crate) fn refused(&self, key: &Key, form: &str) -> (String, String) {
        let answer = Ask::new(self, key, form).send(self.address);
        assert_ne!(answer.status, 200, "{form}");
        (answer.code(), element(&answer.body, "Message"))
    }

    /// Makes a user with a key and an inline policy.
    pub(crate) fn user(&self, name: &str, policy: &serde_json::Value) -> Key {
        self.ok(&self.root, &format!("Action=CreateUser&UserName={name}"));
        let document = escaped(&policy.to_string());
        self.ok(&self.root, &format!("Action=PutUserPolicy&UserName={name}&PolicyName=p&PolicyDocument={document}"));
        let made = self.ok(&self.root, &format!("Action=CreateAccessKey&UserName={name}"));
        Key { id: element(&made, "AccessKeyId"), secret: element(&made, "SecretAccessKey").into(), token: None }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.stop.take());
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// A request to be signed.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) method: &'static str,
    pub(crate) query: String,
    /// Headers that are sent and signed.
    pub(crate) headers: Vec<(String, String)>,
    /// Headers that are sent and not signed.
    pub(crate) unsigned: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) key: Key,
    pub(crate) service: &'static str,
    pub(crate) at: Timestamp,
}

impl Ask {
    fn new(served: &Served, key: &Key, form: &str) -> Self {
        Self::signed(served.address, key, (form, served.clock.now()))
    }

    /// A request to the server at an address.
    pub(crate) fn signed(to: SocketAddr, key: &Key, (form, at): (&str, Timestamp)) -> Self {
        const STS: [&str; 4] = ["Assume", "GetCallerIdentity", "GetSessionToken", "GetFederationToken"];
        let is_sts = STS.iter().any(|name| form.starts_with(&format!("Action={name}")));
        let (service, version) = if is_sts { ("sts", "2011-06-15") } else { ("iam", "2010-05-08") };
        let kind = "application/x-www-form-urlencoded; charset=utf-8";
        Self {
            method: "POST",
            query: String::new(),
            headers: vec![("host".into(), to.to_string()), ("content-type".into(), kind.into())],
            unsigned: Vec::new(),
            body: format!("{form}&Version={version}"),
            key: key.clone(),
            service,
            at,
        }
    }

    /// The request as it goes over the wire.
    pub(crate) fn text(&self) -> String {
        let stamp = self.at.strftime("%Y%m%dT%H%M%SZ").to_string();
        let mut headers = self.headers.clone();
        headers.push(("x-amz-date".into(), stamp.clone()));
        headers.extend(self.key.token.clone().map(|token| ("x-amz-security-token".into(), token)));
        headers.sort();
        let canonical = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect::<Vec<_>>().concat();
        let mut names: Vec<_> = headers.iter().map(|(name, _)| name.as_str()).collect();
        names.dedup();
        let names = names.join(";");
        let mut query: Vec<_> = self.query.split('&').collect();
        query.sort_unstable();
        let request =
            format!("{}\n/\n{}\n{canonical}\n{names}\n{}", self.method, query.join("&"), digest(self.body.as_bytes()));
        let scope = format!("{}/us-east-1/{}/aws4_request", &stamp[..8], self.service);
        let to_sign = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}", digest(request.as_bytes()));
        let first = format!("AWS4{}", self.key.secret.expose_secret()).into_bytes();
        let key = scope.split('/').fold(first, |key, part| hmac(&key, part));
        let signature = hex(&hmac(&key, &to_sign));
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={signature}",
            self.key.id
        );
        let all = headers.iter().chain(&self.unsigned);
        let lines = all.map(|(name, value)| format!("{name}: {value}\r\n")).collect::<Vec<_>>().concat();
        let target = if self.query.is_empty() { "/".to_owned() } else { format!("/?{}", self.query) };
        format!(
            "{} {target} HTTP/1.1\r\n{lines}authorization: {authorization}\r\ncontent-length: {}\r\n\r\n{}",
            self.method,
            self.body.len(),
            self.body
        )
    }

    pub(crate) fn send(&self, to: SocketAddr) -> Answer {
        exchange(&mut TcpStream::connect(to).unwrap(), &self.text())
    }
}

/// An answer, taken apart.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn code(&self) -> String {
        element(&self.body, "Code")
    }
}

/// Sends a request over a connection and reads one answer.
pub(crate) fn exchange(stream: &mut (impl Read + Write), request: &str) -> Answer {
    stream.write_all(request.as_bytes()).unwrap();
    read(stream)
}

/// Reads one answer.
pub(crate) fn read(stream: &mut impl Read) -> Answer {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        assert!(stream.read(&mut byte).unwrap() > 0, "no answer: {}", String::from_utf8_lossy(&bytes));
        bytes.push(byte[0]);
    }
    let head = String::from_utf8(bytes).unwrap().to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |n| n.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head, body: String::from_utf8(body).unwrap() }
}

/// The text of the first element of that name.
pub(crate) fn element(xml: &str, name: &str) -> String {
    let start = xml.split_once(&format!("<{name}>")).map(|(_, rest)| rest);
    start.and_then(|rest| rest.split_once("</")).map(|(text, _)| text.to_owned()).unwrap_or_default()
}

/// A value as forms write it.
pub(crate) fn escaped(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(text).finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}
