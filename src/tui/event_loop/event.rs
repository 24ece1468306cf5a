//! What wakes the loop.

use crate::client::reconnecting::Update;
use crate::tui::app::effect::Tag;
use crate::tui::app::msg::Copied;
use crate::tui::terminal::event::TerminalEvent;

/// What wakes the loop.
pub enum LoopEvent {
    Terminal(TerminalEvent),
    Link(Update<Tag>),
    /// A text that was to be copied is where it is.
    Copied(Copied),
}

impl From<TerminalEvent> for LoopEvent {
    fn from(event: TerminalEvent) -> Self {
        LoopEvent::Terminal(event)
    }
}
