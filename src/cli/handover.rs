//! `klock handover`: the lead is offered and accepted.

use super::args::HandoverVerb;
use super::call::Call;
use super::failure::CommandFailure;
use super::record::{optional, record};
use crate::domain::intent::Intent;

/// Offers the lead, or accepts it.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn run(call: &mut Call, verb: &HandoverVerb) -> Result<(), CommandFailure> {
    match verb {
        HandoverVerb::Offer { record: args, person, note } => {
            record(call, args, Intent::HandOver { to: person.as_str().into(), note: optional(note.as_ref()) })
        }
        HandoverVerb::Accept { record: args } => record(call, args, Intent::AcceptHandover),
    }
}
