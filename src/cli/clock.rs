//! `klock clock`: puts a clock off, or changes how often to meet.

use super::args::ClockVerb;
use super::call::Call;
use super::failure::Failure;
use super::record::record;
use crate::domain::intent::Intent;

/// Does what is asked of the clocks.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn run(call: &mut Call, verb: &ClockVerb) -> Result<(), Failure> {
    match verb {
        ClockVerb::Snooze { record: args, clock, minutes, reason } => {
            let (clock, reason) = (clock.clone(), reason.as_str().into());
            record(call, args, Intent::SnoozeClock { clock, minutes: *minutes, reason })
        }
        ClockVerb::Cadence { record: args, minutes, reason } => {
            record(call, args, Intent::SetCadence { minutes: *minutes, reason: reason.as_str().into() })
        }
    }
}
