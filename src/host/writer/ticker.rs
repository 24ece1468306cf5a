//! When to look at the clocks: once a second, however much else there is to do.

use std::time::{Duration, Instant};

/// Says when the next look is due. It counts on the machine's steady clock only for *how often*; what has fallen due is
/// always read from the wall clock, which moves while a laptop sleeps and the steady one does not.
#[derive(Debug)]
pub struct Ticker {
    every: Duration,
    next: Instant,
}

impl Ticker {
    /// Due at once, then after every `every`.
    pub fn new(every: Duration) -> Self {
        Ticker { every, next: Instant::now() }
    }

    /// Returns how long until the next look.
    pub fn wait(&self) -> Duration {
        self.next.saturating_duration_since(Instant::now())
    }

    /// Returns whether a look is due; if so, the next one is `every` from now. Looks that were missed are not made up for: one
    /// look sees everything.
    pub fn is_due(&mut self) -> bool {
        let now = Instant::now();
        let due = now >= self.next;
        if due {
            self.next = now + self.every;
        }
        due
    }
}
