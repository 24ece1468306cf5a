//! The screen of a quick note: the entry line of one room with nothing around it.

pub mod actions;
pub mod draw;
pub mod state;
pub mod update;
