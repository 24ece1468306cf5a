//! The screens that lie under the overlays.

pub mod banner;
pub mod lobby;
pub mod room;
