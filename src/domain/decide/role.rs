//! What is decided of roles: who may take one in a call.

use super::guard::{known_role, refuse};
use crate::domain::intent::Refusal;
use crate::domain::role::{CallPurpose, EscalationOutcome};
use crate::domain::routine::Routine;

/// A call gives a role only when it was made to staff one and they accepted: no other call changes who leads.
pub(super) fn may_take(
    routine: &Routine,
    purpose: CallPurpose,
    outcome: EscalationOutcome,
    takes: Option<&str>,
) -> Result<(), Refusal> {
    let Some(taken) = takes else { return Ok(()) };
    known_role(routine, taken)?;
    if purpose != CallPurpose::Role {
        return Err(refuse("refuse-call-purpose"));
    }
    if outcome != EscalationOutcome::Accepted {
        return Err(refuse("refuse-call-not-accepted"));
    }
    Ok(())
}
