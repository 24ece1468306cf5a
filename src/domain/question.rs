//! The status questions and their answers (P23–P28, P50, P51).

use serde::{Deserialize, Serialize};

use super::author::Author;
use super::id::Seq;
use super::routine::Question;
use super::text::Text;
use super::time::Moment;

/// How sure an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    Confirmed,
    Assumed,
    Unknown,
}

impl Certainty {
    /// In the order `Tab` goes through them.
    pub const ALL: [Certainty; 3] = [Certainty::Confirmed, Certainty::Assumed, Certainty::Unknown];
}

/// One answer, now or earlier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub seq: Seq,
    pub text: Text,
    pub certainty: Certainty,
    /// For a question that takes a time.
    pub time: Option<Moment>,
    pub by: Author,
    pub at: Moment,
    /// What it said before it was corrected, oldest first.
    #[serde(default)]
    pub former: Vec<Text>,
}

impl Answer {
    /// Whether it is older than the question allows.
    pub fn is_stale(&self, question: &Question, now: Moment) -> bool {
        now.since(self.at).num_minutes() >= i64::from(question.stale_after)
    }
}

#[cfg(test)]
mod tests;
