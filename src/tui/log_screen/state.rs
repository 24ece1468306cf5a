//! How a quick note stands, besides its entry line.

/// How a quick note stands, besides its entry line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogScreen {
    /// Enter was pressed before there was a room to send to.
    pub(super) sends: bool,
    /// The person was told that leaving now would lose what is typed, and has done nothing else since. When it can be kept
    /// after all, they have left.
    pub(super) warned: bool,
}
