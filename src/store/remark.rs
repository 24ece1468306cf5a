//! What a person should be told once about what the store found and put right.

use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::Phrase;

/// Something that happened to the files, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// The journal ended in the middle of a save that was never confirmed; that part was taken away.
    TailCut { room: RoomId, bytes: u64 },
    /// The journal had lost its end; the index still had it, and it was put back.
    TailRestored { room: RoomId, entries: u64 },
    /// The journal was damaged inside. `filled` entries were put back from the index; the journal as it was is kept in
    /// the file `kept`.
    Mended { room: RoomId, filled: u64, kept: String },
    /// These entries were damaged and no copy of them was left.
    Lost { room: RoomId, entries: Vec<Seq> },
    /// These entries do not follow from the ones before them: something was changed or taken away by hand.
    Unlinked { room: RoomId, entries: Vec<Seq> },
    /// The index could not be trusted. It was set aside under the name `kept` and is rebuilt from the journals.
    IndexSetAside { kept: String, why: String },
    /// There is no index for now: everything works from the journals, slower.
    NoIndex { why: String },
    /// A room has entries that a newer version of the program wrote; they are kept and shown as unknown.
    Newer { room: RoomId, entries: u64 },
}

impl Remark {
    /// The same in the reader's language.
    pub fn phrase(&self) -> Phrase {
        match self {
            Remark::TailCut { room, bytes } => {
                Phrase::new("store-tail-cut").with("room", room.as_str()).with("bytes", *bytes)
            }
            Remark::TailRestored { room, entries } => {
                Phrase::new("store-tail-restored").with("room", room.as_str()).with("entries", *entries)
            }
            Remark::Mended { room, filled, kept } => Phrase::new("store-mended")
                .with("room", room.as_str())
                .with("filled", *filled)
                .with("kept", kept.as_str()),
            Remark::Lost { room, entries } => Phrase::new("store-lost")
                .with("room", room.as_str())
                .with("count", entries.len())
                .with("entries", spans(entries)),
            Remark::Unlinked { room, entries } => {
                Phrase::new("store-unlinked").with("room", room.as_str()).with("entries", spans(entries))
            }
            Remark::IndexSetAside { kept, why } => {
                Phrase::new("store-index-set-aside").with("kept", kept.as_str()).with("why", why.as_str())
            }
            Remark::NoIndex { why } => Phrase::new("store-no-index").with("why", why.as_str()),
            Remark::Newer { room, entries } => {
                Phrase::new("store-newer").with("room", room.as_str()).with("entries", *entries)
            }
        }
    }
}

/// Numbers in ascending order as people write them: `3, 7–9`.
pub(super) fn spans(numbers: &[Seq]) -> String {
    let mut spans: Vec<(Seq, Seq)> = Vec::new();
    for n in numbers {
        match spans.last_mut() {
            Some((_, end)) if *end + 1 == *n => *end = *n,
            _ => spans.push((*n, *n)),
        }
    }
    let said: Vec<String> =
        spans.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}–{b}") }).collect();
    said.join(", ")
}

#[cfg(test)]
mod tests {
    use super::spans;

    #[test]
    fn neighbours_are_said_as_a_span() {
        assert_eq!(spans(&[3, 7, 8, 9, 12, 13]), "3, 7–9, 12–13");
        assert_eq!(spans(&[]), "");
    }
}
