//! The palette: every command that makes sense here, found by typing.

pub mod actions;
pub mod draw;
pub mod search;
pub mod state;
