//! The organisation's written procedure as data. `config/routines/*.toml` has this shape; a room carries its own copy.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::phrase::Localised;

mod lookup;

/// The number of the clause of a source procedure that something serves: `P65`, `A16`, `H4`.
pub type Clause = String;

/// A whole procedure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routine {
    /// Its name in settings and flags: `critical-incident`.
    pub id: String,
    /// What it is called.
    pub title: Localised,
    /// Who wrote it, when, which version, who owns it (P1, P83).
    pub identity: Identity,
    /// What it covers and how far its authority goes (P2–P6): statements shown with the routine and in the report.
    #[serde(default)]
    pub principles: Vec<Principle>,
    /// How priority follows from urgency and impact, and what each priority means for the routine (P7, P8, P31–P33).
    pub priority: PriorityModel,
    /// Who may classify an incident (P14–P17).
    #[serde(default)]
    pub classifiers: Vec<Classifier>,
    /// Who does what (P9–P13).
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Role keys in the order in which they are called to staff the leading role, or for a decision (P13, P18).
    #[serde(default)]
    pub escalation: Vec<String>,
    /// The key of the role that leads: `cim`.
    pub lead: String,
    /// The status questions (P23–P28, P50, P51).
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Named phases, in order; may be none.
    #[serde(default)]
    pub phases: Vec<Phase>,
    /// The checklist, in sections (P30–P64).
    #[serde(default)]
    pub checklist: Vec<RoutineSection>,
    /// What falls due (P45, P65, P73–P76, P80–P82).
    #[serde(default)]
    pub clocks: Vec<ClockRule>,
    /// The points of a critical-incident meeting (P66–P72).
    #[serde(default)]
    pub agenda: Vec<AgendaPoint>,
    /// What must be told, to whom, by which channel (P43–P49).
    #[serde(default)]
    pub notices: Vec<Notice>,
    /// What the debrief asks (P76–P79).
    #[serde(default)]
    pub debrief: Vec<DebriefQuestion>,
    /// The report (P80–P82).
    pub report: ReportRule,
}

/// Who wrote the procedure and what has changed in it (P1, P83).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    pub version: String,
    pub date: NaiveDate,
    pub author: String,
    pub owner: String,
    #[serde(default)]
    pub changes: Vec<RoutineChange>,
    #[serde(default)]
    pub serves: Vec<Clause>,
}

/// One line of the change log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoutineChange {
    pub version: String,
    pub date: NaiveDate,
    pub author: String,
    pub text: Localised,
}

/// A statement that holds for the whole procedure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Principle {
    pub key: String,
    pub text: Localised,
    #[serde(default)]
    pub serves: Vec<Clause>,
}

/// Urgency × impact → priority.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriorityModel {
    /// Urgency 1 (highest) to 3.
    pub urgency: [Level; 3],
    /// Impact 1 (widest) to 3.
    pub impact: [Level; 3],
    /// What the routine calls the two scales, in small letters; `None` for urgency and impact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency_name: Option<Localised>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact_name: Option<Localised>,
    /// `matrix[urgency-1][impact-1]` is the priority, from 1 (critical) on.
    pub matrix: [[u8; 3]; 3],
    /// The name of priority 1, 2, 3 …
    pub names: Vec<Localised>,
    /// Up to and including this priority the routine is mandatory.
    pub mandatory: u8,
    /// Up to and including this priority the routine may be activated.
    pub optional: u8,
    /// Whose matrix it is, and what to ask.
    pub note: Localised,
    #[serde(default)]
    pub serves: Vec<Clause>,
}

/// One step of urgency or impact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    pub label: Localised,
    pub hint: Localised,
}

/// Somebody entitled to classify.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Classifier {
    pub key: String,
    pub label: Localised,
    #[serde(default)]
    pub serves: Vec<Clause>,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub key: String,
    /// Short, for the header: `CIM`.
    pub label: Localised,
    pub duty: Localised,
    #[serde(default)]
    pub serves: Vec<Clause>,
}

