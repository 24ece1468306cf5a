//! Priority from urgency and impact, and what it means for the routine (P4–P8, P31–P33).

use serde::{Deserialize, Serialize};

use super::phrase::{Arg, Phrase};
use super::routine::PriorityModel;

/// Urgency or impact: 1 (highest), 2 or 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Grade(u8);

impl Grade {
    /// The highest grade.
    pub const HIGHEST: Grade = Grade(1);

    /// Grade `n`, when it is 1, 2 or 3.
    pub fn new(n: u8) -> Option<Self> {
        (1..=3).contains(&n).then_some(Grade(n))
    }

    /// 1, 2 or 3.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Grade {
    type Error = String;

    fn try_from(n: u8) -> Result<Self, String> {
        Grade::new(n).ok_or_else(|| format!("{n} is not 1, 2 or 3"))
    }
}

impl From<Grade> for u8 {
    fn from(grade: Grade) -> u8 {
        grade.0
    }
}

/// A priority as it was set: where it came from and with whom it was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Priority {
    pub urgency: Grade,
    pub impact: Grade,
    /// 1 is critical.
    pub level: u8,
    /// Who at the business agreed (P31); empty when nobody did yet.
    pub agreed_with: String,
}

/// What a priority means for the routine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// The routine must be followed (P7).
    Mandatory,
    /// It may be activated (P8).
    Optional,
    /// It is allowed and not needed.
    Unneeded,
}

impl PriorityModel {
    /// The priority of this urgency and impact.
    pub fn level(&self, urgency: Grade, impact: Grade) -> u8 {
        self.matrix[usize::from(urgency.0) - 1][usize::from(impact.0) - 1]
    }

    /// What the routine calls urgency, in small letters.
    pub fn urgency_name(&self) -> Arg {
        self.urgency_name.clone().map_or_else(|| Phrase::new("scale-urgency").into(), Arg::Local)
    }

    /// What the routine calls impact, in small letters.
    pub fn impact_name(&self) -> Arg {
        self.impact_name.clone().map_or_else(|| Phrase::new("scale-impact").into(), Arg::Local)
    }

    /// What priority `level` means for the routine.
    pub fn activation(&self, level: u8) -> Activation {
        if level <= self.mandatory {
            Activation::Mandatory
        } else if level <= self.optional {
            Activation::Optional
        } else {
            Activation::Unneeded
        }
    }
}

#[cfg(test)]
mod tests;
