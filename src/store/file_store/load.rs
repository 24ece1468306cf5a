//! Loading a room: on top of the snapshot that was kept, or from its journal; and keeping another snapshot.

use super::FileStore;
use crate::domain::id::RoomId;
use crate::domain::room::Room;
use crate::store::error::StoreError;
use crate::store::index::Index;
use crate::store::journal::scan::CancelFlag;
use crate::store::room_state::RoomState;
use crate::store::snapshot;

/// A fold is kept again after so many records.
const EVERY: u64 = 256;
/// A big room's fold is kept more seldom, so that keeping it stays a small part of saving: one record for so many bytes.
const BYTES_A_RECORD: u64 = 512;
impl FileStore {
    /// Returns the room as its records make it.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRoom`], or when its journal cannot be read at all. Damage is put right and told of by
    /// [`FileStore::take_notices`].
    pub fn load_room(&mut self, room: &RoomId) -> Result<Room, StoreError> {
        let mut kept = self.indexed(room, |index, last| snapshot::kept(index, room, last))?.flatten();
        let kept_upto = kept.as_ref().map_or(0, |fold| fold.seq);
        let on_top = |index: &Index, last| kept.take().map(|kept| snapshot::fold(index, kept, last)).transpose();
        let (fold, kept_upto) = match self.indexed(room, on_top)?.flatten() {
            Some(fold) => (fold, kept_upto),
            None => (self.fold_whole(room)?, 0),
        };
        self.room_state(room)?.unkept = fold.seq - kept_upto;
        self.save_snapshot(&fold);
        Ok(fold)
    }

    /// The room folded from its first record on: from its journal, which for a long room is far less work than from the index
    /// and fills no cache. Only the ends of a long journal were looked at; where damage turns up, it is put right first.
    fn fold_whole(&mut self, room: &RoomId) -> Result<Room, StoreError> {
        let (mut fold, is_whole) = self.fold_journal(room)?;
        if !is_whole {
            self.suspect(room);
            let is_whole;
            (fold, is_whole) = self.fold_journal(room)?;
            let from_index = |index: &Index, last| snapshot::fold(index, Room::new(room.clone()), last);
            if !is_whole && let Some(indexed) = self.indexed(room, from_index)? {
                fold = indexed;
            }
        }
        Ok(fold)
    }

    fn fold_journal(&mut self, room: &RoomId) -> Result<(Room, bool), StoreError> {
        self.read(room, |view| snapshot::fold_journal(view, &CancelFlag::default()))
    }

    /// Keeps `fold` in the index, when it goes as far as the room and enough was added to it since it last was kept.
    pub fn save_snapshot(&mut self, fold: &Room) {
        let is_worth =
            |room_state: &&RoomState| room_state.indexed && room_state.unkept >= EVERY.max(room_state.keep_after);
        let Some(room_state) = self.rooms.get(&fold.id).filter(is_worth) else { return };
        let (unkept, end) = (room_state.unkept, room_state.end);
        if fold.seq != end.seq {
            return;
        }
        self.catch_up_with(&fold.id);
        let Some(bytes) = snapshot::to_bytes(fold, end.head) else { return };
        let keep_after = bytes.len() as u64 / BYTES_A_RECORD;
        if let Some(room_state) = self.rooms.get_mut(&fold.id) {
            room_state.keep_after = keep_after;
        }
        if unkept < keep_after {
            return;
        }
        if self.query(|index| index.put_snapshot(&fold.id, &bytes)).is_some()
            && let Some(room_state) = self.rooms.get_mut(&fold.id)
        {
            room_state.unkept = 0;
        }
    }
}
