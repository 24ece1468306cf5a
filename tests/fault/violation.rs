//! What a promise that was broken is called, and what was seen of it.

/// What a check comes to.
pub type Verdict<T = ()> = Result<T, Violation>;

/// A broken promise. Its text begins with its name, by which the planted bugs are told apart.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Violation {
    /// Somebody was told that it is saved, and it is not there.
    #[error("acknowledged-not-present: {0}")]
    AcknowledgedNotPresent(String),
    /// It is there, and nobody asked for it.
    #[error("present-not-attempted: {0}")]
    PresentNotAttempted(String),
    /// It is there more than once.
    #[error("twice: {0}")]
    Twice(String),
    /// It is not where it was said to be, or not in the order in which it was recorded.
    #[error("out-of-order: {0}")]
    OutOfOrder(String),
    /// A number is missing between two records.
    #[error("gap: {0}")]
    Gap(String),
    /// A hash is not that of its line, or does not follow from the line before.
    #[error("chain: {0}")]
    Chain(String),
    /// Two clients end with different states of the same room.
    #[error("clients-differ: {0}")]
    ClientsDiffer(String),
    /// Something was lost or changed and nobody was told.
    #[error("silent: {0}")]
    Silent(String),
    /// The program did what it must not do under this fault.
    #[error("wrong: {0}")]
    Wrong(String),
    /// A figure is beyond what was promised.
    #[error("too-slow: {0}")]
    TooSlow(String),
    /// Something that had to happen did not happen in time.
    #[error("gave-up: {0}")]
    GaveUp(String),
    /// A panic, in the program or in a check.
    #[error("panicked: {0}")]
    Panicked(String),
    /// The fault could not be seen to happen often enough.
    #[error("not-counted: {0}")]
    NotCounted(String),
}
