//! Whether the host still answers: what to do now, and when to look again. Pure; the caller tells the time.

use std::time::{Duration, Instant};

/// After so long without a word although something is asked, the host is silent. A far one has the network in between.
const SILENT_AFTER: Duration = Duration::from_millis(1500);
const FAR_SILENT_AFTER: Duration = Duration::from_secs(2);

/// After so long without a word when nothing is asked, the host is asked whether it is there, unless its process can be seen.
pub const PING_AFTER: Duration = Duration::from_secs(10);

/// A far host that is silent for so long is given up: more likely the network is gone than the host stopped, and only a new
/// connection finds the way again.
pub const FAR_GIVEN_UP_AFTER: Duration = Duration::from_secs(15);

/// What the client must do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LivenessStep {
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
pub struct Liveness {
    /// Whether the host is far.
    far: bool,
    /// Whether its process is looked at now and then, so that it need not be asked.
    watched: bool,
    /// Since when an answer is awaited without a word.
    waiting: Option<Instant>,
    heard_at: Instant,
    silent: bool,
}

impl Liveness {
    /// Of a connection made at `now`.
    pub fn new(far: bool, watched: bool, now: Instant) -> Self {
        Liveness { far, watched, waiting: None, heard_at: now, silent: false }
    }

    fn patience(&self) -> Duration {
        if self.far { FAR_SILENT_AFTER } else { SILENT_AFTER }
    }

    /// Whether no answer is awaited.
    pub fn is_quiet(&self) -> bool {
        self.waiting.is_none()
    }

    /// Something was asked.
    pub fn note_asked(&mut self, now: Instant) {
        self.waiting.get_or_insert(now);
    }

    /// The host said something; `settled`: and everything asked is answered. True when it had been silent.
    pub fn note_heard(&mut self, settled: bool, now: Instant) -> bool {
        self.heard_at = now;
        self.waiting = (!settled).then_some(now);
        std::mem::take(&mut self.silent)
    }

    /// This process was stopped itself, or the machine slept: what the host said meanwhile is still to be read.
    pub fn note_oversleep(&mut self, now: Instant) {
        if !self.silent {
            self.waiting = self.waiting.map(|_| now);
        }
    }

    /// What is due at `now`.
    pub fn next_step(&mut self, now: Instant) -> LivenessStep {
        match self.waiting {
            Some(since) if self.silent => match since + FAR_GIVEN_UP_AFTER {
                _ if !self.far => LivenessStep::Nothing,
                end if now >= end => LivenessStep::GiveUp,
                end => LivenessStep::At(end),
            },
            Some(since) if now >= since + self.patience() => {
                self.silent = true;
                LivenessStep::Silent(since)
            }
            Some(since) => LivenessStep::At(since + self.patience()),
            None if self.watched => LivenessStep::Nothing,
            None if now >= self.heard_at + PING_AFTER => LivenessStep::Ping,
            None => LivenessStep::At(self.heard_at + PING_AFTER),
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
        let mut liveness = Liveness::new(false, true, start);
        liveness.note_asked(start + second(1));
        liveness.note_asked(start + second(2));
        assert_eq!(liveness.next_step(start + second(2)), LivenessStep::At(start + second(1) + SILENT_AFTER));
        assert_eq!(liveness.next_step(start + second(1) + SILENT_AFTER), LivenessStep::Silent(start + second(1)));
        assert_eq!(
            liveness.next_step(start + second(100)),
            LivenessStep::Nothing,
            "it is waited for as long as it takes"
        );
        assert!(liveness.note_heard(true, start + second(101)));
        assert!(!liveness.note_heard(true, start + second(101)), "told once");
    }

    #[test]
    fn a_host_that_says_other_things_meanwhile_is_not_silent() {
        let start = Instant::now();
        let mut liveness = Liveness::new(false, true, start);
        liveness.note_asked(start);
        for n in 1..10 {
            assert!(!liveness.note_heard(false, start + second(n)));
            assert_eq!(
                liveness.next_step(start + second(n) + second(1)),
                LivenessStep::At(start + second(n) + SILENT_AFTER)
            );
        }
    }

    #[test]
    fn with_nothing_to_ask_a_far_one_is_asked_every_ten_seconds() {
        let start = Instant::now();
        let mut liveness = Liveness::new(true, false, start);
        assert_eq!(liveness.next_step(start + second(9)), LivenessStep::At(start + second(10)));
        assert_eq!(liveness.next_step(start + second(10)), LivenessStep::Ping);
        liveness.note_asked(start + second(10));
        assert_eq!(liveness.next_step(start + second(12)), LivenessStep::Silent(start + second(10)));
    }

    #[test]
    fn one_whose_process_is_seen_need_not_be_asked() {
        let start = Instant::now();
        let mut liveness = Liveness::new(false, true, start);
        assert_eq!(liveness.next_step(start + second(100)), LivenessStep::Nothing);
        let mut liveness = Liveness::new(false, false, start);
        assert_eq!(liveness.next_step(start + second(100)), LivenessStep::Ping, "one in another container");
    }

    #[test]
    fn a_far_host_is_given_up_at_last() {
        let start = Instant::now();
        let mut liveness = Liveness::new(true, false, start);
        liveness.note_asked(start);
        assert_eq!(liveness.next_step(start + second(2)), LivenessStep::Silent(start));
        assert_eq!(liveness.next_step(start + second(3)), LivenessStep::At(start + second(15)));
        assert_eq!(liveness.next_step(start + second(15)), LivenessStep::GiveUp);
    }

    #[test]
    fn the_sleep_of_this_process_is_no_silence_of_the_host() {
        let start = Instant::now();
        let mut liveness = Liveness::new(false, true, start);
        liveness.note_asked(start);
        liveness.note_oversleep(start + second(60));
        assert_eq!(liveness.next_step(start + second(60)), LivenessStep::At(start + second(60) + SILENT_AFTER));
    }
}
