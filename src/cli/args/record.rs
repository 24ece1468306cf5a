//! What every verb takes that records something.

use clap::Args;

use super::{JsonArg, RoomArg};
use crate::domain::entry::Purpose;

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
