//! A screenful of text over the screen: the keys that mean something here, an entry in full, a step of the routine.

pub mod draw;
pub mod state;
