//! Lists over the room: which there are, their rows, what their keys do, and how they are drawn.

pub mod actions;
pub mod draw;
pub mod edge;
pub mod open;
pub mod row;
pub mod rows;
pub mod state;
