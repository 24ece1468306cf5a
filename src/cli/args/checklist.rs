//! The verbs of the checklist.

use clap::{Args, Subcommand};

use super::{JsonArg, RecordArgs, RoomArg};

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which point, by its key
    #[arg(value_name = "ITEM")]
    pub item: String,
    /// A note beside it
    #[arg(long, short, value_name = "TEXT")]
    pub note: Option<String>,
}

#[derive(Debug, Args)]
pub struct WaiveArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which point, by its key
    #[arg(value_name = "ITEM")]
    pub item: String,
    /// Why it does not apply
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, Args)]
pub struct ItemArgs {
    #[command(subcommand)]
    pub verb: ItemVerb,
}

#[derive(Debug, Subcommand)]
pub enum ItemVerb {
    /// List the points, what is due now first
    List {
        #[command(flatten)]
        room: RoomArg,
        #[command(flatten)]
        json: JsonArg,
    },
    /// Take back that a point is done or waived
    Reopen {
        #[command(flatten)]
        record: RecordArgs,
        /// Which point, by its key
        #[arg(value_name = "ITEM")]
        item: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Give a point to somebody
    Assign {
        #[command(flatten)]
        record: RecordArgs,
        /// Which point, by its key
        #[arg(value_name = "ITEM")]
        item: String,
        /// To whom
        #[arg(value_name = "PERSON")]
        person: String,
    },
}
