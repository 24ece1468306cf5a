//! What a person does at the keyboard, after pastes and keys were told apart.

use crossterm::event::KeyEvent;

/// What was done at the keyboard.
#[derive(Debug, Clone, PartialEq)]
pub enum Press {
    Key(KeyEvent),
    /// Letters that came in one go, for the text that is being typed.
    Letters(String),
    /// Pasted text, marked by the terminal or a burst of keys too fast for a hand.
    Paste {
        text: String,
        part: PastePart,
    },
    /// The terminal came into or went out of focus.
    Focus(bool),
}

/// Which part of a paste has come: a long one comes in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PastePart {
    #[default]
    First,
    /// It goes on where the part before ended.
    Next,
}
