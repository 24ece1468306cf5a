//! Who holds which role, and the calls that were made to staff it (P9–P13, P18).

use serde::{Deserialize, Serialize};

use super::id::Seq;
use super::text::Text;
use super::time::Moment;

/// Somebody holding a role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Holder {
    pub person: Text,
    pub since: Moment,
}

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EscalationOutcome {
    /// Takes it: assigned to the leading role at once.
    Accepted,
    NoAnswer,
    Declined,
    /// A message was left; they may call back.
    LeftMessage,
}

impl EscalationOutcome {
    pub const ALL: [EscalationOutcome; 4] = [
        EscalationOutcome::Accepted,
        EscalationOutcome::NoAnswer,
        EscalationOutcome::Declined,
        EscalationOutcome::LeftMessage,
    ];
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// The record that tells of it; 0 in a fold that an earlier version kept.
    #[serde(default)]
    pub seq: Seq,
    pub role: String,
    pub person: Text,
    pub how: Text,
    pub outcome: EscalationOutcome,
    pub at: Moment,
}
