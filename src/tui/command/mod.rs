//! What a person can do here: the table of commands, when each makes sense, which keys mean it, and how it is found.

pub mod help;
pub mod hints;
pub mod keys;
pub mod modes;
pub mod palette;
pub mod preconditions;
pub mod run;
pub mod table;
