//! How keys and values lie in the index: composite big-endian keys, and values in pieces.

use sled::{Batch, Tree};

use super::fault::{IndexFault, doubt};
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::time::Moment;

/// How many lines go into the index at a time. A guess: a batch of some hundred kilobytes.
pub(super) const BATCH: usize = 1_000;

/// In which order a walk goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum WalkOrder {
    Forward,
    Backward,
}

/// Which lines of a room a count expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum CountRule {
    /// So many and no more.
    Exactly(u64),
    /// The first so many; the room may have grown since.
    First(u64),
}

/// The version of what is made from the journals. An index of another version is rebuilt from them.
pub(super) const VERSION: u8 = 3;
/// The version of a piece. The side table is in no journal: it can be read with any [`VERSION`].
const SEALED: u8 = 2;
/// Pieces as the index before version 3 wrote them: under no key.
const PLAIN: u8 = 1;
/// What is longer spills into files that are never synced.
const PIECE: usize = 3_500;

/// What stands before the value in its first piece: the version, and how long it is.
pub(super) const HEAD: usize = 5;

/// How long a place in the timeline is, and an event id with its `seq`.
pub(super) const PLACE: usize = 16;
pub(super) const NAME: usize = 24;

pub(super) fn prefix(room: &RoomId) -> Vec<u8> {
    let name = room.as_str().as_bytes();
    let mut key = Vec::with_capacity(name.len() + 26);
    key.push(u8::try_from(name.len()).unwrap_or(u8::MAX));
    key.extend_from_slice(name);
    key
}

pub(super) fn block_key(room: &RoomId, block: u64, piece: u16) -> Vec<u8> {
    let mut key = prefix(room);
    key.extend_from_slice(&block.to_be_bytes());
    key.extend_from_slice(&piece.to_be_bytes());
    key
}

pub(super) fn place(at: Moment, seq: Seq) -> [u8; PLACE] {
    let mut place = [0; PLACE];
    // With the sign bit turned, moments before 1970 sort before those after it.
    place[..8].copy_from_slice(&(at.millis() as u64 ^ 1 << 63).to_be_bytes());
    place[8..].copy_from_slice(&seq.to_be_bytes());
    place
}

pub(super) fn name(id: EventId, seq: Seq) -> [u8; NAME] {
    let mut name = [0; NAME];
    name[..16].copy_from_slice(&id.0.0.to_be_bytes());
    name[16..].copy_from_slice(&seq.to_be_bytes());
    name
}

/// Returns the `seq` that a place or a name ends with.
pub(super) fn seq_of(element: &[u8]) -> Seq {
    element.last_chunk().copied().map_or(0, u64::from_be_bytes)
}

pub(super) fn number(bytes: &[u8]) -> Option<u64> {
    Some(u64::from_be_bytes(bytes.try_into().ok()?))
}

/// A value as it stands in the index.
#[derive(Debug)]
pub(super) enum StoredValue {
    /// Under a room's key.
    Sealed(Vec<u8>),
    /// As it is: an entry of the side table of an earlier version.
    Plain(Vec<u8>),
}

/// `value`, which is sealed, in pieces, the first of which says how many bytes there are in all.
pub(super) fn pieces(value: &[u8]) -> impl Iterator<Item = (u16, Vec<u8>)> {
    let count = value.len().div_ceil(PIECE).max(1);
    (0..count).map(move |nth| {
        let part = &value[nth * PIECE..value.len().min((nth + 1) * PIECE)];
        let mut piece = Vec::with_capacity(part.len() + HEAD);
        piece.push(SEALED);
        if nth == 0 {
            piece.extend_from_slice(&(value.len() as u32).to_be_bytes());
        }
        piece.extend_from_slice(part);
        (u16::try_from(nth).unwrap_or(u16::MAX), piece)
    })
}

/// Puts the pieces back together; `rest` gives the later ones in order.
pub(super) fn joined(
    first: &[u8],
    rest: impl Iterator<Item = sled::Result<(sled::IVec, sled::IVec)>>,
) -> Result<StoredValue, IndexFault> {
    let [version @ (PLAIN | SEALED), a, b, c, d, part @ ..] = first else {
        return doubt("a value of an unknown version");
    };
    let len = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
    let mut value = Vec::with_capacity(len.min(1 << 24));
    value.extend_from_slice(part);
    if value.len() < len {
        for piece in rest {
            let (_, piece) = piece?;
            let Some(part) = piece.split_first().filter(|(other, _)| *other == version).map(|(_, part)| part) else {
                return doubt("a piece of another version");
            };
            value.extend_from_slice(part);
            if value.len() >= len {
                break;
            }
        }
    }
    match *version {
        _ if value.len() != len => doubt("a value with a piece missing"),
        PLAIN => Ok(StoredValue::Plain(value)),
        _ => Ok(StoredValue::Sealed(value)),
    }
}

/// Removes everything under `start`, a portion at a time: a room can have hundreds of thousands of keys.
pub(super) fn remove_under(tree: &Tree, start: &[u8]) -> Result<(), IndexFault> {
    loop {
        let mut batch = Batch::default();
        let mut count = 0;
        for key in tree.scan_prefix(start).keys().take(BATCH) {
            batch.remove(key?);
            count += 1;
        }
        if count == 0 {
            return Ok(());
        }
        tree.apply_batch(batch)?;
    }
}
