//! What every part of the screen needs to know of the world around it: size, time, connection, who the person is.

use crate::domain::phrase::{Arg, Phrase};
use crate::domain::record::Author;
use crate::domain::routine::Routine;
use crate::domain::time::Moment;
use crate::domain::zone::Zone;
use crate::tui::alarms::state::Alarm;
use crate::wire::message::{Health, RoomSummary};

/// How the terminal's size is used (design §7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breadth {
    /// 100 columns or more: three panes at the left, the timeline at the right.
    Wide,
    /// Tabs at the left, the timeline at the right.
    Medium,
    /// One pane.
    Small,
}

impl Breadth {
    /// How a terminal of that size is used.
    pub fn of(columns: u16, rows: u16) -> Self {
        match (columns, rows) {
            (100.., 24..) => Breadth::Wide,
            (70.., 16..) => Breadth::Medium,
            _ => Breadth::Small,
        }
    }
}

/// Whether the host answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Connection {
    Connecting,
    Up,
    /// Since when, and why.
    Lost {
        since: Moment,
        why: Phrase,
    },
    /// The host is there but says nothing, since when.
    Silent {
        since: Moment,
    },
}

impl Connection {
    /// Returns since when the host has not answered. `None` when it answers, or was never reached.
    pub fn away_since(&self) -> Option<Moment> {
        match self {
            Connection::Connecting | Connection::Up => None,
            Connection::Lost { since, .. } | Connection::Silent { since } => Some(*since),
        }
    }
}

/// Which screen lies under the overlays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Lobby,
    Room,
}

/// A short message at the foot of the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    pub phrase: Phrase,
    pub tone: Tone,
    pub until: Moment,
}

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Info,
    Good,
    Bad,
}

/// The model's parts that every screen needs. (`overlays`, the entry line, keymap, theme and words join it in `model`.)
#[derive(Debug, Clone, PartialEq)]
pub struct Environment {
    pub columns: u16,
    pub rows: u16,
    pub now: Moment,
    pub zone: Zone,
    pub connection: Connection,
    /// How the host attributes what is done here.
    pub me: Option<Author>,
    /// Nothing can be written from here: the person looks on.
    pub read_only: bool,
    /// At this socket nobody can write: joining again changes nothing.
    pub reading_door: bool,
    pub health: Health,
    pub screen: Screen,
    pub rooms: Option<Vec<RoomSummary>>,
    pub alarms: Vec<Alarm>,
    pub toast: Option<Toast>,
}

impl Environment {
    /// How the present size is used.
    pub fn breadth(&self) -> Breadth {
        Breadth::of(self.columns, self.rows)
    }

    /// What the clock of `alarm` is called: as its room says, else as one of `routines` does, else its key.
    pub fn clock_label<'a>(&self, alarm: &Alarm, routines: impl IntoIterator<Item = &'a Routine>) -> Arg {
        let rooms = self.rooms.as_deref().unwrap_or_default();
        let next = rooms.iter().find(|room| room.id == alarm.room).and_then(|room| room.next_clock.as_ref());
        let said = next.filter(|clock| clock.key == alarm.clock).map(|clock| clock.label.clone());
        let known =
            || routines.into_iter().find_map(|routine| routine.clock(&alarm.clock)).map(|rule| rule.label.clone());
        said.or_else(known).map_or_else(|| Arg::from(alarm.clock.as_str()), Arg::Local)
    }
}
