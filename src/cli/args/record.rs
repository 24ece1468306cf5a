//! What every verb takes that records something.

use clap::Args;

use super::{JsonArg, RoomArg};

/// What every verb takes that records something.
#[derive(Debug, Args, Clone, Default)]
pub struct RecordArgs {
    #[command(flatten)]
    pub room: RoomArg,
    /// When it happened: 14:05, -12m, "y 23:50", 2026-11-20 23:50 [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Option<String>,
    #[command(flatten)]
    pub json: JsonArg,
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
