//! How every line of one call of `klock log` is read.

use crate::domain::entry::{self, Kind, Parsed};
use crate::domain::event::NoteKind;
use crate::domain::id::RoomId;
use crate::domain::phrase::Lang;
use crate::domain::time::Moment;
use crate::domain::zone::Zone;

/// How every line of this call is taken.
pub struct LineRules {
    pub room: RoomId,
    pub kind: Option<Kind>,
    pub at: Option<Moment>,
    pub people: Vec<String>,
    pub zone: Zone,
    pub lang: Lang,
}

impl LineRules {
    /// What `line` says, if it came at `now`. Where a flag says the time or the kind, the line is stored as it is.
    pub fn read(&self, line: &str, now: Moment) -> Parsed {
        self.whole(line, now).unwrap_or_else(|| entry::parse(line, now, &self.zone, self.lang, &self.people))
    }

    /// What `line` says as one of many.
    pub fn read_one_of_many(&self, line: &str, now: Moment) -> Parsed {
        let read = || entry::parse_one_of_many(line, now, &self.zone, self.lang, &self.people);
        self.whole(line, now).unwrap_or_else(read)
    }

    fn whole(&self, line: &str, now: Moment) -> Option<Parsed> {
        let kind = self.kind.unwrap_or(Kind::Note(NoteKind::Note));
        let at = self.at.unwrap_or(now);
        let parsed = || entry::parse_whole(line, kind, at, &self.zone, self.lang, &self.people);
        (!self.reads_beginning()).then(parsed)
    }

    /// Whether time and kind are read at the beginning of a line: no flag says them.
    pub fn reads_beginning(&self) -> bool {
        self.kind.is_none() && self.at.is_none()
    }
}
