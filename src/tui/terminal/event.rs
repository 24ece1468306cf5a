//! What the threads of the terminal hand to the loop.

use crate::config::theme::Background;
use crate::tui::terminal::burst::Burst;

/// What the terminal's threads hand to the loop.
#[derive(Debug)]
pub enum TerminalEvent {
    Keys(Burst),
    Background(Background),
    PasteStalls {
        letters: usize,
    },
    /// Nothing more will be typed: the terminal is gone.
    Ended,
    Signal(i32),
}
