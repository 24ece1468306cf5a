//! Gathers the outline from a room.

use super::open::left_open;
use super::{
    ActionLine, AgendaLine, AnswerLine, ChecklistSection, Classification, DebriefLine, Delivery, Escalation,
    HolderLine, ItemLine, MeetingHeld, MessageLine, ObstacleLine, Outline, OutlineChoice, PhaseEntered,
    QuestionHistory, ResourceLine, RoutineIdentity, ShiftLine, SupplierLine, TrackLine,
};
use crate::domain::action::{Action, ActionPlan, Track};
use crate::domain::checklist::ItemView;
use crate::domain::meeting::Meeting;
use crate::domain::phrase::{Arg, Lexicon, Phrase};
use crate::domain::priority::{Grade, Priority};
use crate::domain::room::Room;
use crate::domain::routine::{Level, PriorityModel, Routine};
use crate::domain::time::Moment;
use crate::domain::timeline::{self, channel_phrase};
use crate::report::status::{answer_words, certainty_name};
use crate::report::words::{local, words, words_if_any};

impl Outline {
    /// What `room` says as it stands at `now`, in the reader's language and zone.
    pub fn of(room: &Room, now: Moment, lexicon: &dyn Lexicon) -> Self {
        let routine = room.routine.as_deref();
        let here = |at: Moment| lexicon.zone().local(at);
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
            urgency_name: scale_name(routine, PriorityModel::urgency_name, lexicon),
            impact_name: scale_name(routine, PriorityModel::impact_name, lexicon),
            urgency_label: grade_label(room, lexicon, |routine| &routine.priority.urgency, |p| p.urgency),
            impact_label: grade_label(room, lexicon, |routine| &routine.priority.impact, |p| p.impact),
            activation_reason: words_if_any(&room.activation_reason, lexicon),
            routine: routine.map(|routine| routine_identity(routine, lexicon)),
            roles: room
                .roles
                .iter()
                .map(|(key, holder)| HolderLine {
                    role: role_label(routine, key, lexicon),
                    person: words(&holder.person, lexicon),
                    since: here(holder.since),
                })
                .collect(),
            escalations: room
                .attempts
                .iter()
                .map(|attempt| Escalation {
                    at: here(attempt.at),
                    role: role_label(routine, &attempt.role, lexicon),
                    person: words(&attempt.person, lexicon),
                    how: words_if_any(&attempt.how, lexicon),
                    outcome: attempt.outcome,
                    purpose: attempt.purpose,
                    about: words_if_any(&attempt.about, lexicon),
                    takes: attempt.takes.as_ref().map(|role| role_label(routine, role, lexicon)),
                    struck: room.mark(attempt.seq).and_then(|mark| mark.struck.as_ref()).map(|why| words(why, lexicon)),
                    said: lexicon.say_beside(&timeline::attempt(attempt, room), attempt.at),
                })
                .collect(),
            phases: room
                .phases
                .iter()
                .map(|(key, at)| PhaseEntered {
                    phase: routine
                        .and_then(|routine| routine.phases.iter().find(|phase| phase.key == *key))
                        .map_or_else(|| key.clone(), |phase| local(&phase.label, lexicon)),
                    at: here(*at),
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
            chosen_track: room.tracks.chosen.as_ref().map(|(track, reason, at)| OutlineChoice {
                track: track.to_string(),
                reason: words_if_any(reason, lexicon),
                at: here(*at),
            }),
            resources: room
                .resources
                .iter()
                .map(|resource| ResourceLine {
                    no: resource.no,
                    what: words(&resource.what, lexicon),
                    asked_at: here(resource.asked_at),
                    allocated: resource.allocated.as_ref().map(|(who, _)| words(who, lexicon)),
                    allocated_at: resource.allocated.as_ref().map(|(_, at)| here(*at)),
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
                    engaged_at: here(supplier.engaged_at),
                })
                .collect(),
            obstacles: room
                .obstacles
                .iter()
                .map(|obstacle| ObstacleLine {
                    no: obstacle.no,
                    text: words(&obstacle.text, lexicon),
                    raised_at: here(obstacle.raised_at),
                    cleared_at: obstacle.cleared.as_ref().map(|(_, at)| here(*at)),
                    how: obstacle.cleared.as_ref().and_then(|(how, _)| words_if_any(how, lexicon)),
                })
                .collect(),
            messages: room
                .messages
                .iter()
                .map(|message| MessageLine {
                    at: here(message.at),
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
                .map(|shift| ShiftLine { starts_at: here(shift.starts_at), who: words(&shift.who, lexicon) })
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
                .map(|(to, at)| Delivery { to: words(to, lexicon), at: here(*at) }),
            problem: room.problem.as_ref().map(|reference| words(reference, lexicon)),
            left_open: left_open(room, lexicon),
        }
    }
}

fn role_label(routine: Option<&Routine>, key: &str, lexicon: &dyn Lexicon) -> String {
    routine.and_then(|routine| routine.role(key)).map_or_else(|| key.to_owned(), |role| local(&role.label, lexicon))
}

fn scale_name(routine: Option<&Routine>, name: fn(&PriorityModel) -> Arg, lexicon: &dyn Lexicon) -> String {
    let said = |routine: &Routine| lexicon.say(&Phrase::new("entry-text").with("text", name(&routine.priority)));
    routine.map(said).unwrap_or_default()
}

fn grade_label(
    room: &Room,
    lexicon: &dyn Lexicon,
    levels: fn(&Routine) -> &[Level; 3],
    grade: fn(&Priority) -> Grade,
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
                .standing_answers(&question.key)
                .map(|answer| AnswerLine {
                    answer: answer_words(answer, answer.at, lexicon),
                    certainty: certainty_name(answer.certainty),
                    time: answer.time.map(|time| lexicon.zone().local(time)),
                    by: answer.by.name.clone(),
                    sure: answer.by.sure,
                    at: lexicon.zone().local(answer.at),
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
        sure: settled.map(|settled| settled.by.sure),
        at: settled.map(|settled| lexicon.zone().local(settled.at)),
        note: settled.and_then(|settled| words_if_any(&settled.text, lexicon)),
        assignee: view.state.and_then(|state| state.assignee.as_ref()).map(|person| words(person, lexicon)),
        due_at: view.due_at.map(|due| lexicon.zone().local(due)),
        clauses: view.item.serves.clone(),
    }
}

fn meeting_held(meeting: &Meeting, routine: Option<&Routine>, lexicon: &dyn Lexicon) -> MeetingHeld {
    let here = |at: Moment| lexicon.zone().local(at);
    MeetingHeld {
        no: meeting.no,
        started_at: here(meeting.started_at),
        ended_at: meeting.end.as_ref().map(|end| here(end.at)),
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
                            at: done.map(|(_, at)| here(*at)),
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
    let here = |at: Moment| lexicon.zone().local(at);
    ActionLine {
        no: action.no,
        text: words(&action.text, lexicon),
        owner: action.owner.clone(),
        opened_at: here(action.opened_at),
        due: action.due.map(here),
        track: action.track.map(|track| track.to_string()),
        state: match &action.end {
            None => "open",
            Some(end) if end.done => "done",
            Some(_) => "dropped",
        },
        ended_at: action.end.as_ref().map(|end| here(end.at)),
        outcome: action.end.as_ref().and_then(|end| words_if_any(&end.text, lexicon)),
        late_minutes: action.late_minutes(now),
    }
}

fn track_line(track: Track, plan: &ActionPlan, lexicon: &dyn Lexicon) -> TrackLine {
    TrackLine {
        track: track.to_string(),
        plan: words(&plan.text, lexicon),
        opened_at: lexicon.zone().local(plan.opened_at),
        dropped: plan.dropped.as_ref().map(|reason| words(reason, lexicon)),
    }
}
