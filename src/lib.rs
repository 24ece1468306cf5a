//! Klockslag: a live incident room in a terminal. This page is the map of the house and the rules that hold it up.
//!
//! # Walls
//!
//! | module   | what it is                                            | may use                                    |
//! |----------|-------------------------------------------------------|--------------------------------------------|
//! | `domain` | the incident, as pure values and pure functions       | nothing of the crate; no IO, clock, chance  |
//! | `report` | what a room looks like on paper                        | `domain`                                   |
//! | `config` | settings, keymap, theme, routines, languages           | `domain regular`                           |
//! | `store`  | journal (the truth) and sled (the index)               | `domain regular`                           |
//! | `wire`   | messages and frames between client and host            | `domain`                                   |
//! | `host`   | the one process that owns the store                    | `domain store wire config comms clock peer regular` |
//! | `client` | connect or start, resync, reconnect                    | `domain wire clock peer regular`           |
//! | `tui`    | the screen: `update(&mut Model, Msg) -> Vec<Effect>`   | `domain report config wire`; `client` in its loop |
//! | `cli`    | one verb a file; the only module that prints to stdout | everything                                 |
//!
//! `tests/walls.rs` reads the imports and fails when a wall is broken.
//!
//! # Invariants
//!
//! 1. An event is acknowledged only after its journal line is on disk (`fdatasync` returned).
//! 2. [`domain::room::Room::apply`] is total: any sequence of events folds, and it reads no clock.
//! 3. An intent carries an id and is applied at most once, however often it is sent.
//! 4. A person's text reaches a terminal only through [`domain::showable::showable`].
//! 5. Only [`clock`] reads the wall clock. Everything else is told what time it is.

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
