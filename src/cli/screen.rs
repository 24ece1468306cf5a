//! The screen, from the command line: the lobby, or a room.

use std::io::IsTerminal as _;
use std::path::Path;

use super::call::Call;
use super::failure::{Exit, Failure};
use super::{room, routine};
use crate::client::ConnectError;
use crate::config::layer::Source;
use crate::config::load::Config;
use crate::config::{keymap, theme};
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::routine::Routine;
use crate::tui::command;
use crate::tui::runtime::{self, Options};

/// `klock` without a verb: the lobby, or straight into the only open room.
///
/// # Errors
/// When there is no terminal to draw on, or no host.
pub fn lobby(call: &mut Call) -> Result<(), Failure> {
    terminal()?;
    show(call, None)
}

/// The screen in `room`.
///
/// # Errors
/// When there is no terminal to draw on, no such room, or no host.
pub fn room(call: &mut Call, room: RoomId) -> Result<(), Failure> {
    terminal()?;
    if !room::all(call)?.iter().any(|known| known.id == room) {
        return Err(Failure::new(Exit::NoSuchRoom, Phrase::new("failure-no-such-room").with("room", room.as_str())));
    }
    show(call, Some(room))
}

fn terminal() -> Result<(), Failure> {
    let there = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if there { Ok(()) } else { Err(Failure::refused(Phrase::new("cli-no-terminal"))) }
}

fn show(call: &mut Call, room: Option<RoomId>) -> Result<(), Failure> {
    call.leave();
    let config = Config::read(&call.places, &command::ids());
    let routines = routine::all(call);
    let keymaps = named(&config.sources, keymap::FILE).cloned().collect();
    let own_theme = named(&config.sources, theme::FILE).last().cloned();
    // The screen reads the files of keys and theme again, and finds their faults itself.
    let read_again = [keymap::FILE, theme::FILE];
    let faults = config.faults.into_iter().filter(|fault| !read_again.iter().any(|name| is_named(&fault.file, name)));
    let options = Options {
        client: call.options(true),
        clock: call.clock.clone(),
        room,
        stay_in_lobby: false,
        lang: call.lang(),
        theme: config.settings.theme,
        own_theme,
        keymaps,
        routines: offered(call, routines.all()),
        contacts: config.contacts.people,
        bell: config.settings.bell,
        faults: faults.chain(routines.faults).collect(),
    };
    runtime::run(options).map_err(|error| match error.downcast::<ConnectError>() {
        Ok(error) => error.into(),
        Err(error) => Failure::refused(Phrase::new("cli-screen-failed").with("why", format!("{error:#}"))),
    })
}

/// The routines as the settings have them, the one that new rooms get first.
fn offered(call: &Call, routines: &[Routine]) -> Vec<Routine> {
    let mut routines = routines.to_vec();
    routines.iter_mut().for_each(|routine| call.settings.settle(routine));
    routines.sort_by_key(|routine| routine.id != call.settings.routine);
    routines
}

fn named<'a>(sources: &'a [Source], name: &'a str) -> impl Iterator<Item = &'a Source> {
    sources.iter().filter(move |source| is_named(&source.file, name))
}

fn is_named(file: &str, name: &str) -> bool {
    Path::new(file).file_name().is_some_and(|found| found == name)
}
