//! Preparing rooms: a long room whose index is made again, or whose journal is looked through, is not ready for seconds.

use std::sync::mpsc::Sender;

use crate::host::background::worker::{WorkPriority, Worker};
use crate::store::{Preparation, Prepared};

/// Returns a worker that prepares rooms, and sends each when it is done.
pub fn preparer<Message>(messages: Sender<Message>) -> Worker<Preparation, Message>
where
    Message: From<Prepared> + Send + 'static,
{
    Worker::new("klock-prepare", WorkPriority::Awaited, messages, |preparation: Preparation| preparation.run().into())
}
