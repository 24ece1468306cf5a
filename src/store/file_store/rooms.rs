//! What has to be right before a room is read or appended to: its journal checked, the index brought up to it.

use std::sync::Arc;

use super::FileStore;
use crate::domain::id::RoomId;
use crate::store::check::{Check, CheckStopped, Checked};
use crate::store::error::StoreError;
use crate::store::findings::IndexDoubt;
use crate::store::index::JournalExtent;
use crate::store::index::sync::bring_up;
use crate::store::room_state::RoomState;

/// How often a check begins again with another index before it does without one. A guess: the second is new.
const MOST_DOUBTS: u32 = 2;

impl FileStore {
    /// Returns the state of the room: its journal is checked when this is its first use.
    pub(in crate::store) fn checked(&mut self, room: &RoomId) -> Result<&mut RoomState, StoreError> {
        if !self.rooms.contains(room) {
            if self.preparations.contains(room) || (self.preparations.may_defer(room) && self.is_long_to_check(room)) {
                return Err(StoreError::Preparing(room.clone()));
            }
            let is_there = self.journals.is_there(room)?;
            // A journal that was removed under this store comes back from the index.
            if !is_there && self.query(|index| index.known(room)).flatten().is_none() {
                return Err(self.no_journal(room));
            }
            let room_state = self.check(room)?;
            if room_state.end.seq == 0 && room_state.unsettled.is_none() {
                return Err(self.no_journal(room));
            }
            self.rooms.insert(room, room_state);
            if !self.preparations.is_deferring() && self.redactions.is_due(room) {
                // What fails is tried again later; the room can be used meanwhile.
                let _ = self.redact(room);
            }
        }
        self.rooms.get_mut(room).ok_or_else(|| StoreError::NoSuchRoom(room.clone()))
    }

    /// Returns the same, with the index brought up to it.
    pub(in crate::store) fn room_state(&mut self, room: &RoomId) -> Result<&mut RoomState, StoreError> {
        self.checked(room)?;
        let lags = self.index.is_there() && self.rooms.get(room).is_some_and(RoomState::lags);
        let may_defer = lags && self.preparations.may_defer(room);
        if self.preparations.contains(room) || (may_defer && self.is_long_to_bring_up(room)) {
            return Err(StoreError::Preparing(room.clone()));
        }
        if lags && let Some(mut room_state) = self.rooms.remove(room) {
            self.bring_up(room, &mut room_state);
            self.rooms.insert(room, room_state);
        }
        self.rooms.get_mut(room).ok_or_else(|| StoreError::NoSuchRoom(room.clone()))
    }

    /// What it means that `room` has no entry in any journal: there never was such a room, or its entries may be in what is kept.
    fn no_journal(&self, room: &RoomId) -> StoreError {
        match self.kept.to_be_dealt_with().find(|kept| kept.room == *room) {
            Some(kept) => StoreError::NothingLeft { room: room.clone(), kept: kept.name.clone() },
            None => StoreError::NoSuchRoom(room.clone()),
        }
    }

    /// Forgets what is known of the room: it is checked again at its next use.
    pub(in crate::store) fn forget_room(&mut self, room: &RoomId) {
        self.journals.close(room);
        self.rooms.remove(room);
    }

    /// Has the room's journal read whole, and put right, when the room is next used.
    pub(in crate::store) fn suspect(&mut self, room: &RoomId) {
        self.catch_up_with(room);
        self.journals.close(room);
        self.rooms.suspect(room);
    }

    /// Returns the room's room state for appending, which needs no index: what could not be put right before is tried again.
    pub(in crate::store) fn room_state_to_append(&mut self, room: &RoomId) -> Result<&mut RoomState, StoreError> {
        if self.checked(room)?.unsettled.is_some() {
            self.forget_room(room);
            if let Some(failure) = self.checked(room)?.unsettled.take() {
                self.forget_room(room);
                return Err(failure);
            }
        }
        self.checked(room)
    }

    /// Checks the journal of a room that is used for the first time, puts it right if it must, and brings the index up
    /// to it. What cannot be written now, on a full disk, is put right before the next append.
    pub(in crate::store) fn check(&mut self, room: &RoomId) -> Result<RoomState, StoreError> {
        if let Some(unsettled) = self.take_back_again(room) {
            return Ok(unsettled);
        }
        let mut doubts = 0;
        loop {
            let mut check = self.checking(room);
            if doubts >= MOST_DOUBTS {
                check.index = None;
            }
            match check.run() {
                Ok(checked) => return Ok(self.take_checked(room, checked, self.index.generation())),
                Err(CheckStopped::Failed(error)) => return Err(error),
                Err(CheckStopped::Doubted(fault)) => {
                    self.distrust(fault);
                    doubts += 1;
                }
            }
        }
    }

    pub(in crate::store) fn checking(&self, room: &RoomId) -> Check {
        Check {
            room: room.clone(),
            path: self.journals.path(room),
            now: self.now,
            disk: Arc::clone(self.journals.disk()),
            index: self.index.index(),
            is_suspect: self.rooms.is_suspect(room),
            cancel: self.cancel.clone(),
            notices: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// Takes note of what a check found that was begun with the index of that `generation`.
    pub(in crate::store) fn take_checked(&mut self, room: &RoomId, checked: Checked, generation: u64) -> RoomState {
        let Checked { mut room_state, notices, kept, redactions, fault } = checked;
        self.notices.extend(notices);
        self.kept.add(kept);
        if room_state.unsettled.is_none() {
            self.rooms.clear_suspicion(room);
        }
        if !redactions.unfinished().is_empty() || (redactions.has_any() && self.index.has_copies_in_the_clear()) {
            self.redactions.add(room);
        }
        if let Some(fault) = fault {
            self.report_doubt(IndexDoubt { fault, generation, room: None });
        }
        room_state.indexed &= generation == self.index.generation();
        room_state
    }

    /// Brings the index up to a journal that is right. Twice at most: the second time on a new index.
    pub(in crate::store) fn bring_up(&mut self, room: &RoomId, room_state: &mut RoomState) {
        let path = self.journals.path(room);
        for _ in 0..2 {
            let end = room_state.end;
            let lost = room_state.lost.clone();
            let cancel = self.cancel.clone();
            let done = self.query(|index| bring_up(index, room, &path, &JournalExtent { end, lost }, &cancel));
            room_state.indexed = done.is_some();
            if room_state.indexed || !self.index.is_there() {
                return;
            }
        }
    }
}
