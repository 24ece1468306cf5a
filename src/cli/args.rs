//! The command line as `clap` reads it: every verb, its flags, and the words of its help.

mod action;
mod checklist;
mod doctor;
mod entry;
mod import;
mod meeting;
mod need;
mod notice;
mod question;
mod record;
mod role;
mod room;
mod setting;
mod stage;
mod status;
mod timeline;
mod tmux;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use action::*;
pub use checklist::*;
pub use doctor::*;
pub use entry::*;
pub use import::*;
pub use meeting::*;
pub use need::*;
pub use notice::*;
pub use question::*;
pub use record::*;
pub use role::*;
pub use room::*;
pub use setting::*;
pub use stage::*;
pub use status::*;
pub use timeline::*;
pub use tmux::*;

const ABOUT: &str = "A live incident room in the terminal: notes, questions, checklist, meetings and the clock";

const LONG_ABOUT: &str = "\
A live incident room in the terminal: notes, questions, checklist, meetings and the clock.

Without a verb klock opens the screen: the lobby, or straight into the only open room. Everything on the screen can also be done by a verb, so that it can be scripted.";

const EXAMPLES: &str = "\
Examples:
  klock                                           open the screen
  klock open \"Card payments down\" --urgency 1 --impact 1
  klock log \"d: fail over to site B\"              note a decision
  klock log --at 14:05 \"@olle restarts the pool +15m\"
  klock answer eta 16:00 --certainty assumed      when will it be solved?
  klock check suppliers-called                    a point of the routine is done
  klock meeting start && klock meeting end
  klock status --json | jq .clocks
  klock export --format md > report.md

Environment:
  KLOCK_DATA_DIR, KLOCK_CONFIG_DIR, KLOCK_HOST, KLOCK_NAME, KLOCK_LANG
                 as the flags of those names; a flag stands above its variable
  KLOCK_SOCKET   where your own host listens, when not in the runtime directory
  KLOCK_SSH      the program to run instead of ssh
  KLOCK_ROOM     the room that verbs are about, when -r does not say
  NO_COLOR       any value: no colour
  KLOCK_LOG      what to log to a file: info, debug, klockslag::store=trace

Exit codes:
  0  done
  1  refused, or failed
  2  wrong usage
  3  no such room
  4  the host cannot be reached

Run `klock VERB --help` for all that a verb takes, `klock man` for the manual.";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "klock",
    version,
    about = ABOUT,
    long_about = LONG_ABOUT,
    after_long_help = EXAMPLES,
    after_help = "Run `klock --help` for examples, `klock VERB --help` for one verb.",
    propagate_version = false,
    max_term_width = 100
)]
pub struct CommandLine {
    #[command(flatten)]
    pub settings: SettingArgs,
    /// Only look on: nothing can be changed
    #[arg(long)]
    pub read_only: bool,
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

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

/// Everything klock can be asked for. The groups of the help are in `cli::help`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Declare an incident and open its room
    Open(OpenArgs),
    /// Enter a room on the screen
    Join(JoinArgs),
    /// List the rooms
    Rooms(RoomsArgs),
    /// Show how an incident stands
    Status(StatusArgs),
    /// Print what has happened, in order
    Timeline(TimelineArgs),
    /// Open a tmux session for an incident team
    Tmux(TmuxArgs),

    /// Record one entry, or one for each line of stdin
    Log(LogArgs),
    /// Record the alerts of monitoring tools, each once
    Import(ImportArgs),
    /// Answer a status question
    Answer(AnswerArgs),
    /// Mark a point of the checklist as done
    Check(CheckArgs),
    /// Set a point of the checklist aside, with a reason
    Waive(WaiveArgs),
    /// Change a point of the checklist: reopen it, assign it
    Item(ItemArgs),
    /// Call, start, run and end a critical-incident meeting
    Meeting(MeetingArgs),
    /// Open, change, finish, drop and reopen actions
    Action(ActionArgs),
    /// Write plan A and plan B, and choose
    Plan(PlanArgs),
    /// Ask for people, teams and things, and say when they come
    Resource(ResourceArgs),
    /// Call suppliers in, and note their case and staff
    Supplier(SupplierArgs),
    /// Raise and clear what is in the way
    Obstacle(ObstacleArgs),
    /// Record a message to people outside the room
    Notice(NoticeArgs),
    /// Give roles, release them, and record who was called
    Role(RoleArgs),
    /// Hand the lead over, and accept it
    Handover(HandoverArgs),
    /// Plan when the next shift starts
    Shift(ShiftArgs),
    /// Put a clock off, or change how often to meet
    Clock(ClockArgs),
    /// Amend, strike, star or redact an entry
    Entry(EntryArgs),

    /// Set the priority by urgency and impact
    Priority(PriorityArgs),
    /// Record who classified the incident as critical
    Classify(ClassifyArgs),
    /// Put the routine in force
    Activate(ActivateArgs),
    /// Enter a phase of the routine
    Phase(PhaseArgs),
    /// Record that the effects are contained
    Mitigate(NoteArgs),
    /// Record that service is restored
    Restore(NoteArgs),
    /// Open a restored or closed incident again
    Reopen(ReasonArgs),
    /// Close an incident in which every point is dealt with
    Close(NoteArgs),
    /// Answer a question of the debrief
    Debrief(DebriefArgs),
    /// Record that the report was delivered
    Deliver(DeliverArgs),
    /// Link the problem record that carries on
    Problem(ProblemArgs),

    /// Write a room out: the report, or its journal
    Export(ExportArgs),
    /// Check journals and index from end to end
    Verify(VerifyArgs),
    /// Show what is kept beside the journals when they were damaged or replaced
    Recover(RecoverArgs),

    /// List, show and check routines
    Routine(RoutineArgs),
    /// Make, find and check the files of settings
    Config(ConfigArgs),
    /// Check the terminal, tmux, disk, host and settings, and say what to do
    Doctor(DoctorArgs),
    /// Run, ask and stop the host that keeps the rooms
    Host(HostArgs),
    /// Carry frames between the host and stdin and stdout: what ssh runs on the far machine
    #[command(after_help = "\
klock --host ssh://olle@laptop starts this on laptop by itself; nobody types it. The host there is \
started when none runs.")]
    Relay,
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
}
