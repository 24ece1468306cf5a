//! The checklist of the routine: points checked, waived and given to somebody, and how it is drawn.

pub mod actions;
pub mod draw;
pub mod forms;
pub mod rows;
