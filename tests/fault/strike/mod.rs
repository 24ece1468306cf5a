//! What is done to the program in each fault, and how it is seen that it happened.

pub mod host;
