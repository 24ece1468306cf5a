//! One bell for everything that happens in a run: whoever waits for something looks again when it rings.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long anything may take before it is given up: what a machine that does much else besides needs, and more.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// What happens outside of this process (another one dies, a file grows) rings no bell and is looked for this often.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

#[derive(Debug, Default)]
pub struct Board {
    rings: Mutex<u64>,
    rang: Condvar,
}

impl Board {
    /// Something happened.
    pub fn ring(&self) {
        *self.rings.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.rang.notify_all();
    }

    /// Waits until `is_so`; false when it is not within [`PATIENCE`].
    pub fn wait(&self, mut is_so: impl FnMut() -> bool) -> bool {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if is_so() {
                return true;
            }
            let rings = self.rings.lock().unwrap_or_else(PoisonError::into_inner);
            drop(self.rang.wait_timeout(rings, LOOK_AGAIN));
            if Instant::now() >= deadline {
                return is_so();
            }
        }
    }
}
