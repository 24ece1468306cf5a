//! Critical-incident meetings: called, started, their agenda, ended; only those held count (P65–P75).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::id::No;
use super::text::Text;
use super::time::Moment;

/// A meeting from its start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    pub no: No,
    pub started_at: Moment,
    pub attendees: Vec<Text>,
    /// Agenda points dealt with: key → outcome and when.
    pub points: BTreeMap<String, (Text, Moment)>,
    pub end: Option<MeetingEnd>,
    /// How many notes belong to it.
    pub notes: u32,
}

/// How a meeting ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeetingEnd {
    pub at: Moment,
    /// False when it was called off.
    pub held: bool,
    pub summary: Text,
}

impl Meeting {
    /// Whether it goes on.
    pub fn is_running(&self) -> bool {
        self.end.is_none()
    }

    /// Whether it was held to its end.
    pub fn was_held(&self) -> bool {
        self.end.as_ref().is_some_and(|end| end.held)
    }
}
