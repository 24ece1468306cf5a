//! What a participant asks for. It may be refused; it is applied at most once.

use serde::{Deserialize, Serialize};

use super::action::Track;
use super::event::{Facets, NoteKind};
use super::id::{IntentId, No, RoomId, Seq};
use super::phrase::Phrase;
use super::priority::Grade;
use super::question::Certainty;
use super::role::{CallPurpose, EscalationOutcome};
use super::routine::{Channel, Routine};
use super::text::Text;
use super::time::Moment;

/// An intent on its way to a room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// By which a second copy is recognised.
    pub id: IntentId,
    pub room: RoomId,
    /// When it happened: the first key of an entry, or what the person said; `None` for when it is recorded.
    #[serde(default)]
    pub at: Option<Moment>,
    pub intent: Intent,
}

/// What it takes to open a room. Opening is asked of the host, which gives the room its id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Declaration {
    pub title: Text,
    #[serde(default)]
    pub customer: Text,
    pub urgency: Grade,
    pub impact: Grade,
    #[serde(default)]
    pub agreed_with: Text,
    /// A classifier key of the routine, and who that was.
    #[serde(default)]
    pub classified_by: Option<(String, Text)>,
    /// When it began; `None` for when it was declared.
    #[serde(default)]
    pub began_at: Option<Moment>,
    /// When it was declared; `None` for now.
    #[serde(default)]
    pub declared_at: Option<Moment>,
    pub routine: Box<Routine>,
    /// Whether to activate the routine when its priority does not demand it (P8).
    #[serde(default)]
    pub activate: Option<bool>,
    /// Why, or why not.
    #[serde(default)]
    pub activation_reason: Text,
    /// Who takes the leading role from the start; blank: nobody yet.
    #[serde(default)]
    pub lead: Text,
    /// A demo room: marked DEMO everywhere, left out of the register of real incidents.
    #[serde(default)]
    pub demo: bool,
}

/// A wish.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Intent {
    Classify {
        entitled: String,
        who: Text,
    },
    /// Puts the routine in force although its priority does not demand it (P8).
    ActivateRoutine {
        reason: Text,
    },
    SetPriority {
        urgency: Grade,
        impact: Grade,
        agreed_with: Text,
    },
    AssignRole {
        role: String,
        person: Text,
    },
    ReleaseRole {
        role: String,
    },
    /// Records a call. `role`: as what they were called, or empty. `takes`: the role that they take from now on.
    TryEscalation {
        role: String,
        person: Text,
        how: Text,
        outcome: EscalationOutcome,
        purpose: CallPurpose,
        about: Text,
        takes: Option<String>,
    },
    TakeNote {
        kind: NoteKind,
        text: Text,
        facets: Facets,
    },
    AnswerQuestion {
        question: String,
        text: Text,
        certainty: Certainty,
        time: Option<Moment>,
    },
    CheckItem {
        item: String,
        note: Text,
    },
    WaiveItem {
        item: String,
        reason: Text,
    },
    ReopenItem {
        item: String,
        reason: Text,
    },
    AssignItem {
        item: String,
        person: Text,
    },
    EnterPhase {
        phase: String,
    },
    CallMeeting {
        starts_at: Moment,
        text: Text,
    },
    StartMeeting,
    AttendMeeting {
        person: Text,
    },
    FinishAgendaPoint {
        point: String,
        outcome: Text,
    },
    EndMeeting {
        held: bool,
        summary: Text,
    },
    SetCadence {
        minutes: i64,
        reason: Text,
    },
    SnoozeClock {
        clock: String,
        minutes: i64,
        reason: Text,
    },
    OpenAction {
        text: Text,
        facets: Facets,
    },
    UpdateAction {
        no: No,
        owner: Option<String>,
        due: Option<Moment>,
        track: Option<Track>,
        note: Text,
    },
    FinishAction {
        no: No,
        outcome: Text,
    },
    DropAction {
        no: No,
        reason: Text,
    },
    /// A done or dropped action goes on.
    ReopenAction {
        no: No,
        reason: Text,
    },
    OpenTrack {
        track: Track,
        plan: Text,
    },
    SetSwitchCondition {
        condition: Text,
    },
    ChooseTrack {
        track: Track,
        reason: Text,
    },
    DropTrack {
        track: Track,
        reason: Text,
    },
    AskResource {
        what: Text,
    },
    AllocateResource {
        no: No,
        who: Text,
    },
    DropResource {
        no: No,
        reason: Text,
    },
    /// `no` names a supplier already engaged; none engages a new one. What is absent stays as it was.
    EngageSupplier {
        no: Option<No>,
        name: Text,
        case: Text,
        critical: Option<bool>,
        staff: Text,
    },
    RaiseObstacle {
        text: Text,
    },
    ClearObstacle {
        no: No,
        how: Text,
    },
    DraftMessage {
        notice: Option<String>,
        channel: Channel,
        audience: Text,
        text: Text,
    },
    /// Records that a message went out.
    RecordMessage {
        notice: Option<String>,
        channel: Channel,
        audience: Text,
        text: Text,
    },
    PlanShift {
        starts_at: Moment,
        who: Text,
    },
    HandOver {
        to: Text,
        note: Text,
    },
    AcceptHandover,
    /// Other words, another time or both; blank words leave those that are there.
    AmendEntry {
        target: Seq,
        text: Text,
        /// When it happened; `None` to leave it as it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Moment>,
    },
    StrikeEntry {
        target: Seq,
        reason: Text,
    },
    StarEntry {
        target: Seq,
        starred: bool,
    },
    RedactEntry {
        target: Seq,
        reason: Text,
    },
    Mitigate {
        note: Text,
    },
    Restore {
        note: Text,
    },
    Reopen {
        reason: Text,
    },
    Close {
        note: Text,
    },
    RecordDebrief {
        question: String,
        answer: Text,
    },
    OpenCorrectiveAction {
        text: Text,
        facets: Facets,
    },
    DeliverReport {
        to: Text,
    },
    LinkProblem {
        reference: Text,
    },
}

/// Why an intent was refused, in words a person can act on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Refusal(pub Phrase);

impl From<Phrase> for Refusal {
    fn from(phrase: Phrase) -> Self {
        Refusal(phrase)
    }
}
