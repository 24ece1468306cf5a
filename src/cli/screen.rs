//! The screen, from the command line: the lobby, or a room.

use std::io::IsTerminal as _;

use super::call::Call;
use super::failure::Failure;
use crate::config::layer::Source;
use crate::config::{keymap, routine, settings, theme};
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::tui::runtime::{self, Options};

/// `klock` without a verb: the lobby, or straight into the only open room.
///
/// # Errors
/// When there is no terminal to draw on, or no host.
pub fn lobby(call: &mut Call) -> Result<(), Failure> {
    start(call, None)
}

/// The screen in `room`.
///
/// # Errors
/// When there is no terminal to draw on, no such room, or no host.
pub fn room(call: &mut Call, room: RoomId) -> Result<(), Failure> {
    start(call, Some(room))
}

fn start(call: &mut Call, room: Option<RoomId>) -> Result<(), Failure> {
    terminal()?;
    let sources = |name: &str| -> Vec<Source> {
        let read = |path: std::path::PathBuf| {
            Some(Source::new(path.display().to_string(), std::fs::read_to_string(path).ok()?))
        };
        call.places.layers(name).filter_map(read).collect()
    };
    let (_, faults) = settings::Settings::read(&sources(settings::FILE));
    let mut routines = routine::builtin().to_vec();
    routines.sort_by_key(|routine| routine.id != call.settings.routine);
    for routine in &mut routines {
        call.settings.settle(routine);
    }
    let options = Options {
        client: call.options(true),
        clock: call.clock.clone(),
        room,
        stay_in_lobby: false,
        lang: call.lang(),
        theme: call.settings.theme,
        own_theme: sources(theme::FILE).pop(),
        keymaps: sources(keymap::FILE),
        routines,
        bell: call.settings.bell,
        faults,
    };
    runtime::run(options)
        .map_err(|error| Failure::refused(Phrase::new("cli-screen-failed").with("why", format!("{error:#}"))))
}

fn terminal() -> Result<(), Failure> {
    let there = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if there { Ok(()) } else { Err(Failure::refused(Phrase::new("cli-no-terminal"))) }
}
