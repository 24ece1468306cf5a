//! The room on the screen: its state, its layout and its panes.

pub mod draw;
pub mod draw_cache;
pub mod header;
pub mod layout;
pub mod panes;
pub mod state;
pub mod status;
#[cfg(test)]
pub(crate) mod tests;
