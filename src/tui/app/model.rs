//! Everything the screen shows, as one value. `view` reads it, only `update` changes it.

use std::collections::BTreeMap;

use crate::config::contact::Contact;
use crate::config::keymap::Keymap;
use crate::config::lang::Words;
use crate::config::theme::Theme;
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::routine::Routine;
use crate::domain::time::Moment;
use crate::tui::app::environment::{Environment, Screen, Toast, Tone};
use crate::tui::app::ids::Ids;
use crate::tui::app::pending::PendingIntents;
use crate::tui::entry_line::state::EntryLine;
use crate::tui::form::context::FormContext;
use crate::tui::incident::routines::LazyRoutines;
use crate::tui::log_screen::state::LogScreen;
use crate::tui::overlay::state::Overlay;
use crate::tui::program::appearance::Appearance;
use crate::tui::room::pane::Pane;
use crate::tui::room::state::RoomView;

/// Everything the screen shows and remembers.
#[derive(Debug)]
pub struct Model {
    pub environment: Environment,
    /// The room on the screen; none before one was opened.
    pub view: Option<RoomView>,
    /// The room selected in the lobby.
    pub lobby: Option<RoomId>,
    /// The lobby shows closed rooms too.
    pub shows_past: bool,
    pub line: EntryLine,
    /// What was done here and is not acknowledged.
    pub pending: PendingIntents,
    /// What lies over the screen; the last one has the keys.
    pub overlays: Vec<Overlay>,
    /// The keys of a sequence that is not complete yet.
    pub pending_keys: Vec<keybinds::KeyInput>,
    pub keymap: Keymap,
    pub theme: Theme,
    /// What it is made from, and which others there are.
    pub appearance: Appearance,
    pub words: Words,
    pub routines: LazyRoutines,
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
    pub log_screen: Option<LogScreen>,
}

impl Model {
    /// The routine that a new room gets.
    ///
    /// # Panics
    /// When there is no routine at all, which the program's own ones forbid.
    pub fn routine(&self) -> &Routine {
        &self.routines[0]
    }

    /// What forms may know of it.
    pub fn form_context(&self) -> FormContext<'_> {
        let view = self.view.as_ref();
        FormContext {
            environment: &self.environment,
            room: view.map(|view| &view.room),
            filter: view.map(|view| &view.window.filter),
            routines: &self.routines,
        }
    }

    /// The warning of another room that is shown, of several the latest: what goes there and what puts it away is about it.
    pub fn alarm_elsewhere(&self) -> Option<usize> {
        let here = self.room_view().map(|view| &view.room.id);
        self.environment.alarms.iter().rposition(|alarm| Some(&alarm.room) != here)
    }

    /// The room on the screen, when the room is what is shown.
    pub fn room_view(&self) -> Option<&RoomView> {
        self.view.as_ref().filter(|_| self.environment.screen == Screen::Room)
    }

    /// Shows `phrase` at the foot for a few seconds.
    pub fn say(&mut self, phrase: Phrase, tone: Tone) {
        let seconds = if tone == Tone::Bad { 12 } else { 5 };
        let until = self.environment.now.plus(chrono::Duration::seconds(seconds));
        self.environment.toast = Some(Toast { phrase, tone, until });
    }

    /// Names known here, for completion: the room's people, those who are in it, those to call on, oneself.
    pub fn people(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        if let Some(view) = &self.view {
            names.extend(view.room.people.iter().cloned());
            names.extend(view.people.iter().map(|person| person.who.name.clone()));
        }
        names.extend(self.contacts.iter().map(|contact| contact.name.clone()));
        names.extend(self.environment.me.iter().map(|me| me.name.clone()));
        names.sort();
        names.dedup();
        names
    }
}
