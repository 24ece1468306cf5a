//! What an intent causes in a room, or why it is refused. Pure: the same room, intent and context decide the same.

use super::event::Event;
use super::id::No;
use super::intent::{Intent, Refusal};
use super::priority::Activation;
use super::room::{Room, State};
use super::routine::MetBy;
use super::text::Text;

impl Intent {
    /// The earlier entry it is about; the host looks it up for [`Context::target`].
    pub fn target(&self) -> Option<u64> {
        match self {
            Intent::AmendEntry { target, .. }
            | Intent::StrikeEntry { target, .. }
            | Intent::StarEntry { target, .. }
            | Intent::RedactEntry { target, .. } => Some(*target),
            _ => None,
        }
    }
}

mod bounds;
mod clock;
mod context;
mod correction;
mod declare;
mod guard;
mod meeting;
mod repeat;
mod role;
mod stage;

pub use bounds::{LONGEST_NAME, MOST_NAMES};
use context::next;
pub use context::{Context, FUTURE_TOLERANCE, LONGEST_TEXT};
pub use declare::open;
use guard::{
    belongs_to_open_incident, ended_action, entitled_to_classify, is_ahead, known_item, known_notice, known_role,
    must_be, no_such, not_ahead, open_action, open_item, open_resource, refuse, require, unknown,
};
pub use repeat::{is_repeat, is_repeated_opening};

