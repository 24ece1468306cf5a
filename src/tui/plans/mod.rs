//! Plan A and plan B, and what would make the team switch.

pub mod actions;
pub mod forms;
pub mod rows;
