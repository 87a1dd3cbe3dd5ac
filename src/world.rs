//! Time and randomness behind one small trait, so that a test, a screenshot and a fault run are the same bytes for
//! the same seed.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// What tiam takes from the world around it.
pub trait World: Send + Sync + std::fmt::Debug {
    /// The time now, UTC.
    fn now(&self) -> Timestamp;
    /// Fills `bytes` with randomness fit for secrets.
    fn fill(&self, bytes: &mut [u8]);
}

/// The machine's own clock and random source.
#[derive(Clone, Copy, Debug, Default)]
pub struct Real;

impl World for Real {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    #[expect(clippy::expect_used, reason = "a machine without randomness cannot make a secret; nothing may go on")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}

/// A world that starts at a given moment and moves on by one second each time it is asked; its random bytes follow
/// from the seed alone. Never for secrets that guard anything.
#[derive(Debug)]
pub struct Seeded {
    start: Timestamp,
    ticks: AtomicU64,
    state: AtomicU64,
    step: SignedDuration,
}

impl Seeded {
    /// A world at `start` whose clock moves on by `step` at each look.
    pub fn new(seed: u64, start: Timestamp, step: SignedDuration) -> Self {
        Self { start, ticks: AtomicU64::new(0), state: AtomicU64::new(seed), step }
    }

    /// The next 64 bits of the `SplitMix64` sequence.
    fn next(&self) -> u64 {
        let mut z = self.state.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl World for Seeded {
    fn now(&self) -> Timestamp {
        let ticks = i32::try_from(self.ticks.fetch_add(1, Ordering::Relaxed)).unwrap_or(i32::MAX);
        self.start.saturating_add(self.step * ticks).unwrap_or(self.start)
    }

    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            for (byte, random) in chunk.iter_mut().zip(self.next().to_le_bytes()) {
                *byte = random;
            }
        }
    }
}
