//! A server that answers by script or by rule: one reply a request, one request a connection.

use std::io::Write;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What the server does with a request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// Answers.
    Answer { status: u16, headers: Vec<(String, String)>, body: Vec<u8> },
    /// Closes the connection without a word.
    Reset,
    /// Starts a good answer and closes in the middle.
    Partial,
    /// Never answers.
    Hang,
}

impl Reply {
    pub(crate) fn xml(status: u16, body: &str) -> Self {
        Self::Answer { status, headers: Vec::new(), body: body.as_bytes().to_vec() }
    }

    /// The text packed.
    pub(crate) fn gzip(text: &str) -> Self {
        let mut child = std::process::Command::new("gzip")
            .arg("-c")
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let (mut stdin, text) = (child.stdin.take().unwrap(), text.to_owned());
        let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
        let body = child.wait_with_output().unwrap().stdout;
        writer.join().unwrap().unwrap();
        Self::Answer { status: 200, headers: vec![("content-encoding".into(), "gzip".into())], body }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

/// An error document.
pub(crate) fn error(status: u16, code: &str, message: &str) -> Reply {
    Reply::xml(
        status,
        &format!(
            "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>\
             <RequestId>in-the-body</RequestId></ErrorResponse>"
        ),
    )
}

/// A page of users.
pub(crate) fn list_users(names: &[&str], marker: Option<&str>) -> Reply {
    use std::fmt::Write;
    let mut users = String::new();
    for name in names {
        write!(
            users,
            "<member><Path>/</Path><UserName>{name}</UserName><UserId>AIDA{name}</UserId>\
             <Arn>arn:aws:iam::123456789012:user/{name}</Arn><CreateDate>2026-01-02T03:04:05Z</CreateDate></member>"
        )
        .unwrap();
    }
    let marker = marker.map_or_else(
        || "<IsTruncated>false</IsTruncated>".into(),
        |m| format!("<IsTruncated>true</IsTruncated><Marker>{m}</Marker>"),
    );
    Reply::xml(
        200,
        &format!(
            "<ListUsersResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ListUsersResult><Users>{users}\
             </Users>{marker}</ListUsersResult></ListUsersResponse>"
        ),
    )
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Request {
    /// The operation.
    pub(crate) fn action(&self) -> &str {
        self.body.strip_prefix("Action=").and_then(|rest| rest.split('&').next()).unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> String {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.to_owned()).unwrap()
    }
}

pub(crate) struct Server {
    port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
    count: watch::Receiver<usize>,
    task: JoinHandle<()>,
}

impl Server {
    /// Gives the replies one after the other, and none after the last.
    pub(crate) async fn start(script: Vec<Reply>) -> Self {
        let mut script = script.into_iter();
        Self::answering(move |_| script.next().unwrap_or(Reply::Hang)).await
    }

    /// Gives the reply that the rule finds for the request.
    pub(crate) async fn answering(mut rule: impl FnMut(&Request) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (counter, count) = watch::channel(0);
        let seen = requests.clone();
        let task = tokio::spawn(async move {
            let mut hung = Vec::new();
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read(&mut stream).await;
                let reply = rule(&request);
                seen.lock().unwrap().push(request);
                counter.send_modify(|n| *n += 1);
                hung.extend(answer(stream, reply).await);
            }
        });
        Self { port, requests, count, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// Waits until that many requests have come.
    pub(crate) async fn asked(&self, count: usize) {
        self.count.clone().wait_for(|n| *n >= count).await.unwrap();
    }

    /// Stops listening; the URL at which nobody answers now.
    pub(crate) async fn stop(self) -> String {
        self.task.abort();
        let url = format!("http://127.0.0.1:{}/", self.port);
        assert!(self.task.await.unwrap_err().is_cancelled());
        url
    }
}

async fn read(stream: &mut TcpStream) -> Request {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|l| l.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return Request { head: format!("{head}\r\n"), body: body.to_owned() };
            }
        }
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0, "the client closed early");
    }
}

/// Answers; the connection that stays open without an answer.
async fn answer(mut stream: TcpStream, reply: Reply) -> Option<TcpStream> {
    match reply {
        Reply::Hang => return Some(stream),
        Reply::Reset => {}
        Reply::Partial => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n<ListUsersRe").await.unwrap();
        }
        Reply::Answer { status, headers, body } => {
            let headers = headers.iter().fold(String::new(), |all, (name, value)| all + name + ": " + value + "\r\n");
            let length = body.len();
            let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n");
            stream.write_all(head.as_bytes()).await.unwrap();
            // A client that has read enough hangs up.
            let _ = stream.write_all(&body).await;
        }
    }
    None
}
