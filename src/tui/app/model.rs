//! Everything the screen shows, as one value. `view` reads it, only `update` changes it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::config::contact::Contact;
use crate::config::keymap::Keymap;
use crate::config::lang::Words;
use crate::config::theme::Theme;
use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::{Arg, Phrase};
use crate::domain::record::Author;
use crate::domain::routine::Routine;
use crate::domain::time::Moment;
use crate::domain::timeline::{Entry, Filter};
use crate::domain::zone::Zone;
use crate::wire::message::{Health, PageFrom, Place, RoomSummary};

use crate::tui::app::ids::Ids;
use crate::tui::app::pending::Outbox;
use crate::tui::editor;
use crate::tui::entry_line::state::EntryLine;
use crate::tui::log_screen::update::Quick;
use crate::tui::overlay::draw::Overlay;
use crate::tui::program::appearance::Looks;

pub use crate::tui::room::state::{RoomView, RowId};

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
    /// The host is there but says nothing, since when.
    Silent {
        since: Moment,
    },
}

impl Connection {
    /// Since when the host has not answered; none: it does, or was never reached.
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
    /// Where the page begins that replaces all entries, once it is here.
    pub refilled_from: Option<PageFrom>,
    /// The entry under the cursor; none: the latest, and the view follows what comes.
    pub cursor: Option<Place>,
    /// The last entry there was when the person moved the cursor: what comes behind it moves nothing on the screen.
    pub until: Option<Place>,
    pub filter: Filter,
    /// Everything up to here was looked at; later ones are marked new.
    pub seen: Seq,
}

/// A move among rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    By(isize),
    First,
    Last,
}

impl Move {
    /// From row `at` of `count`: the row arrived at. None when there are no rows.
    pub fn from(self, at: usize, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        Some(match self {
            Move::By(by) => at.saturating_add_signed(by).min(last),
            Move::First => 0,
            Move::Last => last,
        })
    }
}

impl Stretch {
    /// Puts the cursor on the entry at `place`; none: the view follows the latest.
    pub fn point(&mut self, place: Option<Place>) {
        self.cursor = place;
        self.until = place.and(self.entries.last().map(place_of));
    }

    /// The index of the entry under the cursor: the cursor's, or the nearest that is still there, or the last.
    pub fn selected(&self) -> Option<usize> {
        let last = self.entries.len().checked_sub(1)?;
        Some(match self.cursor {
            None => last,
            Some(place) => self.entries.partition_point(|entry| place_of(entry) < place).min(last),
        })
    }
}

