//! Who is connected, in which rooms they are, and the way to each of them.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;

use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::record::Author;
use crate::host::send_queue::SendQueue;
use crate::wire::frame;
use crate::wire::message::{Answer, Failure, HostMsg, Presence, Writing};

/// A connection's number, never used twice in a host's life.
pub type ClientId = u64;

/// What a client may do at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Reads and writes.
    #[default]
    Full,
    /// Only reads, because it said so when it came.
    ReadOnly,
    /// Only reads, because it came to the endpoint at which nobody writes.
    ReadingEndpoint,
}

impl Access {
    /// Returns whether the client changes nothing.
    pub fn is_read_only(self) -> bool {
        self != Access::Full
    }
}

/// Everyone connected.
#[derive(Debug, Default)]
pub struct Clients {
    clients: BTreeMap<ClientId, ConnectedClient>,
}

/// One connection.
#[derive(Debug)]
pub struct ConnectedClient {
    pub who: Author,
    /// Whether a person looks at a screen: only those are seen by the others.
    pub screen: bool,
    pub access: Access,
    send_queue: SendQueue,
    /// The rooms they are in, and what they are writing there.
    rooms: BTreeMap<RoomId, Option<Writing>>,
}

impl Clients {
    /// Somebody came.
    pub fn add(&mut self, id: ClientId, who: Author, screen: bool, access: Access, send_queue: SendQueue) {
        self.clients.insert(id, ConnectedClient { who, screen, access, send_queue, rooms: BTreeMap::new() });
    }

    /// Somebody left; the rooms in which they were seen.
    pub fn remove(&mut self, id: ClientId) -> BTreeSet<RoomId> {
        let seen = self.clients.remove(&id).filter(|client| client.screen);
        seen.map(|client| client.rooms.into_keys().collect()).unwrap_or_default()
    }

    /// Client `id`, if still connected.
    pub fn get(&self, id: ClientId) -> Option<&ConnectedClient> {
        self.clients.get(&id)
    }

    /// Returns whether anybody but client `id` has a screen.
    pub fn has_other_screen(&self, id: ClientId) -> bool {
        self.clients.iter().any(|(other, client)| *other != id && client.screen)
    }

    /// Returns how many are connected.
    pub fn len(&self) -> usize {
        self.clients.len()
    }

    /// Returns whether nobody is.
    pub fn is_empty(&self) -> bool {
        self.clients.is_empty()
    }

