//! Whether an intent that comes again under the same id is the one that was carried out, or other words under a used id.

use crate::domain::event::Event;
use crate::domain::id::Seq;
use crate::domain::intent::{Declaration, Intent};
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::text::Text;
use crate::domain::time::Moment;

/// Whether `intent`, said to have happened at `at`, is what caused `recorded`, the records under its id. `entry`: the record
/// that it is about ([`Intent::target`]).
///
/// Words that were redacted since can no longer be compared: then the answer is no, for nothing may be acknowledged that is
/// not on record.
pub fn is_repeat(
    room: &Room,
    intent: &Intent,
    at: Option<Moment>,
    recorded: &[Record],
    entry: Option<&Record>,
) -> bool {
    let Some(first) = recorded.first() else { return false };
    // A time ahead was refused, and the same intent asked again without it.
    let is_same_time = |at: Moment| at == first.at || super::is_ahead(at, first.rec);
    let is_same = match intent {
        Intent::AmendEntry { target, text, at } => amended(room, (*target, text, *at), recorded, entry),
        intent => caused(room, intent, &first.event),
    };
    at.is_none_or(is_same_time) && is_same
}

/// Whether the amendment that is asked for is `recorded`. The words or the time that it left as they were stand in no record
/// under its id, and are compared with those of the entry.
fn amended(
    room: &Room,
    (target, text, at): (Seq, &Text, Option<Moment>),
    recorded: &[Record],
    entry: Option<&Record>,
) -> bool {
    let words = recorded.iter().find_map(|record| match &record.event {
        Event::EntryAmended { target: of, text } if *of == target => Some(text),
        _ => None,
    });
    let time = recorded.iter().find_map(|record| match &record.event {
        Event::EntryMoved { target: of, at } if *of == target => Some(*at),
        _ => None,
    });
    let has_words = match words {
        Some(words) => words == text,
        None => text.is_blank() || entry.is_some_and(|entry| room.present_words(entry) == Some(text)),
    };
    let has_time = match (time, at) {
        (Some(time), at) => Some(time) == at,
        (None, Some(at)) => entry.is_some_and(|entry| room.happened_at(entry) == at),
        (None, None) => true,
    };
    (words.is_some() || time.is_some()) && has_words && has_time
}

/// Whether `declaration` is what opened a room with `recorded`, the records under its id.
pub fn is_repeated_opening(declaration: &Declaration, recorded: &[Record]) -> bool {
    let Some(first) = recorded.first() else { return false };
    let declared_at = declaration.declared_at.unwrap_or(first.at);
    let asked = Declaration { declared_at: Some(declared_at), ..declaration.clone() };
    let Ok((at, events)) = super::open(&asked, first.rec.max(declared_at)) else { return false };
    at == first.at && events.len() == recorded.len() && events.iter().zip(recorded).all(|(event, r)| *event == r.event)
}

