//! What can lie over the screen: the stack of overlays, their frame, a question, a text.

pub mod confirm;
pub mod draw;
pub mod frame;
pub mod state;
