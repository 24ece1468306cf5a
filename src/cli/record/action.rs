//! `klock action` and `klock plan`: actions from opening to done, plan A and plan B.

use clap::{ArgGroup, Args, Subcommand, ValueEnum};

use crate::cli::args::{JsonArg, RecordArgs, RoomArg};
use crate::cli::call::Call;
use crate::cli::failure::CommandFailure;
use crate::cli::record::{optional, print, record, record_afterwards, send, text};
use crate::cli::room::{self, Unnamed};
use crate::domain::action::Track;
use crate::domain::entry::{self, Kind, Purpose};
use crate::domain::intent::Intent;
use crate::domain::phrase::{Arg, Phrase};
use crate::report::outline::Outline;

/// Plan A or plan B.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TrackArg {
    #[value(name = "A", alias = "a")]
    A,
    #[value(name = "B", alias = "b")]
    B,
}

#[derive(Debug, Args)]
pub struct ActionArgs {
    #[command(subcommand)]
    pub verb: ActionVerb,
}

#[derive(Debug, Subcommand)]
pub enum ActionVerb {
    /// Open an action: text with @owner, +20m, by 15:30 or by friday, #A
    Open {
        #[command(flatten)]
        record: RecordArgs,
        /// It is to keep the incident from happening again
        #[arg(long)]
        corrective: bool,
        /// What is to be done
        #[arg(value_name = "TEXT", required = true)]
        text: Vec<String>,
    },
    /// List the actions
    List {
        #[command(flatten)]
        room: RoomArg,
        /// Done and dropped ones, too
        #[arg(long, short)]
        all: bool,
        #[command(flatten)]
        json: JsonArg,
    },
    /// Change who owns it, when it is due, or its plan
    #[command(group = ArgGroup::new("change").required(true).multiple(true).args(["owner", "due", "plan"]))]
    Update {
        #[command(flatten)]
        record: RecordArgs,
        /// Which action
        #[arg(value_name = "NO")]
        no: u32,
        /// Who owns it now
        #[arg(long, value_name = "PERSON")]
        owner: Option<String>,
        /// When it is due now: 15:30, +20m, "tomorrow 08:00", friday (17:00), "15 dec 12:00"
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        due: Option<String>,
        /// Which plan it belongs to
        #[arg(long, value_enum, value_name = "A|B")]
        plan: Option<TrackArg>,
        /// A note beside it
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// It is done
    Done {
        #[command(flatten)]
        record: RecordArgs,
        /// Which action
        #[arg(value_name = "NO")]
        no: u32,
        /// What came of it
        #[arg(value_name = "OUTCOME")]
        outcome: Vec<String>,
    },
    /// It is not going to be done
    Drop {
        #[command(flatten)]
        record: RecordArgs,
        /// Which action
        #[arg(value_name = "NO")]
        no: u32,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// It is not done after all, or goes on though it was dropped
    Reopen {
        #[command(flatten)]
        record: RecordArgs,
        /// Which action
        #[arg(value_name = "NO")]
        no: u32,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
}

#[derive(Debug, Args)]
pub struct PlanArgs {
    #[command(subcommand)]
    pub verb: PlanVerb,
}

#[derive(Debug, Subcommand)]
pub enum PlanVerb {
    /// Write plan A or plan B
    Write {
        #[command(flatten)]
        record: RecordArgs,
        #[arg(value_enum, value_name = "A|B")]
        track: TrackArg,
        /// The plan
        #[arg(value_name = "TEXT", required = true)]
        text: Vec<String>,
    },
    /// Say what would make us switch
    SwitchWhen {
        #[command(flatten)]
        record: RecordArgs,
        /// The condition
        #[arg(value_name = "TEXT", required = true)]
        text: Vec<String>,
    },
    /// Choose a plan
    Choose {
        #[command(flatten)]
        record: RecordArgs,
        #[arg(value_enum, value_name = "A|B")]
        track: TrackArg,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Drop a plan
    Drop {
        #[command(flatten)]
        record: RecordArgs,
        #[arg(value_enum, value_name = "A|B")]
        track: TrackArg,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// Does what is asked of the actions.
///
/// # Errors
/// A refusal, a time that is not understood, no such room, or no host.
pub fn action(call: &mut Call, verb: &ActionVerb) -> Result<(), CommandFailure> {
    match verb {
        ActionVerb::Open { record: args, corrective, text: words } => open(call, args, *corrective, words),
        ActionVerb::List { room, all, json } => list(call, room, *all, *json),
        ActionVerb::Update { record: args, no, owner, due, plan, note } => {
            let due = due.as_deref().map(|due| call.time_ahead("--due", due, Purpose::Due, args)).transpose()?;
            let note = optional(note.as_ref());
            let track = plan.map(track);
            record_afterwards(call, args, Intent::UpdateAction { no: *no, owner: owner.clone(), due, track, note })?;
            due.map_or(Ok(()), |due| call.say_day(due))
        }
        ActionVerb::Done { record: args, no, outcome } => {
            record_afterwards(call, args, Intent::FinishAction { no: *no, outcome: text(outcome) })
        }
        ActionVerb::Drop { record: args, no, reason } => {
            record_afterwards(call, args, Intent::DropAction { no: *no, reason: reason.as_str().into() })
        }
        ActionVerb::Reopen { record: args, no, reason } => {
            record_afterwards(call, args, Intent::ReopenAction { no: *no, reason: optional(reason.as_ref()) })
        }
    }
}

/// Opens an action. The verb says what it is: its words are stored as they are.
fn open(call: &mut Call, args: &RecordArgs, corrective: bool, words: &[String]) -> Result<(), CommandFailure> {
    let at = call.happened(args)?;
    // What prevents it from happening again is often decided after the close.
    let unnamed = if corrective { Unnamed::OpenOrLast } else { Unnamed::Open };
    let room = room::choose(call, &args.room, unnamed)?;
    let words = words.join(" ");
    let people = if words.contains('@') { room::head(call, &room)?.people } else { Vec::new() };
    let now = at.unwrap_or_else(|| call.now());
    let parsed = entry::parse_whole(&words, Kind::Action, now, call.zone(), call.lang(), &people);
    let (text, facets) = (parsed.text.into(), parsed.facets);
    let due = facets.due;
    let intent =
        if corrective { Intent::OpenCorrectiveAction { text, facets } } else { Intent::OpenAction { text, facets } };
    let records = send(call, &room, at, intent)?;
    print(call, args, &room, &records)?;
    due.map_or(Ok(()), |due| call.say_day(due))
}

fn list(call: &mut Call, room: &RoomArg, all: bool, json: JsonArg) -> Result<(), CommandFailure> {
    let id = room::choose(call, room, Unnamed::OpenOrLast)?;
    let outline = Outline::of(&call.fold(&id)?, call.now(), &call.words);
    let actions: Vec<_> =
        outline.actions.into_iter().chain(outline.corrective_actions).filter(|a| all || a.state == "open").collect();
    if json.json {
        return call.out.document(&actions);
    }
    if actions.iter().any(|action| action.due.is_some() && action.state == "open") {
        let zone = call.zone_line();
        call.out.line(&zone)?;
    }
    for action in &actions {
        let mark = match (action.state, action.late_minutes) {
            ("open", Some(_)) => "!",
            ("open", None) => "○",
            ("done", _) => "✓",
            _ => "–",
        };
        let owner = action.owner.as_ref().map_or_else(String::new, |owner| format!("  @{owner}"));
        let track = action.track.as_ref().map_or_else(String::new, |track| format!("  #{track}"));
        let due = action.due.filter(|_| action.state == "open");
        let due =
            due.map_or_else(String::new, |at| format!("  {}", call.say(&Phrase::new("cli-due").with("time", at))));
        let late = action.late_minutes.map_or_else(String::new, |minutes| {
            format!("  {}", call.say(&Phrase::new("cli-late").with("span", Arg::Minutes(minutes))))
        });
        call.out.line(&format!("{mark} {:>3}  {}{owner}{track}{due}{late}", action.no, action.text))?;
    }
    Ok(())
}

/// Does what is asked of the plans.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn plan(call: &mut Call, verb: &PlanVerb) -> Result<(), CommandFailure> {
    match verb {
        PlanVerb::Write { record: args, track: which, text: words } => {
            record(call, args, Intent::OpenTrack { track: track(*which), plan: text(words) })
        }
        PlanVerb::SwitchWhen { record: args, text: words } => {
            record(call, args, Intent::SetSwitchCondition { condition: text(words) })
        }
        PlanVerb::Choose { record: args, track: which, reason } => {
            record(call, args, Intent::ChooseTrack { track: track(*which), reason: optional(reason.as_ref()) })
        }
        PlanVerb::Drop { record: args, track: which, reason } => {
            record(call, args, Intent::DropTrack { track: track(*which), reason: reason.as_str().into() })
        }
    }
}

/// The plan that the command line names.
pub fn track(which: TrackArg) -> Track {
    match which {
        TrackArg::A => Track::A,
        TrackArg::B => Track::B,
    }
}
