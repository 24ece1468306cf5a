//! A line of the timeline as scripts and reports read it: what `klock timeline --json` prints.

use serde::Serialize;

use crate::domain::phrase::Lexicon;
use crate::domain::record::Assurance;
use crate::domain::time::Moment;
use crate::domain::timeline::{Entry, EntryKind};

use super::words::words;

/// One entry. The first six names are a promise to scripts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimelineLine {
    pub seq: u64,
    /// When it happened.
    pub at: Moment,
    /// When it was recorded.
    pub rec: Moment,
    /// The name of who did it.
    pub by: String,
    pub kind: EntryKind,
    /// What is said, an amendment included.
    pub text: String,
    /// What was said before it was amended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// When it was said to have happened before that was corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was_at: Option<Moment>,
    /// Why it was struck; it no longer counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub struck: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub redacted: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub starred: bool,
    /// Recorded a minute or more after it happened.
    #[serde(skip_serializing_if = "is_false")]
    pub late: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    /// How sure the name is: `verified`, `claimed`, `script`.
    pub sure: Assurance,
    /// The number of the user, by the kernel's word.
    pub uid: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl TimelineLine {
    /// The line that `entry` is, in the reader's language and zone.
    pub fn of(entry: &Entry, lexicon: &dyn Lexicon) -> Self {
        let zone = lexicon.zone();
        let said = entry.said(lexicon);
        let amended = entry.mark.amended.as_ref().map(|text| words(text, lexicon));
        let (text, was) = match amended {
            Some(amended) => (amended, Some(said)),
            None => (said, None),
        };
        TimelineLine {
            seq: entry.seq,
            at: zone.local(entry.at),
            was_at: entry.was_at.map(|at| zone.local(at)),
            rec: zone.local(entry.rec),
            by: entry.by.name.clone(),
            kind: entry.kind,
            text,
            was,
            struck: entry.mark.struck.as_ref().map(|reason| words(reason, lexicon)),
            redacted: entry.mark.redacted,
            starred: entry.mark.starred,
            late: entry.late,
            people: entry.facets.people.clone(),
            tags: entry.facets.tags.clone(),
            due: entry.facets.due.map(|due| zone.local(due)),
            track: entry.facets.track.map(|track| track.to_string()),
            sure: entry.by.sure,
            uid: entry.by.uid,
        }
    }

    /// Who did it, behind the mark of how sure that is.
    pub fn signed(&self) -> String {
        self.sure.sign(&self.by)
    }
}
