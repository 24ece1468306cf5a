//! What reaches the keeper's thread.

use tokio::sync::OwnedSemaphorePermit;

use super::outbox::Outbox;
use super::passage::Rights;
use super::reader::Returned;
use super::roster::ClientId;
use crate::domain::phrase::Phrase;
use crate::domain::record::Author;
use crate::wire::message::Ask;

/// One thing for the keeper to do. Those of one client are done in the order they come, and the clients take turns.
#[derive(Debug)]
pub enum Order {
    /// A client introduced itself.
    Came { client: ClientId, who: Author, screen: bool, rights: Rights, outbox: Outbox },
    /// A client asks. The permit bounds how much one client may have in the queue.
    Asked { client: ClientId, ask: u64, what: Ask, permit: OwnedSemaphorePermit },
    /// A client's connection ended.
    Left { client: ClientId },
    /// A reader gives back what only the keeper can go on with.
    Returned(Box<Returned>),
    /// Something a person should be told once.
    Remark(Phrase),
    /// Finish.
    Stop,
}

/// Whose turn it is when the house itself has something to do. Clients are numbered from 1.
const HOUSE: ClientId = 0;

impl Order {
    /// Whether it says who a client is: whatever that client asks after it in the same round is theirs already.
    pub fn says_who(&self) -> bool {
        matches!(self, Order::Came { .. } | Order::Asked { what: Ask::TypeAs { .. }, .. })
    }

    /// How much of a round it takes: what the keeper does for it, in the time of a note.
    pub fn weight(&self) -> usize {
        match self {
            Order::Asked { what: Ask::Attach { .. } | Ask::Open { .. } | Ask::OpenDemo { .. }, .. } => 64,
            Order::Asked { what: Ask::Rooms | Ask::OpenRooms, .. } => 8,
            _ => 1,
        }
    }

    /// Behind whose earlier orders this one waits.
    pub fn whose(&self) -> ClientId {
        match self {
            Order::Came { client, .. } | Order::Asked { client, .. } | Order::Left { client } => *client,
            Order::Returned(_) | Order::Remark(_) | Order::Stop => HOUSE,
        }
    }
}
