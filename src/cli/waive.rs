//! `klock waive`: a point of the checklist does not apply, and why.

use super::args::WaiveArgs;
use super::call::Call;
use super::failure::CommandFailure;
use super::record::record;
use crate::domain::intent::Intent;

/// Sets the point aside.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn run(call: &mut Call, args: &WaiveArgs) -> Result<(), CommandFailure> {
    record(call, &args.record, Intent::WaiveItem { item: args.item.clone(), reason: args.reason.as_str().into() })
}
