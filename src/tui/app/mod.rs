//! The program as one value and the messages that change it: model, messages, effects, one dispatch.

pub mod answer;
pub mod ask;
pub mod effect;
pub mod environment;
pub mod ids;
pub mod model;
pub mod movement;
pub mod msg;
pub mod pending;
pub mod press;
pub mod records;
pub mod tick;
pub mod update;
pub mod view;
