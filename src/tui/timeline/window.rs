//! The part of a timeline that is loaded: the window that is looked at and the cursor in it.

use crate::domain::id::Seq;
use crate::domain::timeline::{Entry, Filter};
use crate::wire::message::{PageFrom, Place};

/// The part of a timeline that is loaded: a window around where the person looks, ordered by when things happened.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TimelineWindow {
    /// Ordered by `(at, seq)`.
    pub entries: Vec<Entry>,
    /// Whether the host has older or newer ones than these.
    pub has_older: bool,
    pub has_newer: bool,
    /// Whether a page is being fetched.
    pub fetching: bool,
    /// Where the page begins that replaces all entries, once it is here.
    pub refilled_from: Option<PageFrom>,
    /// The entry under the cursor. `None` when the view follows the latest.
    pub cursor: Option<Place>,
    /// The last entry there was when the person moved the cursor: what comes behind it moves nothing on the screen.
    pub until: Option<Place>,
    pub filter: Filter,
    /// Everything up to here was looked at; later ones are marked new.
    pub seen: Seq,
}

impl TimelineWindow {
    /// Puts the cursor on the entry at `place`. With `None` the view follows the latest.
    pub fn point(&mut self, place: Option<Place>) {
        self.cursor = place;
        self.until = place.and(self.entries.last().map(place_of));
    }

    /// The index of the entry under the cursor: the cursor's, or the nearest that is still there, or the last.
    pub fn selected(&self) -> Option<usize> {
        let last = self.entries.len().checked_sub(1)?;
        Some(match self.cursor {
            None => last,
            Some(place) => self.entries.partition_point(|entry| place_of(entry) < place).min(last),
        })
    }
}

/// Where an entry stands in the timeline.
pub fn place_of(entry: &Entry) -> Place {
    Place { at: entry.at, seq: entry.seq }
}
