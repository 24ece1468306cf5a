//! `klock entry`: corrects what was recorded; the old words stay visible, unless they are redacted.

use super::args::EntryVerb;
use super::call::Call;
use super::failure::Failure;
use super::record::{optional, record, text};
use crate::domain::intent::Intent;

/// Amends, strikes, stars or redacts an entry.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn run(call: &mut Call, verb: &EntryVerb) -> Result<(), Failure> {
    match verb {
        EntryVerb::Amend { record: args, seq, text: words } => {
            record(call, args, Intent::AmendEntry { target: *seq, text: text(words) })
        }
        EntryVerb::Strike { record: args, seq, reason } => {
            record(call, args, Intent::StrikeEntry { target: *seq, reason: optional(reason.as_ref()) })
        }
        EntryVerb::Star { record: args, seq, remove } => {
            record(call, args, Intent::StarEntry { target: *seq, starred: !remove })
        }
        EntryVerb::Redact { record: args, seq, reason } => {
            record(call, args, Intent::RedactEntry { target: *seq, reason: reason.as_str().into() })
        }
    }
}
