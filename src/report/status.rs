//! How an incident stands at a moment: what `klock status --json` prints, and the head of every report.

use serde::{Serialize, Serializer};

use crate::domain::checklist::ChecklistTally;
use crate::domain::clocks::ClockState;
use crate::domain::outage::down_seconds;
use crate::domain::phrase::Lexicon;
use crate::domain::question::{Answer, Certainty};
use crate::domain::record::Assurance;
use crate::domain::room::{Room, State};
use crate::domain::routine;
use crate::domain::time::Moment;

use super::words::{local, words, words_if_any};

/// The incident at a glance. The names of the fields are a promise to scripts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Status {
    pub id: String,
    pub title: String,
    pub customer: Option<String>,
    pub demo: bool,
    /// The zone that all times are given in, by the IANA database's name; `None` if the machine names none, and each time's
    /// offset has to do.
    pub zone: Option<String>,
    pub state: State,
    /// 1 is critical.
    pub priority: Option<u8>,
    /// What the routine calls that priority.
    pub priority_name: Option<String>,
    pub urgency: Option<u8>,
    pub impact: Option<u8>,
    /// Whether the routine is in force.
    pub routine_active: bool,
    pub began_at: Option<Moment>,
    pub declared_at: Option<Moment>,
    pub mitigated_at: Option<Moment>,
    pub restored_at: Option<Moment>,
    pub closed_at: Option<Moment>,
    /// Seconds from declaration until restored for the last time, or until now.
    pub elapsed_s: i64,
    /// Seconds for which the service was down, from the beginning on: without the time between a restoration and a reopening.
    pub down_s: i64,
    /// Every span in which it was down.
    pub outages: Vec<OutageStatus>,
    /// Who holds the leading role.
    pub cim: Option<String>,
    /// The phase entered last.
    pub phase: Option<String>,
    pub questions: Vec<QuestionStatus>,
    pub checklist: ChecklistTally,
    pub clocks: Vec<ClockStatus>,
    pub meetings_held: usize,
    /// Whether a meeting is running.
    pub meeting_running: bool,
    pub open: OpenStatus,
    /// How many lines the timeline has.
    pub entries: u64,
}

/// A span in which the service was down.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OutageStatus {
    pub began_at: Moment,
    /// `None` if it is still down.
    pub restored_at: Option<Moment>,
    /// How long it lasted, or has lasted so far, in seconds.
    pub seconds: i64,
}

/// A question and its present answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionStatus {
    pub key: String,
    pub prompt: String,
    pub answer: Option<String>,
    /// `sure`, `assumed` or `unknown`, as `klock answer --certainty` takes it.
    #[serde(serialize_with = "certainty_as_name")]
    pub certainty: Option<Certainty>,
    /// For a question that takes a time: the time.
    pub time: Option<Moment>,
    pub by: Option<String>,
    /// How sure that name is.
    pub sure: Option<Assurance>,
    pub at: Option<Moment>,
    /// Whether the answer is older than the routine allows while the incident is open.
    pub stale: bool,
}

/// A clock as it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClockStatus {
    pub id: String,
    pub label: String,
    /// None while what it counts from has not happened.
    pub due_at: Option<Moment>,
    pub state: ClockState,
}

/// How much is open, of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OpenStatus {
    pub actions: usize,
    pub late_actions: usize,
    pub resources: usize,
    pub suppliers: usize,
    pub obstacles: usize,
}

