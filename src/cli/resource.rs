//! `klock resource`: people, teams and things that are asked for.

use super::args::ResourceVerb;
use super::call::Call;
use super::failure::CommandFailure;
use super::record::{record, text};
use crate::domain::intent::Intent;

/// Asks for one, says that it came, or that it is not needed any more.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn run(call: &mut Call, verb: &ResourceVerb) -> Result<(), CommandFailure> {
    match verb {
        ResourceVerb::Ask { record: args, text: words } => {
            record(call, args, Intent::AskResource { what: text(words) })
        }
        ResourceVerb::Allocate { record: args, no, who } => {
            record(call, args, Intent::AllocateResource { no: *no, who: text(who) })
        }
        ResourceVerb::Drop { record: args, no, reason } => {
            record(call, args, Intent::DropResource { no: *no, reason: reason.as_str().into() })
        }
    }
}
