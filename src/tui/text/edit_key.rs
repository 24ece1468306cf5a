//! What a key does to a text that is being edited: the same in a line and in the larger editor.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A change of the text, or a move in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditKey {
    Insert(char),
    DeletePrevious,
    DeleteNext,
    DeletePreviousWord,
    DeleteNextWord,
    DeleteToStart,
    DeleteToEnd,
    /// Puts back what was deleted last.
    Yank,
    Undo,
    Redo,
    Previous,
    Next,
    PreviousWord,
    NextWord,
    Start,
    End,
}

impl EditKey {
    /// Returns what `key` does. `None` when it does nothing to a text. The keys are those of readline, and what terminals
    /// send for Option or
    /// Ctrl with an arrow.
    pub fn of(key: KeyEvent) -> Option<Self> {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        Some(match key.code {
            KeyCode::Char('h') if ctrl && alt => EditKey::DeletePreviousWord,
            // AltGr arrives as Ctrl+Alt on some terminals, and what it types is text.
            KeyCode::Char(c) if ctrl == alt && !c.is_ascii_alphabetic() => EditKey::Insert(c),
            KeyCode::Char(c) if !ctrl && !alt => EditKey::Insert(c),
            KeyCode::Char('_' | '7' | '/') if ctrl => EditKey::Undo,
            KeyCode::Char('/' | '_') if alt => EditKey::Redo,
            KeyCode::Char('h') if ctrl => EditKey::DeletePrevious,
            KeyCode::Char('w') if ctrl => EditKey::DeletePreviousWord,
            KeyCode::Char('u') if ctrl => EditKey::DeleteToStart,
            KeyCode::Char('k') if ctrl => EditKey::DeleteToEnd,
            KeyCode::Char('d') if ctrl => EditKey::DeleteNext,
            KeyCode::Char('d') if alt => EditKey::DeleteNextWord,
            KeyCode::Char('y') if ctrl => EditKey::Yank,
            KeyCode::Char('a') if ctrl => EditKey::Start,
            KeyCode::Char('e') if ctrl => EditKey::End,
            KeyCode::Char('b') if alt => EditKey::PreviousWord,
            KeyCode::Char('f') if alt => EditKey::NextWord,
            KeyCode::Char('b') if ctrl => EditKey::Previous,
            KeyCode::Char('f') if ctrl => EditKey::Next,
            KeyCode::Backspace if ctrl || alt => EditKey::DeletePreviousWord,
            KeyCode::Backspace => EditKey::DeletePrevious,
            KeyCode::Delete if ctrl || alt => EditKey::DeleteNextWord,
            KeyCode::Delete => EditKey::DeleteNext,
            KeyCode::Left if ctrl || alt => EditKey::PreviousWord,
            KeyCode::Right if ctrl || alt => EditKey::NextWord,
            KeyCode::Left => EditKey::Previous,
            KeyCode::Right => EditKey::Next,
            KeyCode::Home => EditKey::Start,
            KeyCode::End => EditKey::End,
            _ => return None,
        })
    }
}
