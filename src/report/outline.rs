//! What a report says of an incident besides its timeline: who led, what was answered, done, held, told and left open.

use serde::Serialize;

use crate::domain::action::{Action, Plan, Track};
use crate::domain::checklist::{ItemView, Settlement};
use crate::domain::meeting::Meeting;
use crate::domain::phrase::{Arg, Lexicon, Phrase};
use crate::domain::priority::Grade;
use crate::domain::role::EscalationOutcome;
use crate::domain::room::{MessageStatus, Room, State};
use crate::domain::routine::{Channel, Routine};
use crate::domain::time::Moment;
use crate::domain::timeline::channel_phrase;

use super::status::{answer_words, certainty_name};
use super::{local, words, words_if_any};

/// The report's body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outline {
    pub classified: Option<Classification>,
    /// Who at the business agreed to the priority.
    pub agreed_with: Option<String>,
    pub urgency_label: Option<String>,
    pub impact_label: Option<String>,
    pub activation_reason: Option<String>,
    pub routine: Option<RoutineIdentity>,
    pub roles: Vec<RoleHolder>,
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
    pub chosen_track: Option<Choice>,
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
pub struct RoleHolder {
    pub role: String,
    pub person: String,
    pub since: Moment,
}

/// One call to staff a role or to have a decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Escalation {
    pub at: Moment,
    pub role: String,
    pub person: String,
    pub how: Option<String>,
    pub outcome: EscalationOutcome,
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
    /// None: neither done nor waived.
    pub settled: Option<Settlement>,
    pub by: Option<String>,
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
    /// When it was dealt with; none: it was not.
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
pub struct Choice {
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

impl Outline {
    /// What `room` says as it stands at `now`.
    pub fn of(room: &Room, now: Moment, lexicon: &dyn Lexicon) -> Self {
        let routine = room.routine.as_deref();
        let (corrective, actions): (Vec<&Action>, Vec<&Action>) = room.actions.iter().partition(|a| a.corrective);
        let action_lines =
            |list: Vec<&Action>| list.into_iter().map(|action| action_line(action, now, lexicon)).collect();
        Outline {
            classified: room.classified.as_ref().map(|(key, who)| Classification {
                entitled: routine
                    .and_then(|routine| routine.classifiers.iter().find(|classifier| classifier.key == *key))
                    .map_or_else(|| key.clone(), |classifier| local(&classifier.label, lexicon)),
                who: words_if_any(who, lexicon),
            }),
            agreed_with: room.priority.as_ref().map(|p| p.agreed_with.clone()).filter(|who| !who.trim().is_empty()),
            urgency_label: grade_label(room, lexicon, |routine| &routine.priority.urgency, |p| p.urgency),
            impact_label: grade_label(room, lexicon, |routine| &routine.priority.impact, |p| p.impact),
            activation_reason: words_if_any(&room.activation_reason, lexicon),
            routine: routine.map(|routine| routine_identity(routine, lexicon)),
            roles: room
                .roles
                .iter()
                .map(|(key, holder)| RoleHolder {
                    role: role_label(routine, key, lexicon),
                    person: words(&holder.person, lexicon),
                    since: holder.since,
                })
                .collect(),
            escalations: room
                .attempts
                .iter()
                .map(|attempt| Escalation {
                    at: attempt.at,
                    role: role_label(routine, &attempt.role, lexicon),
                    person: words(&attempt.person, lexicon),
                    how: words_if_any(&attempt.how, lexicon),
                    outcome: attempt.outcome,
                })
                .collect(),
            phases: room
                .phases
                .iter()
                .map(|(key, at)| PhaseEntered {
                    phase: routine
                        .and_then(|routine| routine.phases.iter().find(|phase| phase.key == *key))
                        .map_or_else(|| key.clone(), |phase| local(&phase.label, lexicon)),
                    at: *at,
                })
                .collect(),
            answers: question_histories(room, lexicon),
            checklist_sections: checklist_sections(&room.items(now), lexicon),
            meetings: room.meetings.iter().map(|meeting| meeting_held(meeting, routine, lexicon)).collect(),
            actions: action_lines(actions),
            corrective_actions: action_lines(corrective),
            tracks: Track::ALL
                .into_iter()
                .filter_map(|track| room.tracks.plan(track).map(|plan| track_line(track, plan, lexicon)))
                .collect(),
            switch_condition: room.tracks.switch_condition.as_ref().map(|text| words(text, lexicon)),
            chosen_track: room.tracks.chosen.as_ref().map(|(track, reason, at)| Choice {
                track: track.to_string(),
                reason: words_if_any(reason, lexicon),
                at: *at,
            }),
            resources: room
                .resources
                .iter()
                .map(|resource| ResourceLine {
                    no: resource.no,
                    what: words(&resource.what, lexicon),
                    asked_at: resource.asked_at,
                    allocated: resource.allocated.as_ref().map(|(who, _)| words(who, lexicon)),
                    allocated_at: resource.allocated.as_ref().map(|(_, at)| *at),
                    dropped: resource.dropped.as_ref().map(|reason| words(reason, lexicon)),
                })
                .collect(),
            suppliers: room
                .suppliers
                .iter()
                .map(|supplier| SupplierLine {
                    no: supplier.no,
                    name: words(&supplier.name, lexicon),
                    case: words_if_any(&supplier.case, lexicon),
                    critical: supplier.critical,
                    staff: words_if_any(&supplier.staff, lexicon),
                    engaged_at: supplier.engaged_at,
                })
                .collect(),
            obstacles: room
                .obstacles
                .iter()
                .map(|obstacle| ObstacleLine {
                    no: obstacle.no,
                    text: words(&obstacle.text, lexicon),
                    raised_at: obstacle.raised_at,
                    cleared_at: obstacle.cleared.as_ref().map(|(_, at)| *at),
                    how: obstacle.cleared.as_ref().and_then(|(how, _)| words_if_any(how, lexicon)),
                })
                .collect(),
            messages: room
                .messages
                .iter()
                .map(|message| MessageLine {
                    at: message.at,
                    notice: message.notice.as_ref().map(|key| {
                        routine
                            .and_then(|routine| routine.notice(key))
                            .map_or_else(|| key.clone(), |notice| local(&notice.title, lexicon))
                    }),
                    channel: message.channel,
                    channel_name: lexicon.say(&channel_phrase(message.channel)),
                    audience: words(&message.audience, lexicon),
                    text: words(&message.text, lexicon),
                    status: message.status,
                })
                .collect(),
            shifts: room
                .shifts
                .iter()
                .map(|shift| ShiftLine { starts_at: shift.starts_at, who: words(&shift.who, lexicon) })
                .collect(),
            debrief: routine
                .map(|routine| {
                    routine
                        .debrief
                        .iter()
                        .map(|question| DebriefLine {
                            prompt: local(&question.prompt, lexicon),
                            answer: room.debrief.get(&question.key).map(|answer| words(answer, lexicon)),
                            clauses: question.serves.clone(),
                        })
                        .collect()
                })
                .unwrap_or_default(),
            report_delivered: room
                .report_delivered
                .as_ref()
                .map(|(to, at)| Delivery { to: words(to, lexicon), at: *at }),
            problem: room.problem.as_ref().map(|reference| words(reference, lexicon)),
            left_open: left_open(room, lexicon),
        }
    }
}

fn role_label(routine: Option<&Routine>, key: &str, lexicon: &dyn Lexicon) -> String {
    routine.and_then(|routine| routine.role(key)).map_or_else(|| key.to_owned(), |role| local(&role.label, lexicon))
}

fn grade_label(
    room: &Room,
    lexicon: &dyn Lexicon,
    levels: fn(&Routine) -> &[crate::domain::routine::Level; 3],
    grade: fn(&crate::domain::priority::Priority) -> Grade,
) -> Option<String> {
    let level = levels(room.routine.as_deref()?).get(usize::from(grade(room.priority.as_ref()?).get()) - 1)?;
    Some(local(&level.label, lexicon))
}

fn routine_identity(routine: &Routine, lexicon: &dyn Lexicon) -> RoutineIdentity {
    let mut clauses: Vec<String> = Vec::new();
    for clause in routine.clauses() {
        if !clauses.contains(clause) {
            clauses.push(clause.clone());
        }
    }
    clauses.sort_by_key(|clause| {
        let digits = clause.trim_start_matches(|c: char| !c.is_ascii_digit());
        (clause[..clause.len() - digits.len()].to_owned(), digits.parse::<u32>().unwrap_or(u32::MAX))
    });
    RoutineIdentity {
        id: routine.id.clone(),
        title: local(&routine.title, lexicon),
        version: routine.identity.version.clone(),
        date: routine.identity.date.to_string(),
        author: routine.identity.author.clone(),
        owner: routine.identity.owner.clone(),
        clauses,
        sections: routine
            .report
            .sections
            .iter()
            .map(|section| (section.key.clone(), local(&section.title, lexicon)))
            .collect(),
    }
}

fn question_histories(room: &Room, lexicon: &dyn Lexicon) -> Vec<QuestionHistory> {
    let Some(routine) = room.routine.as_deref() else { return Vec::new() };
    routine
        .questions
        .iter()
        .map(|question| QuestionHistory {
            key: question.key.clone(),
            prompt: local(&question.prompt, lexicon),
            history: room
                .answers
                .get(&question.key)
                .into_iter()
                .flatten()
                .map(|answer| AnswerLine {
                    answer: answer_words(answer, lexicon),
                    certainty: certainty_name(answer.certainty),
                    time: answer.time,
                    by: answer.by.name.clone(),
                    at: answer.at,
                })
                .collect(),
            clauses: question.serves.clone(),
        })
        .collect()
}

fn checklist_sections(items: &[ItemView<'_>], lexicon: &dyn Lexicon) -> Vec<ChecklistSection> {
    items
        .chunk_by(|one, next| one.section.key == next.section.key)
        .map(|items| ChecklistSection {
            title: items.first().map(|view| local(&view.section.title, lexicon)).unwrap_or_default(),
            items: items.iter().map(|view| item_line(view, lexicon)).collect(),
        })
        .collect()
}

fn item_line(view: &ItemView<'_>, lexicon: &dyn Lexicon) -> ItemLine {
    let settled = view.state.and_then(|state| state.settled.as_ref());
    ItemLine {
        key: view.item.key.clone(),
        title: local(&view.item.title, lexicon),
        settled: settled.map(|settled| settled.how),
        by: settled.map(|settled| settled.by.name.clone()),
        at: settled.map(|settled| settled.at),
        note: settled.and_then(|settled| words_if_any(&settled.text, lexicon)),
        assignee: view.state.and_then(|state| state.assignee.as_ref()).map(|person| words(person, lexicon)),
        due_at: view.due_at,
        clauses: view.item.serves.clone(),
    }
}

fn meeting_held(meeting: &Meeting, routine: Option<&Routine>, lexicon: &dyn Lexicon) -> MeetingHeld {
    MeetingHeld {
        no: meeting.no,
        started_at: meeting.started_at,
        ended_at: meeting.end.as_ref().map(|end| end.at),
        held: meeting.end.as_ref().map(|end| end.held),
        attendees: meeting.attendees.iter().map(|person| words(person, lexicon)).collect(),
        agenda: routine
            .map(|routine| {
                routine
                    .agenda
                    .iter()
                    .map(|point| {
                        let done = meeting.points.get(&point.key);
                        AgendaLine {
                            key: point.key.clone(),
                            title: local(&point.title, lexicon),
                            at: done.map(|(_, at)| *at),
                            outcome: done.and_then(|(outcome, _)| words_if_any(outcome, lexicon)),
                            clauses: point.serves.clone(),
                        }
                    })
                    .collect()
            })
            .unwrap_or_default(),
        notes: meeting.notes,
        summary: meeting.end.as_ref().and_then(|end| words_if_any(&end.summary, lexicon)),
    }
}

fn action_line(action: &Action, now: Moment, lexicon: &dyn Lexicon) -> ActionLine {
    ActionLine {
        no: action.no,
        text: words(&action.text, lexicon),
        owner: action.owner.clone(),
        opened_at: action.opened_at,
        due: action.due,
        track: action.track.map(|track| track.to_string()),
        state: match &action.end {
            None => "open",
            Some(end) if end.done => "done",
            Some(_) => "dropped",
        },
        ended_at: action.end.as_ref().map(|end| end.at),
        outcome: action.end.as_ref().and_then(|end| words_if_any(&end.text, lexicon)),
        late_minutes: action.late_minutes(now),
    }
}

fn track_line(track: Track, plan: &Plan, lexicon: &dyn Lexicon) -> TrackLine {
    TrackLine {
        track: track.to_string(),
        plan: words(&plan.text, lexicon),
        opened_at: plan.opened_at,
        dropped: plan.dropped.as_ref().map(|reason| words(reason, lexicon)),
    }
}

fn left_open(room: &Room, lexicon: &dyn Lexicon) -> Vec<String> {
    let mut open = Vec::new();
    let mut say = |key: &'static str, what: Arg| open.push(lexicon.say(&Phrase::new(key).with("what", what)));
    if room.active {
        for item in room.unsettled() {
            say("report-open-item", item.title.clone().into());
        }
    }
    for question in room.routine.iter().flat_map(|routine| &routine.questions) {
        if room.answer(&question.key).is_none() {
            say("report-open-question", question.prompt.clone().into());
        }
    }
    for action in room.open_actions(None) {
        say("report-open-action", words(&action.text, lexicon).into());
    }
    for resource in room.resources.iter().filter(|resource| resource.is_open()) {
        say("report-open-resource", words(&resource.what, lexicon).into());
    }
    for supplier in room.suppliers.iter().filter(|supplier| supplier.is_open()) {
        say("report-open-supplier", words(&supplier.name, lexicon).into());
    }
    for obstacle in room.obstacles.iter().filter(|obstacle| obstacle.is_open()) {
        say("report-open-obstacle", words(&obstacle.text, lexicon).into());
    }
    if let Some(handover) = &room.handover {
        say("report-open-handover", words(&handover.to, lexicon).into());
    }
    if room.state != State::Open {
        for question in room.routine.iter().flat_map(|routine| &routine.debrief) {
            if !room.debrief.contains_key(&question.key) {
                say("report-open-debrief", question.prompt.clone().into());
            }
        }
    }
    open
}
