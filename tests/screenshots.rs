//! The README's screenshots: the real program on the demo account, in a pseudo-terminal, drawn as SVG.
//!
//! The test goes through every scene and asserts what must be on it. With `TIAM_SCREENSHOTS=write` it writes
//! `screenshots/*.svg` anew: `TIAM_SCREENSHOTS=write cargo test --test screenshots`.
#![cfg(unix)]
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says so by panicking")]

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const ROWS: u16 = 30;
const COLUMNS: u16 = 110;
/// How long anything may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

const DOWN_8: &str = "\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B";

/// Name of the picture, keys that lead to it from the one before, and what must be on it then.
const SCENES: [(&str, &[&str], &str); 8] = [
    ("users", &[], "nikki"),
    ("user", &["j", "\r"], "Through"),
    ("dashboard", &["\x1b", "1"], "Recommendations"),
    ("policies", &["5"], "Customer managed"),
    ("role", &["4", "/", "UpdateApp", "\r", "\r", "\t"], "Trust policy"),
    ("editor", &["T", DOWN_8, "\x1b[F", ",\r", "\"Cond", "\t", "\"StringEq", "\t", "\"sts:"], "sts:ExternalId"),
    ("search", &["\x1b", "\x1b", "\x1b[B", "\r", "s", "attach policy"], "attach policy to"),
    ("help", &["\x1b", "?"], "All keys"),
];

struct Tui {
    screen: vt100::Parser,
    output: Receiver<Vec<u8>>,
    writer: Box<dyn std::io::Write + Send>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
}

impl Tui {
    fn start(home: &Path) -> Self {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pty");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tiam"));
        command.arg("--demo");
        for (name, value) in [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LANG", "C.UTF-8")] {
            command.env(name, value);
        }
        command.env("HOME", home);
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).expect("the console");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let (send, output) = channel();
        std::thread::spawn(move || {
            let _master = pair.master;
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes.iter().take(count).copied().collect()).is_err() {
                    break;
                }
            }
        });
        Self { screen: vt100::Parser::new(ROWS, COLUMNS, 0), output, writer, child }
    }

    fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("the program reads");
        self.writer.flush().expect("the program reads");
        self.settle();
    }

    /// Takes in what the program draws until it has been quiet for a moment.
    fn settle(&mut self) {
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(300)) {
            self.screen.process(&bytes);
        }
    }

    fn wait(&mut self, text: &str) {
        while !self.screen.screen().contents().contains(text) {
            let Ok(bytes) = self.output.recv_timeout(PATIENCE) else {
                panic!("no {text:?} on\n{}", self.screen.screen().contents())
            };
            self.screen.process(&bytes);
        }
        self.settle();
    }
}

impl Drop for Tui {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn every_scene_shows_what_it_should() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    let mut tui = Tui::start(home.path());
    tui.wait("Users");
    for (name, keys, shows) in SCENES {
        for key in keys {
            tui.press(key);
        }
        tui.wait(shows);
        if std::env::var("TIAM_SCREENSHOTS").as_deref() == Ok("write") {
            std::fs::write(folder.join(format!("{name}.svg")), svg(tui.screen.screen())).expect("a picture");
        }
    }
}

const CELL: (u16, u16) = (9, 19);
const GROUND: &str = "#16181d";
const TEXT: &str = "#d5d8de";

/// The screen as a picture: a rectangle for every coloured cell, a text for every run of one style.
fn svg(screen: &vt100::Screen) -> String {
    let (width, height) = (COLUMNS * CELL.0 + 24, ROWS * CELL.1 + 24);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"15\" xml:space=\"preserve\">\n"
    );
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation()) else { continue };
            let (mut ink, mut ground) = (colour(cell.fgcolor()), colour(cell.bgcolor()));
            if cell.inverse() {
                (ink, ground) = (ground.or(Some(GROUND.into())), ink.or(Some(TEXT.into())));
            }
            let (x, y) = (12 + column * CELL.0, 12 + row * CELL.1);
            if let Some(ground) = ground {
                let _ = writeln!(
                    out,
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" fill=\"{ground}\"/>",
                    CELL.0, CELL.1
                );
            }
            if cell.contents().trim().is_empty() {
                continue;
            }
            let ink = ink.unwrap_or_else(|| TEXT.into());
            let weight = if cell.bold() { " font-weight=\"bold\"" } else { "" };
            let faint = if cell.dim() { " opacity=\"0.6\"" } else { "" };
            let line = if cell.underline() { " text-decoration=\"underline\"" } else { "" };
            let text = cell.contents().replace('&', "&amp;").replace('<', "&lt;");
            let _ = writeln!(out, "<text x=\"{x}\" y=\"{}\" fill=\"{ink}\"{weight}{faint}{line}>{text}</text>", y + 15);
        }
    }
    out + "</g>\n</svg>\n"
}

/// A terminal colour as the web writes it; `None` for the default.
fn colour(colour: vt100::Color) -> Option<String> {
    const NAMED: [&str; 16] = [
        "#2b2e36", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d5d8de", "#6b7280", "#ef8891",
        "#b2d79a", "#f0d197", "#85c3f5", "#d69ae6", "#7fcbd5", "#ffffff",
    ];
    match colour {
        vt100::Color::Default => None,
        vt100::Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        vt100::Color::Idx(index @ 0..16) => NAMED.get(usize::from(index)).map(|c| (*c).to_owned()),
        vt100::Color::Idx(index @ 16..232) => {
            let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            let (r, g, b) = ((index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6);
            Some(format!("#{:02x}{:02x}{:02x}", step(r), step(g), step(b)))
        }
        vt100::Color::Idx(index) => {
            let grey = 8 + 10 * (index - 232);
            Some(format!("#{grey:02x}{grey:02x}{grey:02x}"))
        }
    }
}
