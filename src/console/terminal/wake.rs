//! What the loop waits for: the terminal, signals, and work that finished, in one poll without a timeout.
//!
//! The terminal's hang-up is seen by the same poll, so nothing ever reads from a terminal that is gone.

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};

use super::decode::{Decoder, Input};

/// How long the rest of a sequence that has begun may take, in milliseconds.
const SEQUENCE_MS_MAX: i64 = 50;
const READ_BYTES: usize = 64 * 1024;

/// What the loop is asked for beside input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// A signal asks to end, or the terminal is gone.
    pub end: bool,
    /// The terminal itself is gone: nothing may be written to it.
    pub hung_up: bool,
    /// The process was stopped and goes on.
    pub resumed: bool,
}

/// Wakes the loop from any thread.
#[derive(Clone, Debug)]
pub struct Waker(Arc<UnixStream>);

impl Waker {
    /// Wakes the loop. A full pipe means that it is awake already.
    pub fn wake(&self) {
        let _ = io::Write::write(&mut self.0.as_ref(), &[1]);
    }
}

/// What the loop waits on.
#[derive(Debug)]
pub struct Wake {
    pipe: UnixStream,
    waker: Waker,
    end: Arc<AtomicBool>,
    hung_up: Arc<AtomicBool>,
    resumed: Arc<AtomicBool>,
    decoder: Decoder,
}

impl Wake {
    /// Starts to watch the terminal and the signals.
    pub fn new() -> io::Result<Self> {
        let (pipe, wake) = UnixStream::pair()?;
        pipe.set_nonblocking(true)?;
        wake.set_nonblocking(true)?;
        let (end, hung_up, resumed) = <(Arc<AtomicBool>, Arc<AtomicBool>, Arc<AtomicBool>)>::default();
        for (signal, flag) in
            [(SIGTERM, &end), (SIGQUIT, &end), (SIGINT, &end), (SIGHUP, &hung_up), (SIGCONT, &resumed)]
        {
            signal_hook::flag::register(signal, Arc::clone(flag))?;
        }
        for signal in [SIGTERM, SIGQUIT, SIGINT, SIGHUP, SIGCONT, SIGWINCH] {
            signal_hook::low_level::pipe::register(signal, wake.try_clone()?)?;
        }
        Ok(Self { pipe, waker: Waker(Arc::new(wake)), end, hung_up, resumed, decoder: Decoder::default() })
    }

    /// A handle that wakes this loop.
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// Sleeps until there is something to do, and gives all input that is there.
    pub fn wait(&mut self, input: &mut Vec<Input>) -> io::Result<Asked> {
        let mut timeout = None;
        loop {
            let tty = self.poll(timeout)?;
            if tty.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                self.hung_up.store(true, Ordering::SeqCst);
            } else if tty.contains(PollFlags::IN) {
                self.read(input)?;
            } else if self.decoder.is_waiting() {
                self.decoder.give_up(input);
            }
            if !self.decoder.is_waiting() {
                return Ok(self.asked());
            }
            timeout = Some(SEQUENCE_MS_MAX);
        }
    }

    /// Waits at most this long for finished work, and for nothing else.
    pub fn wait_for_work(&mut self, timeout_ms: i64) -> io::Result<()> {
        let timeout = Timespec { tv_sec: 0, tv_nsec: timeout_ms * 1_000_000 };
        let mut fds = [PollFd::new(&self.pipe, PollFlags::IN)];
        ignore_interrupt(poll(&mut fds, Some(&timeout)))?;
        self.drain();
        Ok(())
    }

    /// Polls terminal and pipe, empties the pipe, and says how the terminal is.
    fn poll(&mut self, timeout_ms: Option<i64>) -> io::Result<PollFlags> {
        let stdin = rustix::stdio::stdin();
        let timeout = timeout_ms.map(|ms| Timespec { tv_sec: 0, tv_nsec: ms * 1_000_000 });
        let mut fds = [
            PollFd::from_borrowed_fd(stdin, PollFlags::IN),
            PollFd::from_borrowed_fd(self.pipe.as_fd(), PollFlags::IN),
        ];
        ignore_interrupt(poll(&mut fds, timeout.as_ref()))?;
        let [tty, _] = fds.map(|fd| fd.revents());
        self.drain();
        Ok(tty)
    }

    fn drain(&mut self) {
        let mut bytes = [0; 256];
        while self.pipe.read(&mut bytes).is_ok_and(|n| n == bytes.len()) {}
    }

    /// Reads everything the terminal has. Only after a poll said that there is something.
    fn read(&mut self, input: &mut Vec<Input>) -> io::Result<()> {
        let mut bytes = vec![0; READ_BYTES];
        match rustix::io::read(rustix::stdio::stdin(), &mut bytes) {
            Ok(0) => self.hung_up.store(true, Ordering::SeqCst),
            Ok(n) => self.decoder.feed(bytes.get(..n).unwrap_or_default(), input),
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Err(rustix::io::Errno::IO) => self.hung_up.store(true, Ordering::SeqCst),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    fn asked(&self) -> Asked {
        let hung_up = self.hung_up.load(Ordering::SeqCst);
        let end = hung_up || self.end.load(Ordering::SeqCst);
        Asked { end, hung_up, resumed: self.resumed.swap(false, Ordering::SeqCst) }
    }
}

/// A signal that ends a poll is no error: its flag says the rest.
fn ignore_interrupt(polled: rustix::io::Result<usize>) -> io::Result<()> {
    match polled {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
