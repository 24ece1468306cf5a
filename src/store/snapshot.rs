//! The fold of a room: kept in the index every few hundred records, so that opening costs the same at any length.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::index::{Index, IndexFault, doubt};
use super::journal::hash::Hash;
use super::journal::line;
use super::journal::scan::{CancelFlag, link};
use super::read_view::FileView;
use super::reading::ReadError;
use crate::domain::id::{RoomId, Seq};
use crate::domain::room::{FOLD, Room};

/// How many lines are read at a time. A guess: a few hundred kilobytes.
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

/// Returns what the journal says, and whether it says all.
pub(super) fn fold_journal(view: &FileView, cancel: &CancelFlag) -> Result<(Room, bool), ReadError> {
    let (mut fold, mut next) = (Room::new(view.room.clone()), 1);
    view.walk(&mut |line, _| {
        next += u64::from(line.seq() == next);
        fold.apply(&line.record());
        if cancel.check().is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok((fold, next > view.end.seq))
}

/// Returns `fold`, whose last record has the hash `head`, as it is kept. None when it cannot be written.
pub(super) fn to_bytes(fold: &Room, head: Hash) -> Option<Vec<u8>> {
    serde_json::to_vec(&StoredSnapshot { program: program(), head: head.to_string(), fold }).ok()
}

/// Returns which program folds: its version, and which fold it makes.
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

/// Returns whether a fold of this program's is kept, as far as can be said without reading it.
pub(super) fn is_kept(index: &Index, room: &RoomId) -> Result<bool, IndexFault> {
    index.snapshot_opens_with(room, &[br#"{"program":""#, program().as_bytes(), b"\""].concat())
}

/// Returns the fold that is kept, unless another program folded it or the room has not come so far.
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
