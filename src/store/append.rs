//! Saving: lines into the journals, one sync for each, and nothing acknowledged unless all of it is on disk.

use std::collections::BTreeMap;

use rustix::process::{Resource, getrlimit};

use super::FileStore;
use super::error::StoreError;
use super::index::{IndexLine, JournalExtent};
use super::journal::encode::encode;
use super::journal::file::cut;
use super::journal::spans::Spans;
use super::journal::walk::JournalEnd;
use super::room_state::RoomState;
use crate::domain::id::{RoomId, Seq};
use crate::domain::record::Record;

/// How many journals stay open, where the system lets the process open enough files.
const OPEN_FILES: usize = 128;

/// So many may be open under any limit.
const FEW_FILES: usize = 4;

/// How many journals stay open: at most an eighth of the files that the process may have open, at least a few.
pub fn open_files() -> usize {
    let limit = getrlimit(Resource::Nofile).current.and_then(|limit| usize::try_from(limit).ok());
    limit.map_or(OPEN_FILES, |limit| (limit / 8).clamp(FEW_FILES, OPEN_FILES))
}

/// How many bytes at the end of a journal may be without a sync: of what a killed host left, so much is written once more.
pub(super) const UNSYNCED: usize = 4 << 20;

/// Records that are saved all together or not at all: what one intent causes.
#[derive(Debug, Clone, PartialEq)]
pub struct Append {
    pub room: RoomId,
    /// The room's last `seq` when this was decided.
    pub expected: Seq,
    /// Numbered `expected + 1`, `expected + 2`, …
    pub records: Vec<Record>,
}

