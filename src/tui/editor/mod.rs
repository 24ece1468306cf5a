//! The larger editor for a text of many lines.

pub mod actions;
pub mod draw;
pub mod state;
