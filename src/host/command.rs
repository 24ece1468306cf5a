//! What reaches the keeper's thread.

use tokio::sync::OwnedSemaphorePermit;

use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::record::Author;
use crate::host::background::pages::Returned;
use crate::host::background::scrub::Surveyed;
use crate::host::clients::ClientId;
use crate::host::endpoint::Doors;
use crate::host::listen::session::Rights;
use crate::host::send_queue::Outbox;
use crate::store::Prepared;
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
    /// A room can be used that could not be.
    Prepared(Box<Prepared>),
    /// A portion of a journal was looked through.
    Surveyed(Box<Surveyed>),
    /// Something a person should be told once.
    Remark(Phrase),
    /// The host listens at another place.
    Moved(Box<Doors>),
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

    /// Whether it says that a client is gone.
    pub fn is_leaving(&self) -> bool {
        matches!(self, Order::Left { .. })
    }

    /// What must be at hand before it can be followed.
    pub fn need(&self) -> Need<'_> {
        let Order::Asked { what, .. } = self else { return Need::Nothing };
        match what {
            Ask::Do(request) => Need::Fold(&request.room),
            Ask::Head { room } | Ask::Attach { room, .. } | Ask::Fold { room } | Ask::Page { room, .. } => {
                Need::Fold(room)
            }
            Ask::Records { room, .. } | Ask::Lines { room, .. } | Ask::Find { room, .. } | Ask::Verify { room } => {
                Need::Journal(room)
            }
            Ask::Detach { room } | Ask::Writing { room, .. } => Need::Order(room),
            Ask::Rooms | Ask::OpenRooms => Need::AllRooms,
            // Drafts and the like are on the desk, whatever becomes of the room.
            Ask::KeepDraft { .. }
            | Ask::Drafts { .. }
            | Ask::Seen { .. }
            | Ask::Open { .. }
            | Ask::OpenDemo { .. }
            | Ask::TypeAs { .. }
            | Ask::Ping
            // Whoever leaves does not wait for rooms to be read.
            | Ask::Unheard(_)
            | Ask::HostStatus
            | Ask::StopHost => Need::Nothing,
        }
    }

    /// How much of a round it takes: what the keeper does for it, in the time of a note.
    pub fn weight(&self) -> usize {
        match self {
            // A hundred records at once.
            Order::Asked { what: Ask::OpenDemo { .. }, .. } => 512,
            Order::Asked { what: Ask::Attach { .. } | Ask::Open { .. }, .. } => 64,
            Order::Asked { what: Ask::Rooms | Ask::OpenRooms | Ask::Unheard(_), .. } => 8,
            _ => 1,
        }
    }

    /// Behind whose earlier orders this one waits.
    pub fn whose(&self) -> ClientId {
        match self {
            Order::Came { client, .. } | Order::Asked { client, .. } | Order::Left { client } => *client,
            Order::Returned(_)
            | Order::Prepared(_)
            | Order::Surveyed(_)
            | Order::Remark(_)
            | Order::Moved(_)
            | Order::Stop => HOUSE,
        }
    }
}

/// What an order needs before it can be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need<'a> {
    Nothing,
    /// Whatever was asked about this room before it.
    Order(&'a RoomId),
    /// What is stored of this room.
    Journal(&'a RoomId),
    /// That, and the room folded.
    Fold(&'a RoomId),
    /// The line that the lobby shows for every room.
    AllRooms,
}
