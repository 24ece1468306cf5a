//! The panes of the room.

/// A pane of the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pane {
    Questions,
    Checklist,
    Timeline,
    Actions,
}

impl Pane {
    /// In the order of their numbers, 1 to 4.
    pub const ALL: [Pane; 4] = [Pane::Questions, Pane::Checklist, Pane::Timeline, Pane::Actions];
}
