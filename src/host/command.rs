//! What reaches the writer's thread.

use tokio::sync::OwnedSemaphorePermit;

use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::record::Author;
use crate::host::background::pages::ReturnedJob;
use crate::host::background::scrub::ScrubStep;
use crate::host::clients::{Access, ClientId};
use crate::host::endpoint::Endpoints;
use crate::host::send_queue::SendQueue;
use crate::store::Prepared;
use crate::wire::message::Ask;

/// One thing for the writer to do. Commands of one client are done in the order they come, and the clients take turns.
#[derive(Debug)]
pub enum WriterCommand {
    /// A client introduced itself.
    Came { client: ClientId, who: Author, screen: bool, access: Access, send_queue: SendQueue },
    /// A client asks. The permit bounds how much one client may have in the queue.
    Asked { client: ClientId, ask: u64, what: Ask, permit: OwnedSemaphorePermit },
    /// A client's connection ended.
    Left { client: ClientId },
    /// A reader returns a job that only the writer can go on with.
    ReturnedJob(Box<ReturnedJob>),
    /// A room can be used that could not be.
    Prepared(Box<Prepared>),
    /// A portion of a journal was looked through.
    ScrubStep(Box<ScrubStep>),
    /// Something a person should be told once.
    Remark(Phrase),
    /// The host listens at another place.
    Moved(Box<Endpoints>),
    /// Finish.
    Stop,
}

impl From<ReturnedJob> for WriterCommand {
    fn from(returned: ReturnedJob) -> Self {
        WriterCommand::ReturnedJob(Box::new(returned))
    }
}

impl From<Prepared> for WriterCommand {
    fn from(prepared: Prepared) -> Self {
        WriterCommand::Prepared(Box::new(prepared))
    }
}

impl From<ScrubStep> for WriterCommand {
    fn from(step: ScrubStep) -> Self {
        WriterCommand::ScrubStep(Box::new(step))
    }
}

/// The number under which the host's own commands take turns. Clients are numbered from 1.
const HOUSE: ClientId = 0;

impl WriterCommand {
    /// Returns whether it says who a client is: what that client asks after it in the same cycle is asked under that name.
    pub fn says_who(&self) -> bool {
        matches!(self, WriterCommand::Came { .. } | WriterCommand::Asked { what: Ask::TypeAs { .. }, .. })
    }

    /// Returns whether it says that a client is gone.
    pub fn is_leaving(&self) -> bool {
        matches!(self, WriterCommand::Left { .. })
    }

    /// Returns what it needs before it can be followed.
    pub fn requirement(&self) -> Requirement<'_> {
        let WriterCommand::Asked { what, .. } = self else { return Requirement::Nothing };
        match what {
            Ask::Do(request) => Requirement::Fold(&request.room),
            Ask::Head { room } | Ask::Attach { room, .. } | Ask::Fold { room } | Ask::Page { room, .. } => {
                Requirement::Fold(room)
            }
            Ask::Records { room, .. } | Ask::Lines { room, .. } | Ask::Find { room, .. } | Ask::Verify { room } => {
                Requirement::Journal(room)
            }
            Ask::Detach { room } | Ask::Writing { room, .. } => Requirement::Earlier(room),
            Ask::Rooms | Ask::OpenRooms => Requirement::AllRooms,
            // Drafts and the like are kept beside the journals: the room need not be ready.
            Ask::KeepDraft { .. }
            | Ask::Drafts { .. }
            | Ask::Seen { .. }
            | Ask::Open { .. }
            | Ask::OpenDemo { .. }
            | Ask::TypeAs { .. }
            | Ask::Ping
            // A client that leaves does not wait for rooms to be read.
            | Ask::Unheard(_)
            | Ask::HostStatus
            | Ask::StopHost => Requirement::Nothing,
        }
    }

    /// Returns how much of a cycle it takes: what the writer does for it, in the time of a note (measured).
    pub fn weight(&self) -> usize {
        match self {
            // A hundred records at once.
            WriterCommand::Asked { what: Ask::OpenDemo { .. }, .. } => 512,
            WriterCommand::Asked { what: Ask::Attach { .. } | Ask::Open { .. }, .. } => 64,
            WriterCommand::Asked { what: Ask::Rooms | Ask::OpenRooms | Ask::Unheard(_), .. } => 8,
            _ => 1,
        }
    }

    /// Returns the client behind whose earlier commands this one waits; [`HOUSE`] for the host's own.
    pub fn client(&self) -> ClientId {
        match self {
            WriterCommand::Came { client, .. }
            | WriterCommand::Asked { client, .. }
            | WriterCommand::Left { client } => *client,
            WriterCommand::ReturnedJob(_)
            | WriterCommand::Prepared(_)
            | WriterCommand::ScrubStep(_)
            | WriterCommand::Remark(_)
            | WriterCommand::Moved(_)
            | WriterCommand::Stop => HOUSE,
        }
    }
}

/// What a command needs before it can be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement<'a> {
    Nothing,
    /// What was asked about this room before it.
    Earlier(&'a RoomId),
    /// What is stored of this room.
    Journal(&'a RoomId),
    /// That, and the room folded.
    Fold(&'a RoomId),
    /// The line that the lobby shows for every room.
    AllRooms,
}
