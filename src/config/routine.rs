//! The routines there are: those built in, the organisation's and the person's own.

use std::sync::LazyLock;

use crate::domain::routine::Routine;

/// The files of the built-in routines: what a fault calls them, and their text.
pub const BUILTIN_FILES: [(&str, &str); 1] =
    [("critical-incident.toml", include_str!("../../config/routines/critical-incident.toml"))];

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
mod tests {
    use super::*;
    use crate::domain::phrase::Lang;

    #[test]
    fn the_default_is_built_in() {
        assert!(builtin().iter().any(|routine| routine.id == DEFAULT));
        assert!(!builtin()[0].title.get(Lang::Sv).is_empty());
    }
}
