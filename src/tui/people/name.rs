//! Names as they are shown where there is little room.

use crate::domain::record::Author;

/// A first name, or all of it when there is but one word.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// The first name behind the mark of how sure it is: `Anna`, `~Olle`, `$backup`.
pub fn signed(author: &Author) -> String {
    format!("{}{}", author.mark(), first_name(&author.name))
}
