//! Meetings: called, held and ended, with their agenda.

pub mod rows;
