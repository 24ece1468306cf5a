//! What people and organisations can change: settings, keymap, theme, routines, languages.

pub mod contact;
pub mod demo;
pub mod fault;
pub mod keymap;
pub mod lang;
pub mod layer;
pub mod load;
pub mod place;
pub mod routine;
pub mod settings;
pub mod starter;
pub mod theme;
