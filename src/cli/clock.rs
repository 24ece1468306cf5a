//! `klock clock`: puts a clock off, or changes how often to meet.

use super::args::ClockVerb;
use super::call::{Call, misplaced};
use super::failure::Failure;
use super::record::record;
use crate::domain::entry;
use crate::domain::intent::Intent;

/// Does what is asked of the clocks.
///
/// # Errors
/// A refusal, a length of time that is not understood, no such room, or no host.
pub fn run(call: &mut Call, verb: &ClockVerb) -> Result<(), Failure> {
    match verb {
        ClockVerb::Snooze { record: args, clock, minutes, reason } => {
            let (clock, reason) = (clock.clone(), reason.as_str().into());
            let minutes = call.minutes_until("MINUTES", minutes)?;
            record(call, args, Intent::SnoozeClock { clock, minutes, reason })?;
            let until = call.zone().later(call.now(), minutes);
            call.say_day(until)
        }
        ClockVerb::Cadence { record: args, minutes, reason } => {
            let minutes = entry::parse_span_minutes(minutes).map_err(|why| misplaced("MINUTES", why))?;
            record(call, args, Intent::SetCadence { minutes, reason: reason.as_str().into() })
        }
    }
}
