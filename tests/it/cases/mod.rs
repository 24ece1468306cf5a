//! Inputs that once failed, each with its right result. A module holds the cases of one kind; the inputs that are files stand in
//! `tests/data/cases`.

mod host;
mod import;
mod incident;
mod keys;
mod printing;
mod store;
mod times;
