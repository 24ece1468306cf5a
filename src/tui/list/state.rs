//! Which lists there are, and the row that is selected in an open one.

/// What a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListKind {
    Roles,
    Clocks,
    Plans,
    Resources,
    Suppliers,
    Obstacles,
    Messages,
    /// The notices that the routine asks for.
    Notices,
    /// The agenda of the running meeting.
    Meeting,
    /// The meetings so far.
    Meetings,
    /// The answers to a question, latest first.
    History(String),
    /// The points neither done nor waived (P3).
    Unsettled,
    Phases,
    Debrief,
    Drafts,
    /// The people to call on (P41, P42).
    Contacts,
    /// Those who have the room on a screen.
    People,
}

/// A list that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    pub kind: ListKind,
    /// The id of the selected row; none, or one that is gone: the first.
    pub chosen: Option<String>,
}