/// Where an entry stands in the timeline.
pub fn place_of(entry: &Entry) -> Place {
    Place { at: entry.at, seq: entry.seq }
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

/// The routines a room can be opened with, the default first. Never empty. They are long, and read when somebody is about to
/// open a room.
pub type Routines = LazyLock<Vec<Routine>, Box<dyn FnOnce() -> Vec<Routine> + Send>>;

/// The model's parts that every screen needs. (`overlays`, the entry line, keymap, theme and words join it in `model`.)
#[derive(Debug, Clone, PartialEq)]
pub struct Surroundings {
    pub columns: u16,
    pub rows: u16,
    pub now: Moment,
    pub zone: Zone,
    pub connection: Connection,
    /// How the host attributes what is done here.
    pub me: Option<Author>,
    /// Nothing can be written from here: the person looks on.
    pub read_only: bool,
    /// At this socket nobody can write: joining anew changes nothing.
    pub reading_door: bool,
    pub health: Health,
    pub screen: Screen,
    pub rooms: Option<Vec<RoomSummary>>,
    pub alarms: Vec<Alarm>,
    pub toast: Option<Toast>,
}

impl Surroundings {
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

/// Everything the screen shows and remembers.
#[derive(Debug)]
pub struct Model {
    pub around: Surroundings,
    /// The room on the screen; none before one was opened.
    pub view: Option<RoomView>,
    /// The room selected in the lobby.
    pub lobby: Option<RoomId>,
    /// The lobby shows closed rooms too.
    pub shows_past: bool,
    pub line: EntryLine,
    /// What was done here and is not acknowledged.
    pub outbox: Outbox,
    /// What lies over the screen; the last one has the keys.
    pub overlays: Vec<Overlay>,
    /// The keys of a sequence that is not complete yet.
    pub pending_keys: Vec<keybinds::KeyInput>,
    pub keymap: Keymap,
    pub theme: Theme,
    /// What it is made from, and which others there are.
    pub looks: Looks,
    pub words: Words,
    pub routines: Routines,
    /// The people to call on (P41, P42).
    pub contacts: Vec<Contact>,
    pub ids: Ids,
    /// The room asked for on the command line, until it was attached.
    pub wanted: Option<RoomId>,
    /// Stay in the lobby at the start even when only one room is open.
    pub stay_in_lobby: bool,
    /// The last mark of each clock that was shown here: none is shown twice.
    pub rung: BTreeMap<(RoomId, String), (Moment, i64)>,
    /// The person's own settings file, for what is to last.
    pub settings_file: String,
    /// The room to come back to after an alarm of another one was followed.
    pub came_from: Option<RoomId>,
    /// Whether somebody looks at the terminal, as far as it says; what comes while nobody does is new.
    pub looking: bool,
    /// When a key was last pressed or something pasted.
    pub pressed_at: Moment,
    /// When the list of rooms was last asked for.
    pub rooms_asked_at: Option<Moment>,
    /// How a room begins when it is entered: this pane, and whether it fills the screen.
    pub first_pane: Option<(Pane, bool)>,
    /// The screen is only there for a quick note.
    pub quick: Option<Quick>,
}

impl Model {
    /// The routine that a new room gets.
    ///
    /// # Panics
    /// When there is no routine at all, which the program's own ones forbid.
    pub fn routine(&self) -> &Routine {
        &self.routines[0]
    }

    /// The warning of another room that is shown, of several the latest: what goes there and what puts it away is about it.
    pub fn alarm_elsewhere(&self) -> Option<usize> {
        let here = self.room_view().map(|view| &view.room.id);
        self.around.alarms.iter().rposition(|alarm| Some(&alarm.room) != here)
    }

    /// The room on the screen, when the room is what is shown.
    pub fn room_view(&self) -> Option<&RoomView> {
        self.view.as_ref().filter(|_| self.around.screen == Screen::Room)
    }

    /// Shows `phrase` at the foot for a few seconds.
    pub fn say(&mut self, phrase: Phrase, tone: Tone) {
        let seconds = if tone == Tone::Bad { 12 } else { 5 };
        let until = self.around.now.plus(chrono::Duration::seconds(seconds));
        self.around.toast = Some(Toast { phrase, tone, until });
    }

    /// The texts that the host may not have: what is not acknowledged, forms that are filled in, and what is typed.
    pub fn unsaved(&self) -> Vec<String> {
        let sent = self.outbox.typed().map(|typed| typed.text.clone());
        let forms = self.overlays.iter().enumerate().filter_map(|(at, overlay)| match overlay {
            Overlay::Form(form) if form.began_at.is_some() && form.sending.is_none() => {
                Some(editor::actions::form_text(&self.overlays, at))
            }
            _ => None,
        });
        let typed = std::iter::once(editor::actions::line_text(self));
        sent.chain(forms).chain(typed).filter(|text| !text.trim().is_empty()).collect()
    }

    /// Names known here, for completion: the room's people, those who are in it, those to call on, oneself.
    pub fn people(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        if let Some(view) = &self.view {
            names.extend(view.room.people.iter().cloned());
            names.extend(view.people.iter().map(|person| person.who.name.clone()));
        }
        names.extend(self.contacts.iter().map(|contact| contact.name.clone()));
        names.extend(self.around.me.iter().map(|me| me.name.clone()));
        names.sort();
        names.dedup();
        names
    }
}
