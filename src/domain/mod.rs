//! The incident as pure values and pure functions: nothing here reads a clock, a file or chance.

pub mod action;
pub mod author;
pub mod checklist;
pub mod clocks;
pub mod decide;
pub mod entry;
pub mod event;
pub mod id;
pub mod intent;
pub mod item_state;
pub mod label;
pub mod meeting;
pub mod near;
pub mod outage;
pub mod phrase;
pub mod priority;
pub mod question;
pub mod record;
pub mod role;
pub mod room;
pub mod routine;
pub mod showable;
pub mod text;
pub mod time;
pub mod timeline;
pub mod wrap;
pub mod zone;

#[cfg(test)]
pub(crate) mod fixture;
