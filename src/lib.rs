//! Klockslag: a live incident room in a terminal.
//!
//! `ARCHITECTURE.md` is the way in: processes and threads, the walk of a note, the layers and what each may use.
//! `tests/walls` holds the layers to that.
//!
//! # Invariants
//!
//! 1. An event is acknowledged only after its journal line is on disk (`fdatasync` returned).
//! 2. [`domain::room::Room::apply`] is total: any sequence of events folds, and it reads no clock.
//! 3. An intent carries an id and is applied at most once, however often it is sent.
//! 4. A person's text reaches a terminal only through [`domain::showable::showable`].
//! 5. Only [`clock`] reads the wall clock. Everything else is told what time it is.

pub mod allocator;
pub mod cli;
pub mod client;
pub mod clock;
pub mod config;
pub mod domain;
pub mod host;
pub mod peer;
#[cfg(any(test, fuzzing))]
pub mod property;
pub mod regular;
pub mod report;
pub mod store;
pub mod tui;
pub mod wire;
