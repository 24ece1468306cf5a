//! What the room screen is drawn from.

use crate::tui::app::environment::Environment;
use crate::tui::app::pending::{PendingIntents, TypedText};
use crate::tui::entry_line::draw::EntryLineView;
use crate::tui::room::state::RoomView;

/// What the room screen is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct RoomScene<'a> {
    pub view: &'a RoomView,
    pub environment: &'a Environment,
    pub entry: &'a EntryLineView<'a>,
    /// The keys that matter here, most important first: key and what it does.
    pub hints: &'a [(String, String)],
    /// What was done here and is not acknowledged.
    pub pending: &'a PendingIntents,
}

impl RoomScene<'_> {
    /// The entries for this room that wait for a host that does not answer or cannot save, oldest first.
    pub fn unsent(&self) -> Vec<&TypedText> {
        let waits = self.environment.connection.away_since().is_some() || self.pending.holds();
        self.pending.entries_of(&self.view.room.id).filter(|_| waits).collect()
    }
}
