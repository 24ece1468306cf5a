//! What the threads of a pipe tell the one that sends.

use super::reader::End;
use super::reading::Remark;
use crate::client::reconnecting::Update;

/// What the sending thread is told.
#[derive(Debug)]
pub enum Event {
    /// The link of that number reports.
    Link(usize, Update),
    /// There is something in the queue.
    Read,
    /// To be said on stderr.
    Remark(Remark),
    /// Nothing more is read.
    Ended(End),
}
