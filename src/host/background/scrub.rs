//! Looking through long journals from end to end, in the background: only their ends are looked at when they are first used, and
//! damage in the middle would wait there for whoever reads it. The index is not read for that, which would cost memory for as
//! long as the host lives: what it has is checked where it is used, and all of it by whoever asks for a check.
//!
//! Each room in memory is looked through once in a host's life, a portion at a time: while nobody writes one after the other, and
//! else one a second. When something is wrong the room is put right at once.

use std::collections::BTreeSet;
use std::sync::mpsc::Sender;

use crate::domain::id::RoomId;
use crate::host::background::worker::{WorkPriority, Worker};
use crate::host::command::WriterCommand;
use crate::host::writer::{GIVE_BACK_AFTER, Writer};
use crate::store::{Examination, Findings, StoreError};

/// An examination under way.
pub struct Scrub {
    room: RoomId,
    examination: Box<Examination>,
}

/// A survey after another portion.
pub struct ScrubStep {
    scrub: Scrub,
    /// What it found, when that was the last.
    found: Result<Option<Findings>, StoreError>,
}

impl std::fmt::Debug for ScrubStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Surveyed({})", self.scrub.room)
    }
}

impl Scrub {
    /// Looks through the next portion.
    pub fn run(mut self) -> WriterCommand {
        let found = self.examination.go_on();
        WriterCommand::ScrubStep(Box::new(ScrubStep { scrub: self, found }))
    }
}

/// What was looked through, and what is.
pub struct Scrubs {
    pub worker: Worker<Scrub>,
    /// The rooms that were looked through.
    done: BTreeSet<RoomId>,
    is_under_way: bool,
    /// What waits until others have written.
    paused: Option<Scrub>,
    /// Whether something was saved since the last look at the clocks.
    pub is_disturbed: bool,
}

impl Scrubs {
    /// Nothing was looked through yet.
    pub fn new(commands: Sender<WriterCommand>) -> Self {
        let worker = Worker::new("klock-scrub", WorkPriority::Idle, commands, Scrub::run);
        Scrubs { worker, done: BTreeSet::new(), is_under_way: false, paused: None, is_disturbed: false }
    }
}

impl Writer {
    /// Goes on with the survey, or begins the next one. Called once in each look at the clocks.
    pub(in crate::host) fn scrub(&mut self) {
        self.scrubs.is_disturbed = false;
        if let Some(paused) = self.scrubs.paused.take() {
            return self.scrubs.worker.give(paused);
        }
        if self.scrubs.is_under_way || !self.waiting.is_empty() {
            return;
        }
        let waits = |room: &&RoomId| !self.scrubs.done.contains(*room);
        let rooms: Vec<RoomId> = self.rooms.live().map(|live| &live.room.id).filter(waits).cloned().collect();
        for room in rooms {
            if !self.store.is_long(&room) {
                // It was compared when it was first used.
                self.scrubs.done.insert(room);
            } else if self.is_ready(&room)
                && let Ok(examination) = self.store.examination(&room)
            {
                self.scrubs.is_under_way = true;
                let examination = Box::new(examination.without_index());
                return self.scrubs.worker.give(Scrub { room, examination });
            }
        }
    }

    /// Goes on with a survey after a portion of it.
    pub(in crate::host) fn take_surveyed(&mut self, scrubbed: ScrubStep) {
        let ScrubStep { scrub, found } = scrubbed;
        let findings = match found {
            Ok(None) if self.scrubs.is_disturbed => return self.scrubs.paused = Some(scrub),
            Ok(None) => return self.scrubs.worker.give(scrub),
            Ok(Some(findings)) => Some(findings),
            Err(error) => {
                tracing::error!(room = %scrub.room, %error, "a journal cannot be looked through");
                None
            }
        };
        let room = scrub.room;
        self.scrubs.is_under_way = false;
        self.give_back_in = Some(GIVE_BACK_AFTER);
        // What was replaced or taken out meanwhile is looked at again.
        let concluded = findings.map(|findings| self.store.conclude(&room, findings));
        if let Some(None) = concluded {
            return;
        }
        if let Some(Some(found)) = concluded
            && !found.faults.is_empty()
        {
            tracing::warn!(%room, faults = ?found.faults, "a survey found faults");
            // Nobody has to come for it to be put right.
            self.is_ready(&room);
        }
        self.scrubs.done.insert(room);
    }
}
