//! People: roles and calls, who is here and what they write, and who types here.

pub mod actions;
pub mod forms;
pub mod here;
pub mod name;
pub mod presence;
pub mod rows;
pub mod who_types;
pub mod writing_status;
