//! The status questions: answered, listed with their history, and drawn.

pub mod rows;
