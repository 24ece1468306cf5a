//! The fold: what each event changes in a room. Total: what refers to nothing changes nothing.

use std::collections::BTreeMap;

use super::{Handover, Message, MessageStatus, Room, Shift, Snooze, State};
use crate::domain::action::{Action, ActionEnd, ActionPlan, Obstacle, Resource, Supplier};
use crate::domain::event::{Event, Facets};
use crate::domain::id::{No, Seq};
use crate::domain::item_state::{Settled, Settlement};
use crate::domain::meeting::{Meeting, MeetingEnd};
use crate::domain::outage::Outage;
use crate::domain::priority::Priority;
use crate::domain::question::QuestionAnswer;
use crate::domain::record::{Author, Record};
use crate::domain::role::{Attempt, Given, RoleHolder};
use crate::domain::routine::Channel;
use crate::domain::text::Text;
use crate::domain::time::Moment;

impl Room {
    /// Folds one record. Total: what refers to nothing changes nothing but `seq`. A record at or below `seq` was folded
    /// already and is passed over.
    pub fn apply(&mut self, record: &Record) {
        if record.seq <= self.seq {
            return;
        }
        self.seq = record.seq;
        if crate::domain::timeline::is_entry(&record.event) {
            self.entries += 1;
        }
        let at = record.at;
        let seq = record.seq;
        match &record.event {
            Event::Opened { title, customer, began_at, routine, demo } => {
                self.title = title.clone();
                self.customer = customer.clone();
                self.began_at = Some(*began_at);
                self.declared_at = Some(at);
                self.routine = Some(routine.clone());
                self.demo = *demo;
                self.downtime = vec![Outage { began_at: *began_at, restored_at: None }];
            }
            Event::Classified { entitled, who } => {
                self.know(who);
                self.classified = Some((entitled.clone(), who.clone()));
            }
            Event::PrioritySet { urgency, impact, level, agreed_with } => {
                self.priority = Some(Priority {
                    urgency: *urgency,
                    impact: *impact,
                    level: *level,
                    agreed_with: agreed_with.raw().to_owned(),
                });
            }
            Event::ActivationChosen { active, reason } => {
                self.active = *active;
                self.activation_reason = reason.clone();
            }
            Event::RoleAssigned { role, person } => {
                self.know(person);
                let before = self.roles.insert(role.clone(), RoleHolder { person: person.clone(), since: at });
                self.note_given(seq, role, before);
            }
            Event::RoleReleased { role, .. } => {
                self.roles.remove(role);
            }
            Event::EscalationTried { role, person, how, outcome, purpose, about, takes } => {
                self.know(person);
                self.attempts.push(Attempt {
                    seq,
                    role: role.clone(),
                    person: person.clone(),
                    how: how.clone(),
                    outcome: *outcome,
                    purpose: *purpose,
                    about: about.clone(),
                    takes: takes.clone(),
                    given: None,
                    at,
                });
            }
            Event::NoteTaken { text, facets, meeting, action, .. } => {
                self.know_facets(facets);
                if let Some(meeting) = meeting.and_then(|no| self.meeting_mut(no)) {
                    meeting.notes += 1;
                }
                if let Some(no) = *action {
                    self.open_action(no, seq, text, facets, at, false);
                }
            }
            Event::QuestionAnswered { question, text, certainty, time } => {
                self.answers.entry(question.clone()).or_default().push(QuestionAnswer {
                    seq,
                    text: text.clone(),
                    certainty: *certainty,
                    time: *time,
                    by: record.by.clone(),
                    at,
                    former: Vec::new(),
                });
            }
            Event::ItemChecked { item, note } => self.settle(item, Settlement::Done, note, &record.by, at, seq),
            Event::ItemWaived { item, reason } => self.settle(item, Settlement::Waived, reason, &record.by, at, seq),
            Event::ItemReopened { item, .. } => {
                if let Some(state) = self.checklist.get_mut(item) {
                    state.settled = None;
                }
            }
            Event::ItemAssigned { item, person } => {
                self.know(person);
                self.checklist.entry(item.clone()).or_default().assignee = Some(person.clone());
            }
            Event::PhaseEntered { phase } => self.phases.push((phase.clone(), at)),
            Event::MeetingCalled { starts_at, text } => self.meeting_called = Some((*starts_at, text.clone())),
            Event::MeetingStarted { no } => {
                self.meeting_called = None;
                self.meetings.push(Meeting {
                    no: *no,
                    started_at: at,
                    attendees: Vec::new(),
                    points: BTreeMap::new(),
                    end: None,
                    notes: 0,
                });
            }
            Event::MeetingAttended { no, person } => {
                self.know(person);
                if let Some(meeting) = self.meeting_mut(*no)
                    && !meeting.attendees.contains(person)
                {
                    meeting.attendees.push(person.clone());
                }
            }
            Event::AgendaPointDone { no, point, outcome } => {
                if let Some(meeting) = self.meeting_mut(*no) {
                    meeting.points.insert(point.clone(), (outcome.clone(), at));
                }
            }
            Event::MeetingEnded { no, held, summary } => {
                if let Some(meeting) = self.meeting_mut(*no) {
                    meeting.end = Some(MeetingEnd { at, held: *held, summary: summary.clone() });
                }
            }
            Event::CadenceSet { minutes, .. } => self.cadence_minutes = Some(*minutes),
            Event::ClockSnoozed { clock, until, reason } => {
                let memory = self.clocks.entry(clock.clone()).or_default();
                memory.snooze = Some(Snooze { until: *until, reason: reason.clone(), at });
            }
            Event::ClockRang { clock, due_at, offset } => {
                let rang = &mut self.clocks.entry(clock.clone()).or_default().rang;
                let highest = rang.entry(*due_at).or_insert(*offset);
                *highest = (*highest).max(*offset);
            }
            Event::ActionOpened { no, text, facets } => self.open_action(*no, seq, text, facets, at, false),
            Event::CorrectiveActionOpened { no, text, facets } => self.open_action(*no, seq, text, facets, at, true),
            Event::ActionUpdated { no, owner, due, track, .. } => {
                if let Some(owner) = owner {
                    self.know(owner);
                }
                if let Some(action) = self.actions.iter_mut().find(|action| action.no == *no) {
                    if let Some(owner) = owner {
                        // A name that was redacted is nobody's: the owner before it is not the owner again.
                        action.owner = Some(owner.raw().to_owned()).filter(|name| !name.is_empty());
                    }
                    action.due = due.or(action.due);
                    action.track = track.or(action.track);
                }
            }
            Event::ActionDone { no, outcome } => self.end_action(*no, true, outcome, at),
            Event::ActionDropped { no, reason } => self.end_action(*no, false, reason, at),
            Event::ActionReopened { no, .. } => {
                if let Some(action) = self.actions.iter_mut().find(|action| action.no == *no) {
                    action.end = None;
                }
            }
            Event::TrackOpened { track, plan } => {
                *self.tracks.plan_mut(*track) = Some(ActionPlan { text: plan.clone(), opened_at: at, dropped: None });
            }
            Event::SwitchConditionSet { condition } => self.tracks.switch_condition = Some(condition.clone()),
            Event::TrackChosen { track, reason } => self.tracks.chosen = Some((*track, reason.clone(), at)),
            Event::TrackDropped { track, reason } => {
                if let Some(plan) = self.tracks.plan_mut(*track) {
                    plan.dropped = Some(reason.clone());
                }
                self.tracks.chosen.take_if(|(chosen, ..)| chosen == track);
            }
            Event::ResourceAsked { no, what } => {
                self.numbered.resources = self.numbered.resources.max(*no);
                self.resources.push(Resource {
                    no: *no,
                    seq,
                    what: what.clone(),
                    asked_at: at,
                    allocated: None,
                    dropped: None,
                });
            }
            Event::ResourceAllocated { no, who } => {
                if let Some(resource) = self.resources.iter_mut().find(|resource| resource.no == *no) {
                    resource.allocated = Some((who.clone(), at));
                }
            }
            Event::ResourceDropped { no, reason } => {
                if let Some(resource) = self.resources.iter_mut().find(|resource| resource.no == *no) {
                    resource.dropped = Some(reason.clone());
                }
            }
            Event::SupplierEngaged { no, name, case, critical, staff } => {
                self.numbered.suppliers = self.numbered.suppliers.max(*no);
                let supplier = Supplier {
                    no: *no,
                    seq,
                    name: name.clone(),
                    case: case.clone(),
                    critical: *critical,
                    staff: staff.clone(),
                    engaged_at: at,
                };
                match self.suppliers.iter_mut().find(|known| known.no == *no) {
                    Some(known) => *known = Supplier { seq: known.seq, engaged_at: known.engaged_at, ..supplier },
                    None => self.suppliers.push(supplier),
                }
            }
            Event::ObstacleRaised { no, text } => {
                self.numbered.obstacles = self.numbered.obstacles.max(*no);
                self.obstacles.push(Obstacle { no: *no, seq, text: text.clone(), raised_at: at, cleared: None });
            }
            Event::ObstacleCleared { no, how } => {
                if let Some(obstacle) = self.obstacles.iter_mut().find(|obstacle| obstacle.no == *no) {
                    obstacle.cleared = Some((how.clone(), at));
                }
            }
            Event::MessageDrafted { notice, channel, audience, text } => {
                self.push_message(seq, at, notice, *channel, audience, text, MessageStatus::Drafted);
            }
            Event::MessageSent { notice, channel, audience, text } => {
                self.push_message(seq, at, notice, *channel, audience, text, MessageStatus::Sent);
            }
            Event::MessageFailed { notice, channel, audience, why } => {
                self.push_message(seq, at, notice, *channel, audience, why, MessageStatus::Failed);
            }
            Event::ShiftPlanned { starts_at, who } => {
                self.shifts.push(Shift { starts_at: *starts_at, who: who.clone() });
            }
            Event::HandedOver { role, to, note } => {
                self.handover = Some(Handover { role: role.clone(), to: to.clone(), note: note.clone(), at });
            }
            Event::HandoverAccepted { role, person } => {
                self.handover = None;
                self.roles.insert(role.clone(), RoleHolder { person: person.clone(), since: at });
            }
            Event::Joined { name } => self.know(name),
            Event::EntryAmended { target, text } => {
                let mark = self.marks.entry(*target).or_default();
                mark.amended = Some(text.clone());
                mark.amended_by.push(seq);
                for answer in self.answers.values_mut().flatten().filter(|answer| answer.seq == *target) {
                    answer.former.push(answer.text.clone());
                }
                self.rewrite(*target, text);
            }
            // A correction corrects what was there before it.
            Event::EntryMoved { target, at } if (1..seq).contains(target) => {
                self.moved.insert(*target, *at);
                self.put_role_time(*target, *at);
                self.put_time(*target, *at);
            }
            Event::EntryMoved { .. } => {}
            Event::EntryStruck { target, reason } => {
                self.marks.entry(*target).or_default().struck = Some(reason.clone());
                self.forget(*target, reason, at);
            }
            Event::EntryStarred { target, starred } => self.marks.entry(*target).or_default().starred = *starred,
            Event::EntryRedacted { target, .. } => {
                let mark = self.marks.entry(*target).or_default();
                mark.redacted = true;
                mark.amended = None;
                self.redact(*target);
            }
            Event::Mitigated { .. } => self.mitigated_at = Some(at),
            Event::Restored { .. } => {
                self.state = State::Restored;
                self.restored_at = Some(at);
                if let Some(outage) = self.downtime.last_mut() {
                    outage.restored_at = Some(at);
                }
            }
            Event::Reopened { .. } => {
                // Reopened twice in a row, which the host refuses, the service has been down all the time.
                if self.downtime.last().is_some_and(|outage| outage.restored_at.is_some()) {
                    self.downtime.push(Outage { began_at: at, restored_at: None });
                }
                self.state = State::Open;
                self.restored_at = None;
                self.closed_at = None;
                self.mitigated_at = None;
                self.reopened_at = Some(at);
                self.debriefed_at = None;
                self.report_delivered = None;
            }
            Event::Closed { .. } => {
                self.state = State::Closed;
                self.closed_at = Some(at);
            }
            Event::DebriefRecorded { question, answer } => {
                self.debrief.insert(question.clone(), answer.clone());
                self.debriefed_at = Some(at);
            }
            Event::ReportDelivered { to } => self.report_delivered = Some((to.clone(), at)),
            Event::ProblemLinked { reference } => self.problem = Some(reference.clone()),
            Event::OpeningRecovered { title, customer, began_at, routine, demo } => {
                // What was really opened is never written over.
                if self.routine.is_none() {
                    self.title = title.clone();
                    self.customer = customer.clone();
                    self.began_at = began_at.or(Some(at));
                    self.declared_at = Some(at);
                    self.routine = Some(routine.clone());
                    self.demo = *demo;
                }
            }
            Event::Left { .. } | Event::ClockMoved { .. } | Event::EntryLost { .. } | Event::Unknown { .. } => {}
        }
    }

