//! How fast a client takes in what a host says.

use std::time::{Duration, Instant};

/// How many messages, and how many bytes of them, are taken in a second. Fifty people who write without a pause make a fifth of it.
/// Beyond that reading waits, so that the receiver of the updates keeps up; a host that sends on then waits as well.
const MOST_A_SECOND: usize = 5000;
const MOST_BYTES_A_SECOND: usize = 32 << 20;

const A_SECOND: Duration = Duration::from_secs(1);

/// What was taken within this second.
pub(super) struct ReceiveLimit {
    since: Instant,
    count: usize,
    bytes: usize,
}

impl ReceiveLimit {
    pub(super) fn new(now: Instant) -> Self {
        ReceiveLimit { since: now, count: 0, bytes: 0 }
    }

    /// Counts a message of so many bytes. Returns how long to wait before the next.
    pub(super) fn take(&mut self, bytes: usize, now: Instant) -> Duration {
        let passed = now.saturating_duration_since(self.since);
        if passed >= A_SECOND {
            *self = ReceiveLimit::new(now);
        }
        self.count += 1;
        self.bytes += bytes;
        let is_much = self.count > MOST_A_SECOND || self.bytes > MOST_BYTES_A_SECOND;
        if is_much { A_SECOND.saturating_sub(passed) } else { Duration::ZERO }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// D15: a host that floods a screen.
    #[test]
    fn a_flood_is_taken_no_faster_than_it_can_be_dealt_with() {
        let start = Instant::now();
        let (mut flow, mut now, mut taken) = (ReceiveLimit::new(start), start, 0);
        while now < start + Duration::from_secs(10) {
            now += flow.take(100, now);
            taken += 1;
        }
        assert!((45_000..=56_000).contains(&taken), "{taken}");
        let mut flow = ReceiveLimit::new(start);
        assert!((0..1000).all(|_| flow.take(2000, start) == Duration::ZERO), "honest hosts never wait");
        assert!(flow.take(MOST_BYTES_A_SECOND, start) > Duration::ZERO);
    }
}
