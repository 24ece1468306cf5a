//! `klock check`: a point of the checklist is done.

use super::args::CheckArgs;
use super::call::Call;
use super::failure::CommandFailure;
use super::record::{optional, record};
use crate::domain::intent::Intent;

/// Marks the point as done.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn run(call: &mut Call, args: &CheckArgs) -> Result<(), CommandFailure> {
    record(call, &args.record, Intent::CheckItem { item: args.item.clone(), note: optional(args.note.as_ref()) })
}
