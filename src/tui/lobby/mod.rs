//! The lobby: the rooms there are, and going from one to another.

pub mod actions;
pub mod draw;
