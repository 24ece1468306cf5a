//! Who holds which role, and the calls that were made: for a decision, for information, to staff a role (P9–P13, P18).

use serde::{Deserialize, Serialize};

use super::id::Seq;
use super::text::Text;
use super::time::Moment;

/// Somebody holding a role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoleHolder {
    pub person: Text,
    pub since: Moment,
}

/// Why somebody was called. Only a call to staff a role can give one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallPurpose {
    /// A decision is needed that the team may not take by itself.
    Decision,
    /// Somebody is to know, or to tell.
    Information,
    /// Somebody is to take a role.
    Role,
}

impl CallPurpose {
    pub const ALL: [CallPurpose; 3] = [CallPurpose::Decision, CallPurpose::Information, CallPurpose::Role];
}

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EscalationOutcome {
    /// Agrees to what was asked.
    Accepted,
    NoAnswer,
    Declined,
    /// A message was left; they may call back.
    LeftMessage,
    /// Answered the call, and nothing more is said of it.
    Answered,
}

impl EscalationOutcome {
    /// Every outcome, in the order in which a form offers them.
    pub const ALL: [EscalationOutcome; 5] = [
        EscalationOutcome::Answered,
        EscalationOutcome::Accepted,
        EscalationOutcome::NoAnswer,
        EscalationOutcome::Declined,
        EscalationOutcome::LeftMessage,
    ];
}

/// One call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// The record that tells of it; 0 in a fold that an earlier version kept.
    #[serde(default)]
    pub seq: Seq,
    /// As what they were called; empty: they have none of the routine's roles.
    pub role: String,
    pub person: Text,
    pub how: Text,
    pub outcome: EscalationOutcome,
    /// None in what version 0.1.0 recorded.
    #[serde(default)]
    pub purpose: Option<CallPurpose>,
    /// What it was about and what was said.
    #[serde(default)]
    pub about: Text,
    /// The role that they took.
    #[serde(default)]
    pub takes: Option<String>,
    /// What giving them that role changed.
    #[serde(default)]
    pub given: Option<Given>,
    pub at: Moment,
}

/// A role that a call gave to somebody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Given {
    /// The record that assigned it.
    pub seq: Seq,
    /// Who held it before.
    pub before: Option<RoleHolder>,
}
