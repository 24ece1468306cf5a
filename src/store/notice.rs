//! What a person should be told once about what the store found and put right.

use super::journal::spans::Spans;
use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::Phrase;

/// Something that happened to the files, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreNotice {
    /// The journal ended in bytes that are no entry. They were cut off, and are kept in the file `kept`. They are a save that was
    /// not finished, or else may hold entries that were confirmed.
    TailCut { room: RoomId, bytes: u64, kept: String, is_unfinished: bool },
    /// The journal had lost its end; the index still had it, and it was put back.
    TailRestored { room: RoomId, entries: u64 },
    /// The journal was damaged inside. `filled` entries were put back from the index; the journal as it was is kept in
    /// the file `kept`.
    Mended { room: RoomId, filled: u64, kept: String },
    /// LineReader of the damaged journal, which is kept in the file `kept`, have no place in the mended one: another line has it, or they
    /// cannot be this room's.
    LeftOut { room: RoomId, lines: u64, kept: String },
    /// These entries were damaged and no copy of them was left.
    Lost { room: RoomId, entries: Spans },
    /// These entries do not follow from the ones before them: something was changed or removed by hand.
    Unlinked { room: RoomId, entries: Spans },
    /// The journal was replaced by another one, which is of another history from entry `from` on; when that is the first, it is
    /// another room's: that of `other`, where it is known. The entries that only the index had are kept in the file `kept`.
    Forked { room: RoomId, from: Seq, entries: u64, kept: String, other: Option<RoomId> },
    /// The journal begins as that of another room.
    Twin { room: RoomId, other: RoomId },
    /// Something that may be the only copy of entries is kept in the file `kept`, and nobody has dealt with it yet.
    Kept { room: RoomId, kept: String, is_cut: bool },
    /// The index could not be trusted. It was set aside under the name `kept` and is rebuilt from the journals.
    IndexSetAside { kept: String, why: String },
    /// There is no index for now: everything works from the journals, slower.
    NoIndex { why: String },
    /// A room has entries that a newer version of the program wrote; they are kept and shown as unknown.
    Newer { room: RoomId, entries: u64 },
    /// The directory was open to others, and no longer is.
    Tightened { path: String, mode: u32 },
    /// The directory is open to others, and cannot be closed.
    Open { path: String, mode: u32 },
}

impl StoreNotice {
    /// Returns the same in the reader's language.
    pub fn phrase(&self) -> Phrase {
        let of = |key, room: &RoomId| Phrase::new(key).with("room", room.as_str());
        match self {
            StoreNotice::TailCut { room, bytes, kept, is_unfinished } => {
                let key = if *is_unfinished { "store-save-unfinished" } else { "store-tail-cut" };
                of(key, room).with("bytes", *bytes).with("kept", kept.as_str())
            }
            StoreNotice::TailRestored { room, entries } => of("store-tail-restored", room).with("entries", *entries),
            StoreNotice::Mended { room, filled, kept } => {
                of("store-mended", room).with("filled", *filled).with("kept", kept.as_str())
            }
            StoreNotice::LeftOut { room, lines, kept } => {
                of("store-left-out", room).with("lines", *lines).with("kept", kept.as_str())
            }
            StoreNotice::Lost { room, entries } => {
                of("store-lost", room).with("count", entries.count()).with("entries", entries.to_string())
            }
            StoreNotice::Unlinked { room, entries } => of("store-unlinked", room).with("entries", entries.to_string()),
            StoreNotice::Forked { room, from, entries, kept, other } => {
                let key = match (from, other) {
                    (1, Some(_)) => "store-replaced-by",
                    (1, None) => "store-replaced",
                    _ => "store-forked",
                };
                let phrase = of(key, room).with("from", *from).with("count", *entries).with("kept", kept.as_str());
                phrase.with("other", other.as_ref().map_or("", RoomId::as_str))
            }
            StoreNotice::Twin { room, other } => of("store-twin", room).with("other", other.as_str()),
            StoreNotice::Kept { room, kept, is_cut } => {
                of(if *is_cut { "store-kept-cut" } else { "store-kept-aside" }, room).with("kept", kept.as_str())
            }
            StoreNotice::IndexSetAside { kept, why } => {
                Phrase::new("store-index-set-aside").with("kept", kept.as_str()).with("why", why.as_str())
            }
            StoreNotice::NoIndex { why } => Phrase::new("store-no-index").with("why", why.as_str()),
            StoreNotice::Newer { room, entries } => of("store-newer", room).with("entries", *entries),
            StoreNotice::Tightened { path, mode } => {
                Phrase::new("store-tightened").with("path", path.as_str()).with("mode", format!("{mode:03o}"))
            }
            StoreNotice::Open { path, mode } => {
                Phrase::new("store-open").with("path", path.as_str()).with("mode", format!("{mode:03o}"))
            }
        }
    }
}
