//! Reading: stretches of records, pages of the timeline, views for other threads.

use std::collections::BTreeMap;

use super::FileStore;
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::record::Record;
use crate::domain::time::Moment;
use crate::store::error::StoreError;
use crate::store::findings::IndexDoubt;
use crate::store::index::{Index, IndexFault, doubt};
use crate::store::journal::line;
use crate::store::page::{PageStart, RecordPage};
use crate::store::read_view::FileView;
use crate::store::reading::{ReadError, ReadView};

impl FileStore {
    /// Returns at most `limit` records from `from` on, in the order they were recorded.
    ///
    /// # Errors
    /// As [`FileStore::load_room`].
    pub fn records(&mut self, room: &RoomId, from: Seq, limit: usize) -> Result<Vec<Record>, StoreError> {
        // What was saved just now is read without a detour over the index.
        let behind = &self.room_state(room)?.behind;
        if let Some(start) = behind.iter().position(|line| line.seq == from) {
            let lines = behind[start..].iter().take(limit).filter_map(|line| line::parse(&line.bytes));
            return Ok(lines.map(|line| line.record()).collect());
        }
        self.read(room, |view| view.records(from, limit))
    }

    /// Returns the record `seq`, if the room has come so far.
    ///
    /// # Errors
    /// As [`FileStore::load_room`].
    pub fn record(&mut self, room: &RoomId, seq: Seq) -> Result<Option<Record>, StoreError> {
        Ok(self.records(room, seq, 1)?.pop().filter(|record| record.seq == seq))
    }

    /// Returns the journal's own lines from `from` on, at most `limit`, without newlines.
    ///
    /// # Errors
    /// As [`FileStore::load_room`].
    pub fn lines(&mut self, room: &RoomId, from: Seq, limit: usize) -> Result<Vec<String>, StoreError> {
        self.read(room, |view| view.lines(from, limit))
    }

    /// Returns the place of the event `id`, if it was saved: who asks may say so to somebody.
    ///
    /// # Errors
    /// As [`FileStore::load_room`]; and the disk's own, when it is there but the disk does not confirm that it stays.
    pub fn find_event(&mut self, room: &RoomId, id: EventId) -> Result<Option<Seq>, StoreError> {
        let found = self.seek(room, id)?;
        if found.is_some() && self.room_state(room)?.unsettled.is_some() {
            self.room_state_to_append(room)?;
            return self.seek(room, id);
        }
        Ok(found)
    }

    fn seek(&mut self, room: &RoomId, id: EventId) -> Result<Option<Seq>, StoreError> {
        if let Some(line) = self.room_state(room)?.behind.iter().rev().find(|line| line.id == id) {
            return Ok(Some(line.seq));
        }
        if let Some(found) = self.ask_index(room, |index, _| find(index, room, id))? {
            return Ok(found);
        }
        self.read(room, |view| view.find(id))
    }

    /// At most `limit` records of the timeline that `admit` lets in, from `from` on; oldest first. `moved`: the records that
    /// stand at another time than their own.
    ///
    /// # Errors
    /// As [`FileStore::load_room`].
    pub fn page(
        &mut self,
        room: &RoomId,
        from: PageStart,
        limit: usize,
        moved: &BTreeMap<Seq, Moment>,
        admit: &mut dyn FnMut(&Record) -> bool,
    ) -> Result<RecordPage, StoreError> {
        self.read(room, |view| view.page(from, limit, moved, admit))
    }

    /// Asks the index about a room, given the room's last `seq`; once more when it had to be replaced. None when there
    /// is no index that goes as far as the journal.
    pub(in crate::store) fn indexed<T>(
        &mut self,
        room: &RoomId,
        work: impl FnMut(&Index, Seq) -> Result<T, IndexFault>,
    ) -> Result<Option<T>, StoreError> {
        self.catch_up_with(room);
        self.ask_index(room, work)
    }

    /// Returns the same, of an index that may lack what is behind.
    fn ask_index<T>(
        &mut self,
        room: &RoomId,
        mut work: impl FnMut(&Index, Seq) -> Result<T, IndexFault>,
    ) -> Result<Option<T>, StoreError> {
        for _ in 0..2 {
            let room_state = self.room_state(room)?;
            if !room_state.indexed {
                return Ok(None);
            }
            let last = room_state.end.seq;
            if let Some(answer) = self.query(|index| work(index, last)) {
                return Ok(Some(answer));
            }
        }
        Ok(None)
    }

    /// Returns the room as it stands.
    ///
    /// # Errors
    /// As [`FileStore::load_room`].
    pub fn read_view(&mut self, room: &RoomId) -> Result<FileView, StoreError> {
        self.room_state(room)?;
        self.catch_up_with(room);
        let path = self.journals.path(room);
        let generation = self.index.generation();
        let index = self.index.index();
        let room_state = self.room_state(room)?;
        let (end, index) = (room_state.end, index.filter(|_| room_state.indexed));
        let times_redacted = self.redactions.times(room);
        Ok(FileView { room: room.clone(), path, end, index, generation, times_redacted })
    }

    /// Takes note of what made a reader distrust the index: unless it was replaced since, it is now.
    pub fn report_doubt(&mut self, doubt: IndexDoubt) {
        let is_still = doubt.room.is_none_or(|(room, times)| self.redactions.times(&room) == times);
        if doubt.generation == self.index.generation() && is_still {
            self.distrust(doubt.fault);
        }
    }

    /// Reads a view of `room`; another one when the index had to be replaced, and the journal alone when that did not help.
    pub(in crate::store) fn read<T>(
        &mut self,
        room: &RoomId,
        mut work: impl FnMut(&FileView) -> Result<T, ReadError>,
    ) -> Result<T, StoreError> {
        for _ in 0..2 {
            match work(&self.read_view(room)?) {
                Ok(found) => return Ok(found),
                Err(ReadError::Doubted(doubt)) => self.report_doubt(doubt),
                Err(ReadError::Failed(error)) => return Err(error),
            }
        }
        let view = self.read_view(room)?.journal_alone();
        work(&view).map_err(|misread| match misread {
            ReadError::Failed(error) => error,
            ReadError::Doubted(_) => StoreError::NoSuchRoom(room.clone()),
        })
    }
}

fn find(index: &Index, room: &RoomId, id: EventId) -> Result<Option<Seq>, IndexFault> {
    let Some(seq) = index.find(room, id)? else { return Ok(None) };
    let bytes = index.line(room, seq)?.unwrap_or_default();
    if line::parse(&bytes).is_some_and(|line| line.id() == id) {
        Ok(Some(seq))
    } else {
        doubt(format!("{room}: entry {seq} is not where its id says"))
    }
}
