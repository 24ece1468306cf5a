//! What the room screen is drawn from.

use crate::tui::app::environment::Surroundings;
use crate::tui::app::pending::{Outbox, Typed};
use crate::tui::entry_line::draw::EntryLine;
use crate::tui::room::state::RoomView;

/// What the room screen is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    pub view: &'a RoomView,
    pub around: &'a Surroundings,
    pub entry: &'a EntryLine<'a>,
    /// The keys that matter here, most important first: key and what it does.
    pub hints: &'a [(String, String)],
    /// What was done here and is not acknowledged.
    pub outbox: &'a Outbox,
}

impl Scene<'_> {
    /// The entries for this room that wait for a host that does not answer or cannot save, oldest first.
    pub fn unsent(&self) -> Vec<&Typed> {
        let waits = self.around.connection.away_since().is_some() || self.outbox.holds();
        self.outbox.entries_of(&self.view.room.id).filter(|_| waits).collect()
    }
}
