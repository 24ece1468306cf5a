//! What a room looks like on paper: the report as data, then one file a format. Pure: no IO, no clock.

pub mod csv;
pub mod json;
pub mod markdown;
pub mod outline;
pub mod status;
pub mod timeline;
mod words;

use serde::Serialize;

use crate::domain::phrase::Lexicon;
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::domain::timeline::Entry;

use outline::Outline;
use status::Status;
use timeline::TimelineLine;

/// Everything the report says, in the reader's language, with people's words exactly as they were typed.
/// A format escapes them for its own reader.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// When the report was made.
    pub made_at: Moment,
    /// The language it is said in: `en` or `sv`.
    pub lang: &'static str,
    /// How the incident stands: the same keys as `klock status --json`.
    #[serde(flatten)]
    pub status: Status,
    /// Everything that was decided, asked for, held, told and left open.
    #[serde(flatten)]
    pub outline: Outline,
    /// Every entry, in the order in which things happened.
    pub timeline: Vec<TimelineLine>,
}

impl Report {
    /// The report of `room` as it stands at `now`. `entries` is its whole timeline, ordered by when it happened.
    pub fn of(room: &Room, entries: &[Entry], now: Moment, lexicon: &dyn Lexicon) -> Self {
        Report {
            made_at: lexicon.zone().local(now),
            lang: lexicon.lang().code(),
            status: Status::of(room, now, lexicon),
            outline: Outline::of(room, now, lexicon),
            timeline: entries.iter().map(|entry| TimelineLine::of(entry, lexicon)).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
