//! Where one item of the checklist stands, as the room keeps it.

use serde::{Deserialize, Serialize};

use super::author::Author;
use super::id::Seq;
use super::text::Text;
use super::time::Moment;

/// Where an item stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct ItemState {
    pub settled: Option<Settled>,
    pub assignee: Option<Text>,
}

/// How an item was dealt with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settled {
    pub how: Settlement,
    /// The note of a done item, the reason of a waived one.
    pub text: Text,
    pub by: Author,
    pub at: Moment,
    pub seq: Seq,
}

/// Done or waived: there is no third way (P3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Settlement {
    Done,
    Waived,
}
