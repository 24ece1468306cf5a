//! The verb that opens a session for a team.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock tmux                              a session for the only open room
  klock tmux 2026-014
  klock tmux --socket /tmp/incident       a tmux server of its own, for a team to share

The session is called klock-ROOM; called again, it is joined. On a terminal of 160 columns or more the room, its timeline and its checklist stand side by side, else each in a window of its own. Inside tmux the client is switched to the session.

To share it: everybody of the same account runs the same command. Names are then claimed: change who types with W.")]
pub struct TmuxArgs {
    /// The room [default: the only open one] [env: KLOCK_ROOM]
    #[arg(value_name = "ROOM")]
    pub room: Option<String>,
    /// The socket of another tmux server than your own
    #[arg(long, value_name = "PATH")]
    pub socket: Option<PathBuf>,
}
