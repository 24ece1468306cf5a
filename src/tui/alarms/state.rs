//! A warning of a clock that nobody has acknowledged yet.

use crate::domain::id::RoomId;
use crate::domain::time::Moment;

/// A warning of a clock that nobody has acknowledged yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Alarm {
    pub room: RoomId,
    pub title: String,
    pub clock: String,
    pub due_at: Moment,
    pub offset: i64,
}
