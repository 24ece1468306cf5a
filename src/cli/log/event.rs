//! What the threads of a pipe tell the one that sends.

use super::reader::LineEnd;
use super::reading::ReadingRemark;
use crate::client::reconnecting::Update;

/// What the sending thread is told.
#[derive(Debug)]
pub enum LogEvent {
    /// The link of that number reports.
    Link(usize, Update),
    /// There is something in the queue.
    Read,
    /// To be said on stderr.
    Remark(ReadingRemark),
    /// Nothing more is read.
    Ended(LineEnd),
}
