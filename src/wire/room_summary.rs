//! One line of the lobby: what a list of rooms tells of a room.

use serde::{Deserialize, Serialize};

use crate::domain::clocks::ClockState;
use crate::domain::id::RoomId;
use crate::domain::outage::Outage;
use crate::domain::phrase::{Localised, Phrase};
use crate::domain::room::{Room, State};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::wire::due::Due;

/// A room in one line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoomSummary {
    pub id: RoomId,
    pub title: Text,
    pub customer: Text,
    pub demo: bool,
    pub state: State,
    pub priority: Option<u8>,
    pub declared_at: Moment,
    pub restored_at: Option<Moment>,
    /// Every span in which the service was down; none from a host of before there were several.
    #[serde(default)]
    pub outages: Vec<Outage>,
    pub closed_at: Option<Moment>,
    pub entries: u64,
    /// The leading role's holder.
    pub lead: Option<Text>,
    pub next_clock: Option<NextClock>,
    /// What falls due in it after it was closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub due: Vec<Due>,
    /// How many people have it on their screens.
    pub here: usize,
    /// Why the room cannot be read, if it cannot: nothing else is then known of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Phrase>,
}

impl RoomSummary {
    /// The summary of `room` as it stands at `now`. `here` is for the caller to fill in.
    pub fn of(room: &Room, now: Moment) -> Self {
        let next_clock = room.next_clock(now).and_then(|view| {
            let (key, label) = (view.rule.key.clone(), view.rule.label.clone());
            Some(NextClock { key, label, due_at: view.due_at?, state: view.state })
        });
        let summary = RoomSummary {
            id: room.id.clone(),
            title: room.title.clone(),
            customer: room.customer.clone(),
            demo: room.demo,
            state: room.state,
            priority: room.priority.as_ref().map(|priority| priority.level),
            declared_at: room.declared_at.unwrap_or(now),
            restored_at: room.restored_at,
            outages: room.outages(),
            closed_at: room.closed_at,
            entries: room.entries,
            lead: room.lead().map(|holder| holder.person.clone()),
            next_clock,
            due: Due::after_closing(room, now),
            here: 0,
            trouble: None,
        };
        summary.shortened()
    }

    /// The same with title and names as a list shows them: what an earlier version let in may be far longer.
    #[must_use]
    pub fn shortened(mut self) -> Self {
        for text in [&mut self.title, &mut self.customer].into_iter().chain(&mut self.lead) {
            if text.raw().len() > LONGEST_IN_LIST
                && let Some((end, _)) = text.raw().char_indices().nth(LONGEST_IN_LIST)
            {
                *text = format!("{}…", &text.raw()[..end]).into();
            }
        }
        self
    }

    /// What can be said of a room that cannot be read, and `why` it cannot.
    pub fn unreadable(id: RoomId, why: Phrase, now: Moment) -> Self {
        RoomSummary { trouble: Some(why), ..RoomSummary::of(&Room::new(id), now) }
    }
}

/// The longest title or name in a list, in characters: as long as one may be.
const LONGEST_IN_LIST: usize = 300;

/// A room's next due clock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NextClock {
    pub key: String,
    pub label: Localised,
    pub due_at: Moment,
    pub state: ClockState,
}
