//! Which tellings of an alert are one entry.
//!
//! Monitoring repeats itself, and a pair of servers that watch the same disagrees on the time by some seconds. So an alert is an
//! entry when its state changes: what the room holds of it already is looked up, and what is told is compared with that. The id
//! of an entry is made from the alert and from how many entries the room holds of it in that state; two imports at one time
//! that decide the same send the same id, and the host records one of them. The ids are in journals: how they are made never
//! changes.

use sha2::{Digest, Sha256};
use ulid::Ulid;

use super::alert::AlertState;
use crate::domain::id::{EventId, IntentId, RoomId, Seq};
use crate::domain::time::Moment;
use crate::wire::message::Found;

/// An alert that fires from so much later on than the entry says, in seconds, fires again, although nothing told that it was
/// resolved: not every tool tells that, and lists never do. A guess: longer than two servers disagree on one alert, with the
/// usual `for:` of some minutes, and too short for an incident to have passed in between.
const SAME_START: i64 = 15 * 60;

/// An alert in a room: what all ids of its entries have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AlertKey([u8; 10]);

impl AlertKey {
    /// The alert of that identity in `room`.
    pub fn new(room: &RoomId, identity: &str) -> Self {
        let digest = digest(&["alert", room.as_str(), identity]);
        let mut key = [0; 10];
        key.copy_from_slice(&digest[..10]);
        AlertKey(key)
    }

    /// Between which ids all of its entries are.
    pub fn span(self) -> (EventId, EventId) {
        let end = |rest| EventId(self.ulid(rest));
        (end([0; 6]), end([u8::MAX; 6]))
    }

    /// The alert that `id` would be of, if it is of any.
    pub fn of(id: EventId) -> Self {
        let mut key = [0; 10];
        key.copy_from_slice(&id.0.to_bytes()[..10]);
        AlertKey(key)
    }

    /// The id of the entry of that number, from 0, that tells of the alert in `state`.
    fn id(self, state: AlertState, number: u32) -> IntentId {
        let [a, b, c, d] = number.to_be_bytes();
        IntentId(self.ulid([state.code(), 0, a, b, c, d]))
    }

    /// What an id of the alert says.
    fn read(self, id: EventId) -> Option<(AlertState, u32)> {
        let bytes = id.0.to_bytes();
        let [code, 0, a, b, c, d] = *bytes.strip_prefix(&self.0)? else { return None };
        Some((AlertState::of(code)?, u32::from_be_bytes([a, b, c, d])))
    }

    fn ulid(self, rest: [u8; 6]) -> Ulid {
        let mut bytes = [0; 16];
        bytes[..10].copy_from_slice(&self.0);
        bytes[10..].copy_from_slice(&rest);
        Ulid::from_bytes(bytes)
    }
}

/// The id that version 0.1.0 gave an alert's entry. It depended on all that is told of its time.
pub fn released_id(room: &RoomId, key: &str, telling: &Telling) -> Option<IntentId> {
    let (state, ends_at) = match telling.state {
        AlertState::Firing => ("firing", None),
        AlertState::Resolved => ("resolved", telling.at),
        _ => return None,
    };
    let millis = |at: Moment| at.millis().to_string();
    let ends_at = ends_at.map_or_else(String::new, millis);
    let digest = digest(&["alert", room.as_str(), key, &millis(telling.began?), state, &ends_at]);
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    Some(IntentId(Ulid::from_bytes(id)))
}

fn digest(parts: &[&str]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    digest.finalize().into()
}

/// What is told of an alert, as far as it decides whether it is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Telling {
    pub state: AlertState,
    /// When the alert came into it, unless that was not told or cannot be right.
    pub at: Option<Moment>,
    /// When it began to fire, as far as the tool tells that every time.
    pub began: Option<Moment>,
}

/// An entry about an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownEntry {
    pub state: AlertState,
    pub at: Moment,
    /// Its number and when it was recorded; `None` while it is on its way to the host.
    pub recorded: Option<(Seq, Moment)>,
    /// See [`AlertKey::id`]; `None` for an entry of version 0.1.0.
    number: Option<u32>,
}

