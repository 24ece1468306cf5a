//! Actions: opened, changed, done and dropped, and how they are drawn with the plans.

pub mod actions;
pub mod draw;
pub mod forms;