/// What a batch adds to one journal.
struct Addition {
    bytes: Vec<u8>,
    lines: Vec<IndexLine>,
    before: JournalEnd,
    after: JournalEnd,
    is_new: bool,
}

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
        self.mark_redactions(batch)?;
        let result = self.write(&additions);
        if result.is_err() {
            self.take_back(&additions);
            return result;
        }
        for (room, addition) in additions {
            let Some(room_state) = self.room_states.get_mut(room) else { continue };
            room_state.end = addition.after;
            room_state.unkept += addition.lines.len() as u64;
            if room_state.indexed {
                room_state.behind.extend(addition.lines);
            }
        }
        if let Some(record) = batch.iter().flat_map(|append| &append.records).next_back() {
            self.now = self.now.max(record.rec);
        }
        self.close_some();
        self.look_after_index();
        Ok(())
    }

    /// Takes into the index what was saved since it last was. [`Store::append_batch`] leaves that undone, so that nobody waits
    /// for it who only waits for the disk; whatever asks the index about a room does it first for that room.
    pub fn catch_up(&mut self) {
        let behind = self.room_states.iter().filter(|(_, room_state)| !room_state.behind.is_empty());
        for room in behind.map(|(room, _)| room.clone()).collect::<Vec<_>>() {
            self.catch_up_with(&room);
        }
    }

    pub(super) fn catch_up_with(&mut self, room: &RoomId) {
        let Some(room_state) = self.room_states.get_mut(room).filter(|room_state| !room_state.behind.is_empty()) else {
            return;
        };
        let lines = std::mem::take(&mut room_state.behind);
        let known = JournalExtent { end: room_state.end, lost: room_state.lost.clone() };
        self.query(|index| index.put(room, &lines).and_then(|()| index.put_known(room, &known)));
    }

    /// How many saved records the index lacks.
    pub fn backlog(&self) -> usize {
        self.room_states.values().map(|room_state| room_state.behind.len()).sum()
    }

    /// Keeps the number of open files small, however many rooms are in use.
    fn close_some(&mut self) {
        let open = self.room_states.values().filter(|room_state| room_state.file.is_some()).count();
        // The limit is asked for only when it may matter.
        if open > FEW_FILES && open > open_files() {
            self.room_states.values_mut().for_each(|room_state| room_state.file = None);
        }
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
            all.insert(room, Addition { bytes: Vec::new(), lines: Vec::new(), before, after: before, is_new });
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
            let line = encode(record, left, addition.after.head, &mut *self.salts)
                .map_err(|e| StoreError::Unwritable { room: room.clone(), seq: record.seq, reason: e.to_string() })?;
            addition.bytes.extend_from_slice(&line.bytes);
            addition.bytes.push(b'\n');
            addition.after =
                JournalEnd { len: addition.before.len + addition.bytes.len() as u64, seq: wanted, head: line.hash };
            addition.lines.push(IndexLine { seq: wanted, id: record.id, at: record.at, bytes: line.bytes });
        }
        Ok(())
    }

    fn write(&mut self, additions: &BTreeMap<&RoomId, Addition>) -> Result<(), StoreError> {
        for (room, addition) in additions {
            let path = self.journal_path(room);
            // A room that is made now is in the index from its first line on.
            let made = RoomState { indexed: addition.is_new && self.index.is_some(), ..RoomState::at(addition.before) };
            let room_state = self.room_states.entry((*room).clone()).or_insert(made);
            let file = match &mut room_state.file {
                Some(file) => file,
                empty => {
                    empty.insert(self.disk.open(&path).map_err(|e| StoreError::io("opening the journal", &path, e))?)
                }
            };
            let mut parts = addition.bytes.chunks(UNSYNCED).peekable();
            while let Some(part) = parts.next() {
                file.append(part).map_err(|e| StoreError::io("writing the journal", &path, e))?;
                if parts.peek().is_some() {
                    file.sync().map_err(|e| StoreError::sync(&path, e))?;
                }
            }
        }
        for (room, addition) in additions {
            let path = self.journal_path(room);
            if let Some(file) = self.room_states.get_mut(*room).and_then(|room_state| room_state.file.as_mut()) {
                file.sync().map_err(|e| StoreError::sync(&path, e))?;
            }
            if addition.is_new {
                let rooms = self.dir.join("rooms");
                self.disk.sync_dir(&rooms).map_err(|e| StoreError::sync(&rooms, e))?;
            }
        }
        // A name is only as lasting as the names that lead to it. Once in each run is enough: whoever made them may have died
        // before they were synced.
        while let Some(dir) = self.unlasting.last() {
            self.disk.sync_dir(dir).map_err(|e| StoreError::sync(dir, e))?;
            self.unlasting.pop();
        }
        Ok(())
    }

    /// Takes a failed batch off the journals again. Whatever the disk now really holds is read afresh before the next
    /// append: after a failed sync the kernel may show pages that the disk does not have.
    fn take_back(&mut self, additions: &BTreeMap<&RoomId, Addition>) {
        for (room, addition) in additions {
            let path = self.journal_path(room);
            let Some(room_state) = self.room_states.remove(*room) else { continue };
            let is_taken_back = match room_state.file {
                Some(mut file) => file.cut(addition.before.len).and_then(|()| file.sync()).is_ok(),
                None => true,
            };
            let is_gone = addition.is_new && std::fs::remove_file(&path).is_ok();
            if !is_taken_back && !is_gone {
                self.doubtful.insert((*room).clone(), addition.before);
            }
        }
    }

    /// Takes off the journal what a failed batch left there, when that could not be done at once. Nobody was told of it, and
    /// a later sync would confirm it without writing it: what the kernel gave up on once it does not try again.
    /// Some: it cannot be done now either, so the room is as it was before that batch, and nothing can be saved in it.
    pub(super) fn take_back_again(&mut self, room: &RoomId) -> Option<RoomState> {
        let end = self.doubtful.get(room).copied()?;
        if let Err(failure) = cut(&*self.disk, &self.journal_path(room), end.len) {
            let lost = self.query(|index| index.known(room)).flatten().map_or_else(Spans::default, |known| known.lost);
            return Some(RoomState { lost, unsettled: Some(failure), ..RoomState::at(end) });
        }
        self.doubtful.remove(room);
        None
    }
}
