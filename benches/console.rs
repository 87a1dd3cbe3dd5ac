//! The whole program in a pseudo-terminal of 120 by 40, on 5,000 and on 1,000,000 users: `cargo bench --bench console`.
//!
//! *First paint* is from the start of the process to the first output after which the screen is not empty. *Key* is from
//! writing a key to the first output after which the screen differs. Times are taken when output is read, before the
//! emulator sees it, so its cost is in no figure.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark fails by panicking, and prints what it measured"
)]

mod common;

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// How often the program is started.
const STARTS: usize = 15;
/// Output has settled when nothing came for so long.
const QUIET: Duration = Duration::from_millis(40);
/// How long anything may take before the benchmark gives up.
const PATIENCE: Duration = Duration::from_secs(20);
const IDLE: Duration = Duration::from_secs(2);
const ROWS: u16 = 40;
const COLUMNS: u16 = 120;

/// Some output of the program, and when it was read.
type Chunk = (Instant, Vec<u8>);

struct Program {
    screen: vt100::Parser,
    output: Receiver<Chunk>,
    input: Box<dyn Write + Send>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    started: Instant,
}

impl Program {
    fn start(store: &Path, home: &Path) -> Self {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tiam"));
        command.args(["--account", common::ACCOUNT, "--store"]);
        command.arg(store);
        for (name, value) in [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LANG", "C.UTF-8")] {
            command.env(name, value);
        }
        command.env("HOME", home);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let input = pair.master.take_writer().unwrap();
        let (send, output) = channel();
        std::thread::spawn(move || {
            let _master = pair.master;
            let mut bytes = [0; 1 << 14];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send((Instant::now(), bytes.iter().take(count).copied().collect())).is_err() {
                    break;
                }
            }
        });
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        Self { screen: vt100::Parser::new(ROWS, COLUMNS, 0), output, input, child, started }
    }

    /// The next output, shown; `None` when there is none for so long.
    fn next(&mut self, patience: Duration) -> Option<Chunk> {
        match self.output.recv_timeout(patience) {
            Ok((at, bytes)) => {
                if bytes.windows(5).any(|part| part == b"]11;?") {
                    self.send(b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\");
                }
                self.screen.process(&bytes);
                Some((at, bytes))
            }
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => panic!("the program ended:\n{}", self.screen.screen().contents()),
        }
    }

    fn send(&mut self, bytes: &[u8]) {
        self.input.write_all(bytes).unwrap();
        self.input.flush().unwrap();
    }

    /// Time until the screen holds the text; until it holds anything, for an empty text.
    fn until(&mut self, text: &str) -> Duration {
        loop {
            let (at, _) = self.next(PATIENCE).expect("output");
            let shown = self.screen.screen().contents();
            if !shown.trim().is_empty() && shown.contains(text) {
                return at - self.started;
            }
        }
    }

    /// Takes in what comes until it is quiet.
    fn settle(&mut self, quiet: Duration) -> Vec<Chunk> {
        std::iter::from_fn(|| self.next(quiet)).collect()
    }

    /// Presses a key that changes the screen: how long that took, and the bytes written for it.
    fn press(&mut self, key: &[u8]) -> (Duration, usize) {
        let before = self.screen.screen().state_formatted();
        let pressed = Instant::now();
        self.send(key);
        let mut bytes = 0;
        let changed = loop {
            let (at, chunk) = self.next(PATIENCE).expect("the key changes the screen");
            bytes += chunk.len();
            if self.screen.screen().state_formatted() != before {
                break at - pressed;
            }
        };
        (changed, bytes + sum(&self.settle(QUIET)))
    }

    /// A figure of the process in KiB or counts, by its name in `/proc`, summed over threads if so asked.
    fn status(&self, name: &str, threads: bool) -> u64 {
        let pid = self.child.process_id().unwrap();
        let of = |path: &Path| -> u64 {
            let text = std::fs::read_to_string(path.join("status")).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
        };
        let process = format!("/proc/{pid}");
        if !threads {
            return of(Path::new(&process));
        }
        std::fs::read_dir(format!("{process}/task")).unwrap().map(|task| of(&task.unwrap().path())).sum()
    }

    fn end(mut self) {
        self.send(b"q");
        assert!(self.child.wait().unwrap().success());
    }
}

fn sum(chunks: &[Chunk]) -> usize {
    chunks.iter().map(|(_, bytes)| bytes.len()).sum()
}

/// The value below which so many hundredths of them lie.
fn part<T: Copy + Ord>(values: &mut [T], hundredths: usize) -> T {
    values.sort_unstable();
    values[(values.len() * hundredths / 100).min(values.len() - 1)]
}

fn measure(users: u32) {
    let store = common::of(users);
    let home = tempfile::tempdir().unwrap();
    let (mut paints, mut rows) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let mut program = Program::start(&store, home.path());
        paints.push(program.until(""));
        rows.push(program.until(".desai-"));
        program.settle(QUIET);
        program.end();
    }
    let mut program = Program::start(&store, home.path());
    program.until(".desai-");
    program.settle(QUIET);
    let (mut keys, mut bytes) = (Vec::new(), Vec::new());
    for key in std::iter::repeat_n(b"j", 150).chain(std::iter::repeat_n(b"k", 100)) {
        let (took, written) = program.press(key);
        keys.push(took);
        bytes.push(written);
    }
    program.send(&[b'j'; 200]);
    let burst = program.settle(QUIET);
    let wakes = program.status("voluntary_ctxt_switches", true);
    let idle = program.settle(IDLE);
    let wakes = program.status("voluntary_ctxt_switches", true) - wakes;
    println!("{users} users, {COLUMNS}x{ROWS}");
    println!("  first paint   {:?} median, {:?} best of {STARTS}", part(&mut paints, 50), part(&mut paints, 0));
    println!("  first rows    {:?} median, {:?} best", part(&mut rows, 50), part(&mut rows, 0));
    println!("  key to frame  {:?} p50, {:?} p99 of {}", part(&mut keys, 50), part(&mut keys, 99), keys.len());
    println!("  bytes a key   {} p50, {} p99", part(&mut bytes, 50), part(&mut bytes, 99));
    println!("  200 held keys {} bytes in {} chunks", sum(&burst), burst.len());
    println!("  idle {IDLE:?}       {} chunks written, {wakes} wake-ups", idle.len());
    println!("  memory        {} KiB, peak {} KiB", program.status("VmRSS", false), program.status("VmHWM", false));
    program.end();
}

fn main() {
    for users in [5_000, 1_000_000] {
        measure(users);
    }
}
