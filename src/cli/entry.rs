//! `klock entry`: corrects what was recorded; the old words and times stay visible, unless they are redacted.

use super::args::{CorrectionArgs, EntryVerb, RecordArgs};
use super::call::Call;
use super::failure::Failure;
use super::record::{optional, record_afterwards, text};
use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;

/// Amends, strikes, stars or redacts an entry.
///
/// # Errors
/// A refusal, a time that is not understood, no such room, or no host.
pub fn run(call: &mut Call, verb: &EntryVerb) -> Result<(), Failure> {
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
fn now(args: &CorrectionArgs) -> Result<RecordArgs, Failure> {
    args.record().ok_or_else(|| Failure::usage(Phrase::new("cli-correction-at")))
}
