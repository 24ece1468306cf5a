//! The room on the screen: its state, its layout and its panes.

pub mod actions;
pub mod draw;
pub mod draw_cache;
pub mod focus;
pub mod header;
pub mod held_selection;
pub mod layout;
pub mod movement;
pub mod pane;
pub mod scene;
pub mod selection;
pub mod state;
pub mod status;
#[cfg(test)]
pub(crate) mod tests;
