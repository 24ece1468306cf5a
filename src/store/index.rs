//! The index: what answers queries quickly. A second copy that is never trusted where it contradicts a journal.
//!
//! Few trees with composite big-endian keys, the room first with its length before it; every value begins with a version
//! byte, and what is longer than a page is kept in pieces.

mod aside;
mod layout;

use std::path::Path;

use sled::{Batch, Db, Tree};

use self::layout::{VERSION, id_key, joined, line_key, number, pieces, place_key, prefix};
use super::hash::Hash;
use super::journal::End;
use super::quiet::{guarded, open_aside};
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::time::Moment;

/// How many lines go into the index at a time.
pub(super) const BATCH: usize = 1_000;

/// Why the index cannot be trusted, in the words of whatever noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The disk is full: the handle is of no more use, its files may be.
    Full,
    /// Anything else.
    Doubt(String),
}

impl From<sled::Error> for Fault {
    fn from(error: sled::Error) -> Self {
        match &error {
            sled::Error::Io(e) if e.kind() == std::io::ErrorKind::StorageFull => Fault::Full,
            _ => Fault::Doubt(error.to_string()),
        }
    }
}

/// A fault found by comparing.
pub(super) fn doubt<T>(why: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Doubt(why.into()))
}

/// What the index knows of a room's journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub end: End,
    pub lost: Vec<Seq>,
}

/// Something on the desk: its key and what it is.
pub(super) type Kept = (Vec<u8>, Vec<u8>);

/// A line on its way into the index.
#[derive(Debug)]
pub(super) struct Indexed {
    pub seq: Seq,
    pub id: EventId,
    pub at: Moment,
    pub bytes: Vec<u8>,
}

/// The index, open.
pub(super) struct Index {
    db: Db,
    /// `room|seq|piece` → the journal's line.
    lines: Tree,
    /// `room|at|seq`.
    places: Tree,
    /// `room|event id` → `seq`.
    ids: Tree,
    /// `room|piece` → the fold.
    snapshots: Tree,
    /// `room` → [`Known`].
    rooms: Tree,
    /// Drafts, what was seen, the lobby's lines.
    desk: Tree,
}

impl Index {
    /// Opens the index in `dir`, in a thread of its own: damage can panic there, or never end.
    pub fn open(dir: &Path) -> Result<Self, Fault> {
        let path = dir.to_owned();
        open_aside(move || {
            let config =
                sled::Config::new().path(path).cache_capacity(4 << 20).flush_every_ms(None).use_compression(false);
            let db = config.open()?;
            let tree = |name: &str| db.open_tree(name);
            Ok(Index {
                lines: tree("lines")?,
                places: tree("places")?,
                ids: tree("ids")?,
                snapshots: tree("snapshots")?,
                rooms: tree("rooms")?,
                desk: tree("desk")?,
                db,
            })
        })
    }

    /// Runs `work` on the index; a panic inside is a fault.
    pub fn ask<T>(&self, work: impl FnOnce(&Index) -> Result<T, Fault>) -> Result<T, Fault> {
        guarded(|| work(self))
    }

    /// What it knows of a room, if anything.
    pub fn known(&self, room: &RoomId) -> Result<Option<Known>, Fault> {
        let Some(value) = self.rooms.get(prefix(room))? else { return Ok(None) };
        let read = || {
            let (&VERSION, rest) = value.split_first()? else { return None };
            let (len, rest) = rest.split_at_checked(8)?;
            let (seq, rest) = rest.split_at_checked(8)?;
            let (head, lost) = rest.split_at_checked(32)?;
            let end = End { len: number(len)?, seq: number(seq)?, head: Hash(head.try_into().ok()?) };
            (lost.len() % 8 == 0).then(|| Known { end, lost: lost.chunks_exact(8).filter_map(number).collect() })
        };
        read().map_or_else(|| doubt("a room's end is unreadable"), |known| Ok(Some(known)))
    }

