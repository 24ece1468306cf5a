//! The names by which things are known: rooms, intents, events and the numbers inside a room.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A room's name as people say it on the phone: the year and a running number, `2026-014`.
/// A demo room is `demo-001`. It is also the name of the journal file, so nothing else is allowed in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoomId(String);

/// Why a text is not a room's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a room's name: it looks like 2026-014")]
pub struct NotARoomId(pub String);

impl RoomId {
    /// The room number `number` of `year`, which is written with four digits.
    pub fn of_year(year: i32, number: u32) -> Self {
        RoomId(format!("{:04}-{number:03}", year.clamp(0, 9999)))
    }

    /// The demo room number `number`.
    pub fn demo(number: u32) -> Self {
        RoomId(format!("demo-{number:03}"))
    }

    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The running number after the dash.
    pub fn number(&self) -> u32 {
        self.0.rsplit('-').next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
    }
}

impl FromStr for RoomId {
    type Err = NotARoomId;

    fn from_str(text: &str) -> Result<Self, NotARoomId> {
        let (head, digits) = text.split_once('-').ok_or_else(|| NotARoomId(text.to_owned()))?;
        let head_is_right = head == "demo" || (head.len() == 4 && head.bytes().all(|b| b.is_ascii_digit()));
        let digits_are_right = (3..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if head_is_right && digits_are_right { Ok(RoomId(text.to_owned())) } else { Err(NotARoomId(text.to_owned())) }
    }
}

impl TryFrom<String> for RoomId {
    type Error = NotARoomId;

    fn try_from(text: String) -> Result<Self, NotARoomId> {
        text.parse()
    }
}

impl From<RoomId> for String {
    fn from(id: RoomId) -> String {
        id.0
    }
}

impl fmt::Display for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The id of an intent: a ULID made by the client. The first event that an intent causes carries the same id, later
/// ones the ids that follow, so an intent sent twice is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IntentId(pub ulid::Ulid);

impl IntentId {
    /// The id of the `nth` event (from 0) that this intent causes.
    pub fn event(self, nth: usize) -> EventId {
        EventId(ulid::Ulid(self.0.0.wrapping_add(nth as u128)))
    }
}

/// The id of a stored event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventId(pub ulid::Ulid);

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The place of a record in its room: 1, 2, 3 … without gaps, in the order they were recorded.
pub type Seq = u64;

/// A number by which a person points at one of a room's actions, meetings, obstacles and so on: 1, 2, 3 …
pub type No = u32;

#[cfg(test)]
mod tests;
