//! The status questions: answered, listed with their history, and drawn.

pub mod actions;
pub mod draw;
pub mod forms;
pub mod rivals;
pub mod rows;
