//! The verbs that take something out, and those that look after the program itself.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{JsonArg, RoomArg};

/// What a room is written out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The report, to be read
    Md,
    /// The report as one document, for programs
    Json,
    /// The timeline, for a spreadsheet
    Csv,
    /// The journal's own lines, to be checked with sha256sum
    Jsonl,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock export > report.md
  klock export -r 2026-014 --format csv > timeline.csv
  klock export --format jsonl | jq -c .event")]
pub struct ExportArgs {
    #[command(flatten)]
    pub room: RoomArg,
    /// As what
    #[arg(long, short, value_enum, value_name = "FORMAT", default_value = "md")]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "Without -r every room is checked. Exit code 1 when anything is wrong.")]
pub struct VerifyArgs {
    /// The room [default: every one]
    #[arg(short = 'r', long = "room", value_name = "ROOM")]
    pub room: Option<String>,
    #[command(flatten)]
    pub json: JsonArg,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Without FILE the kept files are listed. With FILE its entries are printed in lines that klock log takes:
  klock recover 2026-014.jsonl.aside-20261121T120000 | klock log -r 2026-014 -
klock verify names such a file until it is moved away or removed.")]
pub struct RecoverArgs {
    /// A kept file, by its name, or any path to one
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// List those of this room only
    #[arg(short = 'r', long = "room", value_name = "ROOM")]
    pub room: Option<String>,
    #[command(flatten)]
    pub json: JsonArg,
}

#[derive(Debug, Args)]
pub struct RoutineArgs {
    #[command(subcommand)]
    pub verb: RoutineVerb,
}

#[derive(Debug, Subcommand)]
pub enum RoutineVerb {
    /// List the routines there are
    List {
        #[command(flatten)]
        json: JsonArg,
    },
    /// Show a routine: its questions, checklist, clocks and keys
    Show {
        /// Which routine [default: the one new rooms get]
        #[arg(value_name = "ID")]
        id: Option<String>,
        #[command(flatten)]
        json: JsonArg,
    },
    /// Explain every fault of a routine's file, with line and column
    Check {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct ConfigArgs {
    #[command(subcommand)]
    pub verb: ConfigVerb,
}

#[derive(Debug, Subcommand)]
pub enum ConfigVerb {
    /// Write the default files, explained; what is there already stays
    Init,
    /// Explain every fault of the files of settings, with line and column
    Check,
    /// Print where settings, rooms and logs are
    Path {
        #[command(flatten)]
        json: JsonArg,
    },
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock host status
  klock host run --group ops --read-group managers

The host starts by itself when klock needs it, and leaves by itself when no incident is open and \
nobody is in a room. Running it by hand is for services, for a team on one server, and for looking \
into trouble.

Shared with a group it stays until it is stopped. Members start klock as `klock host status` shows; \
nobody else gets in, and who tries is written in the log.")]
pub struct HostArgs {
    #[command(subcommand)]
    pub verb: HostVerb,
}

#[derive(Debug, Subcommand)]
pub enum HostVerb {
    /// Run the host here, until it is stopped
    Run {
        /// Open it to the members of this group of the system
        ///
        /// They can do everything but stop the host. The sockets then stand in /tmp/klockslag-UID-shared, or where
        /// KLOCK_SOCKET says: a directory of your own that they may enter and nobody else may write in.
        #[arg(long, value_name = "NAME")]
        group: Option<String>,
        /// Let the members of this group look on
        ///
        /// At a socket of its own that only allows reading.
        #[arg(long, value_name = "NAME")]
        read_group: Option<String>,
        /// Leave the terminal and write to the log file only
        #[arg(long, hide = true)]
        detached: bool,
    },
    /// Say how the host is; exit code 4 when none runs
    Status {
        #[command(flatten)]
        json: JsonArg,
    },
    /// Finish the host: journals safe, socket closed
    ///
    /// A screen that is still open, or a stream, starts the next one at once: leave those first to have none.
    Stop,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock completions bash > ~/.local/share/bash-completion/completions/klock
  klock completions zsh > ~/.zfunc/_klock
  klock completions fish > ~/.config/fish/completions/klock.fish")]
pub struct CompletionsArgs {
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}
