//! The names of the domain's own values as phrases: kinds of entry, certainties, states.

use super::clocks::ClockState;
use super::phrase::Phrase;
use super::question::Certainty;
use super::record::Assurance;
use super::role::{CallPurpose, EscalationOutcome};
use super::room::State;
use super::timeline::EntryKind;

impl EntryKind {
    /// Its name in the timeline's column: at most ten characters in every language.
    pub fn label(self) -> Phrase {
        Phrase::new(match self {
            EntryKind::Opened => "kind-opened",
            EntryKind::Classified => "kind-classified",
            EntryKind::Priority => "kind-priority",
            EntryKind::Role => "kind-role",
            EntryKind::Escalation => "kind-escalation",
            EntryKind::Note => "kind-note",
            EntryKind::Decision => "kind-decision",
            EntryKind::Test => "kind-test",
            EntryKind::Meeting => "kind-meeting",
            EntryKind::Observation => "kind-observation",
            EntryKind::Hypothesis => "kind-hypothesis",
            EntryKind::StatusRequest => "kind-status-request",
            EntryKind::Answer => "kind-answer",
            EntryKind::Check => "kind-check",
            EntryKind::Phase => "kind-phase",
            EntryKind::Clock => "kind-clock",
            EntryKind::Action => "kind-action",
            EntryKind::Track => "kind-track",
            EntryKind::Resource => "kind-resource",
            EntryKind::Supplier => "kind-supplier",
            EntryKind::Obstacle => "kind-obstacle",
            EntryKind::Message => "kind-message",
            EntryKind::Shift => "kind-shift",
            EntryKind::Handover => "kind-handover",
            EntryKind::Presence => "kind-presence",
            EntryKind::Correction => "kind-correction",
            EntryKind::Mitigated => "kind-mitigated",
            EntryKind::Restored => "kind-restored",
            EntryKind::Reopened => "kind-reopened",
            EntryKind::Closed => "kind-closed",
            EntryKind::Debrief => "kind-debrief",
            EntryKind::Report => "kind-report",
            EntryKind::Unknown => "kind-unknown",
        })
    }
}

impl Certainty {
    /// How sure an answer is, in a word.
    pub fn label(self) -> Phrase {
        Phrase::new(match self {
            Certainty::Confirmed => "certainty-confirmed",
            Certainty::Assumed => "certainty-assumed",
            Certainty::Unknown => "certainty-unknown",
        })
    }
}

impl ClockState {
    /// How a clock stands, in a word or two.
    pub fn label(self) -> Phrase {
        Phrase::new(match self {
            ClockState::Calm => "clock-calm",
            ClockState::Soon => "clock-soon",
            ClockState::Due => "clock-due",
            ClockState::Overdue => "clock-overdue",
            ClockState::Met => "clock-met",
            ClockState::Stopped => "clock-stopped",
            ClockState::Snoozed => "clock-snoozed",
        })
    }
}

impl State {
    /// How the incident stands, in a word.
    pub fn label(self) -> Phrase {
        Phrase::new(match self {
            State::Open => "state-open",
            State::Restored => "state-restored",
            State::Closed => "state-closed",
        })
    }
}

impl Assurance {
    /// How sure the host is of who wrote, in a word.
    pub fn label(self) -> Phrase {
        Phrase::new(match self {
            Assurance::Verified => "assurance-verified",
            Assurance::Claimed => "assurance-claimed",
            Assurance::Script => "assurance-script",
        })
    }
}

impl CallPurpose {
    /// Why somebody was called, in a few words.
    pub fn label(self) -> Phrase {
        Phrase::new(match self {
            CallPurpose::Decision => "purpose-decision",
            CallPurpose::Information => "purpose-information",
            CallPurpose::Role => "purpose-role",
        })
    }
}

impl EscalationOutcome {
    /// What came of a call, in a few words.
    pub fn label(self) -> Phrase {
        Phrase::new(match self {
            EscalationOutcome::Accepted => "outcome-accepted",
            EscalationOutcome::NoAnswer => "outcome-no-answer",
            EscalationOutcome::Declined => "outcome-declined",
            EscalationOutcome::LeftMessage => "outcome-left-message",
            EscalationOutcome::Answered => "outcome-answered",
        })
    }
}
