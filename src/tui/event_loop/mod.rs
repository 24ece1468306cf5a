//! The loop that runs the screen, and the only place where its effects are performed.

pub mod event;
pub mod farewell;
pub mod options;
pub mod run;
pub mod running;
pub mod start;
