//! `klock log --interactive`: one line for a quick note, made for a popup of tmux.

use crate::cli::args::RoomArg;
use crate::cli::call::Call;
use crate::cli::failure::CommandFailure;
use crate::cli::{room, screen};

/// Asks for one entry on the terminal and records it. Left without Enter, what was typed is offered again the next time.
///
/// # Errors
/// A text that is no room's name, or no terminal. A host that is away is said on the screen: what is typed stays there.
pub fn run(call: &mut Call, room: &RoomArg) -> Result<(), CommandFailure> {
    let room = room::meant(room).map(|name| room::named(&name)).transpose()?;
    screen::quick(call, room)
}
