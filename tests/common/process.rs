//! `tiam serve` as a process of its own.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use tiam::world::{Real, World};

use super::served::{ACCOUNT, Ask, Key};

/// A server that runs until it is dropped, or told to end.
pub(crate) struct Process {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) root: Key,
    /// Open as long as the process may want to say something.
    pub(crate) said: BufReader<ChildStdout>,
    store: PathBuf,
}

/// `tiam` on a store.
pub(crate) fn tiam(store: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiam"));
    command.env("HOME", store.parent().unwrap()).args(["--account", ACCOUNT, "--store"]).arg(store);
    command
}

impl Process {
    /// Serves a store, made if it is not there.
    pub(crate) fn start(store: &Path) -> Self {
        let credentials = store.with_extension("root");
        let mut command = tiam(store);
        command.arg("serve").arg("--root-credentials").arg(&credentials).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let address = line.trim().rsplit('/').next().unwrap().parse().unwrap();
        let file = std::fs::read_to_string(credentials).unwrap();
        let value = |name| file.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = ")).unwrap();
        let (id, secret) = (value("aws_access_key_id").to_owned(), value("aws_secret_access_key").into());
        Self { child, address, root: Key { id, secret, token: None }, said, store: store.to_owned() }
    }

    /// The text of a request of the root user.
    pub(crate) fn text(&self, form: &str) -> String {
        Ask::signed(self.address, &self.root, (form, Real.now())).text()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).unwrap()
    }

    /// What another process says that works on the same store.
    pub(crate) fn beside(&self, arguments: &[&str]) -> Output {
        tiam(&self.store).args(arguments).output().unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
