//! What the timeline is narrowed to.

use serde::{Deserialize, Serialize};

use super::{Entry, EntryKind};
use crate::domain::action::Track;
use crate::domain::text::Text;
use crate::domain::time::Moment;

/// What the timeline is narrowed to. Empty: everything.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Words that must all occur. Case does not matter; accents do.
    pub text: String,
    pub kinds: Vec<EntryKind>,
    /// A person who wrote it or is named in it.
    pub person: Option<String>,
    pub tag: Option<String>,
    pub track: Option<Track>,
    pub starred: bool,
    pub since: Option<Moment>,
    pub until: Option<Moment>,
}

impl Filter {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    /// Whether `entry`, said as `said` in the reader's language, passes.
    pub fn admits(&self, entry: &Entry, said: &str) -> bool {
        let names = |name: &String| {
            let name = name.to_lowercase();
            entry.by.name.to_lowercase().contains(&name)
                || entry.facets.people.iter().any(|person| person.to_lowercase().contains(&name))
        };
        let tagged = |tag: &String| {
            let tag = tag.to_lowercase();
            entry.facets.tags.iter().any(|known| known.to_lowercase() == tag)
        };
        let haystack = || format!("{} {}", said, entry.mark.amended.as_ref().map_or("", Text::raw)).to_lowercase();
        (self.kinds.is_empty() || self.kinds.contains(&entry.kind))
            && self.person.as_ref().is_none_or(names)
            && self.tag.as_ref().is_none_or(tagged)
            && (self.track.is_none() || entry.facets.track == self.track)
            && (!self.starred || entry.mark.starred)
            && self.since.is_none_or(|since| entry.at >= since)
            && self.until.is_none_or(|until| entry.at <= until)
            && (self.text.trim().is_empty() || {
                let haystack = haystack();
                self.text.to_lowercase().split_whitespace().all(|word| haystack.contains(word))
            })
    }
}
