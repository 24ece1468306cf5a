//! The fold of a room: kept in the index every few hundred records, so that opening costs the same at any length.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::FileStore;
use super::error::StoreError;
use super::index::{Index, IndexFault, doubt};
use super::journal::line;
use super::journal::scan::{CancelFlag, link};
use super::read_view::{FileView, ReadError};
use super::room_state::RoomState;
use crate::domain::id::{RoomId, Seq};
use crate::domain::room::{FOLD, Room};

/// A fold is kept again after so many records.
const EVERY: u64 = 256;
/// A big room's fold is kept more seldom, so that keeping it stays a small part of saving: one record for so many bytes.
const BYTES_A_RECORD: u64 = 512;
/// How many lines are read at a time.
const STEP: usize = 1_000;

/// A fold as it is kept.
#[derive(Serialize, Deserialize)]
struct StoredSnapshot<R> {
    /// The program that folded, and which fold it makes: another one may fold differently.
    program: String,
    /// The hash of the last record in it.
    head: String,
    fold: R,
}

impl FileStore {
    /// The room as its records make it.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRoom`], or when its journal cannot be read at all. Damage is put right and told of by
    /// [`Store::take_notices`].
    pub fn load_room(&mut self, room: &RoomId) -> Result<Room, StoreError> {
        let mut kept = self.indexed(room, |index, last| kept(index, room, last))?.flatten();
        let kept_upto = kept.as_ref().map_or(0, |fold| fold.seq);
        let on_top = |index: &Index, last| kept.take().map(|kept| fold(index, kept, last)).transpose();
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
            let from_index = |index: &Index, last| self::fold(index, Room::new(room.clone()), last);
            if !is_whole && let Some(indexed) = self.indexed(room, from_index)? {
                fold = indexed;
            }
        }
        Ok(fold)
    }

    fn fold_journal(&mut self, room: &RoomId) -> Result<(Room, bool), StoreError> {
        self.read(room, |view| fold_journal(view, &CancelFlag::default()))
    }

    /// Keeps `fold` in the index, when it goes as far as the room and enough was added to it since it last was kept.
    pub fn save_snapshot(&mut self, fold: &Room) {
        let is_worth =
            |room_state: &&RoomState| room_state.indexed && room_state.unkept >= EVERY.max(room_state.keep_after);
        let Some(room_state) = self.room_states.get(&fold.id).filter(is_worth) else { return };
        let (unkept, end) = (room_state.unkept, room_state.end);
        if fold.seq != end.seq {
            return;
        }
        self.catch_up_with(&fold.id);
        let kept = StoredSnapshot { program: program(), head: end.head.to_string(), fold };
        let Ok(bytes) = serde_json::to_vec(&kept) else { return };
        let keep_after = bytes.len() as u64 / BYTES_A_RECORD;
        if let Some(room_state) = self.room_states.get_mut(&fold.id) {
            room_state.keep_after = keep_after;
        }
        if unkept < keep_after {
            return;
        }
        if self.query(|index| index.put_snapshot(&fold.id, &bytes)).is_some()
            && let Some(room_state) = self.room_states.get_mut(&fold.id)
        {
            room_state.unkept = 0;
        }
    }
}

/// What the journal says, and whether it says all.
pub(super) fn fold_journal(view: &FileView, cancel: &CancelFlag) -> Result<(Room, bool), ReadError> {
    let (mut fold, mut next) = (Room::new(view.room.clone()), 1);
    view.walk(&mut |line, _| {
        next += u64::from(line.seq() == next);
        fold.apply(&line.record());
        if cancel.check().is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok((fold, next > view.end.seq))
}

/// Which program folds: its version, and which fold it makes.
fn program() -> String {
    format!("{}+fold.{FOLD}", env!("CARGO_PKG_VERSION"))
}

/// Folds a room up to `last`, on top of what was kept.
pub(super) fn fold(index: &Index, mut fold: Room, last: Seq) -> Result<Room, IndexFault> {
    while fold.seq < last {
        let before = fold.seq;
        for bytes in index.lines(&fold.id, before + 1, STEP)? {
            let Some(line) = line::parse(&bytes) else { return doubt(format!("{}: an entry is damaged", fold.id)) };
            fold.apply(&line.record());
        }
        if fold.seq == before {
            return doubt(format!("{}: entry {} is missing", fold.id, before + 1));
        }
    }
    Ok(fold)
}

/// Whether a fold of this program's is kept, as far as can be said without reading it.
pub(super) fn is_kept(index: &Index, room: &RoomId) -> Result<bool, IndexFault> {
    index.snapshot_opens_with(room, &[br#"{"program":""#, program().as_bytes(), b"\""].concat())
}

/// The fold that is kept, unless another program folded it or the room has not come so far.
pub(super) fn kept(index: &Index, room: &RoomId, last: Seq) -> Result<Option<Room>, IndexFault> {
    let Some(bytes) = index.snapshot(room)? else { return Ok(None) };
    let Ok(StoredSnapshot { program: by, head, fold }) = serde_json::from_slice::<StoredSnapshot<Room>>(&bytes) else {
        return Ok(None);
    };
    if by != program() || fold.seq > last {
        return Ok(None);
    }
    let at = index.line(room, fold.seq)?.unwrap_or_default();
    Ok(line::parse(&at).is_some_and(|line| link(&line).to_string() == head).then_some(fold))
}