    /// Client `id` is in `room` from now on. True when it was not before and is seen there.
    pub fn enter_room(&mut self, id: ClientId, room: &RoomId) -> bool {
        self.clients.get_mut(&id).is_some_and(|client| match client.rooms.entry(room.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(None);
                client.screen
            }
            Entry::Occupied(_) => false,
        })
    }

    /// Client `id` is not in `room` any more. True when it was, and was seen there.
    pub fn leave_room(&mut self, id: ClientId, room: &RoomId) -> bool {
        self.clients.get_mut(&id).is_some_and(|client| client.rooms.remove(room).is_some() && client.screen)
    }

    /// Returns whether client `id` is in `room`.
    pub fn is_in(&self, id: ClientId, room: &RoomId) -> bool {
        self.clients.get(&id).is_some_and(|client| client.rooms.contains_key(room))
    }

    /// Returns whether any client is in `room`.
    pub fn is_attended(&self, room: &RoomId) -> bool {
        self.clients.values().any(|client| client.rooms.contains_key(room))
    }

    /// Returns the people with `room` on a screen, each once, by name.
    pub fn people(&self, room: &RoomId) -> Vec<Presence> {
        let here = self.clients.values().filter(|client| client.screen);
        let here = here.filter_map(|client| {
            let (who, writing) = (client.who.clone(), client.rooms.get(room)?.clone());
            Some(Presence { who, writing, read_only: client.access.is_read_only() })
        });
        let mut people: Vec<Presence> = here.collect();
        // Of several windows of one person, the one they are writing in speaks for them.
        let rank = |person: &Presence| (person.writing.is_none(), person.read_only);
        people.sort_by(|a, b| (&a.who.name, a.who.uid, rank(a)).cmp(&(&b.who.name, b.who.uid, rank(b))));
        people.dedup_by(|a, b| a.who.name == b.who.name && a.who.uid == b.who.uid);
        people
    }

    /// Returns how many people have each room on a screen, of those that anybody has.
    pub fn counts(&self) -> BTreeMap<RoomId, usize> {
        let rooms: BTreeSet<&RoomId> = self.clients.values().flat_map(|client| client.rooms.keys()).collect();
        rooms.into_iter().map(|room| (room.clone(), self.people(room).len())).collect()
    }

    /// Returns what client `id` is writing in `room`. True when that is news.
    pub fn set_writing(&mut self, id: ClientId, room: &RoomId, what: Option<Writing>) -> bool {
        let Some(client) = self.clients.get_mut(&id) else { return false };
        let Some(writing) = client.rooms.get_mut(room) else { return false };
        let is_news = *writing != what;
        *writing = what;
        is_news && client.screen
    }

    /// Somebody else sits at the keys of client `id`; the rooms in which they are seen.
    pub fn rename(&mut self, id: ClientId, who: Author) -> Vec<RoomId> {
        let Some(client) = self.clients.get_mut(&id) else { return Vec::new() };
        client.who = who;
        if client.screen { client.rooms.keys().cloned().collect() } else { Vec::new() }
    }

    /// To one client.
    pub fn tell(&self, id: ClientId, what: &HostMsg) {
        if let (Some(client), Some(frame)) = (self.clients.get(&id), framed(what)) {
            client.send_queue.send(frame);
        }
    }

    /// The answer to `ask` of one client. One too long for a frame is answered with a failure that says so.
    pub fn send_answer(&self, id: ClientId, ask: u64, answer: Result<Answer, Failure>) {
        let Some(client) = self.clients.get(&id) else { return };
        if let Some(frame) = answer_frame(ask, answer) {
            client.send_queue.send(frame);
        }
    }

    /// Returns the way to one client, for an answer that is made elsewhere.
    pub fn send_queue(&self, id: ClientId) -> Option<SendQueue> {
        self.clients.get(&id).map(|client| client.send_queue.clone())
    }

    /// To everyone in `room`, encoded once.
    pub fn tell_room(&self, room: &RoomId, what: &HostMsg) {
        self.tell_those(what, |_, client| client.rooms.contains_key(room));
    }

    /// To everyone in `room` but the clients `but`, encoded once.
    pub fn tell_room_but(&self, room: &RoomId, but: &BTreeSet<ClientId>, what: &HostMsg) {
        self.tell_those(what, |id, client| client.rooms.contains_key(room) && !but.contains(&id));
    }

    /// To every screen that is not in `room`.
    pub fn tell_screens_outside(&self, room: &RoomId, what: &HostMsg) {
        self.tell_those(what, |_, client| client.screen && !client.rooms.contains_key(room));
    }

    /// To everyone.
    pub fn tell_all(&self, what: &HostMsg) {
        self.tell_those(what, |_, _| true);
    }

    fn tell_those(&self, what: &HostMsg, is_told: impl Fn(ClientId, &ConnectedClient) -> bool) {
        let mut frame = None;
        for (_, client) in self.clients.iter().filter(|(id, client)| is_told(**id, client)) {
            match frame.get_or_insert_with(|| framed(what)) {
                Some(frame) => client.send_queue.send(frame.clone()),
                None => return,
            };
        }
    }
}

/// Returns the frame of an answer. One too long for a frame is answered with a failure that says so.
pub fn answer_frame(ask: u64, answer: Result<Answer, Failure>) -> Option<Bytes> {
    framed(&HostMsg::Answer { ask, answer: Box::new(answer) }).or_else(|| {
        let failure = Failure::Broken(Phrase::new(frame::TOO_LONG));
        framed(&HostMsg::Answer { ask, answer: Box::new(Err(failure)) })
    })
}

/// Returns the frame of a message; none, and a line in the log, when there can be none.
fn framed(what: &HostMsg) -> Option<Bytes> {
    match frame::whole(what) {
        Ok(frame) => Some(frame),
        Err(error) => {
            tracing::error!(%error, "a message cannot be written");
            None
        }
    }
}
