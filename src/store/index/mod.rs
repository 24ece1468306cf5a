//! The index: what answers queries quickly. A second copy that is never trusted where it contradicts a journal.
//!
//! Few trees with composite big-endian keys, the room first with its length before it; every value begins with a version
//! byte, and what is longer than a page is kept in pieces. Few keys as well: see [`packed_set`]. What people wrote stands in it under
//! a key of the room's own: see [`keys`].

mod fault;
mod forget;
pub(super) mod health;
mod keys;
mod layout;
mod lines;
mod packed_set;
pub(super) mod panic_guard;
mod side_table;
pub(super) mod sync;

use std::path::{Path, PathBuf};
use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, Ordering};

use sled::{Db, Tree};

pub(super) use self::fault::{IndexFault, doubt};
use self::keys::RoomKeys;
use self::layout::{BATCH, NAME, PLACE, StoredValue, VERSION, name, number, place, prefix, seq_of};
pub(super) use self::lines::LineReader;
use self::packed_set::PackedSet;
use self::panic_guard::{guarded, open_aside};
use super::journal::hash::Hash;
use super::journal::line::StoredLine;
use super::journal::scan::CancelFlag;
use super::journal::spans::Spans;
use super::journal::walk::JournalEnd;
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::time::Moment;

/// What the index knows of a room's journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JournalExtent {
    pub end: JournalEnd,
    pub lost: Spans,
}

impl JournalExtent {
    /// Of a journal without a line.
    pub fn nothing() -> Self {
        JournalExtent { end: JournalEnd::NOTHING, lost: Spans::default() }
    }
}

/// The index, open.
pub(super) struct Index {
    db: Db,
    /// Whether its owner has parted with it, and may want its files: threads that read it or fill it end.
    parted: AtomicBool,
    /// `room|block|piece` → some of the journal's lines.
    lines: Tree,
    /// Of each room, `at|seq`.
    places: PackedSet<PLACE>,
    /// Of each room, `event id|seq`.
    ids: PackedSet<NAME>,
    /// `room|piece` → the fold.
    snapshots: Tree,
    /// `room` → [`JournalExtent`].
    rooms: Tree,
    /// The id of a room's first event → the room that began with it first.
    openings: Tree,
    /// Drafts, what was seen, the lobby's lines.
    side_table: Tree,
    keys: RoomKeys,
    /// Open while something is put on the side table.
    side_table_gate: RwLock<()>,
    dir: PathBuf,
}

impl Index {
    /// Opens the index in `dir`, in a thread of its own: damage can panic there, or never end.
    pub fn open(dir: &Path) -> Result<Self, IndexFault> {
        let path = dir.to_owned();
        open_aside(move || {
            let keys = RoomKeys::open(&path).map_err(|e| IndexFault::from(sled::Error::Io(e)))?;
            let config =
                sled::Config::new().path(&path).cache_capacity(4 << 20).flush_every_ms(None).use_compression(false);
            let db = config.open()?;
            let tree = |name: &str| db.open_tree(name);
            Ok(Index {
                lines: tree("lines")?,
                places: PackedSet::new(tree("places")?),
                ids: PackedSet::new(tree("ids")?),
                snapshots: tree("snapshots")?,
                rooms: tree("rooms")?,
                openings: tree("openings")?,
                side_table: tree("desk")?,
                parted: AtomicBool::new(false),
                keys,
                side_table_gate: RwLock::new(()),
                dir: path,
                db,
            })
        })
    }

    /// Runs `work` on the index; a panic inside is a fault, and so is an index that was parted with.
    pub fn ask<T>(&self, work: impl FnOnce(&Index) -> Result<T, IndexFault>) -> Result<T, IndexFault> {
        self.check_kept()?;
        guarded(|| work(self))
    }

    /// Its owner has another one from now on.
    pub fn part(&self) {
        self.parted.store(true, Ordering::Relaxed);
    }

