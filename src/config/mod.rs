//! What people and organisations can change: settings, keymap, theme, routines, languages.

pub mod demo;
pub mod fault;
pub mod lang;
pub mod layer;
pub mod routine;
pub mod theme;
