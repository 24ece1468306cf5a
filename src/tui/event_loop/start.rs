//! The screen before anything has happened: the model that the first frame is drawn from.

use std::collections::BTreeMap;

use crate::config::lang::Words;
use crate::config::theme::Background;
use crate::domain::phrase::Phrase;
use crate::tui::app::environment::{Connection, Environment, Screen, Tone};
use crate::tui::app::ids::Ids;
use crate::tui::app::model::Model;
use crate::tui::app::pending::PendingIntents;
use crate::tui::entry_line::state::EntryLine;
use crate::tui::event_loop::options::ScreenOptions;
use crate::tui::log_screen;
use crate::tui::program::appearance::Appearance;
use crate::tui::terminal::screen;
use crate::wire::message::Health;

/// The model of a screen that begins with `options`, on a terminal of which `background` is known.
pub fn model_of(options: ScreenOptions, background: Background) -> Model {
    let appearance = Appearance::new(options.theme, options.theme_layers, screen::depth(), background);
    let (columns, rows) = screen::size();
    let now = options.clock.now();
    let mut model = Model {
        environment: Environment {
            columns,
            rows,
            now,
            zone: options.clock.zone().clone(),
            connection: Connection::Connecting,
            me: None,
            read_only: false,
            reading_door: false,
            health: Health::default(),
            screen: Screen::Lobby,
            rooms: None,
            alarms: Vec::new(),
            toast: None,
        },
        view: None,
        lobby: options.room.clone(),
        shows_past: false,
        line: EntryLine::default(),
        pending: PendingIntents::default(),
        overlays: Vec::new(),
        pending_keys: Vec::new(),
        keymap: options.keymap,
        theme: appearance.theme(),
        appearance,
        words: Words::new(options.lang, options.clock.zone().clone()),
        routines: options.routines,
        contacts: options.contacts,
        ids: Ids::new(ulid::Ulid::new().random() ^ u128::from(std::process::id()) << 96),
        wanted: options.room,
        stay_in_lobby: options.stay_in_lobby,
        rung: BTreeMap::new(),
        settings_file: options.settings_file,
        came_from: None,
        looking: true,
        pressed_at: now,
        rooms_asked_at: None,
        first_pane: options.first_pane,
        log_screen: None,
    };
    if options.quick {
        log_screen::actions::begin(&mut model);
    }
    if let Some(fault) = options.zone_fault {
        // Wrong times weigh more than a wrong colour.
        model.say(fault, Tone::Bad);
    } else if let Some(first) = options.faults.first().filter(|_| !options.quick) {
        let phrase = Phrase::new("toast-faults").with("count", options.faults.len()).with("first", first.to_string());
        model.say(phrase, Tone::Bad);
    }
    model
}
