//! What the store knows of each room in use, and what has to be right before a room is read or appended to.

use std::{fs, io};

use super::FileStore;
use super::error::StoreError;
use super::index::IndexLine;
use super::journal::disk::JournalFile;
use super::journal::spans::Spans;
use super::journal::walk::JournalEnd;
use crate::domain::id::RoomId;

/// What the store knows of a room in use.
pub(super) struct RoomState {
    /// Its journal, open for appending once something was appended.
    pub file: Option<Box<dyn JournalFile>>,
    pub end: JournalEnd,
    /// Entries that were lost to damage.
    pub lost: Spans,
    /// Whether the index goes as far as the journal, but for what is `behind`.
    pub indexed: bool,
    /// Saved lines that the index still lacks.
    pub behind: Vec<IndexLine>,
    /// Records since the fold was kept in the index.
    pub unkept: u64,
    /// How many it takes before a fold of that size is worth keeping again.
    pub keep_after: u64,
    /// Why the journal could not be put right yet. Until it is, nothing is appended to it.
    pub unsettled: Option<StoreError>,
}

impl RoomState {
    /// The room state of a room whose journal goes as far as `end`.
    pub fn at(end: JournalEnd) -> Self {
        let (file, lost, behind) = (None, Spans::default(), Vec::new());
        RoomState { file, end, lost, indexed: false, behind, unkept: 0, keep_after: 0, unsettled: None }
    }
}

impl FileStore {
    /// The room's room_state: its journal checked when this is its first use.
    pub(super) fn checked(&mut self, room: &RoomId) -> Result<&mut RoomState, StoreError> {
        if !self.room_states.contains_key(room) {
            if self.is_deferred(room, |store| store.is_long_to_check(room)) {
                return Err(StoreError::Preparing(room.clone()));
            }
            let path = self.journal_path(room);
            let is_there = match fs::symlink_metadata(&path) {
                // What is no file is told of by whoever tries to read it.
                Ok(meta) => meta.len() > 0 || !meta.is_file(),
                Err(e) if e.kind() == io::ErrorKind::NotFound => false,
                Err(e) => return Err(StoreError::io("reading the journal", &path, e)),
            };
            // A journal that was removed under this store comes back from the index.
            if !is_there && self.query(|index| index.known(room)).flatten().is_none() {
                return Err(self.no_journal(room));
            }
            let room_state = self.check(room)?;
            if room_state.end.seq == 0 && room_state.unsettled.is_none() {
                return Err(self.no_journal(room));
            }
            self.room_states.insert(room.clone(), room_state);
            if !self.is_deferring && self.is_redaction_due(room) {
                // What fails is tried again later; the room can be used meanwhile.
                let _ = self.redact(room);
            }
        }
        self.room_states.get_mut(room).ok_or_else(|| StoreError::NoSuchRoom(room.clone()))
    }

    /// The same, and the index brought up to it.
    pub(super) fn room_state(&mut self, room: &RoomId) -> Result<&mut RoomState, StoreError> {
        self.checked(room)?;
        let lags = |room_state: &RoomState| !room_state.indexed && room_state.unsettled.is_none();
        let lags = self.index.is_some() && self.room_states.get(room).is_some_and(lags);
        if self.is_deferred(room, |store| lags && store.is_long_to_bring_up(room)) {
            return Err(StoreError::Preparing(room.clone()));
        }
        if lags && let Some(mut room_state) = self.room_states.remove(room) {
            self.bring_up(room, &mut room_state);
            self.room_states.insert(room.clone(), room_state);
        }
        self.room_states.get_mut(room).ok_or_else(|| StoreError::NoSuchRoom(room.clone()))
    }

    /// What it means that `room` has no entry in any journal: there never was such a room, or its entries may be in what is kept.
    fn no_journal(&self, room: &RoomId) -> StoreError {
        match self.to_be_dealt_with().find(|kept| kept.room == *room) {
            Some(kept) => StoreError::NothingLeft { room: room.clone(), kept: kept.name.clone() },
            None => StoreError::NoSuchRoom(room.clone()),
        }
    }

    /// Has the room's journal read whole, and put right, when the room is next used.
    pub(super) fn suspect(&mut self, room: &RoomId) {
        self.catch_up_with(room);
        self.room_states.remove(room);
        self.suspects.insert(room.clone());
    }

    /// The room's room state for appending, which needs no index: what could not be put right before is tried again.
    pub(super) fn room_state_to_append(&mut self, room: &RoomId) -> Result<&mut RoomState, StoreError> {
        if self.checked(room)?.unsettled.is_some() {
            self.room_states.remove(room);
            if let Some(failure) = self.checked(room)?.unsettled.take() {
                self.room_states.remove(room);
                return Err(failure);
            }
        }
        self.checked(room)
    }
}
