//! What people and the lobby leave beside the rooms: drafts, how far somebody has read, one line for each room.

use serde_json::Value;

use super::Store;
use super::error::StoreError;
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

/// The key of `parts` in a drawer. Each part carries its length, so that no part can pose as two.
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

/// The last part of `key`.
fn last_part(key: &[u8], before: usize) -> Option<String> {
    String::from_utf8(key.get(before + 2..)?.to_vec()).ok()
}

impl Store {
    /// Keeps what `person` is typing in `slot` of a room; nothing in `draft` forgets it. It survives the host's death.
    pub fn put_draft(&mut self, room: &RoomId, person: &str, slot: &str, draft: &[u8]) {
        self.put_aside(key(SideTableKind::Draft, &[room.as_str(), person, slot]), draft);
        self.query(|index| index.flush());
    }

    /// Forgets that draft, without waiting until it is out of the index's files: a crash may bring it back.
    pub fn drop_draft(&mut self, room: &RoomId, person: &str, slot: &str) {
        self.put_aside(key(SideTableKind::Draft, &[room.as_str(), person, slot]), &[]);
    }

    /// The drafts of `person` in a room, each with its slot.
    pub fn drafts(&mut self, room: &RoomId, person: &str) -> Vec<(String, Vec<u8>)> {
        let prefix = key(SideTableKind::Draft, &[room.as_str(), person]);
        let found = self.aside(&prefix);
        found.into_iter().filter_map(|(key, draft)| Some((last_part(&key, prefix.len())?, draft))).collect()
    }

    /// Notes that `person` has looked at everything up to `seq`.
    pub fn put_seen(&mut self, room: &RoomId, person: &str, seq: Seq) {
        self.put_aside(key(SideTableKind::Seen, &[room.as_str(), person]), &seq.to_be_bytes());
    }

    /// How far `person` has looked; 0 when never.
    pub fn seen(&mut self, room: &RoomId, person: &str) -> Seq {
        let found = self.aside(&key(SideTableKind::Seen, &[room.as_str(), person]));
        found.first().and_then(|(_, seq)| Some(Seq::from_be_bytes(seq.as_slice().try_into().ok()?))).unwrap_or(0)
    }

    /// Keeps a room's line for the lobby, as the host writes it. Nothing is promised for it but speed: after damage it
    /// may be gone, and the host makes it anew from [`Store::room`].
    pub fn put_summary(&mut self, room: &RoomId, summary: &[u8]) {
        self.put_aside(key(SideTableKind::Summary, &[room.as_str()]), summary);
    }

    /// Every room's line for the lobby that is kept.
    pub fn summaries(&mut self) -> Vec<(RoomId, Vec<u8>)> {
        let found = self.aside(&key(SideTableKind::Summary, &[]));
        found.into_iter().filter_map(|(key, line)| Some((last_part(&key, 1)?.parse().ok()?, line))).collect()
    }

    /// The name for the next room of `year`.
    ///
    /// # Errors
    /// When the rooms cannot be listed.
    pub fn next_room(&self, year: i32) -> Result<RoomId, StoreError> {
        let number = self.next_number(&RoomId::of_year(year, 0))?;
        Ok(RoomId::of_year(year, number))
    }

    /// The name for the next demo room.
    ///
    /// # Errors
    /// As [`Store::next_room`].
    pub fn next_demo(&self) -> Result<RoomId, StoreError> {
        let number = self.next_number(&RoomId::demo(0))?;
        Ok(RoomId::demo(number))
    }

    fn next_number(&self, like: &RoomId) -> Result<u32, StoreError> {
        let series = |room: &RoomId| room.as_str().split('-').next().map(str::to_owned);
        let wanted = series(like);
        Ok(self.rooms()?.iter().filter(|room| series(room) == wanted).map(RoomId::number).max().unwrap_or(0) + 1)
    }

    fn put_aside(&mut self, key: Vec<u8>, value: &[u8]) {
        if self.query(|index| index.put_aside(&key, value)).is_some() {
            return;
        }
        // The index may have been replaced just now, and its side table with it.
        if self.query(|index| index.put_aside(&key, value)).is_none() {
            self.side_table.insert(key, value.to_vec());
        }
    }

    fn aside(&mut self, prefix: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
        for _ in 0..2 {
            if let Some(found) = self.query(|index| index.aside(prefix)) {
                return found;
            }
        }
        let kept = self.side_table.range(prefix.to_vec()..).take_while(|(key, _)| key.starts_with(prefix));
        kept.filter(|(_, value)| !value.is_empty()).map(|(key, value)| (key.clone(), value.clone())).collect()
    }
}
