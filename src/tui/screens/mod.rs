//! The screens that lie under the overlays.

pub mod lobby;
pub mod room;
