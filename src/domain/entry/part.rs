//! What a stretch of the entry line can be.

/// What a stretch of the entry line is, for colouring it as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryPart {
    Time,
    Kind,
    Person,
    Due,
    Track,
    Tag,
    /// The `\` that takes the rest literally.
    Escape,
}
