//! A paste of many lines: what it is, what can be done with it, and how it is drawn.

pub mod actions;
pub mod draw;
pub mod state;
