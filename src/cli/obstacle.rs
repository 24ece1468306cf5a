//! `klock obstacle`: what is in the way of those who work.

use super::args::ObstacleVerb;
use super::call::Call;
use super::failure::CommandFailure;
use super::record::{record, text};
use crate::domain::intent::Intent;

/// Raises an obstacle, or clears it.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn run(call: &mut Call, verb: &ObstacleVerb) -> Result<(), CommandFailure> {
    match verb {
        ObstacleVerb::Raise { record: args, text: words } => {
            record(call, args, Intent::RaiseObstacle { text: text(words) })
        }
        ObstacleVerb::Clear { record: args, no, how } => {
            record(call, args, Intent::ClearObstacle { no: *no, how: text(how) })
        }
    }
}
