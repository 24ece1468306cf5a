//! `klock plan`: plan A and plan B, what would make us switch, and the choice.

use super::args::{PlanVerb, TrackArg};
use super::call::Call;
use super::failure::CommandFailure;
use super::record::{optional, record, text};
use crate::domain::action::Track;
use crate::domain::intent::Intent;

/// Does what is asked of the plans.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn run(call: &mut Call, verb: &PlanVerb) -> Result<(), CommandFailure> {
    match verb {
        PlanVerb::Write { record: args, track: which, text: words } => {
            record(call, args, Intent::OpenTrack { track: track(*which), plan: text(words) })
        }
        PlanVerb::SwitchWhen { record: args, text: words } => {
            record(call, args, Intent::SetSwitchCondition { condition: text(words) })
        }
        PlanVerb::Choose { record: args, track: which, reason } => {
            record(call, args, Intent::ChooseTrack { track: track(*which), reason: optional(reason.as_ref()) })
        }
        PlanVerb::Drop { record: args, track: which, reason } => {
            record(call, args, Intent::DropTrack { track: track(*which), reason: reason.as_str().into() })
        }
    }
}

/// The plan that the command line names.
pub fn track(which: TrackArg) -> Track {
    match which {
        TrackArg::A => Track::A,
        TrackArg::B => Track::B,
    }
}
