//! The pieces that screens are drawn with. They know styles by role and put text on screen through `showable` only.

pub mod empty;
pub mod flow;
pub mod gauge;
pub mod panel;
pub mod pen;
pub mod scroll;
pub mod strip;
pub mod typed;
