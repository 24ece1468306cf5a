//! What a decision needs to know besides the room, and the bounds that all decisions share.

use crate::domain::author::Author;
use crate::domain::id::No;
use crate::domain::record::Record;
use crate::domain::time::Moment;
use crate::domain::zone::Zone;

/// The longest text of a note, in bytes; all other texts have narrower bounds.
pub const LONGEST_TEXT: usize = 256 * 1024;

/// How far ahead of the host's clock an intent may say that it happened, in seconds.
pub const FUTURE_TOLERANCE: i64 = 60;

/// What a decision needs to know besides the room.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The host's time.
    pub now: Moment,
    /// When the intent says that it happened.
    pub at: Moment,
    /// The zone of the host: what is decided to come is shown with the offset that is in force then.
    pub zone: &'a Zone,
    /// Who asks.
    pub by: &'a Author,
    /// For an intent about an earlier entry (`Intent::target`): that entry.
    pub target: Option<&'a Record>,
}

/// Returns the number after the highest of `numbers`.
pub(super) fn next(numbers: impl Iterator<Item = No>) -> No {
    numbers.max().unwrap_or(0) + 1
}