/// The entries about one alert.
#[derive(Debug, Default)]
pub struct History(Vec<KnownEntry>);

impl History {
    /// Adds an entry that the room holds.
    pub fn add(&mut self, key: AlertKey, found: Found) {
        let Found { id, seq, at, rec } = found;
        let Some((state, number)) = key.read(id) else { return };
        self.0.retain(|known| (known.state, known.number) != (state, Some(number)));
        self.0.push(KnownEntry { state, at, recorded: Some((seq, rec)), number: Some(number) });
        self.0.sort_by_key(|known| known.recorded.map_or(Seq::MAX, |(seq, _)| seq));
    }

    /// Adds an entry that version 0.1.0 wrote.
    pub fn add_released(&mut self, state: AlertState, found: Found) {
        let Found { seq, at, rec, .. } = found;
        self.0.push(KnownEntry { state, at, recorded: Some((seq, rec)), number: None });
    }

    /// Returns the entry that says what is told, or `None` when it is new.
    pub fn says(&self, telling: &Telling) -> Option<&KnownEntry> {
        let Some(at) = telling.at else {
            // Without a time it can only be compared with how the alert stands.
            return self.latest().filter(|known| known.state == telling.state);
        };
        let mut alike = self.0.iter().filter(|known| known.state == telling.state);
        let exact = alike.clone().find(|known| known.at == at);
        exact
            .or_else(|| alike.find(|known| is_near(telling, at, known.at) && !self.changes_between(telling, at, known)))
    }

    /// Notes that an entry is on its way, and gives its id.
    pub fn send(&mut self, key: AlertKey, state: AlertState, at: Moment) -> IntentId {
        let numbers = self.0.iter().filter(|known| known.state == state).filter_map(|known| known.number);
        let number = numbers.max().map_or(0, |number| number + 1);
        self.0.push(KnownEntry { state, at, recorded: None, number: Some(number) });
        key.id(state, number)
    }

    /// Forgets what is on its way: it was refused.
    pub fn forget(&mut self, key: AlertKey, id: IntentId) {
        let Some((state, number)) = key.read(id.event(0)) else { return };
        self.0.retain(|known| (known.state, known.number) != (state, Some(number)));
    }

    /// The entry that says how the alert stands: the last by time, and of several at one time the last that was recorded.
    fn latest(&self) -> Option<&KnownEntry> {
        self.0.iter().enumerate().max_by_key(|(nth, known)| (known.at, *nth)).map(|(_, known)| known)
    }

    /// Whether the alert was in another state between what is told and what is known.
    fn changes_between(&self, telling: &Telling, at: Moment, known: &KnownEntry) -> bool {
        let (told, known) = ((at, telling.state), (known.at, known.state));
        let (from, to) = (told.min(known), told.max(known));
        self.0
            .iter()
            .any(|other| other.state != telling.state && from < (other.at, other.state) && (other.at, other.state) < to)
    }
}

/// Whether what is told at `at` can be what is known since `known`, when nothing happened in between.
fn is_near(telling: &Telling, at: Moment, known: Moment) -> bool {
    let apart = |a: Moment, b: Moment| a.since(b).num_milliseconds();
    match (telling.state, telling.began) {
        // An earlier start is told when a second server began to see it earlier (Alertmanager keeps the earliest).
        (AlertState::Firing | AlertState::Warning | AlertState::Unknown, Some(began)) => {
            apart(began, known) <= SAME_START * 1000
        }
        // The time is that of the telling: it goes on.
        (AlertState::Firing | AlertState::Warning | AlertState::Unknown, None) => true,
        // What had ended before this began is another episode; what ended within it, and is told to have ended later, is the same.
        (AlertState::Resolved, Some(began)) if known < began => false,
        (AlertState::Resolved, Some(_)) if known <= at => true,
        (AlertState::Resolved | AlertState::Acknowledged, _) => apart(at, known).abs() <= SAME_START * 1000,
    }
}

#[cfg(test)]
mod tests;
