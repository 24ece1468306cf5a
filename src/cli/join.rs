//! `klock join`: enters a room on the screen.

use clap::{Args, ValueEnum};

use super::call::Call;
use super::failure::CommandFailure;
use super::room;
use super::screen::{self, Beginning};
use crate::tui::room::pane::Pane;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock join 2026-014
  klock join 2026-014 --read-only                 follow the room, change nothing
  klock join 2026-014 --name Anna                 in a window that several people share
  klock --host ssh://olle@laptop join 2026-014    a room on another machine")]
pub struct JoinArgs {
    /// The room, as `klock rooms` lists it
    #[arg(value_name = "ROOM")]
    pub room: String,
    /// Only look on: nothing can be changed
    #[arg(long)]
    pub read_only: bool,
    /// The pane that has the keys at the start
    #[arg(long, value_name = "PANE")]
    pub pane: Option<PaneArg>,
    /// Let that pane fill the screen
    #[arg(long, requires = "pane")]
    pub zoom: bool,
    /// Do not ring the terminal's bell here: another window does
    #[arg(long)]
    pub no_bell: bool,
}

/// A pane of the room on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaneArg {
    Questions,
    Checklist,
    Timeline,
    Actions,
}

impl PaneArg {
    /// The pane itself.
    pub fn pane(self) -> Pane {
        match self {
            PaneArg::Questions => Pane::Questions,
            PaneArg::Checklist => Pane::Checklist,
            PaneArg::Timeline => Pane::Timeline,
            PaneArg::Actions => Pane::Actions,
        }
    }
}

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
