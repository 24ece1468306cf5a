//! Lists over the room: which there are, their rows, what their keys do, and how they are drawn.

pub mod actions;
pub mod draw;
pub mod edge;
pub mod rows;
