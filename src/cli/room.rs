//! Which room a verb is about: the one named, else the only open one, else for what comes after an incident the one closed last.

use super::args::RoomArg;
use super::call::{Call, unexpected};
use super::failure::{CommandFailure, Exit};
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::room::State;
use crate::wire::message::{Answer, Ask, RoomSummary};

/// Which room is meant when none is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unnamed {
    /// The only incident that goes on.
    Open,
    /// That, or when none goes on the one that was closed last: for what is read, and for what comes after the close.
    OpenOrLast,
}

/// The room that `args` names; without a name, the one that `unnamed` says. Whether it is there is the host's to say.
///
/// # Errors
/// A text that is no room's name, as "no such room"; without a name: no such incident, or several.
pub fn choose(call: &mut Call, args: &RoomArg, unnamed: Unnamed) -> Result<RoomId, CommandFailure> {
    if let Some(name) = meant(args) {
        return named(&name);
    }
    // A demo is never meant by silence: what is recorded for real must not end up in it.
    let rooms = match call.ask(Ask::OpenRooms)? {
        Answer::Rooms(rooms) => rooms,
        other => return Err(unexpected(&other)),
    };
    match going_on(&rooms) {
        Found::One(only) => Ok(only.id.clone()),
        Found::Several(rooms) => Err(several("cli-several-rooms", &rooms)),
        Found::None => last_closed(call, unnamed),
    }
}

/// No incident goes on. What comes after one is about the one closed last, and that is said; of all else, what to do.
fn last_closed(call: &mut Call, unnamed: Unnamed) -> Result<RoomId, CommandFailure> {
    let rooms = all(call)?;
    let found = closed_last(&rooms);
    let of = |key: &'static str, room: &RoomSummary| {
        let phrase = Phrase::new(key).with("room", room.id.as_str()).with("title", room.title.raw());
        room.closed_at.map_or(phrase.clone(), |at| phrase.with("time", at))
    };
    match (unnamed, found) {
        (_, Found::None) => Err(CommandFailure::new(Exit::NoSuchRoom, Phrase::new("cli-no-open-room"))),
        (Unnamed::OpenOrLast, Found::One(room)) => {
            let said = call.say(&of("cli-last-room", room));
            call.out.aside(&said)?;
            Ok(room.id.clone())
        }
        (Unnamed::OpenOrLast, Found::Several(rooms)) => Err(several("cli-several-closed", &rooms)),
        (Unnamed::Open, Found::One(room)) => {
            let hint = call.say(&of("cli-closed-room", room));
            Err(CommandFailure::new(Exit::NoSuchRoom, Phrase::new("cli-no-open-room")).with_lines([hint]))
        }
        (Unnamed::Open, Found::Several(rooms)) => {
            let hints: Vec<String> = rooms.iter().map(|room| call.say(&of("cli-closed-room", room))).collect();
            Err(CommandFailure::new(Exit::NoSuchRoom, Phrase::new("cli-no-open-room")).with_lines(hints))
        }
    }
}

/// What was found among the rooms.
#[derive(Debug, PartialEq)]
enum Found<'a> {
    None,
    One(&'a RoomSummary),
    Several(Vec<&'a RoomSummary>),
}

impl<'a> Found<'a> {
    fn of(rooms: Vec<&'a RoomSummary>) -> Self {
        match rooms.as_slice() {
            [] => Found::None,
            [only] => Found::One(only),
            _ => Found::Several(rooms),
        }
    }
}

/// The incident that goes on; while none is open, a restored one is still worked on.
fn going_on(rooms: &[RoomSummary]) -> Found<'_> {
    let real = |state| rooms.iter().filter(move |room| !room.demo && room.state == state).collect::<Vec<_>>();
    let open = real(State::Open);
    Found::of(if open.is_empty() { real(State::Restored) } else { open })
}

/// The incident that was closed last; several that were closed at the same moment.
fn closed_last(rooms: &[RoomSummary]) -> Found<'_> {
    let closed = rooms.iter().filter(|room| !room.demo && room.state == State::Closed);
    let closed: Vec<&RoomSummary> = closed.filter(|room| room.closed_at.is_some()).collect();
    let last = closed.iter().map(|room| room.closed_at).max();
    Found::of(closed.into_iter().filter(|room| Some(room.closed_at) == last).collect())
}

fn several(key: &'static str, rooms: &[&RoomSummary]) -> CommandFailure {
    let lines = rooms.iter().map(|room| format!("{}  {}", room.id, room.title.raw())).collect::<Vec<_>>();
    CommandFailure::refused(Phrase::new(key).with("count", rooms.len())).with_lines(lines)
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
pub fn named(name: &str) -> Result<RoomId, CommandFailure> {
    name.parse()
        .map_err(|_| CommandFailure::new(Exit::NoSuchRoom, Phrase::new("failure-no-such-room").with("room", name)))
}

/// Every room the host knows.
///
/// # Errors
/// When the host cannot be reached.
pub fn all(call: &mut Call) -> Result<Vec<RoomSummary>, CommandFailure> {
    match call.ask(Ask::Rooms)? {
        Answer::Rooms(rooms) => Ok(rooms),
        other => Err(unexpected(&other)),
    }
}

/// What one needs to know of a room to write in it.
pub struct RoomHead {
    /// The names known in it.
    pub people: Vec<String>,
}

/// The head of `room`.
///
/// # Errors
/// No such room, or no host.
pub fn head(call: &mut Call, room: &RoomId) -> Result<RoomHead, CommandFailure> {
    match call.ask(Ask::Head { room: room.clone() })? {
        Answer::Head { people, .. } => Ok(RoomHead { people }),
        other => Err(unexpected(&other)),
    }
}

#[cfg(test)]
mod tests;
