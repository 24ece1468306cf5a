//! The routines a room can be opened with.

use std::sync::LazyLock;

use crate::domain::routine::Routine;

/// The routines a room can be opened with, the default first. Never empty. They are long, and read when somebody is about to
/// open a room.
pub type LazyRoutines = LazyLock<Vec<Routine>, Box<dyn FnOnce() -> Vec<Routine> + Send>>;