fn caused(room: &Room, intent: &Intent, event: &Event) -> bool {
    match (intent, event) {
        (Intent::Classify { entitled, who }, Event::Classified { entitled: key, who: person }) => {
            (entitled, who) == (key, person)
        }
        (Intent::ActivateRoutine { reason }, Event::ActivationChosen { active: true, reason: recorded })
        | (Intent::Reopen { reason }, Event::Reopened { reason: recorded }) => reason == recorded,
        (
            Intent::SetPriority { urgency, impact, agreed_with },
            Event::PrioritySet { urgency: u, impact: i, agreed_with: with, .. },
        ) => (urgency, impact, agreed_with) == (u, i, with),
        (Intent::AssignRole { role, person }, Event::RoleAssigned { role: key, person: who }) => {
            (role, person) == (key, who)
        }
        (Intent::ReleaseRole { role }, Event::RoleReleased { role: key, .. }) => role == key,
        (
            Intent::TryEscalation { role, person, how, outcome, purpose, about, takes },
            Event::EscalationTried {
                role: key,
                person: who,
                how: by,
                outcome: came,
                purpose: why,
                about: said,
                takes: taken,
            },
        ) => (role, person, how, outcome, Some(*purpose), about, takes) == (key, who, by, came, *why, said, taken),
        (Intent::TakeNote { kind, text, facets }, Event::NoteTaken { kind: of, text: words, facets: beside, .. }) => {
            (kind, text, facets) == (of, words, beside)
        }
        (
            Intent::AnswerQuestion { question, text, certainty, time },
            Event::QuestionAnswered { question: key, text: words, certainty: sure, time: recorded },
        ) => {
            let takes_time = room.routine.as_deref().and_then(|routine| routine.question(key));
            let asked_time = time.filter(|_| takes_time.is_some_and(|question| question.takes_time));
            (question, text, certainty) == (key, words, sure) && asked_time == *recorded
        }
        (Intent::CheckItem { item, note: text }, Event::ItemChecked { item: key, note: words })
        | (Intent::WaiveItem { item, reason: text }, Event::ItemWaived { item: key, reason: words })
        | (Intent::ReopenItem { item, reason: text }, Event::ItemReopened { item: key, reason: words })
        | (Intent::AssignItem { item, person: text }, Event::ItemAssigned { item: key, person: words }) => {
            (item, text) == (key, words)
        }
        (Intent::EnterPhase { phase }, Event::PhaseEntered { phase: key }) => phase == key,
        (Intent::CallMeeting { starts_at: at, text }, Event::MeetingCalled { starts_at: recorded, text: words })
        | (Intent::PlanShift { starts_at: at, who: text }, Event::ShiftPlanned { starts_at: recorded, who: words }) => {
            (at, text) == (recorded, words)
        }
        (Intent::StartMeeting, Event::MeetingStarted { .. }) => true,
        (Intent::AttendMeeting { person }, Event::MeetingAttended { person: who, .. }) => person == who,
        (Intent::FinishAgendaPoint { point, outcome }, Event::AgendaPointDone { point: key, outcome: came, .. }) => {
            (point, outcome) == (key, came)
        }
        (Intent::EndMeeting { held, summary }, Event::MeetingEnded { held: was, summary: words, .. }) => {
            (held, summary) == (was, words)
        }
        (Intent::SetCadence { minutes, reason }, Event::CadenceSet { minutes: every, reason: why }) => {
            (minutes, reason) == (every, why)
        }
        // Until when follows from when it was asked.
        (Intent::SnoozeClock { clock, reason, .. }, Event::ClockSnoozed { clock: key, reason: why, .. }) => {
            (clock, reason) == (key, why)
        }
        (Intent::OpenAction { text, facets }, Event::ActionOpened { text: words, facets: beside, .. })
        | (
            Intent::OpenCorrectiveAction { text, facets },
            Event::CorrectiveActionOpened { text: words, facets: beside, .. },
        ) => (text, facets) == (words, beside),
        (
            Intent::UpdateAction { no, owner, due, track, note },
            Event::ActionUpdated { no: of, owner: to, due: at, track: on, note: words },
        ) => (no, due, track, note) == (of, at, on, words) && owner.as_deref() == to.as_ref().map(Text::raw),
        (Intent::FinishAction { no, outcome: text }, Event::ActionDone { no: of, outcome: words })
        | (Intent::DropAction { no, reason: text }, Event::ActionDropped { no: of, reason: words })
        | (Intent::ReopenAction { no, reason: text }, Event::ActionReopened { no: of, reason: words })
        | (Intent::AllocateResource { no, who: text }, Event::ResourceAllocated { no: of, who: words })
        | (Intent::DropResource { no, reason: text }, Event::ResourceDropped { no: of, reason: words })
        | (Intent::ClearObstacle { no, how: text }, Event::ObstacleCleared { no: of, how: words }) => {
            (no, text) == (of, words)
        }
        (Intent::OpenTrack { track, plan: text }, Event::TrackOpened { track: on, plan: words })
        | (Intent::ChooseTrack { track, reason: text }, Event::TrackChosen { track: on, reason: words })
        | (Intent::DropTrack { track, reason: text }, Event::TrackDropped { track: on, reason: words }) => {
            (track, text) == (on, words)
        }
        (Intent::SetSwitchCondition { condition: text }, Event::SwitchConditionSet { condition: words })
        | (Intent::AskResource { what: text }, Event::ResourceAsked { what: words, .. })
        | (Intent::RaiseObstacle { text }, Event::ObstacleRaised { text: words, .. })
        | (Intent::Mitigate { note: text }, Event::Mitigated { note: words })
        | (Intent::Restore { note: text }, Event::Restored { note: words })
        | (Intent::Close { note: text }, Event::Closed { note: words })
        | (Intent::DeliverReport { to: text }, Event::ReportDelivered { to: words })
        | (Intent::LinkProblem { reference: text }, Event::ProblemLinked { reference: words }) => text == words,
        (
            Intent::EngageSupplier { no, name, case, critical, staff },
            Event::SupplierEngaged { no: of, name: called, case: number, critical: is_critical, staff: people },
        ) => {
            // What was left out stayed as it was.
            let is_said = |asked: &Text, recorded: &Text| (no.is_some() && asked.is_blank()) || asked == recorded;
            no.is_none_or(|no| no == *of)
                && is_said(name, called)
                && is_said(case, number)
                && is_said(staff, people)
                && (critical == is_critical || (no.is_some() && critical.is_none()))
        }
        (
            Intent::DraftMessage { notice, channel, audience, text },
            Event::MessageDrafted { notice: key, channel: by, audience: to, text: words },
        )
        | (
            Intent::RecordMessage { notice, channel, audience, text },
            Event::MessageSent { notice: key, channel: by, audience: to, text: words },
        ) => (notice, channel, audience, text) == (key, by, to, words),
        (Intent::HandOver { to, note }, Event::HandedOver { to: whom, note: words, .. }) => (to, note) == (whom, words),
        (Intent::AcceptHandover, Event::HandoverAccepted { .. }) => true,
        (Intent::StrikeEntry { target, reason: text }, Event::EntryStruck { target: of, reason: words })
        | (Intent::RedactEntry { target, reason: text }, Event::EntryRedacted { target: of, reason: words }) => {
            (target, text) == (of, words)
        }
        (Intent::StarEntry { target, starred }, Event::EntryStarred { target: of, starred: is }) => {
            (target, starred) == (of, is)
        }
        (Intent::RecordDebrief { question, answer }, Event::DebriefRecorded { question: key, answer: words }) => {
            (question, answer) == (key, words)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
