//! The real binary in a pseudo-terminal: what it draws, and that it gives the terminal back whatever ends it.
#![cfg(unix)]
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking, and says when it skips"
)]

use std::io::{Read, Write};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use common::process::Process;
use common::served::exchange;
use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

mod common;

/// How long anything may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(20);
const TIAM: &str = env!("CARGO_BIN_EXE_tiam");

/// The program in its terminal.
struct Tui {
    screen: vt100::Parser,
    raw: Vec<u8>,
    output: Receiver<Vec<u8>>,
    writer: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    before: String,
    folder: tempfile::TempDir,
}

fn size(rows: u16, cols: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

impl Tui {
    /// The console on a store with some users, at 80×24.
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = folder.path().join("store.db");
        for user in ["mary", "mateo", "nikki"] {
            let made = Command::new(TIAM)
                .args(["--account", "123456789012", "--store"])
                .arg(&store)
                .args(["api", "create-user", "--user-name", user])
                .env("HOME", folder.path())
                .output()
                .expect("tiam api");
            assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        }
        let pair = native_pty_system().openpty(size(24, 80)).expect("a pty");
        let before = format!("{:?}", pair.master.get_termios());
        let mut command = CommandBuilder::new(TIAM);
        command.arg("--store");
        command.arg(&store);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("HOME", folder.path());
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).expect("the console");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes.iter().take(count).copied().collect()).is_err() {
                    break;
                }
            }
        });
        let writer = pair.master.take_writer().expect("a writer");
        let screen = vt100::Parser::new(24, 80, 0);
        let mut tui = Self { screen, raw: Vec::new(), output, writer, master: pair.master, child, before, folder };
        tui.wait("mateo");
        tui
    }

    fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Reads until this text is on the screen.
    fn wait(&mut self, text: &str) {
        while !self.text().contains(text) {
            let Ok(bytes) = self.output.recv_timeout(PATIENCE) else { panic!("no {text:?} on\n{}", self.text()) };
            self.screen.process(&bytes);
            self.raw.extend(bytes);
        }
    }

    fn send(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).expect("the program reads");
        self.writer.flush().expect("the program reads");
    }

    fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.process_id().expect("a pid")).expect("a pid");
        kill_process(Pid::from_raw(pid).expect("a pid"), signal).expect("a signal");
    }

    /// Waits for the end, and asserts that the terminal is as it was.
    fn ends_restored(mut self) {
        let status = self.child.wait().expect("an end");
        assert!(status.success(), "{status:?}");
        assert_eq!(format!("{:?}", self.master.get_termios()), self.before);
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
            self.screen.process(&bytes);
            self.raw.extend(bytes);
        }
        let raw = String::from_utf8_lossy(&self.raw).into_owned();
        for sequence in ["\x1b[?1049l", "\x1b[?25h", "\x1b[?2004l", "\x1b[<1u"] {
            assert!(raw.contains(sequence), "{sequence:?} was not sent");
        }
        assert!(!self.screen.screen().alternate_screen() && !self.screen.screen().hide_cursor());
    }
}

#[test]
fn q_ends_it_and_gives_the_terminal_back() {
    let mut tui = Tui::start();
    tui.send(b"q");
    tui.ends_restored();
}

#[test]
fn signals_end_it_and_give_the_terminal_back() {
    for signal in [Signal::TERM, Signal::HUP, Signal::QUIT] {
        let tui = Tui::start();
        tui.signal(signal);
        tui.ends_restored();
    }
}

#[test]
fn it_follows_the_size_of_its_window() {
    let mut tui = Tui::start();
    tui.master.resize(size(20, 60)).expect("a size");
    tui.screen.screen_mut().set_size(20, 60);
    tui.wait("tiam needs 80 columns and 24 rows.");
    tui.master.resize(size(40, 120)).expect("a size");
    tui.screen.screen_mut().set_size(40, 120);
    tui.wait("Last activity");
    tui.send(b"q");
    tui.ends_restored();
}

#[test]
fn a_paste_is_text_and_no_keys() {
    let mut tui = Tui::start();
    tui.send(b"/");
    tui.wait("matches");
    tui.send(b"\x1b[200~nikki\nq\x1b[201~");
    tui.wait("Nothing matches.");
    tui.send(b"\x1b");
    tui.wait("mateo");
    tui.send(b"q");
    tui.ends_restored();
}

#[test]
fn what_a_server_on_the_same_store_changes_is_read_again() {
    let mut tui = Tui::start();
    let server = Process::start(&tui.folder.path().join("store.db"));
    let made = exchange(&mut server.connect(), &server.text("Action=CreateUser&UserName=zoe"));
    assert_eq!(made.status, 200, "{}", made.body);
    tui.send(b"r");
    tui.wait("zoe");
    tui.send(b"q");
    tui.ends_restored();
}

#[test]
fn a_terminal_that_hangs_up_ends_it() {
    let Tui { mut child, master, mut writer, output, .. } = Tui::start();
    // Whoever reads keeps the terminal open, until there is output that nobody wants.
    drop(output);
    writer.write_all(b"?").expect("the program reads");
    drop((master, writer));
    assert!(child.wait().is_ok());
}
