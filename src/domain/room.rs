//! The live record of one incident: the fold of its events. It folds any sequence and never fails.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::action::{Action, ActionEnd, Obstacle, Plan, Resource, Supplier, Track, Tracks};
use super::checklist::{ItemState, Settled, Settlement};
use super::event::{Event, Facets};
use super::id::{No, RoomId, Seq};
use super::meeting::{Meeting, MeetingEnd};
use super::priority::Priority;
use super::question::Answer;
use super::record::{Author, Record};
use super::role::{Attempt, Holder};
use super::routine::{Anchor, Channel, Routine};
use super::text::Text;
use super::time::Moment;

/// Where the incident stands. Mitigated is said beside it, see [`Room::mitigated_at`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum State {
    #[default]
    Open,
    /// Normal function is back; the duration has stopped.
    Restored,
    /// Everything is done; the report clock runs.
    Closed,
}

/// What later events did to an entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Mark {
    /// The text that replaces it. The old one stays visible, struck through.
    pub amended: Option<Text>,
    /// The records that amended it: they hold words of it too.
    #[serde(default)]
    pub amended_by: Vec<Seq>,
    /// Why it was struck.
    pub struck: Option<Text>,
    pub starred: bool,
    pub redacted: bool,
}

/// A snooze in force until `until`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snooze {
    pub until: Moment,
    pub reason: Text,
    pub at: Moment,
}

/// What a room remembers of one clock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct ClockMemory {
    /// The highest offset that rang, for each due time it has had: a due time that comes back does not ring again.
    pub rang: BTreeMap<Moment, i64>,
    pub snooze: Option<Snooze>,
}

/// A message to people outside the room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub seq: Seq,
    pub notice: Option<String>,
    pub channel: Channel,
    pub audience: Text,
    pub text: Text,
    pub at: Moment,
    pub status: MessageStatus,
}

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MessageStatus {
    Drafted,
    Sent,
    Failed,
}

/// A shift that relieves the present one (P61, P62).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shift {
    pub starts_at: Moment,
    pub who: Text,
}

/// A handover that waits to be accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Handover {
    pub role: String,
    pub to: Text,
    pub note: Text,
    pub at: Moment,
}

/// The room. Fields are public to read; only [`Room::apply`] changes them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Room {
    pub id: RoomId,
    /// The last record folded; 0 before the first.
    pub seq: Seq,
    /// How many entries the timeline has.
    pub entries: u64,
    pub title: Text,
    pub customer: Text,
    pub demo: bool,
    /// The routine it was opened with; none only before the first record.
    pub routine: Option<Box<Routine>>,
    pub state: State,
    pub began_at: Option<Moment>,
    pub declared_at: Option<Moment>,
    pub mitigated_at: Option<Moment>,
    pub restored_at: Option<Moment>,
    pub closed_at: Option<Moment>,
    /// The last time it was reopened.
    pub reopened_at: Option<Moment>,
    /// Classifier key and who.
    pub classified: Option<(String, Text)>,
    pub priority: Option<Priority>,
    /// Whether the routine is in force, and why when its priority did not demand it.
    pub active: bool,
    pub activation_reason: Text,
    pub roles: BTreeMap<String, Holder>,
    pub attempts: Vec<Attempt>,
    /// Question key → every answer, oldest first. Struck ones are gone.
    pub answers: BTreeMap<String, Vec<Answer>>,
    pub checklist: BTreeMap<String, ItemState>,
    /// Phases entered, in order.
    pub phases: Vec<(String, Moment)>,
    pub meetings: Vec<Meeting>,
    /// A meeting called and not yet started.
    pub meeting_called: Option<(Moment, Text)>,
    /// The interval between meetings that the lead set; none: the routine's.
    pub cadence_minutes: Option<i64>,
    pub clocks: BTreeMap<String, ClockMemory>,
    pub actions: Vec<Action>,
    pub tracks: Tracks,
    pub resources: Vec<Resource>,
    pub suppliers: Vec<Supplier>,
    pub obstacles: Vec<Obstacle>,
    pub messages: Vec<Message>,
    pub shifts: Vec<Shift>,
    pub handover: Option<Handover>,
    pub marks: BTreeMap<Seq, Mark>,
    /// Debrief question → answer.
    pub debrief: BTreeMap<String, Text>,
    pub debriefed_at: Option<Moment>,
    pub report_delivered: Option<(Text, Moment)>,
    pub problem: Option<Text>,
    /// Everyone named so far, for completion.
    pub people: BTreeSet<String>,
    pub tags: BTreeSet<String>,
}

