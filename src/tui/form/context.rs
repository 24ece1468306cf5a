//! What a form may know of the screen while it is filled in and submitted.

use crate::domain::room::Room;
use crate::domain::routine::Routine;
use crate::domain::timeline::Filter;
use crate::tui::app::environment::Environment;
use crate::tui::incident::routines::LazyRoutines;

/// The part of the screen that forms read. They know neither the model nor each other.
#[derive(Clone, Copy)]
pub struct FormContext<'a> {
    pub environment: &'a Environment,
    /// The room on the screen; none before one was opened.
    pub room: Option<&'a Room>,
    /// What the room's timeline is narrowed to.
    pub filter: Option<&'a Filter>,
    pub routines: &'a LazyRoutines,
}

impl<'a> FormContext<'a> {
    /// The routine that a new room gets unless another is chosen.
    ///
    /// # Panics
    /// When there is no routine at all, which the program's own ones forbid.
    pub fn first_routine(&self) -> &'a Routine {
        &self.routines[0]
    }
}
