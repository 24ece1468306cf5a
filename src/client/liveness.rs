//! Whether the host still answers: what is due, and when to look again. Pure; the time is told.

use std::time::{Duration, Instant};

/// After so long without a word although something is asked, the host is silent. A far one has the network in between.
const SILENT_AFTER: Duration = Duration::from_millis(1500);
const FAR_SILENT_AFTER: Duration = Duration::from_secs(2);

/// After so long without a word when nothing is asked, the host is asked whether it is there, unless its process can be seen.
pub const PING_AFTER: Duration = Duration::from_secs(10);

/// A far host that is silent for so long is given up: more likely the network is gone than the host stopped, and only a new
/// connection finds the way again.
pub const FAR_GIVEN_UP_AFTER: Duration = Duration::from_secs(15);

/// What is to be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Nothing before this moment.
    At(Instant),
    /// Nothing before something is asked or heard.
    Nothing,
    /// Ask whether it is there.
    Ping,
    /// Say that it is silent, since when.
    Silent(Instant),
    /// End the connection.
    GiveUp,
}

/// See the module.
#[derive(Debug)]
pub struct Pulse {
    /// Whether the host is far.
    far: bool,
    /// Whether its process is looked at now and then, so that it need not be asked.
    watched: bool,
    /// Since when an answer is awaited without a word.
    waiting: Option<Instant>,
    heard: Instant,
    silent: bool,
}

impl Pulse {
    /// Of a connection made at `now`.
    pub fn new(far: bool, watched: bool, now: Instant) -> Self {
        Pulse { far, watched, waiting: None, heard: now, silent: false }
    }

    fn patience(&self) -> Duration {
        if self.far { FAR_SILENT_AFTER } else { SILENT_AFTER }
    }

    /// Whether no answer is awaited.
    pub fn is_quiet(&self) -> bool {
        self.waiting.is_none()
    }

    /// Something was asked.
    pub fn asked(&mut self, now: Instant) {
        self.waiting.get_or_insert(now);
    }

    /// The host said something; `settled`: and everything asked is answered. True when it had been silent.
    pub fn heard(&mut self, settled: bool, now: Instant) -> bool {
        self.heard = now;
        self.waiting = (!settled).then_some(now);
        std::mem::take(&mut self.silent)
    }

    /// This process was stopped itself, or the machine slept: what the host said meanwhile is still to be read.
    pub fn slept(&mut self, now: Instant) {
        if !self.silent {
            self.waiting = self.waiting.map(|_| now);
        }
    }

    /// What is due at `now`.
    pub fn due(&mut self, now: Instant) -> Due {
        match self.waiting {
            Some(since) if self.silent => match since + FAR_GIVEN_UP_AFTER {
                _ if !self.far => Due::Nothing,
                end if now >= end => Due::GiveUp,
                end => Due::At(end),
            },
            Some(since) if now >= since + self.patience() => {
                self.silent = true;
                Due::Silent(since)
            }
            Some(since) => Due::At(since + self.patience()),
            None if self.watched => Due::Nothing,
            None if now >= self.heard + PING_AFTER => Due::Ping,
            None => Due::At(self.heard + PING_AFTER),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    #[test]
    fn a_question_without_a_word_for_a_while_is_silence_told_once() {
        let start = Instant::now();
        let mut pulse = Pulse::new(false, true, start);
        pulse.asked(start + second(1));
        pulse.asked(start + second(2));
        assert_eq!(pulse.due(start + second(2)), Due::At(start + second(1) + SILENT_AFTER));
        assert_eq!(pulse.due(start + second(1) + SILENT_AFTER), Due::Silent(start + second(1)));
        assert_eq!(pulse.due(start + second(100)), Due::Nothing, "it is waited for as long as it takes");
        assert!(pulse.heard(true, start + second(101)));
        assert!(!pulse.heard(true, start + second(101)), "told once");
    }

    #[test]
    fn a_host_that_says_other_things_meanwhile_is_not_silent() {
        let start = Instant::now();
        let mut pulse = Pulse::new(false, true, start);
        pulse.asked(start);
        for n in 1..10 {
            assert!(!pulse.heard(false, start + second(n)));
            assert_eq!(pulse.due(start + second(n) + second(1)), Due::At(start + second(n) + SILENT_AFTER));
        }
    }

    #[test]
    fn with_nothing_to_ask_a_far_one_is_asked_every_ten_seconds() {
        let start = Instant::now();
        let mut pulse = Pulse::new(true, false, start);
        assert_eq!(pulse.due(start + second(9)), Due::At(start + second(10)));
        assert_eq!(pulse.due(start + second(10)), Due::Ping);
        pulse.asked(start + second(10));
        assert_eq!(pulse.due(start + second(12)), Due::Silent(start + second(10)));
    }

    #[test]
    fn one_whose_process_is_seen_need_not_be_asked() {
        let start = Instant::now();
        let mut pulse = Pulse::new(false, true, start);
        assert_eq!(pulse.due(start + second(100)), Due::Nothing);
        let mut pulse = Pulse::new(false, false, start);
        assert_eq!(pulse.due(start + second(100)), Due::Ping, "one in another container");
    }

    #[test]
    fn a_far_host_is_given_up_at_last() {
        let start = Instant::now();
        let mut pulse = Pulse::new(true, false, start);
        pulse.asked(start);
        assert_eq!(pulse.due(start + second(2)), Due::Silent(start));
        assert_eq!(pulse.due(start + second(3)), Due::At(start + second(15)));
        assert_eq!(pulse.due(start + second(15)), Due::GiveUp);
    }

    #[test]
    fn the_sleep_of_this_process_is_no_silence_of_the_host() {
        let start = Instant::now();
        let mut pulse = Pulse::new(false, true, start);
        pulse.asked(start);
        pulse.slept(start + second(60));
        assert_eq!(pulse.due(start + second(60)), Due::At(start + second(60) + SILENT_AFTER));
    }
}
