//! The screen, from the command line: the lobby, or a room.

use std::io::IsTerminal as _;
use std::sync::LazyLock;

use super::call::Call;
use super::failure::{CommandFailure, Exit};
use super::routine;
use crate::client::{self, HostTarget, Occasion};
use crate::config::load::Config;
use crate::config::settings::Settings;
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::routine::Routine;
use crate::tui::command::table;
use crate::tui::event_loop::options::{ScreenEnd, ScreenOptions};
use crate::tui::event_loop::run;
use crate::tui::room::pane::Pane;

/// How the screen begins.
#[derive(Debug, Clone, Copy)]
pub struct Beginning {
    /// The pane that has the keys when a room is entered, and whether it fills the screen.
    pub pane: Option<(Pane, bool)>,
    /// Whether it may ring the terminal's bell, when the settings allow it.
    pub bell: bool,
    /// Nothing but a line for a quick note.
    pub quick: bool,
}

impl Default for Beginning {
    fn default() -> Self {
        Beginning { pane: None, bell: true, quick: false }
    }
}

/// `klock` without a verb: the lobby, or straight into the only open room.
///
/// # Errors
/// When there is no terminal to draw on, or no host.
pub fn lobby(call: &mut Call) -> Result<(), CommandFailure> {
    terminal()?;
    show(call, None, Beginning::default())
}

/// The screen in `room`.
///
/// # Errors
/// When there is no terminal to draw on, no such room, or no host.
pub fn room(call: &mut Call, room: RoomId, beginning: Beginning) -> Result<(), CommandFailure> {
    terminal()?;
    show(call, Some(room), beginning)
}

/// A line for one quick note in `room`, or without one in the only open room, or the one that the person chooses.
///
/// # Errors
/// When there is no terminal to draw on.
pub fn quick(call: &mut Call, room: Option<RoomId>) -> Result<(), CommandFailure> {
    terminal()?;
    show(call, room, Beginning { quick: true, bell: false, ..Beginning::default() })
}

fn terminal() -> Result<(), CommandFailure> {
    let there = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if there { Ok(()) } else { Err(CommandFailure::refused(Phrase::new("cli-no-terminal"))) }
}

fn show(call: &mut Call, room: Option<RoomId>, beginning: Beginning) -> Result<(), CommandFailure> {
    call.leave();
    let client = call.options(true);
    // ssh may ask for a password, which it can only while the terminal is free.
    let connection = match client.target {
        HostTarget::Ssh { .. } => Some(client::connect(&client, Occasion::Screen)?),
        HostTarget::Local(_) | HostTarget::Socket(_) => None,
    };
    run::seek(client, connection).and_then(|seeking| run::run(seeking, options(call, room, beginning))).map_err(
        |ended| match ended {
            ScreenEnd::NoSuchRoom(why) => CommandFailure::new(Exit::NoSuchRoom, why),
            ScreenEnd::NoHost(why) => CommandFailure::new(Exit::NoHost, why),
            ScreenEnd::Failed(error) => {
                CommandFailure::refused(Phrase::new("cli-screen-failed").with("why", format!("{error:#}")))
            }
        },
    )
}

/// What the screen is told, read from the files of the organisation and the person.
fn options(call: &Call, room: Option<RoomId>, beginning: Beginning) -> ScreenOptions {
    let config = Config::read(&call.places, &table::ids());
    let mut routines = routine::all(call);
    let faults = config.faults.into_iter().chain(std::mem::take(&mut routines.faults)).collect();
    let settings = call.settings.clone();
    ScreenOptions {
        clock: call.clock.clone(),
        room,
        stay_in_lobby: false,
        lang: call.lang(),
        theme: config.settings.theme,
        theme_layers: config.theme_layers,
        keymap: config.keymap,
        routines: LazyLock::new(Box::new(move || offered(&settings, routines.all()))),
        contacts: config.contacts.people,
        bell: config.settings.bell && beginning.bell,
        settings_file: call.places.config.join(crate::config::settings::FILE).display().to_string(),
        faults,
        zone_fault: call.zone_fault.clone(),
        first_pane: beginning.pane,
        quick: beginning.quick,
    }
}

/// The routines as the settings have them, the one that new rooms get first.
fn offered(settings: &Settings, routines: &[Routine]) -> Vec<Routine> {
    let mut routines = routines.to_vec();
    routines.iter_mut().for_each(|routine| settings.settle(routine));
    routines.sort_by_key(|routine| routine.id != settings.routine);
    routines
}
