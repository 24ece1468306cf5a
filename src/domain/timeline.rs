//! An event as the timeline shows it: when, who, what kind, and what is said.

use super::event::{Event, Facets};
use super::id::Seq;
use super::meeting::Meeting;
use super::phrase::{Lexicon, Phrase};
use super::record::{Author, Record};
use super::room::{Mark, Room};
use super::time::Moment;
mod filter;
mod kind;
mod said;

pub use filter::Filter;
pub use kind::EntryKind;
pub use said::{attempt, channel_phrase, said};

/// A line of the timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub seq: Seq,
    pub at: Moment,
    /// When it was said to have happened before that was corrected.
    pub was_at: Option<Moment>,
    pub rec: Moment,
    pub by: Author,
    pub kind: EntryKind,
    /// What is said: a person's words are an argument of it and still hostile.
    pub phrase: Phrase,
    pub facets: Facets,
    /// What later events did to it: amended, struck, starred, redacted.
    pub mark: Mark,
    /// Recorded a minute or more after it happened.
    pub late: bool,
    /// See [`Event::is_correctable`].
    pub correctable: bool,
}

impl Entry {
    /// What is said, in the words of `lexicon`: a time in it is shown beside the entry's own.
    pub fn said(&self, lexicon: &dyn Lexicon) -> String {
        lexicon.say_beside(&self.phrase, self.at)
    }

    /// Its words are gone for good, here too.
    pub fn redact(&mut self) {
        self.mark.redacted = true;
        self.mark.amended = None;
        self.phrase = Phrase::new("text-redacted");
        self.facets = Facets::default();
    }
}

/// Whether an event is a line of the timeline. What only changes another line is not: stars.
pub fn is_entry(event: &Event) -> bool {
    !matches!(event, Event::EntryStarred { .. })
}

/// The line that `record` is in `room`, or none when it is not one.
pub fn entry(record: &Record, room: &Room) -> Option<Entry> {
    if !is_entry(&record.event) {
        return None;
    }
    let (kind, phrase) = said(&record.event, room);
    let facets = match &record.event {
        Event::NoteTaken { facets, .. }
        | Event::ActionOpened { facets, .. }
        | Event::CorrectiveActionOpened { facets, .. } => facets.clone(),
        Event::ActionUpdated { owner, due, track, .. } => {
            let owner = owner.iter().filter(|owner| !owner.is_redacted());
            let people = owner.map(|owner| owner.raw().to_owned()).collect();
            Facets { people, tags: Vec::new(), due: *due, track: *track }
        }
        Event::TrackOpened { track, .. } | Event::TrackChosen { track, .. } | Event::TrackDropped { track, .. } => {
            Facets { track: Some(*track), ..Facets::default() }
        }
        _ => Facets::default(),
    };
    let at = room.happened_at(record);
    Some(Entry {
        seq: record.seq,
        at,
        was_at: (at != record.at).then_some(record.at),
        rec: record.rec,
        by: record.by.clone(),
        kind,
        phrase,
        facets,
        mark: room.mark(record.seq).cloned().unwrap_or_default(),
        late: record.is_late_after(at),
        correctable: record.event.is_correctable(),
    })
}
/// Whether `meeting` was running at `at`, for notes that belong to it.
pub fn within(meeting: &Meeting, at: Moment) -> bool {
    at >= meeting.started_at && meeting.end.as_ref().is_none_or(|end| at <= end.at)
}
#[cfg(test)]
mod tests;
