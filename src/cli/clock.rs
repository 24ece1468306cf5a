//! `klock clock`: puts a clock off, or changes how often to meet.

use super::args::ClockVerb;
use super::call::{Call, misplaced};
use super::failure::Failure;
use super::record::{print, record, send};
use super::room::{self, Unnamed};
use crate::domain::entry;
use crate::domain::id::RoomId;
use crate::domain::intent::Intent;

/// Does what is asked of the clocks.
///
/// # Errors
/// A refusal, a length of time that is not understood, no such room, or no host.
pub fn run(call: &mut Call, verb: &ClockVerb) -> Result<(), Failure> {
    match verb {
        ClockVerb::Snooze { record: args, clock, minutes, reason } => {
            let (clock, reason) = (clock.clone(), reason.as_str().into());
            // Those of the debrief and the report run after the close.
            let room = room::choose(call, &args.room, Unnamed::OpenOrLast)?;
            let minutes = minutes_until(call, &room, &clock, minutes)?;
            let at = call.happened(args)?;
            let records = send(call, &room, at, Intent::SnoozeClock { clock, minutes, reason })?;
            print(call, args, &room, &records)
        }
        ClockVerb::Cadence { record: args, minutes, reason } => {
            let minutes = entry::parse_span_minutes(minutes).map_err(|why| misplaced("MINUTES", why))?;
            record(call, args, Intent::SetCadence { minutes, reason: reason.as_str().into() })
        }
    }
}

/// For how many minutes `clock` is put off: a span, or the time until which. Only a time needs the room.
fn minutes_until(call: &mut Call, room: &RoomId, clock: &str, text: &str) -> Result<i64, Failure> {
    if let Ok(minutes) = entry::parse_span_minutes(text) {
        return Ok(minutes);
    }
    let fold = call.fold(room)?;
    // The host counts the minutes from now, whatever `--at` says.
    let now = call.now();
    let view = fold.clock_views(now).into_iter().find(|view| view.rule.key == clock);
    let from = view.map_or(now, |view| view.snoozed_from(now));
    entry::parse_minutes_until(text, from, now, call.zone()).map_err(|why| misplaced("MINUTES", why))
}
