//! The command line as `clap` reads it: every verb, and the words of the help. The arguments of a verb stand beside what runs it.

use clap::{Parser, Subcommand};

use super::args::{CompletionsArgs, NoteArgs, ReasonArgs, SettingArgs};
use super::config::ConfigArgs;
use super::doctor::DoctorArgs;
use super::export::ExportArgs;
use super::host::HostArgs;
use super::import::ImportArgs;
use super::join::JoinArgs;
use super::log::LogArgs;
use super::open::OpenArgs;
use super::record::action::{ActionArgs, PlanArgs};
use super::record::answer::AnswerArgs;
use super::record::checklist::{CheckArgs, ItemArgs, WaiveArgs};
use super::record::entry::EntryArgs;
use super::record::meeting::{ClockArgs, MeetingArgs};
use super::record::needs::{ObstacleArgs, ResourceArgs, SupplierArgs};
use super::record::notice::NoticeArgs;
use super::record::role::{HandoverArgs, RoleArgs, ShiftArgs};
use super::record::stage::{
    ActivateArgs, ClassifyArgs, DebriefArgs, DeliverArgs, PhaseArgs, PriorityArgs, ProblemArgs,
};
use super::recover::RecoverArgs;
use super::rooms::RoomsArgs;
use super::routine::RoutineArgs;
use super::status::StatusArgs;
use super::timeline::TimelineArgs;
use super::tmux::TmuxArgs;
use super::verify::VerifyArgs;

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
