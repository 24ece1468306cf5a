//! The screen: `update(&mut Model, Msg) -> Vec<Effect>` and `view(&Model, &mut Frame)`; only the `event_loop` touches the world.

pub mod act;
pub mod command;
pub mod effect;
pub mod event_loop;
pub mod form;
pub mod forms;
pub mod ids;
pub mod key;
pub mod line;
pub mod look;
pub mod model;
pub mod msg;
pub mod outbox;
pub mod overlays;
pub mod quick;
pub mod rows;
pub mod screens;
pub mod terminal;
pub mod text;
pub mod theme;
pub mod update;
pub mod view;
pub mod widgets;

#[cfg(test)]
mod tests;
