//! What people and organisations can change: settings, keymap, theme, routines, languages.

pub mod lang;
pub mod routine;