/// A status question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub key: String,
    pub prompt: Localised,
    /// Short, for narrow screens and the clock bar: `Cause`.
    pub label: Localised,
    pub hint: Localised,
    /// Minutes after which an answer stands out as stale.
    pub stale_after: u32,
    /// Whether the answer is a time to count down to.
    #[serde(default)]
    pub takes_time: bool,
    #[serde(default)]
    pub serves: Vec<Clause>,
}

/// A phase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    pub key: String,
    pub label: Localised,
    #[serde(default)]
    pub hint: Localised,
    #[serde(default)]
    pub serves: Vec<Clause>,
}

/// A part of the checklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoutineSection {
    pub key: String,
    pub title: Localised,
    pub items: Vec<Item>,
}

/// A point of the checklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Unique in the routine: `supplier-called`.
    pub key: String,
    pub title: Localised,
    pub help: Localised,
    /// When it becomes due; `None` for when its clock does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<DueRule>,
    /// The clock that it is tied to, by its key: both have one time, and settling the step settles the clock. Doing what the
    /// clock asks for checks the step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<String>,
    /// What in the room shows that it is done, where something does. It is still a person who checks it (P3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_by: Option<Proof>,
    #[serde(default)]
    pub serves: Vec<Clause>,
}

/// What a room knows by itself that shows an item to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// Somebody holds the leading role.
    Lead,
    /// The priority is set, and with whom it was agreed.
    Priority,
    /// The first notice is sent.
    FirstNotice,
    /// Every status question has an answer.
    Answers,
    /// Both plans are written.
    Plans,
    /// A supplier is called in.
    Supplier,
}

/// So long after something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueRule {
    pub after: Anchor,
    pub minutes: i64,
}

/// What a due time is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anchor {
    /// When the incident began in the world.
    Began,
    /// When it was declared.
    Declared,
    /// When the last meeting that was held began.
    MeetingHeld,
    /// When service was restored.
    Restored,
    /// When the incident was closed.
    Closed,
}

/// A clock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRule {
    pub key: String,
    pub label: Localised,
    /// What starts it.
    pub after: Anchor,
    /// Minutes from there to the mark.
    pub minutes: i64,
    /// Count working days (Monday to Friday) instead of calendar days.
    #[serde(default)]
    pub working_days: bool,
    /// Minutes before the mark at which to warn.
    #[serde(default)]
    pub warn_before: Vec<i64>,
    /// While overdue, warn again each time so many minutes have passed.
    pub repeat: i64,
    /// What meets it.
    pub met_by: MetBy,
    /// Whether the lead may set another interval with a reason (never longer than `minutes`).
    #[serde(default)]
    pub adjustable: bool,
    #[serde(default)]
    pub serves: Vec<Clause>,
}

/// What meets a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MetBy {
    /// The first notice was sent.
    FirstNotice,
    /// A meeting was held.
    Meeting,
    /// The debrief was recorded.
    Debrief,
    /// The report was delivered.
    Report,
}

/// A point of a meeting's agenda.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaPoint {
    pub key: String,
    pub title: Localised,
    pub help: Localised,
    #[serde(default)]
    pub serves: Vec<Clause>,
}

/// A notice that the routine asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    pub key: String,
    pub title: Localised,
    pub channel: Channel,
    pub audience: Localised,
    pub must_include: Localised,
    /// Whether this is the notice that meets the first-notice clock.
    #[serde(default)]
    pub first: bool,
    #[serde(default)]
    pub serves: Vec<Clause>,
}

/// How something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    Sms,
    Email,
    Phone,
    Chat,
    Web,
}

/// A question of the debrief.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DebriefQuestion {
    pub key: String,
    pub prompt: Localised,
    #[serde(default)]
    pub serves: Vec<Clause>,
}

/// What the report has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportRule {
    pub sections: Vec<ReportSection>,
    #[serde(default)]
    pub serves: Vec<Clause>,
}

/// One section of the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportSection {
    pub key: String,
    pub title: Localised,
    #[serde(default)]
    pub serves: Vec<Clause>,
}
