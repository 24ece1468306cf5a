//! The side table: what people and the lobby leave beside the rooms. Drafts, how far somebody has read, one line for each room.

use std::collections::BTreeMap;

use serde_json::Value;

use super::journal::redacted_words::RedactedWords;
use crate::domain::id::{RoomId, Seq};

/// One drawer of the side table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum SideTableKind {
    Draft = b'd',
    Seen = b's',
    Summary = b'r',
}

/// Returns the key of `parts` in a drawer. Each part carries its length, so that no part can pose as two.
fn key(drawer: SideTableKind, parts: &[&str]) -> Vec<u8> {
    let mut key = vec![drawer as u8];
    for part in parts {
        let len = u16::try_from(part.len()).unwrap_or(u16::MAX);
        key.extend_from_slice(&len.to_be_bytes());
        key.extend_from_slice(&part.as_bytes()[..usize::from(len)]);
    }
    key
}

/// Whether something on the side table may stay when words go from its room: no summary, which has the room's title, and no draft that
/// says what has to go, or that is the entry's own.
pub(super) fn may_stay(key: &[u8], value: &[u8], gone: &RedactedWords) -> bool {
    match key.first() {
        Some(drawer) if *drawer == SideTableKind::Summary as u8 => false,
        Some(drawer) if *drawer == SideTableKind::Draft as u8 => {
            let slot = String::from_utf8_lossy(key);
            let Ok(draft) = serde_json::from_slice::<Value>(value) else {
                return !gone.is_in(&String::from_utf8_lossy(value));
            };
            let text = draft.get("text").and_then(Value::as_str).unwrap_or_default();
            !gone.is_in(text) && !gone.ids().any(|id| slot.ends_with(&id))
        }
        _ => true,
    }
}

/// The room that something on the side table belongs to. Its name stands after the byte that says what it is, its length before it.
pub(super) fn room_of(key: &[u8]) -> Option<RoomId> {
    let len = usize::from(u16::from_be_bytes(*key.get(1..)?.first_chunk()?));
    std::str::from_utf8(key.get(3..3 + len)?).ok()?.parse().ok()
}

/// Returns the last part of `key`.
fn last_part(key: &[u8], before: usize) -> Option<String> {
    String::from_utf8(key.get(before + 2..)?.to_vec()).ok()
}

/// An entry of the side table: its key and its value.
pub(super) type SideEntry = (Vec<u8>, Vec<u8>);

/// What keeps the entries of a side table, and what is made of them.
pub(super) trait SideEntries {
    /// Keeps `value` under `key`; an empty value removes the entry.
    fn put_entry(&mut self, key: Vec<u8>, value: &[u8]);

    /// Returns the entries whose keys begin with `prefix`, in the order of the keys.
    fn entries_under(&mut self, prefix: &[u8]) -> Vec<SideEntry>;

    /// Keeps what `person` is typing in `slot` of a room; an empty `draft` forgets it.
    fn put_draft(&mut self, room: &RoomId, person: &str, slot: &str, draft: &[u8]) {
        self.put_entry(key(SideTableKind::Draft, &[room.as_str(), person, slot]), draft);
    }

    /// Returns the drafts of `person` in a room, each with its slot.
    fn drafts(&mut self, room: &RoomId, person: &str) -> Vec<(String, Vec<u8>)> {
        let prefix = key(SideTableKind::Draft, &[room.as_str(), person]);
        let found = self.entries_under(&prefix);
        found.into_iter().filter_map(|(key, draft)| Some((last_part(&key, prefix.len())?, draft))).collect()
    }

    /// Notes that `person` has looked at everything up to `seq`.
    fn put_seen(&mut self, room: &RoomId, person: &str, seq: Seq) {
        self.put_entry(key(SideTableKind::Seen, &[room.as_str(), person]), &seq.to_be_bytes());
    }

