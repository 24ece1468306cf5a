//! Looking through long journals from end to end, in the background: only their ends are looked at when they are first used, and
//! damage in the middle would wait there for whoever reads it. The index is not read for that, which would cost memory for as
//! long as the host lives: what it has is checked where it is used, and all of it by whoever asks for a check.
//!
//! Each room in memory is looked through once in a host's life, a portion at a time: while nobody writes one after the other, and
//! else one a second. When something is wrong the room is put right at once.

use std::collections::BTreeSet;
use std::sync::mpsc::Sender;

use super::keeper::{GIVE_BACK_AFTER, Keeper};
use super::order::Order;
use super::worker::{Urgency, Worker};
use crate::domain::id::RoomId;
use crate::store::{StoreError, Verifier, VerifierFindings};

/// An examination under way.
pub struct Survey {
    room: RoomId,
    examination: Box<dyn Verifier>,
}

/// A survey after another portion.
pub struct Surveyed {
    survey: Survey,
    /// What it found, when that was the last.
    found: Result<Option<VerifierFindings>, StoreError>,
}

impl std::fmt::Debug for Surveyed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Surveyed({})", self.survey.room)
    }
}

impl Survey {
    /// Looks through the next portion.
    pub fn run(mut self) -> Order {
        let found = self.examination.verify_next();
        Order::Surveyed(Box::new(Surveyed { survey: self, found }))
    }
}

/// What was looked through, and what is.
pub struct Surveys {
    pub worker: Worker<Survey>,
    /// The rooms that were looked through.
    done: BTreeSet<RoomId>,
    is_under_way: bool,
    /// What waits until others have written.
    paused: Option<Survey>,
    /// Whether something was saved since the last look at the clocks.
    pub is_disturbed: bool,
}

impl Surveys {
    /// Nothing was looked through yet.
    pub fn new(orders: Sender<Order>) -> Self {
        let worker = Worker::new("klock-survey", Urgency::Idle, orders, Survey::run);
        Surveys { worker, done: BTreeSet::new(), is_under_way: false, paused: None, is_disturbed: false }
    }
}

impl Keeper {
    /// Goes on with the survey, or begins the next one. Called once in each look at the clocks.
    pub(super) fn survey(&mut self) {
        self.surveys.is_disturbed = false;
        if let Some(paused) = self.surveys.paused.take() {
            return self.surveys.worker.give(paused);
        }
        if self.surveys.is_under_way || !self.held.is_empty() {
            return;
        }
        let waits = |room: &&RoomId| !self.surveys.done.contains(*room);
        let rooms: Vec<RoomId> = self.shelf.live().map(|live| &live.room.id).filter(waits).cloned().collect();
        for room in rooms {
            if !self.store.is_long_room(&room) {
                // It was compared when it was first used.
                self.surveys.done.insert(room);
            } else if self.is_ready(&room)
                && let Ok(examination) = self.store.start_verification(&room)
            {
                self.surveys.is_under_way = true;
                let examination = examination.without_index();
                return self.surveys.worker.give(Survey { room, examination });
            }
        }
    }

    /// Goes on with a survey after a portion of it.
    pub(super) fn take_surveyed(&mut self, surveyed: Surveyed) {
        let Surveyed { survey, found } = surveyed;
        let findings = match found {
            Ok(None) if self.surveys.is_disturbed => return self.surveys.paused = Some(survey),
            Ok(None) => return self.surveys.worker.give(survey),
            Ok(Some(findings)) => Some(findings),
            Err(error) => {
                tracing::error!(room = %survey.room, %error, "a journal cannot be looked through");
                None
            }
        };
        let room = survey.room;
        self.surveys.is_under_way = false;
        self.give_back_in = Some(GIVE_BACK_AFTER);
        // What was replaced or taken out meanwhile is looked at again.
        let concluded = findings.map(|findings| self.store.finish_verification(&room, findings));
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
        self.surveys.done.insert(room);
    }
}