    /// Returns a fault when it was parted with.
    pub fn check_kept(&self) -> Result<(), IndexFault> {
        if self.parted.load(Ordering::Relaxed) { doubt("it was replaced") } else { Ok(()) }
    }

    /// Returns whether another version of the program made it.
    pub fn is_outdated(&self) -> Result<bool, IndexFault> {
        let first = self.rooms.iter().values().next().transpose()?;
        Ok(first.is_some_and(|value| value.first() != Some(&VERSION)))
    }

    /// Returns how long the journal of each room was when it was last indexed, by any version.
    pub fn ends(&self) -> Result<Vec<(RoomId, u64)>, IndexFault> {
        let mut ends = Vec::new();
        for room in self.rooms()? {
            match self.rooms.get(prefix(&room))?.and_then(|value| number(value.get(1..9)?)) {
                Some(len) => ends.push((room, len)),
                None => return doubt("a room's end is unreadable"),
            }
        }
        Ok(ends)
    }

    /// Returns what it knows of a room, if anything. Of a room whose key was lost it knows nothing.
    pub fn known(&self, room: &RoomId) -> Result<Option<JournalExtent>, IndexFault> {
        if !self.keys.has(room) {
            return Ok(None);
        }
        let Some(value) = self.rooms.get(prefix(room))? else { return Ok(None) };
        let read = || {
            let (&VERSION, rest) = value.split_first()? else { return None };
            let (len, rest) = rest.split_at_checked(8)?;
            let (seq, rest) = rest.split_at_checked(8)?;
            let (head, lost) = rest.split_at_checked(32)?;
            let end = JournalEnd { len: number(len)?, seq: number(seq)?, head: Hash(head.try_into().ok()?) };
            let (ranges, rest) = lost.as_chunks::<16>();
            let mut lost = Spans::default();
            for range in ranges {
                lost.push_range(number(&range[..8])?, number(&range[8..])?);
            }
            rest.is_empty().then_some(JournalExtent { end, lost })
        };
        read().map_or_else(|| doubt("a room's end is unreadable"), |known| Ok(Some(known)))
    }

    /// Returns every room it knows.
    pub fn rooms(&self) -> Result<Vec<RoomId>, IndexFault> {
        let mut rooms = Vec::new();
        for key in self.rooms.iter().keys() {
            let key = key?;
            match key.get(1..).and_then(|name| std::str::from_utf8(name).ok()?.parse().ok()) {
                Some(room) => rooms.push(room),
                None => return doubt("a room's name is unreadable"),
            }
        }
        Ok(rooms)
    }

    /// Returns whether the place of a record is there.
    pub fn has_place(&self, room: &RoomId, at: Moment, seq: Seq) -> Result<bool, IndexFault> {
        self.places.has(&prefix(room), &place(at, seq))
    }

    /// Makes it look as if another version had made it.
    #[cfg(test)]
    pub fn put_version(&self, version: u8) -> Result<(), IndexFault> {
        for entry in self.rooms.iter() {
            let (room, mut value) = entry?;
            value[0] = version;
            self.rooms.insert(room, value)?;
        }
        Ok(())
    }

    /// Notes how far a room's journal is indexed.
    pub fn put_known(&self, room: &RoomId, known: &JournalExtent) -> Result<(), IndexFault> {
        let JournalExtent { end, lost } = known;
        let mut value = vec![VERSION];
        value.extend_from_slice(&end.len.to_be_bytes());
        value.extend_from_slice(&end.seq.to_be_bytes());
        value.extend_from_slice(&end.head.0);
        for (first, last) in lost.ranges() {
            value.extend_from_slice(&first.to_be_bytes());
            value.extend_from_slice(&last.to_be_bytes());
        }
        self.rooms.insert(prefix(room), value)?;
        Ok(())
    }

