//! Everything the screen shows, as one value. `view` reads it, only `update` changes it.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::Phrase;
use crate::domain::record::Author;
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::domain::timeline::{Entry, Filter};
use crate::wire::message::{Draft, Health, Place, RoomSummary};

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

/// A pane of the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pane {
    Questions,
    Checklist,
    Timeline,
    Actions,
}

impl Pane {
    /// In the order of their numbers, 1 to 4.
    pub const ALL: [Pane; 4] = [Pane::Questions, Pane::Checklist, Pane::Timeline, Pane::Actions];
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
}

/// Which screen lies under the overlays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Lobby,
    Room,
}

/// The part of a timeline that is loaded: a stretch around where the person looks, ordered by when things happened.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stretch {
    /// Ordered by `(at, seq)`.
    pub entries: Vec<Entry>,
    /// Whether the host has older or newer ones than these.
    pub has_older: bool,
    pub has_newer: bool,
    /// Whether a page is being fetched.
    pub fetching: bool,
    /// The entry under the cursor; none: the latest, and the view follows what comes.
    pub cursor: Option<Place>,
    pub filter: Filter,
    /// Everything up to here was looked at; later ones are marked new.
    pub seen: Seq,
}

/// A room on the screen, and where the person is in it. Nobody else's work touches the fields after `people`.
#[derive(Debug, Clone, PartialEq)]
pub struct RoomView {
    pub room: Room,
    pub people: Vec<Author>,
    pub stretch: Stretch,
    pub focus: Pane,
    /// The focused pane fills the screen.
    pub zoomed: bool,
    /// The selected row of each list pane.
    pub selected: BTreeMap<Pane, usize>,
    /// The last entry this person made, for undo.
    pub last_own: Option<Seq>,
    /// Intents sent and not yet acknowledged.
    pub unacknowledged: usize,
    /// Drafts that an earlier run left behind, offered once.
    pub found_drafts: Vec<Draft>,
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

/// A warning of a clock that nobody has acknowledged yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Alarm {
    pub room: RoomId,
    pub title: String,
    pub clock: String,
    pub due_at: Moment,
    pub offset: i64,
}

/// The model's parts that every screen needs. (`overlays`, the entry line, keymap, theme and words join it in `model`.)
#[derive(Debug, Clone, PartialEq)]
pub struct Surroundings {
    pub columns: u16,
    pub rows: u16,
    pub now: Moment,
    pub zone: Tz,
    pub connection: Connection,
    pub me: Option<Author>,
    pub health: Health,
    pub screen: Screen,
    pub rooms: Option<Vec<RoomSummary>>,
    pub alarms: Vec<Alarm>,
    pub toast: Option<Toast>,
}

impl Surroundings {
    /// How the present size is used.
    pub fn breadth(&self) -> Breadth {
        match (self.columns, self.rows) {
            (100.., 24..) => Breadth::Wide,
            (70.., 16..) => Breadth::Medium,
            _ => Breadth::Small,
        }
    }
}
