//! The verbs of the actions and of plan A and plan B.

use clap::{ArgGroup, Args, Subcommand, ValueEnum};

use super::{JsonArg, RecordArgs, RoomArg};

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
