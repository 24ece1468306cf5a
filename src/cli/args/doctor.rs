//! The verb that examines what klock leans on.

use clap::Args;

use super::JsonArg;

#[derive(Debug, Args)]
#[command(after_help = "\
Looks at the terminal, colours and the width of emoji, tmux's settings, desktop notices (sends one), the host and the rights of its directories, the disk and how long a sync takes, journals and index, settings, keys, theme, routines, contacts, ssh and the clock. It reads only, but for a probe file in the data directory that is gone again; starts no host; and takes eight seconds at most, whatever hangs.

Run it where you work: inside tmux it explains tmux, with KLOCK_HOST set it goes there.

Exit code 0: nothing fails (warnings are allowed). 1: something does.

Examples:
  klock doctor
  klock doctor --json | jq -r '.findings[] | select(.state == \"fail\") | .remedy'")]
pub struct DoctorArgs {
    /// Do not send a desktop notice
    #[arg(long)]
    pub no_notice: bool,
    #[command(flatten)]
    pub json: JsonArg,
}
