//! Appending: a batch is checked, written into the journals, and noted for the index.

use std::collections::BTreeMap;

use super::FileStore;
use crate::domain::id::RoomId;
use crate::store::contract::Append;
use crate::store::error::StoreError;
use crate::store::index::JournalExtent;
use crate::store::journal::append::Addition;
use crate::store::journal::spans::Spans;
use crate::store::journal::walk::JournalEnd;
use crate::store::room_state::RoomState;

impl FileStore {
    /// Saves the whole batch, with one sync for each journal it touches. Several appends may build on one another.
    /// When this returns without an error all of it is on disk, and when it returns with one, none of it is visible.
    /// A room that does not exist is made by an append with `expected` 0.
    ///
    /// # Errors
    /// [`StoreError::WrongSeq`] when a room has moved on; [`StoreError::OutOfOrder`] when records are not numbered
    /// onwards; [`StoreError::Unwritable`] for an event that is only ever read; any of the disk's own, after which the
    /// same batch may be tried again (see [`StoreError::cannot_save`]).
    pub fn append_batch(&mut self, batch: &[Append]) -> Result<(), StoreError> {
        let mut additions: BTreeMap<&RoomId, Addition> = BTreeMap::new();
        for append in batch {
            self.add(append, &mut additions)?;
        }
        // The markers come first: with the records, it must already be certain that the words will go.
        for append in batch.iter().filter(|append| append.has_redactions()) {
            self.redactions.mark(&append.room, &self.journals)?;
        }
        if let Err(error) = self.journals.append(&additions) {
            // What the disk now really holds is read again before the next append: after a failed sync the kernel may show pages
            // that the disk does not have.
            additions.keys().for_each(|room| self.forget_room(room));
            return Err(error);
        }
        let has_index = self.index.is_there();
        for (room, addition) in additions {
            self.rooms.add_lines(room, addition.lines, addition.after, has_index);
        }
        if let Some(record) = batch.iter().flat_map(|append| &append.records).next_back() {
            self.now = self.now.max(record.rec);
        }
        self.index.look_after(self.now);
        self.note_index_change();
        Ok(())
    }

    /// Takes into the index what was saved since it last was. [`FileStore::append_batch`] leaves that undone, so that nobody waits
    /// for it who only waits for the disk; a question to the index about a room does it first for that room.
    pub fn catch_up(&mut self) {
        for room in self.rooms.behind() {
            self.catch_up_with(&room);
        }
    }

    pub(in crate::store) fn catch_up_with(&mut self, room: &RoomId) {
        let Some(room_state) = self.rooms.get_mut(room).filter(|room_state| !room_state.behind.is_empty()) else {
            return;
        };
        let lines = std::mem::take(&mut room_state.behind);
        let known = JournalExtent { end: room_state.end, lost: room_state.lost.clone() };
        self.query(|index| index.put(room, &lines).and_then(|()| index.put_known(room, &known)));
    }

    /// Returns how many saved records the index lacks.
    pub fn backlog(&self) -> usize {
        self.rooms.backlog()
    }

    /// Checks one append against what comes before it and makes its lines.
    fn add<'a>(&mut self, append: &'a Append, all: &mut BTreeMap<&'a RoomId, Addition>) -> Result<(), StoreError> {
        let Append { room, expected, records } = append;
        if !all.contains_key(room) {
            let (before, is_new) = match self.room_state_to_append(room) {
                Ok(room_state) => (room_state.end, false),
                Err(StoreError::NoSuchRoom(_)) => (JournalEnd::NOTHING, true),
                Err(other) => return Err(other),
            };
            all.insert(room, Addition::after(before, is_new));
        }
        let Some(addition) = all.get_mut(room) else { return Ok(()) };
        if addition.after.seq != *expected {
            if addition.is_new && addition.after.seq == 0 {
                return Err(StoreError::NoSuchRoom(room.clone()));
            }
            return Err(StoreError::WrongSeq { room: room.clone(), expected: *expected, found: addition.after.seq });
        }
        for (nth, record) in records.iter().enumerate() {
            let wanted = addition.after.seq + 1;
            if record.seq != wanted {
                return Err(StoreError::OutOfOrder { room: room.clone(), expected: wanted, found: record.seq });
            }
            let left = u32::try_from(records.len() - nth - 1).unwrap_or(u32::MAX);
            addition.push(record, left, &mut *self.salts).map_err(|e| StoreError::Unwritable {
                room: room.clone(),
                seq: record.seq,
                reason: e.to_string(),
            })?;
        }
        Ok(())
    }

    /// Takes off the journal what a failed batch left there, when that could not be done at once. Nobody was told of it, and
    /// a later sync would confirm it without writing it: what the kernel gave up on once it does not try again.
    /// Some: it cannot be done now either, so the room is as it was before that batch, and nothing can be saved in it.
    pub(in crate::store) fn take_back_again(&mut self, room: &RoomId) -> Option<RoomState> {
        let (end, failure) = self.journals.settle(room).err()?;
        let lost = self.query(|index| index.known(room)).flatten().map_or_else(Spans::default, |known| known.lost);
        Some(RoomState { lost, unsettled: Some(failure), ..RoomState::at(end) })
    }
}
