//! Work that takes long, done on threads of its own: reading pages, preparing rooms, checking journals.

pub mod pages;
pub mod probe;
pub mod scrub;
pub mod search;
pub mod worker;
