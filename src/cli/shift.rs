//! `klock shift`: when the next shift starts, and who takes over.

use super::args::ShiftArgs;
use super::call::Call;
use super::failure::Failure;
use super::record::{record, text};
use crate::domain::entry::Purpose;
use crate::domain::intent::Intent;

/// Plans the shift.
///
/// # Errors
/// A refusal, a time that is not understood, no such room, or no host.
pub fn run(call: &mut Call, args: &ShiftArgs) -> Result<(), Failure> {
    let starts_at = call.time_ahead("TIME", &args.starts, Purpose::Start, &args.record)?;
    record(call, &args.record, Intent::PlanShift { starts_at, who: text(&args.who) })?;
    call.say_day(starts_at)
}
