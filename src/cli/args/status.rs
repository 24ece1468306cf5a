//! What `klock status` takes.

use clap::Args;

use super::{JsonArg, RoomArg};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock status
  klock status --brief
  klock status --tmux                           for status-right in tmux, see assets/tmux.conf
  klock status --json | jq -r '.questions[] | select(.answer == null) | .prompt'")]
pub struct StatusArgs {
    #[command(flatten)]
    pub room: RoomArg,
    /// One line
    #[arg(long, conflicts_with = "json")]
    pub brief: bool,
    /// A segment for tmux's status line: the clock that falls due first, of all open rooms
    ///
    /// For #(klock status --tmux) in status-right. Starts no host, waits for none, and prints nothing when none runs.
    #[arg(long, conflicts_with_all = ["json", "brief"])]
    pub tmux: bool,
    /// How many columns the segment may take [default: 40]
    #[arg(long, value_name = "COLUMNS", requires = "tmux")]
    pub width: Option<u16>,
    #[command(flatten)]
    pub json: JsonArg,
}
