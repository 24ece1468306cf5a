//! Resources, suppliers and obstacles.

pub mod actions;
pub mod forms;
pub mod rows;
