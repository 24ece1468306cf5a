//! The screens that lie under the overlays.

pub mod room;
