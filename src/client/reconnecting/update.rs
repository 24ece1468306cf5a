//! What a link tells the end that asks, of its own accord or in answer.

use std::time::Instant;

use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::wire::message::{Answer, Failure, HostMsg, Welcome};

/// What a link reports.
#[derive(Debug)]
pub enum Update {
    /// Connected, for the first time or again. What was asked and not answered is on its way (again).
    Connected(Welcome),
    /// The host is gone; the link goes on trying. `why` when a whole round of trying failed.
    Lost { why: Option<Phrase> },
    /// The answer to [`ReconnectingClient::ask`](crate::client::reconnecting::Link::ask) of that number; it comes once, whatever happened in between. To a
    /// draft that is kept anew, and to a place looked up to, it may come only to the last.
    Answer { ask: u64, answer: Box<Result<Answer, Failure>> },
    /// What the host said of its own accord. Records come without gaps and once, also over a reconnection, and before
    /// the answer to the `Do` that caused them.
    Said(HostMsg),
    /// The link was away too long to be sent only what followed: an [`Answer::Attached`] that replaces what is held.
    Resynced { room: RoomId, answer: Box<Result<Answer, Failure>> },
    /// The host is there and says nothing, since the moment given; what is asked waits for it. It may be stopped.
    Silent { since: Instant },
    /// The host that was silent answers again.
    Heard,
    /// The host does not want this client, and trying again will not help. The link has ended.
    Dismissed { why: Phrase },
}
