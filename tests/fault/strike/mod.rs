//! What is done to the program in each fault, and how it is seen that it happened.

pub mod client;
pub mod disk;
pub mod door;
pub mod freeze;
pub mod host;
pub mod place;
pub mod time;
