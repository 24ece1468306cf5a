//! A host and several clients in one process: what they tell each other, whatever breaks on the way.

mod rooms;
mod world;
