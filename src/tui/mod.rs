//! The screen: `update(&mut Model, Msg) -> Vec<Effect>` and `view(&Model, &mut Frame)`; only the `event_loop` touches the
//! world.

pub mod action_items;
pub mod alarms;
pub mod app;
pub mod checklist;
pub mod clocks;
pub mod command;
pub mod drafts;
pub mod editor;
pub mod entry_line;
pub mod event_loop;
pub mod form;
pub mod help;
pub mod incident;
pub mod list;
pub mod lobby;
pub mod log_screen;
pub mod meeting;
pub mod messages;
pub mod overlay;
pub mod paste;
pub mod people;
pub mod plans;
pub mod program;
pub mod questions;
pub mod room;
pub mod supply;
pub mod terminal;
pub mod text;
pub mod theme;
pub mod timeline;
pub mod widgets;

#[cfg(test)]
mod tests;
