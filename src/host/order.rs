//! What reaches the keeper's thread.

use tokio::sync::OwnedSemaphorePermit;

use super::outbox::Outbox;
use super::roster::ClientId;
use crate::domain::phrase::Phrase;
use crate::domain::record::Author;
use crate::wire::message::Ask;

/// One thing for the keeper to do. They are done in the order they come.
#[derive(Debug)]
pub enum Order {
    /// A client introduced itself.
    Came { client: ClientId, who: Author, screen: bool, read_only: bool, outbox: Outbox },
    /// A client asks. The permit bounds how much one client may have in the queue.
    Asked { client: ClientId, ask: u64, what: Ask, permit: OwnedSemaphorePermit },
    /// A client's connection ended.
    Left { client: ClientId },
    /// Something a person should be told once.
    Remark(Phrase),
    /// Finish.
    Stop,
}
