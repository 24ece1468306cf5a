//! Arguments that several verbs take.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::domain::entry::Purpose;

/// What every verb takes. They stand above the variables, and those above the files. The variables are read where they are
/// used: `clap` would show them in its complaints as if they had been typed.
#[derive(Debug, Args, Clone, Default)]
#[command(next_help_heading = "Settings")]
pub struct SettingArgs {
    /// Where rooms are kept
    ///
    /// The directory of the journals and the index. Default: klockslag in $XDG_DATA_HOME. [env: KLOCK_DATA_DIR]
    #[arg(long, global = true, value_name = "DIR", hide_short_help = true)]
    pub data_dir: Option<PathBuf>,
    /// Where settings are kept
    ///
    /// The directory of settings, keys, themes and routines. Default: klockslag in $XDG_CONFIG_HOME. [env:
    /// KLOCK_CONFIG_DIR]
    #[arg(long, global = true, value_name = "DIR", hide_short_help = true)]
    pub config_dir: Option<PathBuf>,
    /// Where the host is
    ///
    /// ssh://user@machine:port reaches the host of that account through ssh, which runs `klock relay` there; add
    /// ?klock=PATH when klock is not where the far shell looks. unix:///path/to.sock is a group's host on this machine; local
    /// is your own. Default: your own. [env: KLOCK_HOST]
    ///
    /// What ssh asks (a password, an unknown host's key) it asks before the screen is taken over. A screen that comes back by itself
    /// asks nothing: it needs a key and an agent, and shows what ssh says while it cannot.
    #[arg(long, global = true, value_name = "HOST", hide_short_help = true)]
    pub host: Option<String>,
    /// The name you go by
    ///
    /// Written beside everything you record. Default: as set in settings.toml, else your login name. [env: KLOCK_NAME]
    #[arg(long, global = true, value_name = "NAME", hide_short_help = true)]
    pub name: Option<String>,
    /// The language to speak
    ///
    /// Default: as set in settings.toml, else as the locale says. [env: KLOCK_LANG]
    #[arg(long, global = true, value_name = "LANG", hide_short_help = true)]
    pub lang: Option<LangArg>,
}

/// A language on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// English
    En,
    /// Swedish
    Sv,
}

/// Which room is meant.
#[derive(Debug, Args, Clone, Default)]
pub struct RoomArg {
    /// The room [default: the only open one; after the close, for what comes then, the one closed last] [env: KLOCK_ROOM]
    #[arg(short = 'r', long = "room", value_name = "ROOM")]
    pub room: Option<String>,
}

/// Whether to print for programs.
#[derive(Debug, Args, Clone, Copy, Default)]
pub struct JsonArg {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What every verb takes that records something.
#[derive(Debug, Args, Clone, Default)]
pub struct RecordArgs {
    #[command(flatten)]
    pub room: RoomArg,
    /// When it happened: 14:05, -12m, "y 23:50", "fri 15:00", 2026-11-20 23:50 [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Option<String>,
    #[command(flatten)]
    pub age: AgeArg,
    #[command(flatten)]
    pub json: JsonArg,
}

/// How long ago something may have happened.
#[derive(Debug, Args, Clone, Copy, Default)]
pub struct AgeArg {
    /// The time given is meant although it is more than a year back
    #[arg(long, hide_short_help = true)]
    pub old: bool,
}

impl AgeArg {
    /// How a time is read that has passed.
    pub fn purpose(self) -> Purpose {
        if self.old { Purpose::HappenedLongAgo } else { Purpose::Happened }
    }
}

/// What a verb takes that corrects an entry: a correction is made when it is made.
#[derive(Debug, Args, Clone, Default)]
pub struct CorrectionArgs {
    #[command(flatten)]
    pub room: RoomArg,
    /// Taken only to be refused with a remedy
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, hide = true)]
    pub at: Option<String>,
    #[command(flatten)]
    pub json: JsonArg,
}

impl CorrectionArgs {
    /// The same as for any other record, made now; none when another time is given.
    pub fn record(&self) -> Option<RecordArgs> {
        let made_now = RecordArgs { room: self.room.clone(), at: None, age: AgeArg::default(), json: self.json };
        self.at.is_none().then_some(made_now)
    }
}

#[derive(Debug, Args)]
pub struct NoteArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// A note beside it
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
}

#[derive(Debug, Args)]
pub struct ReasonArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// What `klock completions` takes: beside the others here, because printing them needs the whole command line.
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
