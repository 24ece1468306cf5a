//! What falls due in a room, for somebody who leaves: nobody is warned of it while no host runs.

use serde::{Deserialize, Serialize};

use crate::domain::id::RoomId;
use crate::domain::phrase::{Localised, Phrase};
use crate::domain::room::{Room, State};
use crate::domain::text::Text;
use crate::domain::time::Moment;

/// How much of one room is told.
const MOST_OF_A_ROOM: usize = 10;

/// Something that falls due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Due {
    pub what: DueKind,
    pub at: Moment,
}

/// What it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum DueKind {
    /// A clock of the routine, such as the report's, by its label.
    Clock(Localised),
    /// An action that is not done, by its words.
    Action(Text),
}

/// When nobody would be warned any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// The client that asks leaves, and the host after it unless it has somebody or something to stay for.
    Client,
    /// The host is stopped.
    Host,
}

impl Due {
    /// Everything that falls due in `room`, what comes first first. A demo warns only those who look at it.
    pub fn all_in(room: &Room, now: Moment) -> Vec<Due> {
        if room.demo {
            return Vec::new();
        }
        let running = room.clock_views(now).into_iter().filter(|view| view.is_running());
        let clocks = running.filter_map(|view| Some((DueKind::Clock(view.rule.label.clone()), view.due_at?)));
        let open = room.actions.iter().filter(|action| action.is_open());
        let actions = open.filter_map(|action| Some((DueKind::Action(action.text.clone()), action.due?)));
        let mut all: Vec<Due> = clocks.chain(actions).map(|(what, at)| Due { what, at }).collect();
        all.sort_by_key(|due| due.at);
        all.truncate(MOST_OF_A_ROOM);
        all
    }

    /// The same in a room where nobody works any more: what a list of rooms keeps of it.
    pub fn after_closing(room: &Room, now: Moment) -> Vec<Due> {
        if room.state == State::Closed { Due::all_in(room, now) } else { Vec::new() }
    }

    /// That nobody will be warned of it. `when`: the day, the time and the zone, as the reader writes them.
    pub fn unheard(&self, room: &RoomId, when: String) -> Phrase {
        let phrase = match &self.what {
            DueKind::Clock(label) => Phrase::new("unheard-clock").with("clock", label.clone()),
            DueKind::Action(text) => Phrase::new("unheard-action").with("action", text.raw()),
        };
        phrase.with("room", room.as_str()).with("time", when)
    }
}
