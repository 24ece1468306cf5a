//! What a report says of an incident besides its timeline: who led, what was answered, done, held, told and left open.

mod gather;
mod open;

use serde::Serialize;

use crate::domain::item_state::Settlement;
use crate::domain::record::Assurance;
use crate::domain::role::{CallPurpose, EscalationOutcome};
use crate::domain::room::MessageStatus;
use crate::domain::routine::Channel;
use crate::domain::time::Moment;

/// The report's body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outline {
    pub classified: Option<Classification>,
    /// Who at the business agreed to the priority.
    pub agreed_with: Option<String>,
    /// What the routine calls urgency and impact.
    pub urgency_name: String,
    pub impact_name: String,
    pub urgency_label: Option<String>,
    pub impact_label: Option<String>,
    pub activation_reason: Option<String>,
    pub routine: Option<RoutineIdentity>,
    pub roles: Vec<HolderLine>,
    pub escalations: Vec<Escalation>,
    pub phases: Vec<PhaseEntered>,
    /// Every question with every answer, oldest first.
    pub answers: Vec<QuestionHistory>,
    pub checklist_sections: Vec<ChecklistSection>,
    pub meetings: Vec<MeetingHeld>,
    pub actions: Vec<ActionLine>,
    pub corrective_actions: Vec<ActionLine>,
    pub tracks: Vec<TrackLine>,
    pub switch_condition: Option<String>,
    pub chosen_track: Option<OutlineChoice>,
    pub resources: Vec<ResourceLine>,
    pub suppliers: Vec<SupplierLine>,
    pub obstacles: Vec<ObstacleLine>,
    pub messages: Vec<MessageLine>,
    pub shifts: Vec<ShiftLine>,
    pub debrief: Vec<DebriefLine>,
    pub report_delivered: Option<Delivery>,
    pub problem: Option<String>,
    /// What is neither done nor waived, answered, cleared or ended (P3): one sentence each.
    pub left_open: Vec<String>,
}

/// Who classified the incident, and by what right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Classification {
    pub entitled: String,
    pub who: Option<String>,
}

/// Which procedure was followed (P1, P83), and which clauses it serves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoutineIdentity {
    pub id: String,
    pub title: String,
    pub version: String,
    pub date: String,
    pub author: String,
    pub owner: String,
    /// In order, without repetitions.
    pub clauses: Vec<String>,
    /// The sections that the routine's report template has: key and title, in order (P80).
    pub sections: Vec<(String, String)>,
}

/// Who holds a role at the end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HolderLine {
    pub role: String,
    pub person: String,
    pub since: Moment,
}

/// One call: for a decision, for information, or to staff a role.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Escalation {
    pub at: Moment,
    pub role: String,
    pub person: String,
    pub how: Option<String>,
    pub outcome: EscalationOutcome,
    /// None in what version 0.1.0 recorded.
    pub purpose: Option<CallPurpose>,
    pub about: Option<String>,
    /// The role that they took.
    pub takes: Option<String>,
    /// Why it was struck; `None` if it was not.
    pub struck: Option<String>,
    /// All of it in a sentence.
    pub said: String,
}

/// A phase and when it was entered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PhaseEntered {
    pub phase: String,
    pub at: Moment,
}

/// A question and what was answered over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionHistory {
    pub key: String,
    pub prompt: String,
    pub history: Vec<AnswerLine>,
    pub clauses: Vec<String>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerLine {
    pub answer: String,
    pub certainty: &'static str,
    pub time: Option<Moment>,
    pub by: String,
    pub sure: Assurance,
    pub at: Moment,
}

/// A part of the checklist.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChecklistSection {
    pub title: String,
    pub items: Vec<ItemLine>,
}

/// A point of the checklist and how it was dealt with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemLine {
    pub key: String,
    pub title: String,
    /// `None` if it is neither done nor waived.
    pub settled: Option<Settlement>,
    pub by: Option<String>,
    pub sure: Option<Assurance>,
    pub at: Option<Moment>,
    /// The note of a done item, the reason of a waived one.
    pub note: Option<String>,
    pub assignee: Option<String>,
    pub due_at: Option<Moment>,
    pub clauses: Vec<String>,
}

/// A meeting, its agenda and how it ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeetingHeld {
    pub no: u32,
    pub started_at: Moment,
    pub ended_at: Option<Moment>,
    /// False when it was called off; none while it runs.
    pub held: Option<bool>,
    pub attendees: Vec<String>,
    pub agenda: Vec<AgendaLine>,
    pub notes: u32,
    pub summary: Option<String>,
}

/// An agenda point and its outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgendaLine {
    pub key: String,
    pub title: String,
    /// When it was dealt with; `None` if it was not.
    pub at: Option<Moment>,
    pub outcome: Option<String>,
    pub clauses: Vec<String>,
}

/// An action.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActionLine {
    pub no: u32,
    pub text: String,
    pub owner: Option<String>,
    pub opened_at: Moment,
    pub due: Option<Moment>,
    pub track: Option<String>,
    /// `open`, `done` or `dropped`.
    pub state: &'static str,
    pub ended_at: Option<Moment>,
    pub outcome: Option<String>,
    /// How many minutes it is late, when it is open and late.
    pub late_minutes: Option<i64>,
}

/// Plan A or plan B.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrackLine {
    pub track: String,
    pub plan: String,
    pub opened_at: Moment,
    pub dropped: Option<String>,
}

/// Which plan was chosen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutlineChoice {
    pub track: String,
    pub reason: Option<String>,
    pub at: Moment,
}

/// Somebody or something that was asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResourceLine {
    pub no: u32,
    pub what: String,
    pub asked_at: Moment,
    pub allocated: Option<String>,
    pub allocated_at: Option<Moment>,
    pub dropped: Option<String>,
}

/// A supplier on the case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SupplierLine {
    pub no: u32,
    pub name: String,
    pub case: Option<String>,
    pub critical: Option<bool>,
    pub staff: Option<String>,
    pub engaged_at: Moment,
}

/// Something that was in the way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ObstacleLine {
    pub no: u32,
    pub text: String,
    pub raised_at: Moment,
    pub cleared_at: Option<Moment>,
    pub how: Option<String>,
}

/// A message to people outside the room.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MessageLine {
    pub at: Moment,
    pub notice: Option<String>,
    pub channel: Channel,
    /// The channel in the reader's language.
    pub channel_name: String,
    pub audience: String,
    pub text: String,
    pub status: MessageStatus,
}

/// A planned relief.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShiftLine {
    pub starts_at: Moment,
    pub who: String,
}

/// A question of the debrief and its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DebriefLine {
    pub prompt: String,
    pub answer: Option<String>,
    pub clauses: Vec<String>,
}

/// To whom the report was delivered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Delivery {
    pub to: String,
    pub at: Moment,
}
