//! What the bytes from the terminal stand for.

use crossterm::event::KeyEvent;

use crate::config::theme::Background;

/// What the bytes from the terminal stand for.
#[derive(Debug, Clone, PartialEq)]
pub enum TerminalInput {
    Key(KeyEvent),
    /// A marked paste, whole.
    Paste(String),
    FocusGained,
    FocusLost,
    /// The end of a paste that had ended before, at a mark which it held itself: what came in between was no typing.
    PasteEnds,
    /// What the terminal says of its background.
    Background(Background),
    /// A paste has no end yet: so many letters of it are here, and Escape ends it.
    PasteStalls {
        letters: usize,
    },
}
