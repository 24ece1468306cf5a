//! `klock role`: who holds which role, and who was called.

use super::args::{OutcomeArg, PurposeArg, RoleVerb};
use super::call::Call;
use super::failure::CommandFailure;
use super::record::record;
use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::domain::role::{CallPurpose, EscalationOutcome};

/// Does what is asked of the roles.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn run(call: &mut Call, verb: &RoleVerb) -> Result<(), CommandFailure> {
    match verb {
        RoleVerb::Assign { record: args, role, person } => {
            record(call, args, Intent::AssignRole { role: role.clone(), person: person.as_str().into() })
        }
        RoleVerb::Release { record: args, role } => record(call, args, Intent::ReleaseRole { role: role.clone() }),
        RoleVerb::Call { record: args, role, person, purpose, outcome, takes_role, about, how } => {
            let role = if role == NO_ROLE { String::new() } else { role.clone() };
            let takes = takes_role.as_ref().map(|named| named.clone().unwrap_or_else(|| role.clone()));
            let by_default = if takes.is_some() { PurposeArg::Role } else { PurposeArg::Decision };
            let outcome = match outcome {
                None | Some(OutcomeArg::Accepted) => EscalationOutcome::Accepted,
                Some(OutcomeArg::Answered) => EscalationOutcome::Answered,
                Some(OutcomeArg::NoAnswer) => EscalationOutcome::NoAnswer,
                Some(OutcomeArg::Declined) => EscalationOutcome::Declined,
                Some(OutcomeArg::LeftMessage) => EscalationOutcome::LeftMessage,
            };
            let purpose = match purpose.unwrap_or(by_default) {
                PurposeArg::Decision => CallPurpose::Decision,
                PurposeArg::Information => CallPurpose::Information,
                PurposeArg::Role => CallPurpose::Role,
            };
            let gives_none = outcome == EscalationOutcome::Accepted && takes.is_none();
            let (person, how, about) = (person.as_str().into(), how.as_str().into(), about.as_str().into());
            record(call, args, Intent::TryEscalation { role, person, how, outcome, purpose, about, takes })?;
            if gives_none {
                // Up to version 0.1.0 that outcome made them lead.
                let said = call.say(&Phrase::new("cli-call-gives-no-role"));
                call.out.aside(&said)?;
            }
            Ok(())
        }
    }
}

/// In place of a role: they have none of the routine's.
const NO_ROLE: &str = "-";