impl Room {
    /// The room before its first record.
    pub fn new(id: RoomId) -> Self {
        Room {
            id,
            seq: 0,
            entries: 0,
            title: Text::default(),
            customer: Text::default(),
            demo: false,
            routine: None,
            state: State::Open,
            began_at: None,
            declared_at: None,
            mitigated_at: None,
            restored_at: None,
            closed_at: None,
            reopened_at: None,
            classified: None,
            priority: None,
            active: false,
            activation_reason: Text::default(),
            roles: BTreeMap::new(),
            attempts: Vec::new(),
            answers: BTreeMap::new(),
            checklist: BTreeMap::new(),
            phases: Vec::new(),
            meetings: Vec::new(),
            meeting_called: None,
            cadence_minutes: None,
            clocks: BTreeMap::new(),
            actions: Vec::new(),
            tracks: Tracks::default(),
            resources: Vec::new(),
            suppliers: Vec::new(),
            obstacles: Vec::new(),
            messages: Vec::new(),
            shifts: Vec::new(),
            handover: None,
            marks: BTreeMap::new(),
            debrief: BTreeMap::new(),
            debriefed_at: None,
            report_delivered: None,
            problem: None,
            people: BTreeSet::new(),
            tags: BTreeSet::new(),
        }
    }

    /// Folds `records` into an empty room.
    pub fn fold<'a>(id: RoomId, records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut room = Room::new(id);
        for record in records {
            room.apply(record);
        }
        room
    }

    /// When `anchor` was, if it has been.
    pub fn anchor(&self, anchor: Anchor) -> Option<Moment> {
        match anchor {
            Anchor::Began => self.began_at,
            Anchor::Declared => self.declared_at,
            Anchor::MeetingHeld => self.last_meeting_at(),
            Anchor::Restored => self.restored_at,
            Anchor::Closed => self.closed_at,
        }
    }

    /// When the last meeting began that was held or is running.
    pub fn last_meeting_at(&self) -> Option<Moment> {
        self.meetings.iter().filter(|m| m.is_running() || m.was_held()).map(|m| m.started_at).max()
    }

    /// How many meetings were held to their end.
    pub fn meetings_held(&self) -> usize {
        self.meetings.iter().filter(|meeting| meeting.was_held()).count()
    }

    /// The meeting that is running.
    pub fn running_meeting(&self) -> Option<&Meeting> {
        self.meetings.last().filter(|meeting| meeting.is_running())
    }

    /// Who leads: the holder of the routine's leading role.
    pub fn lead(&self) -> Option<&Holder> {
        self.roles.get(&self.routine.as_deref()?.lead)
    }

    /// The present answer to the question `key`.
    pub fn answer(&self, key: &str) -> Option<&Answer> {
        self.answers.get(key)?.last()
    }

    /// How long it has lasted at `now`: from declaration until restored, in seconds, never negative.
    pub fn elapsed_seconds(&self, now: Moment) -> i64 {
        let Some(declared) = self.declared_at else { return 0 };
        self.restored_at.unwrap_or(now).since(declared).num_seconds().max(0)
    }

    /// When the first notice went out: the first sent message that the routine's first notice names, whatever its form.
    pub fn first_notice_at(&self) -> Option<Moment> {
        let routine = self.routine.as_deref()?;
        self.messages
            .iter()
            .filter(|message| message.status == MessageStatus::Sent)
            .filter(|message| message.notice.as_deref().and_then(|key| routine.notice(key)).is_some_and(|n| n.first))
            .map(|message| message.at)
            .min()
    }

    /// The open action, resource, obstacle … texts belong to their own lists; this finds an action by number.
    pub fn action(&self, no: No) -> Option<&Action> {
        self.actions.iter().find(|action| action.no == no)
    }

    /// What later events did to entry `seq`.
    pub fn mark(&self, seq: Seq) -> Option<&Mark> {
        self.marks.get(&seq)
    }

    /// Folds one record. Total: what refers to nothing changes nothing but `seq`. A record at or below `seq` was folded
    /// already and is passed over.
    pub fn apply(&mut self, record: &Record) {
        if record.seq <= self.seq {
            return;
        }
        self.seq = record.seq;
        if super::timeline::is_entry(&record.event) {
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
                self.roles.insert(role.clone(), Holder { person: person.clone(), since: at });
            }
            Event::RoleReleased { role, .. } => {
                self.roles.remove(role);
            }
            Event::EscalationTried { role, person, how, outcome } => {
                self.know(person);
                self.attempts.push(Attempt {
                    role: role.clone(),
                    person: person.clone(),
                    how: how.clone(),
                    outcome: *outcome,
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
                self.answers.entry(question.clone()).or_default().push(Answer {
                    seq,
                    text: text.clone(),
                    certainty: *certainty,
                    time: *time,
                    by: record.by.clone(),
                    at,
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
                if let Some(name) = owner {
                    self.people.insert(name.clone());
                }
                if let Some(action) = self.actions.iter_mut().find(|action| action.no == *no) {
                    action.owner = owner.clone().or(action.owner.take());
                    action.due = due.or(action.due);
                    action.track = track.or(action.track);
                }
            }
            Event::ActionDone { no, outcome } => self.end_action(*no, true, outcome, at),
            Event::ActionDropped { no, reason } => self.end_action(*no, false, reason, at),
            Event::TrackOpened { track, plan } => {
                *self.tracks.plan_mut(*track) = Some(Plan { text: plan.clone(), opened_at: at, dropped: None });
            }
            Event::SwitchConditionSet { condition } => self.tracks.switch_condition = Some(condition.clone()),
            Event::TrackChosen { track, reason } => self.tracks.chosen = Some((*track, reason.clone(), at)),
            Event::TrackDropped { track, reason } => {
                if let Some(plan) = self.tracks.plan_mut(*track) {
                    plan.dropped = Some(reason.clone());
                }
            }
            Event::ResourceAsked { no, what } => self.resources.push(Resource {
                no: *no,
                seq,
                what: what.clone(),
                asked_at: at,
                allocated: None,
                dropped: None,
            }),
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
                self.roles.insert(role.clone(), Holder { person: person.clone(), since: at });
            }
            Event::Joined { name } => self.know(name),
            Event::EntryAmended { target, text } => {
                let mark = self.marks.entry(*target).or_default();
                mark.amended = Some(text.clone());
                mark.amended_by.push(seq);
                self.rewrite(*target, text);
            }
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
            }
            Event::Reopened { .. } => {
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
            Event::Left { .. } | Event::ClockMoved { .. } | Event::EntryLost { .. } | Event::Unknown { .. } => {}
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

    /// Gives whatever entry `target` put on a list the words `text`.
    fn rewrite(&mut self, target: Seq, text: &Text) {
        let answers = self.answers.values_mut().flatten().filter(|a| a.seq == target).map(|a| &mut a.text);
        let actions = self.actions.iter_mut().filter(|a| a.seq == target).map(|a| &mut a.text);
        let resources = self.resources.iter_mut().filter(|r| r.seq == target).map(|r| &mut r.what);
        let obstacles = self.obstacles.iter_mut().filter(|o| o.seq == target).map(|o| &mut o.text);
        for words in answers.chain(actions).chain(resources).chain(obstacles) {
            *words = text.clone();
        }
    }

    /// Takes the words of entry `target` out of every list that knows where its words came from. What was said in a step
    /// of the incident (a role, a meeting, a plan) goes when the room is folded again from its redacted journal.
    fn redact(&mut self, target: Seq) {
        let gone = Text::Redacted { redacted: String::new() };
        self.rewrite(target, &gone);
        for supplier in self.suppliers.iter_mut().filter(|supplier| supplier.seq == target) {
            supplier.name = gone.clone();
            supplier.case = gone.clone();
            supplier.staff = gone.clone();
        }
        for message in self.messages.iter_mut().filter(|message| message.seq == target) {
            message.audience = gone.clone();
            message.text = gone.clone();
        }
        for settled in self.checklist.values_mut().filter_map(|state| state.settled.as_mut()) {
            if settled.seq == target {
                settled.text = gone.clone();
            }
        }
    }

    /// Takes whatever entry `target` put on a list off it again.
    fn forget(&mut self, target: Seq, reason: &Text, at: Moment) {
        for history in self.answers.values_mut() {
            history.retain(|answer| answer.seq != target);
        }
        if let Some(action) = self.actions.iter_mut().find(|action| action.seq == target && action.is_open()) {
            action.end = Some(ActionEnd { done: false, text: reason.clone(), at });
        }
        self.resources.retain(|resource| resource.seq != target);
        self.suppliers.retain(|supplier| supplier.seq != target);
        self.obstacles.retain(|obstacle| obstacle.seq != target);
        self.messages.retain(|message| message.seq != target || message.status != MessageStatus::Drafted);
    }
}

/// The open items of `Track`-less lists that must always be visible somewhere (P34–P36, P52–P58).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpenCounts {
    pub actions: usize,
    pub late_actions: usize,
    pub resources: usize,
    pub suppliers: usize,
    pub obstacles: usize,
}

impl Room {
    /// How much is open at `now`.
    pub fn open_counts(&self, now: Moment) -> OpenCounts {
        OpenCounts {
            actions: self.actions.iter().filter(|action| action.is_open()).count(),
            late_actions: self.actions.iter().filter(|action| action.late_minutes(now).is_some()).count(),
            resources: self.resources.iter().filter(|resource| resource.is_open()).count(),
            suppliers: self.suppliers.iter().filter(|supplier| supplier.is_open()).count(),
            obstacles: self.obstacles.iter().filter(|obstacle| obstacle.is_open()).count(),
        }
    }

    /// The open actions of `track`, or all when none is given.
    pub fn open_actions(&self, track: Option<Track>) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(move |action| action.is_open() && (track.is_none() || action.track == track))
    }
}

#[cfg(test)]
mod tests;
