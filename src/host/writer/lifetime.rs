//! How long the host lives: until it is asked to stop, or until there is nobody and nothing to stay for.

use std::time::{Duration, Instant};

/// What there is to stay for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A client is connected, an incident goes on, or a room is being read.
    Some,
    /// Nothing.
    None,
    /// The data directory was moved or removed, and nobody is connected: clients that come to the directory, wherever it is now,
    /// are served by another host.
    Homeless,
}

/// See the module.
#[derive(Debug)]
pub struct Lifetime {
    /// How long to stay when there is nothing to stay for.
    grace: Duration,
    idle_since: Option<Instant>,
    is_ending: bool,
}

impl Lifetime {
    /// Returns the lifetime of a host that stays for `grace` when there is nothing to stay for.
    pub fn new(grace: Duration) -> Self {
        Lifetime { grace, idle_since: None, is_ending: false }
    }

    /// Returns whether the host finishes.
    pub fn is_ending(&self) -> bool {
        self.is_ending
    }

    /// Has the host finish.
    pub fn end(&mut self) {
        self.is_ending = true;
    }

    /// Notes that a client came: the grace begins again when it has left.
    pub fn note_client(&mut self) {
        self.idle_since = None;
    }

    /// Looks at `now` whether the host goes on.
    pub fn check_need(&mut self, need: Need, now: Instant) {
        match need {
            Need::Some => self.idle_since = None,
            Need::Homeless => {
                self.idle_since = None;
                self.is_ending = true;
            }
            Need::None => {
                let since = *self.idle_since.get_or_insert(now);
                self.is_ending |= now.duration_since(since) >= self.grace;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_ends_when_there_was_nothing_to_stay_for_throughout_the_grace() {
        let (mut lifetime, start) = (Lifetime::new(Duration::from_secs(5)), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        lifetime.check_need(Need::None, at(0));
        lifetime.check_need(Need::None, at(4));
        lifetime.note_client();
        lifetime.check_need(Need::None, at(6));
        lifetime.check_need(Need::Some, at(8));
        lifetime.check_need(Need::None, at(9));
        lifetime.check_need(Need::None, at(13));
        assert!(!lifetime.is_ending());
        lifetime.check_need(Need::None, at(14));
        assert!(lifetime.is_ending());
        let mut lifetime = Lifetime::new(Duration::MAX);
        lifetime.check_need(Need::Homeless, start);
        assert!(lifetime.is_ending());
    }
}
