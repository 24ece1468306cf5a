//! The timeline: the part that is loaded, moves in it, forms about an entry, and how it is drawn.

pub mod actions;
pub mod draw;
pub mod forms;
pub mod heading;
pub mod records;
pub mod unsent;
pub mod window;
