//! What has to ring and when, computed once more from the routine as people read it.

use std::collections::BTreeMap;

use super::super::violation::{Verdict, Violation};

const MINUTE: i64 = 60_000;

/// The clocks of an incident that goes on.
pub const CLOCKS: [&str; 3] = ["first-notice", "first-meeting", "next-meeting"];

/// One ring: a clock, when it falls due (milliseconds), and how many minutes after that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub clock: String,
    pub due: i64,
    pub offset: i64,
}

/// See the module.
#[derive(Debug)]
pub struct Oracle {
    declared: i64,
    meeting: Option<i64>,
    /// By clock: when it was put off, and until when.
    snoozes: BTreeMap<String, (i64, i64)>,
    /// By clock and due time: the latest mark.
    rung: BTreeMap<(String, i64), i64>,
    rings: usize,
}

impl Oracle {
    /// An incident that was declared at that moment. No notice is ever sent.
    pub fn declared(at: i64) -> Self {
        Oracle { declared: at, meeting: None, snoozes: BTreeMap::new(), rung: BTreeMap::new(), rings: 0 }
    }

    /// A meeting began.
    pub fn meeting_started(&mut self, at: i64) {
        self.meeting = self.meeting.max(Some(at));
    }

    /// A clock was put off.
    pub fn snoozed(&mut self, clock: &str, at: i64, until: i64) {
        self.snoozes.insert(clock.to_owned(), (at, until));
    }

    /// How much has rung.
    pub fn rung(&self) -> usize {
        self.rings
    }

    /// What has to have rung by `now` and has not.
    pub fn missing(&self, now: i64) -> Vec<Mark> {
        let has_rung =
            |mark: &Mark| self.rung.get(&(mark.clock.clone(), mark.due)).is_some_and(|last| *last >= mark.offset);
        CLOCKS.iter().filter_map(|clock| self.mark(clock, now)).filter(|mark| !has_rung(mark)).collect()
    }

    /// Something rang.
    ///
    /// # Errors
    /// When it has rung before, or is not the mark that has come by `now`, or came too early.
    pub fn ring(&mut self, mark: Mark, now: i64, recorded: i64) -> Verdict {
        if recorded < mark.due + mark.offset * MINUTE {
            return Err(Violation::Wrong(format!("{mark:?} was rung too early, at {recorded}")));
        }
        let key = (mark.clock.clone(), mark.due);
        if self.rung.get(&key).is_some_and(|last| *last >= mark.offset) {
            return Err(Violation::Twice(format!("{mark:?} has rung before, up to {:?}", self.rung.get(&key))));
        }
        let expected = self.mark(&mark.clock, now);
        if expected.as_ref() != Some(&mark) {
            return Err(Violation::Wrong(format!("{mark:?} was rung, expected was {expected:?}")));
        }
        self.rung.insert(key, mark.offset);
        self.rings += 1;
        Ok(())
    }

    /// The mark of a clock that has come last.
    fn mark(&self, clock: &str, now: i64) -> Option<Mark> {
        // Fifteen minutes to the first notice, an hour to the first meeting, two hours from one meeting to the next.
        let (from, minutes, warning) = match clock {
            "first-notice" => (self.declared, 15, 5),
            "first-meeting" if self.meeting.is_none() => (self.declared, 60, 10),
            "next-meeting" => (self.meeting?, 120, 10),
            _ => return None,
        };
        let asked = from + minutes * MINUTE;
        let until = self.snoozes.get(clock).filter(|(at, _)| *at >= from).map_or(asked, |(_, until)| *until);
        let due = asked.max(until);
        let offset = if now >= due {
            // At the mark, and every ten minutes from then on.
            (now - due) / (10 * MINUTE) * 10
        } else if due != asked || now < due - warning * MINUTE {
            return None;
        } else {
            -warning
        };
        Some(Mark { clock: clock.to_owned(), due, offset })
    }
}
