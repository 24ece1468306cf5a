//! The routines there are: those built in, the organisation's and the person's own.

use std::sync::LazyLock;

use crate::domain::routine::Routine;

mod check;
mod collection;
mod findings;
mod form;
mod meaning;

pub use check::{advise, check};
pub use collection::{DIRECTORY, RoutineCollection};

/// The files of the built-in routines: what a fault calls them, and their text.
pub const BUILTIN_FILES: [(&str, &str); 3] = [
    ("critical-incident.toml", include_str!("../../config/routines/critical-incident.toml")),
    ("service-incident.toml", include_str!("../../config/routines/service-incident.toml")),
    ("healthcare-disruption.toml", include_str!("../../config/routines/healthcare-disruption.toml")),
];

/// The routine a room is opened with when nobody says otherwise.
pub const DEFAULT: &str = "critical-incident";

static BUILTIN: LazyLock<Vec<Routine>> = LazyLock::new(|| {
    BUILTIN_FILES
        .iter()
        .map(|(file, text)| match toml::from_str(text) {
            Ok(routine) => routine,
            Err(fault) => panic!("the built-in routine {file} is broken, which a test forbids: {fault}"),
        })
        .collect()
});

/// The routines that are part of the program, the default first.
pub fn builtin() -> &'static [Routine] {
    &BUILTIN
}

#[cfg(test)]
mod tests;
