//! Taking words out: when it is done, and what comes of it.

use std::io;
#[cfg(test)]
use std::time::Instant;

use super::FileStore;
use crate::domain::id::RoomId;
use crate::store::check::CheckStopped;
use crate::store::error::StoreError;
use crate::store::index::IndexFault;
use crate::store::journal::copies::WordCopies;
use crate::store::redact::Redaction;

/// How often a redaction begins again with another index. A guess: one more than a check, which has no words to lose.
const MOST_DOUBTS: u32 = 3;

impl FileStore {
    /// Has redactions in `room` put off, as after one that took long, or not.
    #[cfg(test)]
    pub fn put_redactions_off(&mut self, room: &RoomId, until: Option<Instant>) {
        self.redactions.put_off(room, until);
    }

    /// Returns what has to be done for the words of `room` to go. Until that is done nobody else may touch its journal.
    pub(in crate::store) fn redaction(&mut self, room: &RoomId) -> Result<Redaction, StoreError> {
        if let Some(failure) = self.take_back_again(room).and_then(|room_state| room_state.unsettled) {
            return Err(failure);
        }
        self.catch_up_with(room);
        self.forget_room(room);
        let marker = self.redactions.begin(room, self.journals.dir());
        self.index.remove_unused();
        let mut check = self.checking(room);
        check.is_suspect = true;
        let copies = WordCopies::of(room, &self.dir, &self.spools);
        Ok(Redaction { check, marker, copies })
    }

    /// Takes out the words that the records of `room` say are to go, here and now. A host has it done on another thread.
    ///
    /// # Errors
    /// As [`FileStore::append_batch`]; the words are then still there.
    pub fn redact(&mut self, room: &RoomId) -> Result<(), StoreError> {
        let result = self.try_redact(room);
        let done = match &result {
            Ok(()) => Ok(()),
            Err(error) => {
                Err(StoreError::io("redacting", &self.journals.path(room), io::Error::other(error.to_string())))
            }
        };
        self.redactions.finish(room, done);
        result
    }

    fn try_redact(&mut self, room: &RoomId) -> Result<(), StoreError> {
        let mut doubts = 0;
        loop {
            match self.redaction(room)?.run() {
                Ok(checked) => {
                    let room_state = self.take_checked(room, checked, self.index.generation());
                    if room_state.end.seq > 0 {
                        self.rooms.insert(room, room_state);
                    }
                    return Ok(());
                }
                Err(CheckStopped::Failed(error)) => return Err(error),
                Err(CheckStopped::Doubted(fault)) if doubts < MOST_DOUBTS => {
                    self.distrust(fault);
                    doubts += 1;
                }
                Err(CheckStopped::Doubted(fault)) => {
                    let why = io::Error::other(match fault {
                        IndexFault::Full => "the disk is full".to_owned(),
                        IndexFault::Doubt(why) => why,
                    });
                    return Err(StoreError::io("redacting", &self.index.path(), why));
                }
            }
        }
    }
}
