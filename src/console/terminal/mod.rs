//! The terminal taken and given back: raw mode, alternate screen, cursor, paste, mouse, keyboard protocol.
//!
//! One routine, [`restore`], gives it back, whoever calls: the guard's drop, the panic hook, a signal, an early error. It
//! may be called any number of times. Nothing here knows what is drawn.

mod decode;
mod output;
mod wake;

use std::io::{self, IsTerminal, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::Frame;

pub use decode::{Decoder, Input, Mouse, MouseAct, PASTE_BYTES_MAX};
pub use output::Output;
pub use wake::{Asked, Wake, Waker};

/// Alternate screen, cursor hidden, bracketed paste, kitty keys told apart (flag 1, which only adds what was ambiguous).
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[>1u";
/// All of it back, the mouse too, whether it was on or not; attributes reset before the screen is left.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[<1u\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l";
/// Presses and the wheel, in SGR form.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
/// Which colour is the background? Answered as input, or never. Ended by BEL, which more programs in between know than ST.
const ASK_BACKGROUND: &[u8] = b"\x1b]11;?\x07";

/// Whether the terminal is ours at the moment.
static HELD: AtomicBool = AtomicBool::new(false);

/// Gives the terminal back as it was. Does nothing when it is not held; errors have nowhere to go.
pub fn restore() {
    if HELD.swap(false, Ordering::SeqCst) {
        // The reader may still have keys, and answers to our questions: they are not the shell's.
        let _ = rustix::termios::tcflush(rustix::stdio::stdin(), rustix::termios::QueueSelector::IFlush);
        let _ = io::stdout().write_all(LEAVE).and_then(|()| io::stdout().flush());
        let _ = disable_raw_mode();
    }
}

/// Before a panic tells its story, the terminal is given back, whatever thread it happens on.
fn hook_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let told = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            restore();
            told(info);
        }));
    });
}

/// What the terminal is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wants {
    /// The mouse, which takes the terminal's own selection away.
    pub mouse: bool,
    /// The background colour, to choose a theme by.
    pub background: bool,
}

/// The terminal while it is ours; dropping it gives it back.
#[derive(Debug)]
pub struct Terminal {
    inner: ratatui::Terminal<Output<io::Stdout>>,
    wants: Wants,
}

impl Terminal {
    /// Takes the terminal. An error when standard input or output is none.
    pub fn enter(wants: Wants) -> io::Result<Self> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(io::Error::other("the console needs a terminal on standard input and output"));
        }
        hook_panics();
        // With NO_COLOR crossterm would print resets that take reverse video away; the theme decides instead.
        crossterm::style::force_color_output(true);
        take(wants)?;
        let inner = ratatui::Terminal::new(Output::new(io::stdout())).inspect_err(|_| restore())?;
        Ok(Self { inner, wants })
    }

    /// Draws one frame.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame)) -> io::Result<()> {
        // Work beside the loop that panicked has given the terminal back to tell of it; the loop goes on.
        if !HELD.load(Ordering::SeqCst) {
            self.retake()?;
        }
        self.inner.draw(view).map(drop)
    }

    /// Sends bytes beside the frames, as a clipboard sequence.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.inner.backend_mut().send(bytes)
    }

    /// Gives the terminal to `other` for as long as that takes, then takes it again and paints anew.
    pub fn lend<T>(&mut self, other: impl FnOnce() -> T) -> io::Result<T> {
        restore();
        let result = other();
        self.retake()?;
        Ok(result)
    }

    /// Stops the process group as Ctrl-Z does, and goes on when it is continued.
    pub fn suspend(&mut self) -> io::Result<()> {
        self.lend(|| rustix::process::kill_current_process_group(rustix::process::Signal::TSTP))?.map_err(Into::into)
    }

    /// Takes the terminal again, after it was lent or after the process was stopped from outside.
    pub fn retake(&mut self) -> io::Result<()> {
        restore();
        take(self.wants)?;
        self.inner.backend_mut().forget_cursor();
        self.inner.clear()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

fn take(wants: Wants) -> io::Result<()> {
    enable_raw_mode()?;
    HELD.store(true, Ordering::SeqCst);
    let mut bytes = ENTER.to_vec();
    if wants.mouse {
        bytes.extend_from_slice(MOUSE_ON);
    }
    if wants.background {
        bytes.extend_from_slice(ASK_BACKGROUND);
    }
    io::stdout().write_all(&bytes).and_then(|()| io::stdout().flush()).inspect_err(|_| restore())
}
