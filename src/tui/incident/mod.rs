//! The incident as a whole: declared, classified, restored, closed, and its aftermath.

pub mod actions;
pub mod aftermath;
pub mod declare;
pub mod forms;
pub mod routines;
pub mod rows;
