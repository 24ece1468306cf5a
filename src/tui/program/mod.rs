//! The program itself: left, suspended, redrawn; its language and its appearance.

pub mod actions;
pub mod appearance;
pub mod settings;
