//! The spans in which the service was down: one for most incidents, one more each time that an incident is reopened.

use serde::{Deserialize, Serialize};

use super::time::Moment;

/// A span in which the service was down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// When it began: for the first, when the incident did; for a later one, when the incident was reopened.
    pub began_at: Moment,
    /// When service was restored; `None` if it is still down.
    pub restored_at: Option<Moment>,
}

impl Outage {
    /// How long it has lasted at `now`, in seconds, never negative.
    pub fn seconds(&self, now: Moment) -> i64 {
        self.restored_at.unwrap_or(now).since(self.began_at).num_seconds().max(0)
    }
}

/// How long the service was down in all of `outages` together at `now`, in seconds.
pub fn down_seconds(outages: &[Outage], now: Moment) -> i64 {
    outages.iter().map(|outage| outage.seconds(now)).sum()
}
