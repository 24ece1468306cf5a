//! A stored event with its place, its two times and its author.

use serde::{Deserialize, Serialize};

pub use super::author::{Assurance, Author, KLOCK};
use super::event::Event;
use super::id::{EventId, Seq};
use super::time::Moment;

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its place in the room, from 1, without gaps.
    pub seq: Seq,
    /// Its id.
    pub id: EventId,
    /// When it happened.
    pub at: Moment,
    /// When it was recorded.
    pub rec: Moment,
    /// Who caused it.
    pub by: Author,
    /// What happened.
    pub event: Event,
}

impl Record {
    /// Whether it was recorded so long after it happened that the timeline should say so (a minute or more).
    pub fn is_late(&self) -> bool {
        self.is_late_after(self.at)
    }

    /// The same when it happened at `at`.
    pub fn is_late_after(&self, at: Moment) -> bool {
        self.rec.since(at).num_seconds() >= 60
    }
}

/// How many bytes `value` takes as JSON, counted without keeping them; `None` if it does not serialise.
pub fn written_length<T: Serialize + ?Sized>(value: &T) -> Option<usize> {
    struct Count(usize);
    impl std::io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    serde_json::to_writer(&mut count, value).is_ok().then_some(count.0)
}

#[cfg(test)]
mod tests;
