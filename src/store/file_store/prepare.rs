//! Whether a room is ready, what it lacks, and what came of its preparation.

use super::FileStore;
use crate::domain::id::RoomId;
use crate::store::check::CheckStopped;
use crate::store::contract::{PreparedRoom, Readiness, RoomUse};
use crate::store::findings::IndexDoubt;
#[cfg(test)]
use crate::store::index::IndexFault;
use crate::store::index::JournalExtent;
use crate::store::journal::scan::READ_WHOLE;
use crate::store::prepare::{Preparation, PreparationWork, Prepared};
use crate::store::snapshot;

impl FileStore {
    /// Returns whether `room` can be used now; for what it is `wanted` for. A room that does not exist can be.
    pub fn readiness(&mut self, room: &RoomId, wanted: RoomUse) -> Readiness {
        if self.preparations.contains(room) {
            return Readiness::Preparing;
        }
        if self.preparations.was_given_up(room) && !self.redactions.is_due(room) {
            return Readiness::Ready;
        }
        let Some(work) = self.work(room, wanted) else {
            self.preparations.set_ready(room);
            return Readiness::Ready;
        };
        self.preparations.begin(room);
        let is_fold_wanted = wanted == RoomUse::Load || matches!(work, PreparationWork::Redact(_));
        Readiness::Unready(Preparation {
            room: room.clone(),
            path: self.journals.path(room),
            work,
            is_fold_wanted,
            index: self.index.index(),
            index_path: self.index.path(),
            generation: self.index.generation(),
            cancel: self.cancel.clone(),
        })
    }

    /// Returns whether the journal of `room` was checked, so that it can be appended to.
    pub fn is_checked(&self, room: &RoomId) -> bool {
        self.rooms.contains(room)
    }

    /// Returns whether any room is being prepared.
    pub fn is_preparing(&self) -> bool {
        !self.preparations.is_empty()
    }

    /// Takes in what was prepared. The room can then be asked about, though it may not be ready yet: the index may have been
    /// replaced meanwhile.
    pub fn finish_preparation(&mut self, prepared: Prepared) -> PreparedRoom {
        let Prepared { room, is_redaction, checked, fault, fold, generation } = prepared;
        self.preparations.end(&room);
        let mut is_redacted = false;
        match checked {
            Some(Ok(checked)) => {
                if is_redaction {
                    self.redactions.finish(&room, Ok(()));
                    self.preparations.set_ready(&room);
                    is_redacted = true;
                }
                let room_state = self.accept_checked(&room, checked, generation);
                if room_state.end.seq > 0 || room_state.unsettled.is_some() {
                    self.journals.close(&room);
                    self.rooms.insert(&room, room_state);
                }
            }
            Some(Err(CheckStopped::Doubted(fault))) => self.report_doubt(IndexDoubt { fault, generation, room: None }),
            // Nothing was done, or not all of it: the room can be used, and it is tried again later.
            Some(Err(CheckStopped::Failed(error))) if is_redaction => self.redactions.finish(&room, Err(error)),
            // The next use of the room tells.
            Some(Err(CheckStopped::Failed(error))) => {
                tracing::error!(%room, %error, "a room cannot be prepared");
                self.preparations.give_up(&room);
            }
            None => {}
        }
        if let Some(fault) = fault {
            self.report_doubt(IndexDoubt { fault, generation, room: None });
        }
        let Some(room_state) = self.rooms.get_mut(&room) else { return PreparedRoom { fold: None, is_redacted } };
        let fold = fold.filter(|fold| fold.room.seq == room_state.end.seq);
        if let Some(fold) = &fold {
            room_state.unkept = fold.room.seq - fold.kept_upto;
        }
        PreparedRoom { fold, is_redacted }
    }

    /// From now on, refuses what takes long with `super::error::StoreError::Preparing` until the room was prepared.
    pub fn defer_long_work(&mut self) {
        self.preparations.defer();
    }

    /// Returns whether the journal of a room that was checked is so long that only its ends were compared with the index.
    pub fn is_long_room(&self, room: &RoomId) -> bool {
        self.rooms.get(room).is_some_and(|room_state| room_state.end.len > READ_WHOLE)
    }

    /// Returns whether the journal of a room that was checked is long, and the index lacks more of it than a little.
    pub(in crate::store) fn is_long_to_bring_up(&mut self, room: &RoomId) -> bool {
        let Some(length) = self.rooms.get(room).map(|room_state| room_state.end.len) else { return false };
        self.is_long_room(room)
            && self
                .query(|index| index.known(room))
                .is_none_or(|known| length.saturating_sub(known.map_or(0, |known| known.end.len)) > READ_WHOLE)
    }

    /// Has the index replaced, as when it contradicts a journal.
    #[cfg(test)]
    pub fn put_index_in_doubt(&mut self) {
        self.distrust(IndexFault::Doubt("for a test".into()));
    }

    /// Has everything end soon that goes on for this store on other threads.
    pub fn cancel_long_work(&self) {
        self.cancel.call();
    }

    /// Returns what has to be done before a room can be used. None when nothing of it takes long.
    fn work(&mut self, room: &RoomId, wanted: RoomUse) -> Option<PreparationWork> {
        if let Some(redaction) = self.due_redaction(room) {
            return Some(redaction);
        }
        if !self.rooms.contains(room) {
            if self.is_long_to_check(room) {
                return Some(PreparationWork::Check(Box::new(self.checking(room))));
            }
            self.synced_room(room).ok()?;
            // It may have words that another version, or a copy that was put back, left there.
            if let Some(redaction) = self.due_redaction(room) {
                return Some(redaction);
            }
        }
        let room_state = self.rooms.get(room)?;
        if room_state.end.len <= READ_WHOLE || room_state.unsettled.is_some() {
            return None;
        }
        let known = JournalExtent { end: room_state.end, lost: room_state.lost.clone() };
        if !room_state.indexed && self.index.is_there() {
            if self.is_long_to_bring_up(room) {
                return Some(PreparationWork::BringUp(known));
            }
            self.synced_room(room).ok()?;
        }
        let is_kept = wanted == RoomUse::Append || self.query(|index| snapshot::is_kept(index, room)) == Some(true);
        (!is_kept).then_some(PreparationWork::Fold(known))
    }

    /// Returns what has to be done for words to go from `room`, when it is time to try that.
    fn due_redaction(&mut self, room: &RoomId) -> Option<PreparationWork> {
        if !self.redactions.is_due(room) {
            return None;
        }
        match self.redaction(room) {
            Ok(redaction) => Some(PreparationWork::Redact(Box::new(redaction))),
            Err(error) => {
                self.redactions.finish(room, Err(error));
                None
            }
        }
    }

    /// Returns whether the first use of a room takes longer than others should wait.
    pub(in crate::store) fn is_long_to_check(&mut self, room: &RoomId) -> bool {
        let known = self.query(|index| index.known(room)).flatten();
        let length = self.journals.length(room).unwrap_or(0);
        let Some(known) = known else { return length > READ_WHOLE };
        if length.max(known.end.len) <= READ_WHOLE {
            return false;
        }
        let is_trusted = matches!(self.checking(room).trust(length, &known), Ok(Some(_)));
        !is_trusted || length.saturating_sub(known.end.len) > READ_WHOLE
    }
}
