//! What a reconnecting client reports, on its own account or in answer.

use std::time::Instant;

use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::wire::message::{Answer, Failure, HostMsg, Welcome};

/// What a reconnecting client reports. `C` is what an asker gives to know its request by.
#[derive(Debug)]
pub enum Update<C = ()> {
    /// Connected, for the first time or again. What was asked and not answered is on its way (again).
    Connected(Welcome),
    /// The host is gone; the client goes on trying. `why` when a whole round of trying failed.
    Lost { why: Option<Phrase> },
    /// The answer to request `ask`, with what the asker gave; it comes once, whether or not the connection was lost meanwhile.
    /// Of several states of one draft, or places looked up to in one room, perhaps only the last is answered.
    Answer { ask: u64, context: C, answer: Box<Result<Answer, Failure>> },
    /// The host cannot save request `ask` now. It is parked until [`resume`](super::ReconnectingClient::resume) sends it again.
    Parked { ask: u64, context: C, why: Phrase },
    /// What the host said on its own account. Records come without gaps and once, also over a reconnection, and before
    /// the answer to the `Do` that caused them.
    Said(HostMsg),
    /// The client was away too long to be sent only what followed: an [`Answer::Attached`] that replaces what is held.
    Resynced { room: RoomId, answer: Box<Result<Answer, Failure>> },
    /// The host is there and says nothing, since the moment given; what is asked waits for it. It may be stopped.
    Silent { since: Instant },
    /// The host that was silent answers again.
    Heard,
    /// The host does not want this client, and trying again will not help. The client has ended.
    Dismissed { why: Phrase },
}
