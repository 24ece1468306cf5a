//! What happened: every fact a room can hold, past tense. A released variant is never reinterpreted.

use serde::{Deserialize, Serialize};

use super::action::Track;
use super::id::{No, Seq};
use super::priority::Grade;
use super::question::Certainty;
use super::role::{CallPurpose, EscalationOutcome};
use super::routine::{Channel, Routine};
use super::text::{Text, bare_or_text, words};
use super::time::Moment;

/// The kind of a note (P30).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    Note,
    Decision,
    Test,
    Meeting,
    Observation,
    Hypothesis,
    /// Somebody asked for the status.
    StatusRequest,
}

impl NoteKind {
    /// Every kind, in the order `Tab` goes through them.
    pub const ALL: [NoteKind; 7] = [
        NoteKind::Note,
        NoteKind::Decision,
        NoteKind::Test,
        NoteKind::Meeting,
        NoteKind::Observation,
        NoteKind::Hypothesis,
        NoteKind::StatusRequest,
    ];
}

/// What the entry line understood besides the words: people, tags, owner, due, track.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facets {
    /// Names after `@`, without it, in the order written.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "words")]
    pub people: Vec<String>,
    /// Tags after `#`, without it.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "words")]
    pub tags: Vec<String>,
    /// When it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Moment>,
    /// Plan A or plan B.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<Track>,
}

impl Facets {
    /// Who owns it: the first person named.
    pub fn owner(&self) -> Option<&str> {
        self.people.first().map(String::as_str)
    }
}

