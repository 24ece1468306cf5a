//! The kinds of entry and their stable names.

use serde::{Deserialize, Serialize};

use crate::domain::event::NoteKind;

/// What kind of entry it is. Its kebab-case name is what `--kind` takes and `timeline --json` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    Opened,
    Classified,
    Priority,
    Role,
    Escalation,
    Note,
    Decision,
    Test,
    Meeting,
    Observation,
    Hypothesis,
    StatusRequest,
    Answer,
    Check,
    Phase,
    Clock,
    Action,
    Track,
    Resource,
    Supplier,
    Obstacle,
    Message,
    Shift,
    Handover,
    Presence,
    Correction,
    Mitigated,
    Restored,
    Reopened,
    Closed,
    Debrief,
    Report,
    /// Of a kind this version does not know.
    Unknown,
}

impl EntryKind {
    /// Every kind, in the order the filter lists them.
    pub const ALL: [EntryKind; 33] = [
        EntryKind::Opened,
        EntryKind::Classified,
        EntryKind::Priority,
        EntryKind::Role,
        EntryKind::Escalation,
        EntryKind::Note,
        EntryKind::Decision,
        EntryKind::Test,
        EntryKind::Meeting,
        EntryKind::Observation,
        EntryKind::Hypothesis,
        EntryKind::StatusRequest,
        EntryKind::Answer,
        EntryKind::Check,
        EntryKind::Phase,
        EntryKind::Clock,
        EntryKind::Action,
        EntryKind::Track,
        EntryKind::Resource,
        EntryKind::Supplier,
        EntryKind::Obstacle,
        EntryKind::Message,
        EntryKind::Shift,
        EntryKind::Handover,
        EntryKind::Presence,
        EntryKind::Correction,
        EntryKind::Mitigated,
        EntryKind::Restored,
        EntryKind::Reopened,
        EntryKind::Closed,
        EntryKind::Debrief,
        EntryKind::Report,
        EntryKind::Unknown,
    ];

    /// Its stable name: `status-request`.
    pub fn name(self) -> &'static str {
        match self {
            EntryKind::Opened => "opened",
            EntryKind::Classified => "classified",
            EntryKind::Priority => "priority",
            EntryKind::Role => "role",
            EntryKind::Escalation => "escalation",
            EntryKind::Note => "note",
            EntryKind::Decision => "decision",
            EntryKind::Test => "test",
            EntryKind::Meeting => "meeting",
            EntryKind::Observation => "observation",
            EntryKind::Hypothesis => "hypothesis",
            EntryKind::StatusRequest => "status-request",
            EntryKind::Answer => "answer",
            EntryKind::Check => "check",
            EntryKind::Phase => "phase",
            EntryKind::Clock => "clock",
            EntryKind::Action => "action",
            EntryKind::Track => "track",
            EntryKind::Resource => "resource",
            EntryKind::Supplier => "supplier",
            EntryKind::Obstacle => "obstacle",
            EntryKind::Message => "message",
            EntryKind::Shift => "shift",
            EntryKind::Handover => "handover",
            EntryKind::Presence => "presence",
            EntryKind::Correction => "correction",
            EntryKind::Mitigated => "mitigated",
            EntryKind::Restored => "restored",
            EntryKind::Reopened => "reopened",
            EntryKind::Closed => "closed",
            EntryKind::Debrief => "debrief",
            EntryKind::Report => "report",
            EntryKind::Unknown => "unknown",
        }
    }

    /// The kind of that stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl From<NoteKind> for EntryKind {
    fn from(kind: NoteKind) -> Self {
        match kind {
            NoteKind::Note => EntryKind::Note,
            NoteKind::Decision => EntryKind::Decision,
            NoteKind::Test => EntryKind::Test,
            NoteKind::Meeting => EntryKind::Meeting,
            NoteKind::Observation => EntryKind::Observation,
            NoteKind::Hypothesis => EntryKind::Hypothesis,
            NoteKind::StatusRequest => EntryKind::StatusRequest,
        }
    }
}
