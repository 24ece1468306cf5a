//! The tests that need more than one part of the program, in one binary.

mod cli;
mod session;
mod world;
