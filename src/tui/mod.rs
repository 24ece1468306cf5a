//! The screen: `update(&mut Model, Msg) -> Vec<Effect>` and `view(&Model, &mut Frame)`; only `runtime` touches the world.

pub mod effect;
pub mod model;
pub mod msg;
pub mod screens;
pub mod text_input;
pub mod theme;
pub mod widgets;