    /// Takes in lines of a room that follow one another. [`Index::put_known`] comes after, so that a crash between leaves a
    /// lag and no hole.
    pub fn put(&self, room: &RoomId, lines: &[StoredLine]) -> Result<(), IndexFault> {
        let room_key = prefix(room);
        self.make_key(room)?;
        if let Some(first) = lines.first().filter(|line| line.seq == 1) {
            // A journal that is copied over another does not take its name.
            let opening = first.id.0.0.to_be_bytes();
            let _ = self.openings.compare_and_swap(opening, None::<&[u8]>, Some(room.as_str().as_bytes()))?;
        }
        for lines in lines.chunks(BATCH) {
            self.put_lines(room, lines)?;
            self.places.put(&room_key, lines.iter().map(|line| place(line.at, line.seq)).collect())?;
            self.ids.put(&room_key, lines.iter().map(|line| name(line.id, line.seq)).collect())?;
        }
        Ok(())
    }

    /// Returns the room that began with the event `id`, and was the first to do so.
    pub fn opened(&self, id: EventId) -> Result<Option<RoomId>, IndexFault> {
        let room = self.openings.get(id.0.0.to_be_bytes())?;
        Ok(room.and_then(|room| std::str::from_utf8(&room).ok()?.parse().ok()))
    }

    /// Returns the place of an event; the last one when its id came twice.
    pub fn find(&self, room: &RoomId, id: EventId) -> Result<Option<Seq>, IndexFault> {
        let named = self.ids.between(&prefix(room), Some(name(id, 0)), Some(name(id, Seq::MAX)), true)?;
        Ok({ named }.next().transpose()?.map(|found| seq_of(&found)))
    }

    /// Returns the places of the events whose ids lie between two, both included, in the order of the ids.
    pub fn find_between(
        &self,
        room: &RoomId,
        from: EventId,
        to: EventId,
    ) -> Result<impl Iterator<Item = Result<Seq, IndexFault>> + use<>, IndexFault> {
        let found = self.ids.between(&prefix(room), Some(name(from, 0)), Some(name(to, Seq::MAX)), false)?;
        Ok(found.map(|found| found.map(|name| seq_of(&name))))
    }

    /// Returns the `seq`s of the timeline strictly between two places, in its order or backwards.
    pub fn places(
        &self,
        room: &RoomId,
        after: Option<(Moment, Seq)>,
        before: Option<(Moment, Seq)>,
        is_backwards: bool,
    ) -> Result<impl Iterator<Item = Result<Seq, IndexFault>> + use<>, IndexFault> {
        let place = |(at, seq)| place(at, seq);
        let found = self.places.between(&prefix(room), after.map(place), before.map(place), is_backwards)?;
        Ok(found.map(|found| found.map(|place| seq_of(&place))))
    }

    /// Counts everything of a room, the lines both ways: an index can hold what its iterators never show.
    ///
    /// A fault unless there are `all` lines, places and ids. While it `grows`, what comes after the first `all` is passed over.
    pub fn count(&self, room: &RoomId, all: u64, grows: bool, cancel: &CancelFlag) -> Result<(), IndexFault> {
        let room_key = prefix(room);
        let upto = if grows { all.saturating_add(1) } else { Seq::MAX };
        let (lines, ends_alike) = self.count_lines(room, upto, cancel)?;
        let (mut places, mut ids) = (0, 0);
        for found in self.places.between(&room_key, None, None, false)? {
            places += u64::from(seq_of(&found?) < upto);
        }
        for found in self.ids.between(&room_key, None, None, false)? {
            ids += u64::from(seq_of(&found?) < upto);
        }
        if ends_alike && (lines, places, ids) == (all, all, all) {
            Ok(())
        } else {
            doubt(format!("{room}: it has not as many entries as the journal"))
        }
    }

    /// Returns what stands in the index of a room's words; none when its key is gone.
    fn unseal(&self, room: &RoomId, value: StoredValue) -> Option<Vec<u8>> {
        match value {
            StoredValue::Plain(value) => Some(value),
            StoredValue::Sealed(sealed) => self.keys.unseal(room, sealed),
        }
    }

    /// Hands everything to the kernel, so that it outlives this process.
    pub fn flush(&self) -> Result<(), IndexFault> {
        self.db.flush()?;
        Ok(())
    }
}
