//! Everything the screen shows, as one value. `view` reads it, only `update` changes it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono_tz::Tz;

use crate::config::contact::Contact;
use crate::config::keymap::Keymap;
use crate::config::lang::Words;
use crate::config::theme::Theme;
use crate::domain::action::Action;
use crate::domain::id::{No, RoomId, Seq};
use crate::domain::phrase::{Arg, Phrase};
use crate::domain::record::Author;
use crate::domain::room::Room;
use crate::domain::routine::Routine;
use crate::domain::time::Moment;
use crate::domain::timeline::{Entry, Filter};
use crate::wire::message::{Draft, Health, Place, Presence, RoomSummary, Writing};

use super::form::Form;
use super::ids::Ids;
use super::line::EntryLine;
use super::look::Looks;
use super::overlays::Overlay;
use super::quick::Quick;

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
    /// Whether the page being fetched is the first one of all.
    pub to_start: bool,
    /// The entry under the cursor; none: the latest, and the view follows what comes.
    pub cursor: Option<Place>,
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

/// What a row of a list pane is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowId {
    /// A question's key.
    Question(String),
    /// A checklist item's key.
    Item(String),
    /// An action's number.
    Action(No),
    /// The number of an obstacle that is still in the way.
    Obstacle(No),
    /// The number of a resource that is still waited for.
    Resource(No),
    /// The number of a supplier with something still to be squared up.
    Supplier(No),
}

/// A room on the screen, and where the person is in it. Nobody else's work touches the fields after `people`.
#[derive(Debug, Clone, PartialEq)]
pub struct RoomView {
    pub room: Room,
    pub people: Vec<Presence>,
    pub stretch: Stretch,
    pub focus: Pane,
    /// Which pane the tabs show beside the timeline at medium breadth: the last list pane that had the focus.
    pub tab: Pane,
    /// The focused pane fills the screen.
    pub zoomed: bool,
    /// The selected row of each list pane, by what it is: rows that others move never change what is selected.
    pub selected: BTreeMap<Pane, RowId>,
    /// The last entry this person made, for undo.
    pub last_own: Option<Seq>,
    /// Intents sent and not yet acknowledged.
    pub unacknowledged: usize,
    /// Drafts that an earlier run left behind, offered once.
    pub found_drafts: Vec<Draft>,
    /// What the host was last told that the person is writing here.
    pub told_writing: Option<Writing>,
}

impl RoomView {
    /// A room just attached.
    pub fn new(room: Room, stretch: Stretch, people: Vec<Presence>) -> Self {
        RoomView {
            room,
            people,
            stretch,
            focus: Pane::Questions,
            tab: Pane::Questions,
            zoomed: false,
            selected: BTreeMap::new(),
            last_own: None,
            unacknowledged: 0,
            found_drafts: Vec::new(),
            told_writing: None,
        }
    }

    /// The others who are here: all but the one whom `me` names.
    pub fn others<'a>(&'a self, me: Option<&'a Author>) -> impl Iterator<Item = &'a Presence> {
        self.people
            .iter()
            .filter(move |person| !me.is_some_and(|me| me.uid == person.who.uid && me.name == person.who.name))
    }

    /// Those of the others who are answering the question `key` at the moment.
    pub fn answering<'a>(&'a self, key: &'a str, me: Option<&'a Author>) -> impl Iterator<Item = &'a Presence> {
        self.others(me)
            .filter(move |person| matches!(&person.writing, Some(Writing::Answer { question }) if question == key))
    }

    /// Who else is answering the question that `form` answers, by name.
    pub fn rivals(&self, form: &Form, me: Option<&Author>) -> Vec<String> {
        match &form.writes {
            Some(Writing::Answer { question }) => {
                self.answering(question, me).map(|person| person.who.signed()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// How far somebody has looked who leaves now; `looking`: whether they look at the terminal.
    pub fn seen_on_leaving(&self, looking: bool) -> Seq {
        if looking { self.room.seq } else { self.stretch.seen }
    }

    /// The actions as their pane lists them: open ones by due time (those without one last), then the ended, latest first.
    pub fn actions(&self) -> Vec<&Action> {
        let mut actions: Vec<&Action> = self.room.actions.iter().collect();
        actions.sort_by_key(|action| match &action.end {
            None => (0, action.due.map_or(i64::MAX, Moment::millis), i64::from(action.no)),
            Some(end) => (1, -end.at.millis(), i64::from(action.no)),
        });
        actions
    }

    /// The rows of a list pane in the order it shows them: questions as the routine has them, items as
    /// [`Room::items_by_urgency`], actions as [`RoomView::actions`] with what else is open (obstacles, resources, suppliers)
    /// between those open and those ended. The timeline has entries instead, see [`Stretch`].
    pub fn rows(&self, pane: Pane, now: Moment) -> Vec<RowId> {
        match pane {
            Pane::Questions => self.room.routine.as_deref().map_or_else(Vec::new, |routine| {
                routine.questions.iter().map(|question| RowId::Question(question.key.clone())).collect()
            }),
            Pane::Checklist => {
                self.room.items_by_urgency(now).iter().map(|view| RowId::Item(view.item.key.clone())).collect()
            }
            Pane::Actions => {
                let actions = self.actions();
                let (open, ended): (Vec<&Action>, Vec<&Action>) = actions.into_iter().partition(|a| a.is_open());
                let room = &self.room;
                let obstacles = room.obstacles.iter().filter(|o| o.is_open()).map(|o| RowId::Obstacle(o.no));
                let resources = room.resources.iter().filter(|r| r.is_open()).map(|r| RowId::Resource(r.no));
                let suppliers = room.suppliers.iter().filter(|s| s.is_open()).map(|s| RowId::Supplier(s.no));
                let id = |action: &&Action| RowId::Action(action.no);
                let others = obstacles.chain(resources).chain(suppliers);
                open.iter().map(id).chain(others).chain(ended.iter().map(id)).collect()
            }
            Pane::Timeline => Vec::new(),
        }
    }

    /// Which row of `rows` is selected: the one chosen, else the first.
    pub fn selected_row(&self, pane: Pane, now: Moment) -> Option<usize> {
        let rows = self.rows(pane, now);
        let chosen = self.selected.get(&pane).and_then(|id| rows.iter().position(|row| row == id));
        if rows.is_empty() { None } else { Some(chosen.unwrap_or(0)) }
    }

    /// What the selected row of a list pane is about.
    pub fn selected_id(&self, pane: Pane, now: Moment) -> Option<RowId> {
        let row = self.selected_row(pane, now)?;
        self.rows(pane, now).into_iter().nth(row)
    }

    /// The entry under the cursor; the latest one while the view follows.
    pub fn selected_entry(&self) -> Option<&Entry> {
        self.stretch.selected().and_then(|index| self.stretch.entries.get(index))
    }
}

impl Stretch {
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
    pub zone: Tz,
    pub connection: Connection,
    /// How the host attributes what is done here.
    pub me: Option<Author>,
    /// Nothing can be written from here: the person looks on.
    pub read_only: bool,
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

    /// The texts that the host may not have: entries and forms on their way, and what is typed.
    pub fn unsaved(&self) -> Vec<String> {
        let sent = self.line.saving.iter().map(|saving| saving.text.clone());
        let forms = self.overlays.iter().filter_map(|overlay| match overlay {
            Overlay::Form(form) if form.is_touched() => Some(form.main_text().to_owned()),
            _ => None,
        });
        let typed = std::iter::once(self.line.input.value().to_owned());
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
