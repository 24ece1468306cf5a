//! The journals: the file of each room, how its lines are written, read, checked and repaired.

pub(super) mod append;
pub(super) mod bare_names;
pub(super) mod copies;
pub(super) mod damaged_opening;
pub(super) mod disk;
pub(super) mod encode;
pub(super) mod file;
pub(super) mod format;
pub(super) mod hash;
pub(super) mod kept_file;
pub(super) mod line;
#[cfg(any(test, fuzzing))]
pub mod property;
pub(super) mod redact;
pub(super) mod redacted_words;
pub(super) mod repair;
pub(super) mod salt;
pub(super) mod salvage;
pub(super) mod scan;
pub(super) mod spans;
pub(super) mod tail;
pub(super) mod walk;
