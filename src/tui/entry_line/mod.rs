//! The entry line: what is typed and understood, what its commands do, and how it is drawn.

pub mod actions;
pub mod draw;
pub mod state;
pub mod view;
