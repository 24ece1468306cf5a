//! Scrubbing: looking through long journals from end to end, in the background: only their ends are looked at when they are first used, and
//! damage in the middle would wait there for its first reader. The index is not read for that, which would cost memory for as
//! long as the host lives: what it has is checked where it is used, and all of it when a client asks for a check.
//!
//! Each room in memory is looked through once in a host's life, a portion at a time: while nobody writes one after the other, and
//! else one a second. When something is wrong the room is put right at once.

use std::collections::BTreeSet;
use std::sync::mpsc::Sender;

use crate::domain::id::RoomId;
use crate::host::background::worker::{WorkPriority, Worker};
use crate::store::{StoreError, Verifier, VerifierFindings};

/// An examination under way.
pub struct Scrub {
    room: RoomId,
    examination: Box<dyn Verifier>,
}

/// A scrub after another portion.
pub struct ScrubStep {
    scrub: Scrub,
    /// What it found, when that was the last.
    found: Result<Option<VerifierFindings>, StoreError>,
}

impl std::fmt::Debug for ScrubStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ScrubStep({})", self.scrub.room)
    }
}

impl Scrub {
    /// Looks through the next portion.
    pub fn run(mut self) -> ScrubStep {
        let found = self.examination.verify_next();
        ScrubStep { scrub: self, found }
    }
}

/// Which rooms were looked through, and what is under way.
pub struct Scrubs<Message> {
    worker: Worker<Scrub, Message>,
    /// The rooms that were looked through.
    done: BTreeSet<RoomId>,
    is_under_way: bool,
    /// The scrub that waits until the next tick, because something was saved since the last.
    paused: Option<Scrub>,
    /// How many batches had been saved at the last tick.
    saves: u64,
}

/// A scrub that came to its end.
pub struct Scrubbed {
    pub room: RoomId,
    /// What it found; `None` when the journal could not be looked through.
    pub findings: Option<VerifierFindings>,
}

impl<Message: From<ScrubStep> + Send + 'static> Scrubs<Message> {
    /// Returns scrubs of which none has begun. Each portion is sent to `messages` when it was looked through.
    pub fn new(messages: Sender<Message>) -> Self {
        let worker = Worker::new("klock-scrub", WorkPriority::Idle, messages, |scrub: Scrub| scrub.run().into());
        Scrubs { worker, done: BTreeSet::new(), is_under_way: false, paused: None, saves: 0 }
    }

    /// Has the scrubs be run by a test.
    #[cfg(test)]
    pub fn run_by_hand(&mut self) -> std::sync::mpsc::Receiver<Scrub> {
        self.worker.run_by_hand()
    }

    /// Goes on with a scrub that was paused, at a tick at which `saves` batches have been saved. Returns whether another scrub
    /// can begin.
    pub fn resume(&mut self, saves: u64) -> bool {
        self.saves = saves;
        if let Some(paused) = self.paused.take() {
            self.worker.start(paused);
        }
        !self.is_under_way
    }

    /// Returns whether `room` needs no scrub any more.
    pub fn is_done(&self, room: &RoomId) -> bool {
        self.done.contains(room)
    }

    /// Notes that `room` needs no scrub: it was checked as a whole when it was first used, or scrubbed.
    pub fn note_done(&mut self, room: RoomId) {
        self.done.insert(room);
    }

    /// Begins a scrub of `room`.
    pub fn begin(&mut self, room: RoomId, examination: Box<dyn Verifier>) {
        self.is_under_way = true;
        self.worker.start(Scrub { room, examination });
    }

    /// Accepts a portion that was looked through, when `saves` batches have been saved. Returns the scrub's end, if this was
    /// its last portion; otherwise it goes on, at the next tick when something was saved since the last one.
    pub fn accept_step(&mut self, step: ScrubStep, saves: u64) -> Option<Scrubbed> {
        let ScrubStep { scrub, found } = step;
        let findings = match found {
            Ok(None) if saves != self.saves => {
                self.paused = Some(scrub);
                return None;
            }
            Ok(None) => {
                self.worker.start(scrub);
                return None;
            }
            Ok(Some(findings)) => Some(findings),
            Err(error) => {
                tracing::error!(room = %scrub.room, %error, "a journal cannot be looked through");
                None
            }
        };
        self.is_under_way = false;
        Some(Scrubbed { room: scrub.room, findings })
    }

    /// Waits until the portion under way is done.
    pub fn end(self) {
        self.worker.end();
    }
}