    /// Every room it knows.
    pub fn rooms(&self) -> Result<Vec<RoomId>, Fault> {
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

    /// The last line there is of a room, sought from the end.
    pub fn last_seq(&self, room: &RoomId) -> Result<Option<Seq>, Fault> {
        let room_key = prefix(room);
        let Some((key, _)) = self.lines.scan_prefix(&room_key).next_back().transpose()? else { return Ok(None) };
        Ok(key.strip_prefix(room_key.as_slice()).and_then(|rest| number(rest.get(..8)?)))
    }

    /// Whether the place of a record is there.
    pub fn has_place(&self, room: &RoomId, at: Moment, seq: Seq) -> Result<bool, Fault> {
        Ok(self.places.contains_key(place_key(room, at, seq))?)
    }

    /// Notes how far a room's journal is indexed.
    pub fn put_known(&self, room: &RoomId, known: &Known) -> Result<(), Fault> {
        let Known { end, lost } = known;
        let mut value = vec![VERSION];
        value.extend_from_slice(&end.len.to_be_bytes());
        value.extend_from_slice(&end.seq.to_be_bytes());
        value.extend_from_slice(&end.head.0);
        value.extend(lost.iter().flat_map(|seq| seq.to_be_bytes()));
        self.rooms.insert(prefix(room), value)?;
        Ok(())
    }

    /// Takes in lines of a room. [`Index::put_known`] comes after, so that a crash between leaves a lag and no hole.
    pub fn put(&self, room: &RoomId, lines: &[Indexed]) -> Result<(), Fault> {
        for lines in lines.chunks(BATCH) {
            let (mut texts, mut places, mut ids) = (Batch::default(), Batch::default(), Batch::default());
            for Indexed { seq, id, at, bytes } in lines {
                for (nth, piece) in pieces(bytes) {
                    texts.insert(line_key(room, *seq, nth), piece);
                }
                places.insert(place_key(room, *at, *seq), &[VERSION]);
                let mut value = vec![VERSION];
                value.extend_from_slice(&seq.to_be_bytes());
                ids.insert(id_key(room, *id), value);
            }
            self.lines.apply_batch(texts)?;
            self.places.apply_batch(places)?;
            self.ids.apply_batch(ids)?;
        }
        Ok(())
    }

    /// The line `seq`, if it is there.
    pub fn line(&self, room: &RoomId, seq: Seq) -> Result<Option<Vec<u8>>, Fault> {
        let Some(first) = self.lines.get(line_key(room, seq, 0))? else { return Ok(None) };
        let rest = self.lines.range(line_key(room, seq, 1)..line_key(room, seq, u16::MAX));
        joined(&first, rest).map(Some)
    }

    /// The lines from `from` on, at most `limit`, none missing between them.
    pub fn lines(&self, room: &RoomId, from: Seq, limit: usize) -> Result<Vec<Vec<u8>>, Fault> {
        let upto = from.saturating_add(limit as u64);
        let mut found = self.lines.range(line_key(room, from, 0)..line_key(room, upto, 0)).peekable();
        let mut lines = Vec::new();
        let mut wanted = from;
        while let Some(first) = found.next().transpose()? {
            if first.0.as_ref() != line_key(room, wanted, 0) {
                return doubt(format!("{room}: entry {wanted} is missing"));
            }
            let mut rest = Vec::new();
            let is_piece = |next: &sled::Result<(sled::IVec, sled::IVec)>| {
                next.as_ref().map_or(true, |(key, _)| !key.ends_with(&[0, 0]))
            };
            while let Some(next) = found.next_if(is_piece) {
                rest.push(next);
            }
            lines.push(joined(&first.1, rest.into_iter())?);
            wanted += 1;
        }
        Ok(lines)
    }

    /// The place of an event.
    pub fn find(&self, room: &RoomId, id: EventId) -> Result<Option<Seq>, Fault> {
        let Some(value) = self.ids.get(id_key(room, id))? else { return Ok(None) };
        match value.split_first() {
            Some((&VERSION, seq)) if seq.len() == 8 => Ok(number(seq)),
            _ => doubt("an event's place is unreadable"),
        }
    }

    /// The `seq`s of the timeline strictly between two places, in its order or backwards.
    pub fn places(
        &self,
        room: &RoomId,
        after: Option<(Moment, Seq)>,
        before: Option<(Moment, Seq)>,
    ) -> impl DoubleEndedIterator<Item = Result<Seq, Fault>> + use<> {
        use std::ops::Bound::{Excluded, Unbounded};
        let room_key = prefix(room);
        let mut past = room_key.clone();
        past.extend_from_slice(&[u8::MAX; 17]);
        let from = after.map_or(Excluded(room_key.clone()), |(at, seq)| Excluded(place_key(room, at, seq)));
        let to = before.map_or(Excluded(past), |(at, seq)| Excluded(place_key(room, at, seq)));
        debug_assert!(from != Unbounded);
        self.places.range::<Vec<u8>, _>((from, to)).map(move |found| {
            let (key, _) = found?;
            match key.strip_prefix(room_key.as_slice()).and_then(|rest| number(rest.get(8..)?)) {
                Some(seq) => Ok(seq),
                None => doubt("a place is unreadable"),
            }
        })
    }

    /// Counts every key of a room, both ways where it matters: an index can hold what its iterators never show.
    ///
    /// A fault unless there are `all` lines and places, and no more events than that. (Fewer: an event id came twice.)
    /// While it `grows`, what comes after the first `all` is passed over.
    pub fn count(&self, room: &RoomId, all: u64, grows: bool) -> Result<(), Fault> {
        let room_key = prefix(room);
        let upto = if grows { all.saturating_add(1) } else { Seq::MAX };
        let range = || self.lines.range(line_key(room, 0, 0)..line_key(room, upto, 0));
        let mut lines = 0;
        let mut last = None;
        for key in range().keys() {
            let key = key?;
            lines += u64::from(key.ends_with(&[0, 0]));
            last = Some(key);
        }
        let ends_alike = range().next_back().transpose()?.map(|(key, _)| key) == last;
        let (mut places, mut ids) = (0, 0);
        for key in self.places.scan_prefix(&room_key).keys() {
            let key = key?;
            let seq = key.get(key.len().saturating_sub(8)..).and_then(number);
            places += u64::from(seq.is_none_or(|seq| seq < upto));
        }
        for entry in self.ids.scan_prefix(&room_key) {
            let (_, value) = entry?;
            let seq = value.get(1..).and_then(number);
            ids += u64::from(seq.is_none_or(|seq| seq < upto));
        }
        if ends_alike && lines == all && places == all && ids <= all {
            Ok(())
        } else {
            doubt(format!("{room}: it has not as many entries as the journal"))
        }
    }

    /// Hands everything to the kernel, so that it outlives this process.
    pub fn flush(&self) -> Result<(), Fault> {
        self.db.flush()?;
        Ok(())
    }
}
