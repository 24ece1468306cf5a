//! A host and several clients in one process: what they tell each other, whatever breaks on the way.

mod clocks;
mod door;
mod onlooker;
mod process;
mod proxy;
mod reconnect;
mod rooms;
mod world;