/// The events that `intent` causes in `room`.
///
/// # Errors
/// A [`Refusal`] that says what is wrong and what to do: a blank text where one is needed, something the room does not
/// have, a time ahead of now, or a step that the incident's state does not allow.
pub fn decide(room: &Room, intent: &Intent, context: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let Some(routine) = room.routine.as_deref() else { return Err(refuse("refuse-room-empty")) };
    not_ahead(context.at, context.now)?;
    bounds::intent_fits(intent)?;
    if room.state == State::Closed && belongs_to_open_incident(intent) {
        return Err(refuse("refuse-closed"));
    }
    Ok(match intent {
        Intent::Classify { entitled, who } => {
            entitled_to_classify(routine, entitled)?;
            vec![Event::Classified { entitled: entitled.clone(), who: who.clone() }]
        }
        Intent::ActivateRoutine { reason } => {
            stage::may_activate(room, routine, reason)?;
            vec![Event::ActivationChosen { active: true, reason: reason.clone() }]
        }
        Intent::SetPriority { urgency, impact, agreed_with } => {
            let level = routine.priority.level(*urgency, *impact);
            let mut events = vec![Event::PrioritySet {
                urgency: *urgency,
                impact: *impact,
                level,
                agreed_with: agreed_with.clone(),
            }];
            // Lowering the priority does not end the routine: once activated it is followed in full (P3).
            if !room.active && routine.priority.activation(level) == Activation::Mandatory {
                events.push(Event::ActivationChosen { active: true, reason: Text::default() });
            }
            events
        }
        Intent::AssignRole { role, person } => {
            known_role(routine, role)?;
            require(person, "refuse-person-blank")?;
            vec![Event::RoleAssigned { role: role.clone(), person: person.clone() }]
        }
        Intent::ReleaseRole { role } => match room.roles.get(role) {
            Some(holder) => vec![Event::RoleReleased { role: role.clone(), person: holder.person.clone() }],
            None => return Err(refuse("refuse-role-vacant")),
        },
        Intent::TryEscalation { role, person, how, outcome, purpose, about, takes } => {
            if !role.is_empty() {
                known_role(routine, role)?;
            }
            require(person, "refuse-person-blank")?;
            role::may_take(routine, *purpose, *outcome, takes.as_deref())?;
            let tried = Event::EscalationTried {
                role: role.clone(),
                person: person.clone(),
                how: how.clone(),
                outcome: *outcome,
                purpose: Some(*purpose),
                about: about.clone(),
                takes: takes.clone(),
            };
            let taken = takes.clone().map(|role| Event::RoleAssigned { role, person: person.clone() });
            std::iter::once(tried).chain(taken).collect()
        }
        Intent::TakeNote { kind, text, facets } => {
            require(text, "refuse-text-blank")?;
            let meeting = meeting::running_at(room, context.at);
            let action = facets.due.map(|_| next_action(room));
            vec![Event::NoteTaken { kind: *kind, text: text.clone(), facets: facets.clone(), meeting, action }]
        }
        Intent::AnswerQuestion { question, text, certainty, time } => {
            let known = || routine.questions.iter().map(|question| &*question.key);
            let asked = routine.question(question).ok_or_else(|| unknown("refuse-no-question", question, known()))?;
            if text.is_blank() && !(asked.takes_time && time.is_some()) {
                return Err(refuse("refuse-text-blank"));
            }
            vec![Event::QuestionAnswered {
                question: question.clone(),
                text: text.clone(),
                certainty: *certainty,
                time: time.filter(|_| asked.takes_time),
            }]
        }
        Intent::CheckItem { item, note } => {
            open_item(room, routine, item)?;
            vec![Event::ItemChecked { item: item.clone(), note: note.clone() }]
        }
        Intent::WaiveItem { item, reason } => {
            open_item(room, routine, item)?;
            require(reason, "refuse-waive-reason")?;
            vec![Event::ItemWaived { item: item.clone(), reason: reason.clone() }]
        }
        Intent::ReopenItem { item, reason } => {
            known_item(routine, item)?;
            if room.checklist.get(item).is_none_or(|state| state.settled.is_none()) {
                return Err(no_such("refuse-item-open", item));
            }
            vec![Event::ItemReopened { item: item.clone(), reason: reason.clone() }]
        }
        Intent::AssignItem { item, person } => {
            known_item(routine, item)?;
            require(person, "refuse-person-blank")?;
            vec![Event::ItemAssigned { item: item.clone(), person: person.clone() }]
        }
        Intent::EnterPhase { phase } => {
            if !routine.phases.iter().any(|known| known.key == *phase) {
                return Err(unknown("refuse-no-phase", phase, routine.phases.iter().map(|phase| &*phase.key)));
            }
            vec![Event::PhaseEntered { phase: phase.clone() }]
        }
        Intent::CallMeeting { starts_at, text } => {
            vec![Event::MeetingCalled { starts_at: *starts_at, text: text.clone() }]
        }
        Intent::StartMeeting => vec![meeting::start(room, context)?],
        Intent::AttendMeeting { person } => vec![meeting::attend(room, person)?],
        Intent::FinishAgendaPoint { point, outcome } => vec![meeting::finish_point(room, routine, point, outcome)?],
        Intent::EndMeeting { held, summary } => {
            let ended = meeting::end(room, context, *held, summary)?;
            if *held { with_steps(room, ended, MetBy::Meeting) } else { vec![ended] }
        }
        Intent::SetCadence { minutes, reason } => vec![clock::set_cadence(routine, *minutes, reason)?],
        Intent::SnoozeClock { clock, minutes, reason } => {
            vec![clock::snooze(room, context, clock, *minutes, reason)?]
        }
        Intent::OpenAction { text, facets } => {
            require(text, "refuse-text-blank")?;
            vec![Event::ActionOpened { no: next_action(room), text: text.clone(), facets: facets.clone() }]
        }
        Intent::OpenCorrectiveAction { text, facets } => {
            require(text, "refuse-text-blank")?;
            vec![Event::CorrectiveActionOpened { no: next_action(room), text: text.clone(), facets: facets.clone() }]
        }
        Intent::UpdateAction { no, owner, due, track, note } => {
            open_action(room, *no)?;
            let (owner, note) = (owner.clone().map(Text::from), note.clone());
            vec![Event::ActionUpdated { no: *no, owner, due: *due, track: *track, note }]
        }
        Intent::FinishAction { no, outcome } => {
            open_action(room, *no)?;
            vec![Event::ActionDone { no: *no, outcome: outcome.clone() }]
        }
        Intent::DropAction { no, reason } => {
            open_action(room, *no)?;
            require(reason, "refuse-drop-reason")?;
            vec![Event::ActionDropped { no: *no, reason: reason.clone() }]
        }
        Intent::ReopenAction { no, reason } => {
            ended_action(room, *no)?;
            vec![Event::ActionReopened { no: *no, reason: reason.clone() }]
        }
        Intent::OpenTrack { track, plan } => {
            require(plan, "refuse-text-blank")?;
            vec![Event::TrackOpened { track: *track, plan: plan.clone() }]
        }
        Intent::SetSwitchCondition { condition } => {
            require(condition, "refuse-text-blank")?;
            vec![Event::SwitchConditionSet { condition: condition.clone() }]
        }
        Intent::ChooseTrack { track, reason } => {
            if room.tracks.plan(*track).is_none_or(|plan| plan.dropped.is_some()) {
                return Err(no_such("refuse-no-track", &track.to_string()));
            }
            vec![Event::TrackChosen { track: *track, reason: reason.clone() }]
        }
        Intent::DropTrack { track, reason } => {
            if room.tracks.plan(*track).is_none_or(|plan| plan.dropped.is_some()) {
                return Err(no_such("refuse-no-track", &track.to_string()));
            }
            require(reason, "refuse-drop-reason")?;
            vec![Event::TrackDropped { track: *track, reason: reason.clone() }]
        }
        Intent::AskResource { what } => {
            require(what, "refuse-text-blank")?;
            vec![Event::ResourceAsked {
                no: next(room.resources.iter().map(|r| r.no).chain([room.numbered.resources])),
                what: what.clone(),
            }]
        }
        Intent::AllocateResource { no, who } => {
            open_resource(room, *no)?;
            vec![Event::ResourceAllocated { no: *no, who: who.clone() }]
        }
        Intent::DropResource { no, reason } => {
            open_resource(room, *no)?;
            require(reason, "refuse-drop-reason")?;
            vec![Event::ResourceDropped { no: *no, reason: reason.clone() }]
        }
        Intent::EngageSupplier { no, name, case, critical, staff } => {
            let known = match no {
                Some(no) => Some(
                    room.suppliers
                        .iter()
                        .find(|supplier| supplier.no == *no)
                        .ok_or_else(|| no_such("refuse-no-supplier", &no.to_string()))?,
                ),
                None => {
                    require(name, "refuse-supplier-blank")?;
                    None
                }
            };
            let kept = |given: &Text, old: fn(&super::action::Supplier) -> &Text| match known {
                Some(known) if given.is_blank() => old(known).clone(),
                _ => given.clone(),
            };
            vec![Event::SupplierEngaged {
                no: no.unwrap_or_else(|| {
                    next(room.suppliers.iter().map(|known| known.no).chain([room.numbered.suppliers]))
                }),
                name: kept(name, |supplier| &supplier.name),
                case: kept(case, |supplier| &supplier.case),
                critical: critical.or_else(|| known.and_then(|known| known.critical)),
                staff: kept(staff, |supplier| &supplier.staff),
            }]
        }
        Intent::RaiseObstacle { text } => {
            require(text, "refuse-text-blank")?;
            vec![Event::ObstacleRaised {
                no: next(room.obstacles.iter().map(|o| o.no).chain([room.numbered.obstacles])),
                text: text.clone(),
            }]
        }
        Intent::ClearObstacle { no, how } => {
            if !room.obstacles.iter().any(|obstacle| obstacle.no == *no && obstacle.is_open()) {
                return Err(no_such("refuse-no-obstacle", &no.to_string()));
            }
            vec![Event::ObstacleCleared { no: *no, how: how.clone() }]
        }
        Intent::DraftMessage { notice, channel, audience, text } => {
            known_notice(routine, notice.as_deref())?;
            vec![Event::MessageDrafted {
                notice: notice.clone(),
                channel: *channel,
                audience: audience.clone(),
                text: text.clone(),
            }]
        }
        Intent::RecordMessage { notice, channel, audience, text } => {
            known_notice(routine, notice.as_deref())?;
            require(text, "refuse-text-blank")?;
            let is_first = notice.as_deref().and_then(|key| routine.notice(key)).is_some_and(|notice| notice.first);
            let sent = Event::MessageSent {
                notice: notice.clone(),
                channel: *channel,
                audience: audience.clone(),
                text: text.clone(),
            };
            if is_first { with_steps(room, sent, MetBy::FirstNotice) } else { vec![sent] }
        }
        Intent::PlanShift { starts_at, who } => {
            require(who, "refuse-person-blank")?;
            vec![Event::ShiftPlanned { starts_at: *starts_at, who: who.clone() }]
        }
        Intent::HandOver { to, note } => {
            require(to, "refuse-person-blank")?;
            vec![Event::HandedOver { role: routine.lead.clone(), to: to.clone(), note: note.clone() }]
        }
        Intent::AcceptHandover => match &room.handover {
            Some(handover) => {
                vec![Event::HandoverAccepted { role: handover.role.clone(), person: handover.to.clone() }]
            }
            None => return Err(refuse("refuse-no-handover")),
        },
        Intent::AmendEntry { target, text, at } => correction::amend(room, context, *target, text, *at)?,
        Intent::StrikeEntry { target, reason } => correction::strike(room, context.target, *target, reason)?,
        Intent::StarEntry { target, starred } => vec![correction::star(context.target, *target, *starred)?],
        Intent::RedactEntry { target, reason } => correction::redact(room, context.target, *target, reason)?,
        Intent::Mitigate { note } => vec![stage::mitigate(room, note)?],
        Intent::Restore { note } => vec![stage::restore(room, context, note)?],
        Intent::Reopen { reason } => vec![stage::reopen(room, context, reason)?],
        Intent::Close { note } => vec![stage::close(room, note)?],
        Intent::RecordDebrief { question, answer } => {
            if !routine.debrief.iter().any(|known| known.key == *question) {
                let known = routine.debrief.iter().map(|question| &*question.key);
                return Err(unknown("refuse-no-debrief-question", question, known));
            }
            require(answer, "refuse-text-blank")?;
            let recorded = Event::DebriefRecorded { question: question.clone(), answer: answer.clone() };
            with_steps(room, recorded, MetBy::Debrief)
        }
        Intent::DeliverReport { to } => {
            must_be(room, State::Closed, "refuse-report-before-close")?;
            with_steps(room, Event::ReportDelivered { to: to.clone() }, MetBy::Report)
        }
        Intent::LinkProblem { reference } => {
            require(reference, "refuse-text-blank")?;
            vec![Event::ProblemLinked { reference: reference.clone() }]
        }
    })
}

/// `done`, and that the open steps are done which are tied to the clocks that it meets: one notice has one time.
fn with_steps(room: &Room, done: Event, met_by: MetBy) -> Vec<Event> {
    let steps = room.steps_met_by(met_by).into_iter();
    let checked = steps.map(|item| Event::ItemChecked { item: item.key.clone(), note: Text::default() });
    std::iter::once(done).chain(checked).collect()
}

fn next_action(room: &Room) -> No {
    next(room.actions.iter().map(|action| action.no))
}

#[cfg(test)]
mod tests;
