//! Actions, plan A and plan B, and the short lists of what is asked for: resources, suppliers, obstacles
//! (P20, P26, P34–P36, P52–P64).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::{No, Seq};
use super::text::Text;
use super::time::Moment;

/// One of two parallel tracks (P59, P60).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Track {
    A,
    B,
}

impl Track {
    pub const ALL: [Track; 2] = [Track::A, Track::B];

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Track::A => Track::B,
            Track::B => Track::A,
        }
    }
}

impl fmt::Display for Track {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Track::A => "A",
            Track::B => "B",
        })
    }
}

/// Something somebody is to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Action {
    pub no: No,
    /// The record that opened it.
    pub seq: Seq,
    pub text: Text,
    pub owner: Option<String>,
    pub due: Option<Moment>,
    pub track: Option<Track>,
    pub opened_at: Moment,
    pub end: Option<ActionEnd>,
    /// Opened after the incident, to keep it from happening again (P79).
    pub corrective: bool,
}

/// How an action ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionEnd {
    pub done: bool,
    pub text: Text,
    pub at: Moment,
}

impl Action {
    /// Whether it is neither done nor dropped.
    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// How many minutes it is late, when it is open and late.
    pub fn late_minutes(&self, now: Moment) -> Option<i64> {
        let due = self.due.filter(|due| self.is_open() && *due < now)?;
        Some(now.since(due).num_minutes())
    }
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionPlan {
    pub text: Text,
    pub opened_at: Moment,
    pub dropped: Option<Text>,
}

/// Plan A and plan B, what would make us switch, and the choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Tracks {
    pub a: Option<ActionPlan>,
    pub b: Option<ActionPlan>,
    pub switch_condition: Option<Text>,
    /// Which one was chosen, why and when.
    pub chosen: Option<(Track, Text, Moment)>,
}

impl Tracks {
    /// The plan on `track`.
    pub fn plan(&self, track: Track) -> Option<&ActionPlan> {
        match track {
            Track::A => self.a.as_ref(),
            Track::B => self.b.as_ref(),
        }
    }

    pub(super) fn plan_mut(&mut self, track: Track) -> &mut Option<ActionPlan> {
        match track {
            Track::A => &mut self.a,
            Track::B => &mut self.b,
        }
    }
}

/// A person, team or thing that was asked for (P52–P54, P58).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    pub no: No,
    pub seq: Seq,
    pub what: Text,
    pub asked_at: Moment,
    /// Who or what came, and when.
    pub allocated: Option<(Text, Moment)>,
    /// Why it is no longer needed.
    pub dropped: Option<Text>,
}

impl Resource {
    /// Whether it is still waited for.
    pub fn is_open(&self) -> bool {
        self.allocated.is_none() && self.dropped.is_none()
    }
}

/// A supplier on the case (P34–P36, P63, P64).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Supplier {
    pub no: No,
    pub seq: Seq,
    pub name: Text,
    /// Their case number; blank until they gave one.
    pub case: Text,
    /// Whether they registered it as critical; none until we know.
    pub critical: Option<bool>,
    /// Who they put on it; blank until they did.
    pub staff: Text,
    pub engaged_at: Moment,
}

impl Supplier {
    /// Whether something is still to be squared up: no case, not known to be critical, or nobody on it.
    pub fn is_open(&self) -> bool {
        self.case.is_blank() || self.critical != Some(true) || self.staff.is_blank()
    }
}

/// Something in the way of those who work (P55–P58).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Obstacle {
    pub no: No,
    pub seq: Seq,
    pub text: Text,
    pub raised_at: Moment,
    /// How and when it was cleared.
    pub cleared: Option<(Text, Moment)>,
}

impl Obstacle {
    /// Whether it is still in the way.
    pub fn is_open(&self) -> bool {
        self.cleared.is_none()
    }
}

#[cfg(test)]
mod tests;
