//! Warnings of clocks: shown once, acknowledged, and followed into another room.

pub mod actions;
pub mod banner;
pub mod raise;
pub mod state;