    /// Record `seq` gave `role`, held by `before` until then: whether the call just before it says so.
    fn note_given(&mut self, seq: Seq, role: &str, before: Option<RoleHolder>) {
        let call = self.attempts.last_mut().filter(|call| call.seq + 1 == seq && call.takes.as_deref() == Some(role));
        if let Some(call) = call {
            call.given = Some(Given { seq, before });
        }
    }

    fn know(&mut self, person: &Text) {
        if !person.is_blank() && !person.is_redacted() {
            self.people.insert(person.raw().to_owned());
        }
    }

    fn know_facets(&mut self, facets: &Facets) {
        self.people.extend(facets.people.iter().cloned());
        self.tags.extend(facets.tags.iter().cloned());
    }

    fn settle(&mut self, item: &str, how: Settlement, text: &Text, by: &Author, at: Moment, seq: Seq) {
        self.checklist.entry(item.to_owned()).or_default().settled =
            Some(Settled { how, text: text.clone(), by: by.clone(), at, seq });
    }

    fn meeting_mut(&mut self, no: No) -> Option<&mut Meeting> {
        self.meetings.iter_mut().find(|meeting| meeting.no == no)
    }

    fn open_action(&mut self, no: No, seq: Seq, text: &Text, facets: &Facets, at: Moment, corrective: bool) {
        self.know_facets(facets);
        self.actions.push(Action {
            no,
            seq,
            text: text.clone(),
            owner: facets.owner().map(str::to_owned),
            due: facets.due,
            track: facets.track,
            opened_at: at,
            end: None,
            corrective,
        });
    }

    fn end_action(&mut self, no: No, done: bool, text: &Text, at: Moment) {
        if let Some(action) = self.actions.iter_mut().find(|action| action.no == no) {
            action.end = Some(ActionEnd { done, text: text.clone(), at });
        }
    }

    #[allow(clippy::too_many_arguments, reason = "a message's parts, named at each of three call sites")]
    fn push_message(
        &mut self,
        seq: Seq,
        at: Moment,
        notice: &Option<String>,
        channel: Channel,
        audience: &Text,
        text: &Text,
        status: MessageStatus,
    ) {
        self.messages.push(Message {
            seq,
            notice: notice.clone(),
            channel,
            audience: audience.clone(),
            text: text.clone(),
            at,
            status,
        });
    }
}