    /// Returns how far `person` has looked; 0 when never.
    fn seen(&mut self, room: &RoomId, person: &str) -> Seq {
        let found = self.entries_under(&key(SideTableKind::Seen, &[room.as_str(), person]));
        found.first().and_then(|(_, seq)| Some(Seq::from_be_bytes(seq.as_slice().try_into().ok()?))).unwrap_or(0)
    }

    /// Keeps a room's line for the lobby.
    fn put_summary(&mut self, room: &RoomId, summary: &[u8]) {
        self.put_entry(key(SideTableKind::Summary, &[room.as_str()]), summary);
    }

    /// Returns every room's line for the lobby that is kept.
    fn summaries(&mut self) -> Vec<(RoomId, Vec<u8>)> {
        let found = self.entries_under(&key(SideTableKind::Summary, &[]));
        found.into_iter().filter_map(|(key, line)| Some((last_part(&key, 1)?.parse().ok()?, line))).collect()
    }
}

/// A side table in memory. An entry that was removed stays as an empty one, so that a copy of this table removes it too.
#[derive(Debug, Default)]
pub(super) struct SideTable {
    entries: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl SideTable {
    /// Adds entries, but those that there are already: these are newer.
    pub fn add_older(&mut self, entries: Vec<SideEntry>) {
        for (key, value) in entries {
            self.entries.entry(key).or_insert(value);
        }
    }

    /// Adds entries, in the place of those that there are already.
    pub fn add_newer(&mut self, newer: SideTable) {
        self.entries.extend(newer.entries);
    }

    /// Returns all entries, the empty ones too.
    pub fn all(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.entries.iter().map(|(key, value)| (key.as_slice(), value.as_slice()))
    }

    /// Takes away what has to go with words of `room`.
    #[cfg(test)]
    pub fn forget_words(&mut self, room: &RoomId, gone: &RedactedWords) {
        let is_of = |key: &[u8]| room_of(key).as_ref() == Some(room);
        self.entries.retain(|key, value| !is_of(key) || may_stay(key, value, gone));
    }
}

impl SideEntries for SideTable {
    fn put_entry(&mut self, key: Vec<u8>, value: &[u8]) {
        self.entries.insert(key, value.to_vec());
    }

    fn entries_under(&mut self, prefix: &[u8]) -> Vec<SideEntry> {
        let kept = self.entries.range(prefix.to_vec()..).take_while(|(key, _)| key.starts_with(prefix));
        kept.filter(|(_, value)| !value.is_empty()).map(|(key, value)| (key.clone(), value.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room() -> RoomId {
        RoomId::of_year(2026, 14)
    }

    #[test]
    fn an_entry_that_was_taken_away_is_not_found_but_is_still_told_of() {
        let mut table = SideTable::default();
        table.put_draft(&room(), "Anna", "entry", b"half a thought");
        table.put_draft(&room(), "Anna", "answer:why", b"because");
        assert_eq!(table.drafts(&room(), "Anna").len(), 2);
        table.put_draft(&room(), "Anna", "entry", b"");
        assert_eq!(table.drafts(&room(), "Anna"), [("answer:why".to_owned(), b"because".to_vec())]);
        assert_eq!(table.all().count(), 2);
    }

    #[test]
    fn what_was_there_before_does_not_replace_what_came_since() {
        let mut before = SideTable::default();
        before.put_seen(&room(), "Anna", 3);
        before.put_summary(&room(), b"a line");
        let older = before.all().map(|(key, value)| (key.to_vec(), value.to_vec())).collect();
        let mut table = SideTable::default();
        table.put_seen(&room(), "Anna", 9);
        table.add_older(older);
        assert_eq!(table.seen(&room(), "Anna"), 9);
        assert_eq!(table.summaries(), [(room(), b"a line".to_vec())]);
    }

    #[test]
    fn no_name_poses_as_two() {
        let mut table = SideTable::default();
        table.put_draft(&room(), "Ann", "a-entry", b"Ann's");
        assert_eq!(table.drafts(&room(), "Anna"), []);
        assert_eq!(table.drafts(&room(), "Ann").len(), 1);
    }
}
