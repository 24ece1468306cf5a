//! Work that takes long, done on threads of its own: preparing rooms, reading pages, checking journals.
//!
//! None of it knows the writer: each thread sends its results as messages of the kind that its owner receives.

pub mod pages;
pub mod prepare;
pub mod probe;
pub mod scrub;
pub mod search;
pub mod worker;
