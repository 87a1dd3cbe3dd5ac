//! A moto server on loopback: started by a test, ended with it.
//!
//! `tests/run` puts moto into `target/venv`. Where it is absent a test that needs it skips, loudly; with CI=true it fails.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What the server says once it listens, before its address.
const LISTENS: &str = "Running on ";

/// A server that runs.
#[derive(Debug)]
pub(crate) struct Moto {
    child: Child,
    url: String,
}

impl Moto {
    /// Starts a server on a free port; none where moto is not installed and need not be.
    pub(crate) fn start() -> Option<Self> {
        let Some(program) = program() else {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "moto_server is not in target/venv: run tests/run");
            println!("SKIPPED: moto_server is not in target/venv; tests/run puts it there");
            return None;
        };
        let mut command = Command::new(program);
        command.args(["-H", "127.0.0.1", "-p", "0"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        // Without it the server has none of AWS's own policies.
        command.env("MOTO_IAM_LOAD_MANAGED_POLICIES", "true");
        let mut child = command.spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        let url = loop {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "moto_server ended before it listened");
            if let Some((_, url)) = line.split_once(LISTENS) {
                break url.trim().to_owned();
            }
        };
        // A line for every request: were nobody to read them, the server would come to a halt.
        std::thread::spawn(move || said.read_to_end(&mut Vec::new()));
        Some(Self { child, url })
    }

    /// Empties it.
    pub(crate) fn reset(&self) {
        let address = self.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        let request = format!("POST /moto-api/reset HTTP/1.0\r\nHost: {address}\r\nContent-Length: 0\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.contains(" 200 "), "{answer}");
    }

    /// Where it answers.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The server's program in the virtual environment of the tests.
fn program() -> Option<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
    let program = target.join("venv/bin/moto_server");
    program.exists().then_some(program)
}
