//! Reading: stretches of its records, pages of its timeline.

use std::collections::BTreeMap;

use super::FileStore;
use super::ReadView;
use super::error::StoreError;
use super::fork::first_id;
use super::index::{Index, IndexFault, doubt};
use super::journal::line;
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::record::Record;
use crate::domain::time::Moment;

/// Where a page of the timeline begins. The timeline is ordered by when things happened, then by `seq`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageStart {
    /// The first records.
    Start,
    /// The last records.
    End,
    /// The last records before this place.
    Before(Moment, Seq),
    /// The first records after this place.
    After(Moment, Seq),
}

impl PageStart {
    /// Whether a page that begins here may have what stands at `place`.
    pub(super) fn admits(self, place: (Moment, Seq)) -> bool {
        match self {
            PageStart::Start | PageStart::End => true,
            PageStart::Before(at, seq) => place < (at, seq),
            PageStart::After(at, seq) => place > (at, seq),
        }
    }
}

/// A page of the timeline, oldest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RecordPage {
    pub records: Vec<Record>,
    /// Whether there are more in the direction sought.
    pub more: bool,
}

/// Returns the number of the next room in the series of `like`.
pub(super) fn next_number(rooms: &[RoomId], like: &RoomId) -> u32 {
    let series = |room: &RoomId| room.as_str().split('-').next().map(str::to_owned);
    let wanted = series(like);
    rooms.iter().filter(|room| series(room) == wanted).map(RoomId::number).max().unwrap_or(0) + 1
}

/// Returns a page of a timeline whose records are all there, in any order.
pub(super) fn page_of(
    mut all: Vec<Record>,
    from: PageStart,
    limit: usize,
    moved: &BTreeMap<Seq, Moment>,
    admit: &mut dyn FnMut(&Record) -> bool,
) -> RecordPage {
    let place = |record: &Record| (moved.get(&record.seq).copied().unwrap_or(record.at), record.seq);
    all.sort_by_key(place);
    all.retain(|record| from.admits(place(record)));
    all.retain(|record| admit(record));
    let more = all.len() > limit;
    match from {
        PageStart::Start | PageStart::After(..) => all.truncate(limit),
        PageStart::End | PageStart::Before(..) => drop(all.drain(..all.len().saturating_sub(limit))),
    }
    RecordPage { records: all, more }
}

impl FileStore {
    /// At most `limit` records from `from` on, in the order they were recorded.
    ///
    /// # Errors
    /// As [`Store::load_room`].
    pub fn records(&mut self, room: &RoomId, from: Seq, limit: usize) -> Result<Vec<Record>, StoreError> {
        // What was saved just now is read without a detour over the index.
        let behind = &self.room_state(room)?.behind;
        if let Some(start) = behind.iter().position(|line| line.seq == from) {
            let lines = behind[start..].iter().take(limit).filter_map(|line| line::parse(&line.bytes));
            return Ok(lines.map(|line| line.record()).collect());
        }
        self.read(room, |view| view.records(from, limit))
    }

    /// The record `seq`, if the room has come so far.
    ///
    /// # Errors
    /// As [`Store::load_room`].
    pub fn record(&mut self, room: &RoomId, seq: Seq) -> Result<Option<Record>, StoreError> {
        Ok(self.records(room, seq, 1)?.pop().filter(|record| record.seq == seq))
    }

    /// The journal's own lines from `from` on, at most `limit`, without newlines.
    ///
    /// # Errors
    /// As [`Store::load_room`].
    pub fn lines(&mut self, room: &RoomId, from: Seq, limit: usize) -> Result<Vec<String>, StoreError> {
        self.read(room, |view| view.lines(from, limit))
    }

    /// The id of the first event of a room, as its journal has it; none when that cannot be read. Nothing is checked for it.
    pub fn first_event_id(&self, room: &RoomId) -> Option<EventId> {
        first_id(&self.journal_path(room))
    }

    /// The place of the event `id`, if it was saved: who asks may say so to somebody.
    ///
    /// # Errors
    /// As [`Store::load_room`]; and the disk's own, when it is there but the disk does not confirm that it stays.
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
    /// As [`Store::load_room`].
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

    /// Asks the index about a room, given the room's last `seq`; once more when it had to be made anew. None when there
    /// is no index that goes as far as the journal.
    pub(super) fn indexed<T>(
        &mut self,
        room: &RoomId,
        work: impl FnMut(&Index, Seq) -> Result<T, IndexFault>,
    ) -> Result<Option<T>, StoreError> {
        self.catch_up_with(room);
        self.ask_index(room, work)
    }

    /// The same, of an index that may lack what is behind.
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
