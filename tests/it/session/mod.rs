//! A host and several clients in one process: what they tell each other, whatever breaks on the way.

mod attack;
mod clocks;
mod door;
mod group;
mod onlooker;
mod process;
pub mod proxy;
pub mod puppet;
mod reconnect;
mod rooms;
mod world;
