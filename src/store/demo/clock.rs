//! The demo's clock: set back while the past is made, then the world's own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

use crate::world::{Seeded, World};

const HOURS_A_DAY: i64 = 24;
/// Between the deeds of one day.
const STEP_SECONDS: i64 = 40;

/// A world whose past is made up.
#[derive(Debug)]
pub(super) struct Clock {
    world: Arc<dyn World>,
    /// Randomness of the past, the same each time.
    past: Seeded,
    now: Timestamp,
    days: AtomicI64,
    looks: AtomicI64,
    runs: AtomicBool,
}

impl Clock {
    pub(super) fn new(world: Arc<dyn World>) -> Self {
        let now = world.now();
        let past = Seeded::new(0x7469_616d, now, SignedDuration::ZERO);
        Self { world, past, now, days: AtomicI64::new(0), looks: AtomicI64::new(0), runs: AtomicBool::new(false) }
    }

    /// Sets the clock so many days back.
    pub(super) fn go_back(&self, days: i64) {
        if self.days.swap(days, Ordering::Relaxed) != days {
            self.looks.store(0, Ordering::Relaxed);
        }
    }

    /// Lets the clock run with the world's, and takes randomness from there.
    pub(super) fn run(&self) {
        self.runs.store(true, Ordering::Relaxed);
    }
}

impl World for Clock {
    fn now(&self) -> Timestamp {
        if self.runs.load(Ordering::Relaxed) {
            return self.world.now();
        }
        // Earlier by some hours, so that what happened today lies behind us whatever happened after it.
        let looks = self.looks.fetch_add(1, Ordering::Relaxed);
        let back = SignedDuration::from_hours(HOURS_A_DAY * self.days.load(Ordering::Relaxed) + 4);
        let ahead = SignedDuration::from_secs(STEP_SECONDS * looks);
        self.now.saturating_sub(back).and_then(|then| then.saturating_add(ahead)).unwrap_or(self.now)
    }

    fn fill(&self, bytes: &mut [u8]) {
        if self.runs.load(Ordering::Relaxed) { self.world.fill(bytes) } else { self.past.fill(bytes) }
    }
}
