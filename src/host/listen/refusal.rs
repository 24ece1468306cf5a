//! Why a client was refused: in words for it, and as a line in the log that no flood can fill.

use std::time::{Duration, Instant};

use crate::domain::phrase::Phrase;
use crate::peer::Peer;
use crate::wire::frame::LONGEST_ASK;
use crate::wire::message::HostMsg;

/// How many refusals are logged one by one in each [`WINDOW`]; of the rest their number.
const MOST_LOGGED: u32 = 20;
const WINDOW: Duration = Duration::from_secs(60);

/// How much of what a client sent is repeated to it and in the log, in characters.
const LONGEST_QUOTE: usize = 200;

/// Why a client was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusalReason {
    /// Another user, and the host is not shared.
    Foreign,
    /// In none of the groups that the host is shared with.
    NotMember { groups: String },
    /// No introduction in time.
    Late,
    /// Something else came first.
    NoHello,
    /// A program that is older than the host.
    Older { theirs: String, ours: String },
    /// A program that is newer than the host, and that may not replace it or says what the host does not know.
    Newer { theirs: String, ours: String },
    /// A message longer than any honest one.
    TooLong,
    /// Something that cannot be understood.
    Garbage { why: String },
    /// Asks and asks, and waits for no answer: so many may be without one.
    Flood { most: usize },
    /// Comes again and again, and too many wait already who do.
    TooOften,
    /// Does not read what is sent to it.
    DoesNotRead,
    /// Connected, did not introduce itself, and others wait to come in.
    GaveWay,
    /// Too many are connected.
    Full,
}

impl RefusalReason {
    /// Returns what cannot be understood, quoted as far as it helps.
    pub fn garbage(why: &impl ToString) -> Self {
        RefusalReason::Garbage { why: why.to_string().chars().take(LONGEST_QUOTE).collect() }
    }

    /// Returns what the refused client is told, with what to do.
    pub fn phrase(&self) -> Phrase {
        match self {
            RefusalReason::Foreign => Phrase::new("goodbye-foreign"),
            RefusalReason::NotMember { groups } => Phrase::new("goodbye-not-member").with("groups", groups.as_str()),
            RefusalReason::Late | RefusalReason::NoHello => Phrase::new("goodbye-no-hello"),
            RefusalReason::Older { theirs, ours } => {
                Phrase::new("goodbye-older").with("theirs", theirs.as_str()).with("ours", ours.as_str())
            }
            RefusalReason::Newer { theirs, ours } => {
                Phrase::new("goodbye-newer").with("theirs", theirs.as_str()).with("ours", ours.as_str())
            }
            RefusalReason::TooLong => Phrase::new("goodbye-too-long").with("most", (LONGEST_ASK >> 10).to_string()),
            RefusalReason::Garbage { why } => Phrase::new("goodbye-garbage").with("why", why.as_str()),
            RefusalReason::Flood { most } => Phrase::new("goodbye-flood").with("most", most.to_string()),
            RefusalReason::TooOften => Phrase::new("goodbye-too-often"),
            RefusalReason::DoesNotRead => Phrase::new("goodbye-does-not-read"),
            RefusalReason::GaveWay => Phrase::new("goodbye-gave-way"),
            RefusalReason::Full => Phrase::new("goodbye-full"),
        }
    }

    /// Returns whether the client may connect again at once: one that was only slow. The others would be refused again.
    pub fn may_come_again(&self) -> bool {
        matches!(self, RefusalReason::GaveWay | RefusalReason::DoesNotRead)
    }

    /// Returns the farewell.
    pub fn goodbye(&self) -> HostMsg {
        HostMsg::Goodbye { why: self.phrase(), again: self.may_come_again() }
    }
}

/// The refusals, as the log is told of them.
#[derive(Debug, Default)]
pub struct Refusals {
    quota: LogQuota,
}

impl Refusals {
    /// Logs that `peer` was refused, unless the log was told often enough lately.
    pub fn log(&mut self, peer: &Peer, reason: &RefusalReason) {
        let LogVerdict { logs, unsaid } = self.quota.take(Instant::now());
        if unsaid > 0 {
            tracing::warn!(count = unsaid, "and so many more clients were refused before this");
        }
        if logs {
            // As debug output, which escapes what a client sent.
            tracing::warn!(uid = peer.uid, pid = peer.pid, ?reason, "a client was refused");
        }
    }
}

/// How much may still be logged.
#[derive(Debug, Default)]
struct LogQuota {
    began: Option<Instant>,
    taken: u32,
    unsaid: u64,
}

#[derive(Debug, PartialEq, Eq)]
struct LogVerdict {
    logs: bool,
    /// How many were passed over since the last that was logged.
    unsaid: u64,
}

impl LogQuota {
    fn take(&mut self, now: Instant) -> LogVerdict {
        if self.began.is_none_or(|began| now.duration_since(began) >= WINDOW) {
            self.began = Some(now);
            self.taken = 0;
        }
        self.taken = self.taken.saturating_add(1);
        if self.taken > MOST_LOGGED {
            self.unsaid += 1;
            return LogVerdict { logs: false, unsaid: 0 };
        }
        LogVerdict { logs: true, unsaid: std::mem::take(&mut self.unsaid) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_refusals_is_counted_and_not_written_out() {
        let mut quota = LogQuota::default();
        let start = Instant::now();
        let logged = (0..1000).filter(|_| quota.take(start).logs).count();
        assert_eq!(logged, 20);
        assert_eq!(quota.take(start + WINDOW), LogVerdict { logs: true, unsaid: 980 });
        assert_eq!(quota.take(start + WINDOW), LogVerdict { logs: true, unsaid: 0 });
    }

    #[test]
    fn what_a_client_sent_is_quoted_in_part() {
        let RefusalReason::Garbage { why } = RefusalReason::garbage(&"å".repeat(5000)) else { panic!() };
        assert_eq!(why.chars().count(), LONGEST_QUOTE);
    }
}
