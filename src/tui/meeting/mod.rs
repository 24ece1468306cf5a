//! Meetings: called, held and ended, with their agenda.

pub mod actions;
pub mod forms;
pub mod rows;
