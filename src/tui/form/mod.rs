//! A form: its fields, how it is filled in and submitted, and how it is drawn.

pub mod actions;
pub mod context;
pub mod draw;
pub mod field;
pub mod open;
pub mod revise;
pub mod state;
pub mod time;
