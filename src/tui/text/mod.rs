//! Text being edited: one line of it, the keys that edit, and completions.

pub mod completion;
pub mod draw;
pub mod edit_key;
pub mod input;
