//! Which room a verb is about: the one named, else the only open one.

use super::args::RoomArg;
use super::call::{Call, unexpected};
use super::failure::{Exit, Failure};
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::room::State;
use crate::wire::message::{Answer, Ask, RoomSummary};

/// The room that `args` names. Whether it is there is the host's to say.
///
/// # Errors
/// A text that is no room's name, as "no such room"; without a name: no open room, or several.
pub fn choose(call: &mut Call, args: &RoomArg) -> Result<RoomId, Failure> {
    match meant(args) {
        Some(name) => named(&name),
        None => only_open(call),
    }
}

/// The room that was named: by the flag, else by `KLOCK_ROOM`, as in the windows that `klock tmux` opens.
pub fn meant(args: &RoomArg) -> Option<String> {
    let given = |name: String| Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    args.room.clone().and_then(given).or_else(|| std::env::var("KLOCK_ROOM").ok().and_then(given))
}

/// The room of that name.
///
/// # Errors
/// When it cannot be a room's name.
pub fn named(name: &str) -> Result<RoomId, Failure> {
    name.parse().map_err(|_| Failure::new(Exit::NoSuchRoom, Phrase::new("failure-no-such-room").with("room", name)))
}

/// Every room the host knows.
///
/// # Errors
/// When the host cannot be reached.
pub fn all(call: &mut Call) -> Result<Vec<RoomSummary>, Failure> {
    match call.ask(Ask::Rooms)? {
        Answer::Rooms(rooms) => Ok(rooms),
        other => Err(unexpected(&other)),
    }
}

/// What one needs to know of a room to write in it.
pub struct Head {
    /// The names known in it.
    pub people: Vec<String>,
}

/// The head of `room`.
///
/// # Errors
/// No such room, or no host.
pub fn head(call: &mut Call, room: &RoomId) -> Result<Head, Failure> {
    match call.ask(Ask::Head { room: room.clone() })? {
        Answer::Head { people, .. } => Ok(Head { people }),
        other => Err(unexpected(&other)),
    }
}

fn only_open(call: &mut Call) -> Result<RoomId, Failure> {
    // A demo is never meant by silence: what is recorded for real must not end up in it.
    let rooms = match call.ask(Ask::OpenRooms)? {
        Answer::Rooms(rooms) => rooms,
        other => return Err(unexpected(&other)),
    };
    // While nothing is open, a restored incident is still worked on.
    let candidates = [State::Open, State::Restored]
        .map(|state| rooms.iter().filter(|room| room.state == state).collect::<Vec<_>>())
        .into_iter()
        .find(|found| !found.is_empty())
        .unwrap_or_default();
    match candidates.as_slice() {
        [only] => Ok(only.id.clone()),
        [] => Err(Failure::new(Exit::NoSuchRoom, Phrase::new("cli-no-open-room"))),
        several => {
            let lines = several.iter().map(|room| format!("{}  {}", room.id, room.title.raw())).collect::<Vec<_>>();
            Err(Failure::refused(Phrase::new("cli-several-rooms").with("count", several.len())).with_lines(lines))
        }
    }
}
