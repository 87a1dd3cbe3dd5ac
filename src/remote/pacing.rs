//! How fast calls go out: at full speed until the endpoint throttles, then as fast as it bears; and how many retries a
//! bad hour may cost.
//!
//! IAM publishes no rates. So the first refusal sets one, each further halves it, and every success raises it a little:
//! additive increase, multiplicative decrease. Retries draw on a bucket that only successes refill, as the AWS SDKs and
//! Tools Reference Guide, "Retry behavior", describes: an endpoint that is down is not also hammered.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::world::World;

/// Calls a second after the first refusal.
const RATE_AT_FIRST: f64 = 8.0;
/// Calls a second, however often the endpoint refuses.
const RATE_MIN: f64 = 0.5;
/// Calls a second at which pacing ends.
const RATE_MAX: f64 = 60.0;
/// What a success adds to the rate.
const RATE_STEP: f64 = 0.1;
/// Refusals within this time of the last count as one: calls side by side are refused side by side.
const REFUSALS_APART: SignedDuration = SignedDuration::from_millis(500);

/// Tokens that retries may use up.
const TOKENS_MAX: u32 = 500;
/// Tokens of one retry.
const RETRY_COST: u32 = 5;

/// The pace of one endpoint, shared by all its calls.
#[derive(Debug)]
pub(super) struct Pace {
    world: Arc<dyn World>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// Calls a second; none while nothing was refused.
    rate: Option<f64>,
    /// When the next call may go.
    next: Timestamp,
    refused: Timestamp,
    tokens: u32,
}

impl Pace {
    pub(super) fn new(world: Arc<dyn World>) -> Self {
        let never = Timestamp::MIN;
        let state = State { rate: None, next: never, refused: never, tokens: TOKENS_MAX };
        Self { world, state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the next place in the queue; how long to wait for it.
    pub(super) fn admit(&self) -> Duration {
        let mut state = self.state();
        let Some(rate) = state.rate else { return Duration::ZERO };
        let now = self.world.now();
        let slot = state.next.max(now);
        state.next = slot.saturating_add(SignedDuration::from_secs_f64(1.0 / rate)).unwrap_or(slot);
        slot.duration_since(now).unsigned_abs()
    }

    /// The endpoint refused a call for coming too soon.
    pub(super) fn throttled(&self) {
        let now = self.world.now();
        let mut state = self.state();
        if now.duration_since(state.refused) < REFUSALS_APART {
            return;
        }
        state.refused = now;
        state.rate = Some(state.rate.map_or(RATE_AT_FIRST, |rate| (rate / 2.0).max(RATE_MIN)));
    }

    /// A call was answered, after `retries`.
    pub(super) fn succeeded(&self, retries: u32) {
        let mut state = self.state();
        state.rate = state.rate.map(|rate| rate + RATE_STEP).filter(|rate| *rate < RATE_MAX);
        state.tokens = (state.tokens + (retries * RETRY_COST).max(1)).min(TOKENS_MAX);
    }

    /// Whether one more retry is allowed; it is paid for.
    pub(super) fn may_retry(&self) -> bool {
        let mut state = self.state();
        let left = state.tokens.checked_sub(RETRY_COST);
        state.tokens = left.unwrap_or(state.tokens);
        left.is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use jiff::{SignedDuration, Timestamp};

    use super::Pace;
    use crate::world::Seeded;

    fn pace(step: SignedDuration) -> Pace {
        Pace::new(Arc::new(Seeded::new(1, Timestamp::UNIX_EPOCH, step)))
    }

    #[test]
    fn nothing_waits_until_the_endpoint_refuses() {
        let pace = pace(SignedDuration::ZERO);
        assert!((0..1000).all(|_| pace.admit().is_zero()));
    }

    #[test]
    fn a_refusal_spaces_the_calls_and_more_space_them_wider() {
        let pace = pace(SignedDuration::ZERO);
        pace.throttled();
        let waits: Vec<_> = (0..4).map(|_| pace.admit()).collect();
        assert_eq!(waits, [0, 125, 250, 375].map(Duration::from_millis));
        pace.throttled();
        assert_eq!(pace.admit(), Duration::from_millis(500), "refused in the same moment: one refusal");
    }

    #[test]
    fn the_rate_halves_to_a_floor_and_grows_back_to_none() {
        let pace = pace(SignedDuration::from_secs(1));
        (0..10).for_each(|_| pace.throttled());
        assert_eq!(pace.state().rate, Some(super::RATE_MIN));
        (0..600).for_each(|_| pace.succeeded(0));
        assert_eq!(pace.state().rate, None);
    }

    #[test]
    fn retries_run_out_and_successes_bring_them_back() {
        let pace = pace(SignedDuration::ZERO);
        assert_eq!((0..200).filter(|_| pace.may_retry()).count(), 100);
        assert!(!pace.may_retry());
        pace.succeeded(1);
        assert!(pace.may_retry());
        assert!(!pace.may_retry());
    }
}
