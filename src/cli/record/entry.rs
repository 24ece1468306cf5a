//! `klock entry`: corrects what was recorded; the old words and times stay visible, unless they are redacted.

use clap::{Args, Subcommand};

use crate::cli::args::{CorrectionArgs, RecordArgs};
use crate::cli::call::Call;
use crate::cli::failure::CommandFailure;
use crate::cli::record::{optional, record_afterwards, text};
use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;

#[derive(Debug, Args)]
pub struct EntryArgs {
    #[command(subcommand)]
    pub verb: EntryVerb,
}

#[derive(Debug, Subcommand)]
pub enum EntryVerb {
    /// Correct what an entry says, or with --at when it happened; the old words and the old time stay visible
    Amend {
        #[command(flatten)]
        record: RecordArgs,
        /// Which entry, by its number
        #[arg(value_name = "SEQ")]
        seq: u64,
        /// What it should say
        #[arg(value_name = "TEXT", required_unless_present = "at")]
        text: Vec<String>,
    },
    /// Strike an entry: it stays visible and no longer counts
    Strike {
        #[command(flatten)]
        record: CorrectionArgs,
        /// Which entry, by its number
        #[arg(value_name = "SEQ")]
        seq: u64,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Mark an entry as important
    Star {
        #[command(flatten)]
        record: CorrectionArgs,
        /// Which entry, by its number
        #[arg(value_name = "SEQ")]
        seq: u64,
        /// Take the mark away
        #[arg(long)]
        remove: bool,
    },
    /// Remove the words of an entry for good
    Redact {
        #[command(flatten)]
        record: CorrectionArgs,
        /// Which entry, by its number
        #[arg(value_name = "SEQ")]
        seq: u64,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// Amends, strikes, stars or redacts an entry.
///
/// # Errors
/// A refusal, a time that is not understood, no such room, or no host.
pub fn entry(call: &mut Call, verb: &EntryVerb) -> Result<(), CommandFailure> {
    match verb {
        EntryVerb::Amend { record: args, seq, text: words } => {
            let at = call.happened(args)?;
            // The time is the entry's. The correction is made now.
            let args = RecordArgs { at: None, ..args.clone() };
            record_afterwards(call, &args, Intent::AmendEntry { target: *seq, text: text(words), at })
        }
        EntryVerb::Strike { record: args, seq, reason } => record_afterwards(
            call,
            &now(args)?,
            Intent::StrikeEntry { target: *seq, reason: optional(reason.as_ref()) },
        ),
        EntryVerb::Star { record: args, seq, remove } => {
            record_afterwards(call, &now(args)?, Intent::StarEntry { target: *seq, starred: !remove })
        }
        EntryVerb::Redact { record: args, seq, reason } => {
            record_afterwards(call, &now(args)?, Intent::RedactEntry { target: *seq, reason: reason.as_str().into() })
        }
    }
}

/// What a correction is recorded with.
fn now(args: &CorrectionArgs) -> Result<RecordArgs, CommandFailure> {
    args.record().ok_or_else(|| CommandFailure::usage(Phrase::new("cli-correction-at")))
}
