//! Messages to people outside the room, and the notices that the routine asks for.

pub mod actions;
pub mod forms;
pub mod rows;
