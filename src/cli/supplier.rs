//! `klock supplier`: suppliers called in, their case and their staff.

use super::args::{SupplierFacts, SupplierVerb};
use super::call::Call;
use super::failure::CommandFailure;
use super::record::{optional, record};
use crate::domain::intent::Intent;

/// Calls a supplier in, or notes what has become known.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn run(call: &mut Call, verb: &SupplierVerb) -> Result<(), CommandFailure> {
    match verb {
        SupplierVerb::Engage { record: args, supplier, facts } => record(call, args, intent(None, supplier, facts)),
        SupplierVerb::Update { record: args, no, facts } => record(call, args, intent(Some(*no), "", facts)),
    }
}

fn intent(no: Option<u32>, name: &str, facts: &SupplierFacts) -> Intent {
    Intent::EngageSupplier {
        no,
        name: name.into(),
        case: optional(facts.case.as_ref()),
        critical: facts.critical,
        staff: optional(facts.staff.as_ref()),
    }
}
