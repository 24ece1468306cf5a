//! `klock role`: who holds which role, and who was called.

use super::args::{OutcomeArg, RoleVerb};
use super::call::Call;
use super::failure::Failure;
use super::record::record;
use crate::domain::intent::Intent;
use crate::domain::role::EscalationOutcome;

/// Does what is asked of the roles.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn run(call: &mut Call, verb: &RoleVerb) -> Result<(), Failure> {
    match verb {
        RoleVerb::Assign { record: args, role, person } => {
            record(call, args, Intent::AssignRole { role: role.clone(), person: person.as_str().into() })
        }
        RoleVerb::Release { record: args, role } => record(call, args, Intent::ReleaseRole { role: role.clone() }),
        RoleVerb::Call { record: args, role, person, outcome, how } => {
            let outcome = match outcome {
                OutcomeArg::Accepted => EscalationOutcome::Accepted,
                OutcomeArg::NoAnswer => EscalationOutcome::NoAnswer,
                OutcomeArg::Declined => EscalationOutcome::Declined,
                OutcomeArg::LeftMessage => EscalationOutcome::LeftMessage,
            };
            let (role, person, how) = (role.clone(), person.as_str().into(), how.as_str().into());
            record(call, args, Intent::TryEscalation { role, person, how, outcome })
        }
    }
}