impl Status {
    /// How `room` stands at `now`, in the reader's language and zone.
    pub fn of(room: &Room, now: Moment, lexicon: &dyn Lexicon) -> Self {
        let zone = lexicon.zone();
        let here = |at: Option<Moment>| at.map(|at| zone.local(at));
        let routine = room.routine.as_deref();
        let priority = room.priority.as_ref();
        let counts = room.open_counts(now);
        let outages = room.outages();
        Status {
            id: room.id.to_string(),
            title: words(&room.title, lexicon),
            customer: words_if_any(&room.customer, lexicon),
            demo: room.demo,
            zone: zone.name().map(str::to_owned),
            state: room.state,
            priority: priority.map(|priority| priority.level),
            priority_name: priority.and_then(|priority| {
                let name = routine?.priority.names.get(usize::from(priority.level).checked_sub(1)?)?;
                Some(local(name, lexicon))
            }),
            urgency: priority.map(|priority| priority.urgency.get()),
            impact: priority.map(|priority| priority.impact.get()),
            routine_active: room.active,
            began_at: here(room.began_at),
            declared_at: here(room.declared_at),
            mitigated_at: here(room.mitigated_at),
            restored_at: here(room.restored_at),
            closed_at: here(room.closed_at),
            elapsed_s: room.elapsed_seconds(now),
            down_s: down_seconds(&outages, now),
            outages: outages
                .iter()
                .map(|outage| OutageStatus {
                    began_at: zone.local(outage.began_at),
                    restored_at: here(outage.restored_at),
                    seconds: outage.seconds(now),
                })
                .collect(),
            cim: room.lead().map(|holder| words(&holder.person, lexicon)),
            phase: room.phases.last().map(|(key, _)| {
                routine
                    .and_then(|routine| routine.phases.iter().find(|phase| phase.key == *key))
                    .map_or_else(|| key.clone(), |phase| local(&phase.label, lexicon))
            }),
            questions: routine
                .map(|routine| routine.questions.iter().map(|q| question_status(room, q, now, lexicon)).collect())
                .unwrap_or_default(),
            checklist: room.tally(),
            clocks: room
                .clock_views(now)
                .into_iter()
                .map(|view| ClockStatus {
                    id: view.rule.key.clone(),
                    label: local(&view.rule.label, lexicon),
                    due_at: here(view.due_at),
                    state: view.state,
                })
                .collect(),
            meetings_held: room.meetings_held(),
            meeting_running: room.running_meeting().is_some(),
            open: OpenStatus {
                actions: counts.actions,
                late_actions: counts.late_actions,
                resources: counts.resources,
                suppliers: counts.suppliers,
                obstacles: counts.obstacles,
            },
            entries: room.entries,
        }
    }

    /// The running clock that falls due first.
    pub fn next_clock(&self) -> Option<&ClockStatus> {
        self.clocks.iter().filter(|clock| clock.due_at.is_some() && !clock.state.is_over()).min_by_key(|c| c.due_at)
    }
}

fn question_status(room: &Room, question: &routine::Question, now: Moment, lexicon: &dyn Lexicon) -> QuestionStatus {
    let answer = room.answer(&question.key);
    let zone = lexicon.zone();
    QuestionStatus {
        key: question.key.clone(),
        prompt: local(&question.prompt, lexicon),
        answer: answer.map(|answer| answer_words(answer, now, lexicon)),
        certainty: answer.map(|answer| answer.certainty),
        time: answer.and_then(|answer| answer.time).map(|time| zone.local(time)),
        by: answer.map(|answer| answer.by.name.clone()),
        sure: answer.map(|answer| answer.by.sure),
        at: answer.map(|answer| zone.local(answer.at)),
        stale: room.is_stale(question, now),
    }
}

/// What an answer says: its words, or its time when it has nothing else, shown beside `beside`.
pub(super) fn answer_words(answer: &Answer, beside: Moment, lexicon: &dyn Lexicon) -> String {
    match answer.time {
        Some(time) if answer.text.is_blank() => lexicon.time(time, beside),
        _ => words(&answer.text, lexicon),
    }
}

/// The name of a certainty on the command line and in JSON.
pub fn certainty_name(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Confirmed => "sure",
        Certainty::Assumed => "assumed",
        Certainty::Unknown => "unknown",
    }
}

fn certainty_as_name<S: Serializer>(certainty: &Option<Certainty>, serializer: S) -> Result<S::Ok, S::Error> {
    certainty.map(certainty_name).serialize(serializer)
}