/// A fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The room was opened. The record's `at` is when the incident was declared.
    Opened {
        title: Text,
        customer: Text,
        began_at: Moment,
        routine: Box<Routine>,
        demo: bool,
    },
    /// Somebody entitled classified it (P14–P17). `entitled` is a classifier key of the routine.
    Classified {
        entitled: String,
        who: Text,
    },
    /// Priority was set (P31–P33).
    PrioritySet {
        urgency: Grade,
        impact: Grade,
        level: u8,
        agreed_with: Text,
    },
    /// The routine was activated although its priority did not demand it (P8), or was left aside with a reason.
    ActivationChosen {
        active: bool,
        reason: Text,
    },
    RoleAssigned {
        role: String,
        person: Text,
    },
    RoleReleased {
        role: String,
        person: Text,
    },
    /// Somebody was called (P13, P18). What version 0.1.0 recorded names no purpose. `takes`: the role that they took; the
    /// record after it assigns that.
    EscalationTried {
        role: String,
        person: Text,
        how: Text,
        outcome: EscalationOutcome,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<CallPurpose>,
        /// What it was about and what was said.
        #[serde(default, skip_serializing_if = "Text::is_empty")]
        about: Text,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        takes: Option<String>,
    },
    /// A note. `action` numbers the action that it opened, when it names a due time.
    NoteTaken {
        kind: NoteKind,
        text: Text,
        #[serde(flatten)]
        facets: Facets,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        meeting: Option<No>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        action: Option<No>,
    },
    QuestionAnswered {
        question: String,
        text: Text,
        certainty: Certainty,
        /// For a question that takes a time: the time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time: Option<Moment>,
    },
    ItemChecked {
        item: String,
        note: Text,
    },
    ItemWaived {
        item: String,
        reason: Text,
    },
    ItemReopened {
        item: String,
        reason: Text,
    },
    ItemAssigned {
        item: String,
        person: Text,
    },
    PhaseEntered {
        phase: String,
    },
    /// A meeting was called for `starts_at` (P65). Calling is not holding.
    MeetingCalled {
        starts_at: Moment,
        text: Text,
    },
    MeetingStarted {
        no: No,
    },
    /// Somebody takes part.
    MeetingAttended {
        no: No,
        person: Text,
    },
    AgendaPointDone {
        no: No,
        point: String,
        outcome: Text,
    },
    /// `held` is false when it was called off: it does not count.
    MeetingEnded {
        no: No,
        held: bool,
        summary: Text,
    },
    CadenceSet {
        minutes: i64,
        reason: Text,
    },
    ClockSnoozed {
        clock: String,
        until: Moment,
        reason: Text,
    },
    /// A mark of a clock was warned of. `offset` is in minutes from `due_at`, negative before it. Stored, so that each
    /// mark rings once, even if the machine slept, the host restarted or the clock moved.
    ClockRang {
        clock: String,
        due_at: Moment,
        offset: i64,
    },
    ActionOpened {
        no: No,
        text: Text,
        #[serde(flatten)]
        facets: Facets,
    },
    /// What is absent stays as it was.
    ActionUpdated {
        no: No,
        #[serde(default, deserialize_with = "bare_or_text")]
        owner: Option<Text>,
        #[serde(default)]
        due: Option<Moment>,
        #[serde(default)]
        track: Option<Track>,
        note: Text,
    },
    ActionDone {
        no: No,
        outcome: Text,
    },
    ActionDropped {
        no: No,
        reason: Text,
    },
    TrackOpened {
        track: Track,
        plan: Text,
    },
    /// What would make us leave plan A for plan B.
    SwitchConditionSet {
        condition: Text,
    },
    TrackChosen {
        track: Track,
        reason: Text,
    },
    TrackDropped {
        track: Track,
        reason: Text,
    },
    ResourceAsked {
        no: No,
        what: Text,
    },
    ResourceAllocated {
        no: No,
        who: Text,
    },
    ResourceDropped {
        no: No,
        reason: Text,
    },
    /// A supplier was called in, or what is known of it changed (P34–P36, P63, P64). `critical`: registered as critical.
    SupplierEngaged {
        no: No,
        name: Text,
        case: Text,
        critical: Option<bool>,
        staff: Text,
    },
    ObstacleRaised {
        no: No,
        text: Text,
    },
    ObstacleCleared {
        no: No,
        how: Text,
    },
    MessageDrafted {
        notice: Option<String>,
        channel: Channel,
        audience: Text,
        text: Text,
    },
    MessageSent {
        notice: Option<String>,
        channel: Channel,
        audience: Text,
        text: Text,
    },
    MessageFailed {
        notice: Option<String>,
        channel: Channel,
        audience: Text,
        why: Text,
    },
    ShiftPlanned {
        starts_at: Moment,
        who: Text,
    },
    HandedOver {
        role: String,
        to: Text,
        note: Text,
    },
    HandoverAccepted {
        role: String,
        person: Text,
    },
    Joined {
        name: Text,
    },
    Left {
        name: Text,
    },
    EntryAmended {
        target: Seq,
        text: Text,
    },
    /// The time of an entry was corrected: it happened at `at`. Its record keeps the time that it had.
    EntryMoved {
        target: Seq,
        at: Moment,
    },
    EntryStruck {
        target: Seq,
        reason: Text,
    },
    EntryStarred {
        target: Seq,
        starred: bool,
    },
    EntryRedacted {
        target: Seq,
        reason: Text,
    },
    Mitigated {
        note: Text,
    },
    /// Service is restored; the record's `at` is when. The duration stops here.
    Restored {
        note: Text,
    },
    Reopened {
        reason: Text,
    },
    Closed {
        note: Text,
    },
    DebriefRecorded {
        question: String,
        answer: Text,
    },
    CorrectiveActionOpened {
        no: No,
        text: Text,
        #[serde(flatten)]
        facets: Facets,
    },
    ReportDelivered {
        to: Text,
    },
    ProblemLinked {
        reference: Text,
    },
    /// The machine's clock was set back by so many seconds; a negative number for forward.
    ClockMoved {
        seconds: i64,
    },
    /// The record that stood here was damaged on disk and no copy of it was left. `hash` is what the record after it names
    /// as its own; none when nothing that is left names it.
    EntryLost {
        #[serde(default)]
        hash: Option<String>,
    },
    /// A done or dropped action goes on.
    ActionReopened {
        no: No,
        reason: Text,
    },
    /// The record of the opening was lost, and the room goes on under what was legible of it: the title, or else the room's name;
    /// the routine, or else the default one. The record's `at` is when the incident was declared, as near as is known.
    OpeningRecovered {
        title: Text,
        customer: Text,
        #[serde(default)]
        began_at: Option<Moment>,
        routine: Box<Routine>,
        demo: bool,
    },
    /// A kind of event that this version does not know; `name` is its tag. It is kept in the journal untouched, travels
    /// to clients like any other, and is never written to a journal in this form.
    Unknown {
        name: String,
    },
}

impl Event {
    /// The words of what a person said that an amendment replaces; none where there is no such thing.
    pub fn words(&self) -> Option<&Text> {
        match self {
            Event::NoteTaken { text, .. }
            | Event::QuestionAnswered { text, .. }
            | Event::ActionOpened { text, .. }
            | Event::CorrectiveActionOpened { text, .. }
            | Event::ObstacleRaised { text, .. }
            | Event::MessageDrafted { text, .. } => Some(text),
            Event::ResourceAsked { what, .. } => Some(what),
            Event::SupplierEngaged { name, .. } => Some(name),
            _ => None,
        }
    }

    /// Whether it is what a person said, which can be amended and struck. Steps of the incident have their own way back:
    /// reopen.
    pub fn is_correctable(&self) -> bool {
        matches!(
            self,
            Event::NoteTaken { .. }
                | Event::QuestionAnswered { .. }
                | Event::ActionOpened { .. }
                | Event::CorrectiveActionOpened { .. }
                | Event::ResourceAsked { .. }
                | Event::SupplierEngaged { .. }
                | Event::ObstacleRaised { .. }
                | Event::EscalationTried { .. }
                | Event::MessageDrafted { .. }
        )
    }
}
