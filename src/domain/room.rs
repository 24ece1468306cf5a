//! The live record of one incident: the fold of its events. It folds any sequence and never fails.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::action::{Action, Obstacle, Resource, Supplier, Track, Tracks};
use super::id::{No, RoomId, Seq};
use super::item_state::ItemState;
use super::meeting::Meeting;
use super::outage::Outage;
use super::priority::Priority;
use super::question::QuestionAnswer;
use super::record::Record;
use super::role::{Attempt, RoleHolder};
use super::routine::{Anchor, Channel, Question, Routine};
use super::text::Text;
use super::time::Moment;

/// Which fold this is. It is raised when [`Room::apply`] makes something else of the same records, so that no fold that an
/// earlier program kept is taken for this one's.
pub const FOLD: u32 = 3;

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

/// The highest number given so far to what can be taken off its list again. No number is given twice: who has a form
/// open for what was struck meanwhile must not hit what came after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Numbered {
    pub resources: No,
    pub suppliers: No,
    pub obstacles: No,
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
    /// Every span in which the service was down, see [`Room::outages`]. Empty in a fold that an earlier version made.
    #[serde(default)]
    pub downtime: Vec<Outage>,
    /// Classifier key and who.
    pub classified: Option<(String, Text)>,
    pub priority: Option<Priority>,
    /// Whether the routine is in force, and why when its priority did not demand it.
    pub active: bool,
    pub activation_reason: Text,
    pub roles: BTreeMap<String, RoleHolder>,
    /// Every call, struck ones too, see [`Room::standing_attempts`].
    pub attempts: Vec<Attempt>,
    /// Question key → every answer, oldest first. Struck ones are gone.
    pub answers: BTreeMap<String, Vec<QuestionAnswer>>,
    pub checklist: BTreeMap<String, ItemState>,
    /// Phases entered, in order.
    pub phases: Vec<(String, Moment)>,
    pub meetings: Vec<Meeting>,
    /// A meeting called and not yet started.
    pub meeting_called: Option<(Moment, Text)>,
    /// The interval between meetings that the lead set; `None` for the routine's.
    pub cadence_minutes: Option<i64>,
    pub clocks: BTreeMap<String, ClockMemory>,
    pub actions: Vec<Action>,
    pub tracks: Tracks,
    pub resources: Vec<Resource>,
    pub suppliers: Vec<Supplier>,
    pub obstacles: Vec<Obstacle>,
    /// Nothing in a fold that an earlier version kept.
    #[serde(default)]
    pub numbered: Numbered,
    pub messages: Vec<Message>,
    pub shifts: Vec<Shift>,
    pub handover: Option<Handover>,
    pub marks: BTreeMap<Seq, Mark>,
    /// Entries whose time was corrected, and when they happened. Nothing in a fold that an earlier version kept.
    #[serde(default)]
    pub moved: BTreeMap<Seq, Moment>,
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
            downtime: Vec::new(),
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
            numbered: Numbered::default(),
            messages: Vec::new(),
            shifts: Vec::new(),
            handover: None,
            marks: BTreeMap::new(),
            moved: BTreeMap::new(),
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

    /// When the first meeting began that was held or is running.
    pub fn first_meeting_at(&self) -> Option<Moment> {
        self.meetings.iter().filter(|m| m.is_running() || m.was_held()).map(|m| m.started_at).min()
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
    pub fn lead(&self) -> Option<&RoleHolder> {
        self.roles.get(&self.routine.as_deref()?.lead)
    }

    /// The present answer to the question `key`.
    pub fn answer(&self, key: &str) -> Option<&QuestionAnswer> {
        self.standing_answers(key).next_back()
    }

    /// The answers to the question `key` that were not struck, oldest first.
    pub fn standing_answers(&self, key: &str) -> impl DoubleEndedIterator<Item = &QuestionAnswer> {
        self.answers.get(key).into_iter().flatten().filter(|answer| !self.is_struck(answer.seq))
    }

    /// Whether the present answer to `question` is older than it should be at `now`. Once service is back nobody waits for a
    /// newer one.
    pub fn is_stale(&self, question: &Question, now: Moment) -> bool {
        self.state == State::Open && self.answer(&question.key).is_some_and(|answer| answer.is_stale(question, now))
    }

    /// The calls that were not struck, oldest first.
    pub fn standing_attempts(&self) -> impl DoubleEndedIterator<Item = &Attempt> {
        self.attempts.iter().filter(|attempt| !self.is_struck(attempt.seq))
    }

    /// Whether entry `seq` was struck.
    pub fn is_struck(&self, seq: Seq) -> bool {
        self.mark(seq).is_some_and(|mark| mark.struck.is_some())
    }

    /// Every span in which the service was down, in order; the last one goes on while the incident is open.
    pub fn outages(&self) -> Vec<Outage> {
        match (self.downtime.is_empty(), self.began_at) {
            (true, Some(began_at)) => vec![Outage { began_at, restored_at: self.restored_at }],
            _ => self.downtime.clone(),
        }
    }

    /// How long it has lasted at `now`: from declaration until restored for the last time, in seconds, never negative. When
    /// it was reopened, the service was up for a part of that: see [`Room::outages`].
    pub fn elapsed_seconds(&self, now: Moment) -> i64 {
        let Some(declared) = self.declared_at else { return 0 };
        self.restored_at.unwrap_or(now).since(declared).num_seconds().max(0)
    }

    /// When the first notice went out: the first sent message that the routine's first notice names, in any form.
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

    /// When what `record` tells of happened, by all that is known: its time may have been corrected.
    pub fn happened_at(&self, record: &Record) -> Moment {
        self.moved.get(&record.seq).copied().unwrap_or(record.at)
    }

    /// The words of `record` as they stand now: they may have been amended.
    pub fn present_words<'a>(&'a self, record: &'a Record) -> Option<&'a Text> {
        self.mark(record.seq).and_then(|mark| mark.amended.as_ref()).or(record.event.words())
    }

    /// What later events did to entry `seq`.
    pub fn mark(&self, seq: Seq) -> Option<&Mark> {
        self.marks.get(&seq)
    }
}

mod apply;
mod correction;

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
