//! `klock join`: enters a room on the screen.

use super::args::JoinArgs;
use super::call::Call;
use super::failure::CommandFailure;
use super::screen::Beginning;
use super::{room, screen};

/// Opens the screen in the room.
///
/// # Errors
/// No such room, no terminal, or no host.
pub fn run(call: &mut Call, args: &JoinArgs) -> Result<(), CommandFailure> {
    call.read_only |= args.read_only;
    let room = room::named(&args.room)?;
    let pane = args.pane.map(|pane| (pane.pane(), args.zoom));
    screen::room(call, room, Beginning { pane, bell: !args.no_bell, ..Beginning::default() })
}
