//! Redaction: once it is recorded that words go, they go from the disk and from every screen, however often that is interrupted.
//!
//! The disk's part takes as long as the room is, and is done on the thread that prepares rooms: a client that asks for that room
//! waits, the client that redacted an entry is answered when its words are gone, and nobody else notices.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::domain::id::RoomId;
use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::host::command::WriterCommand;
use crate::store::{Store, StoreError};
use crate::wire::message::Ask;

/// The rooms from which words went, until the screens that show them have been told.
#[derive(Debug, Default)]
pub struct Renewals {
    to_renew: BTreeSet<RoomId>,
}

/// How far a redaction is.
#[derive(Debug, PartialEq)]
pub enum RedactionState {
    /// The words are gone.
    Done,
    /// The room is being prepared for it, or it was put off because the room was closed for long just now.
    Pending,
    /// The disk does not take it now: it is tried again.
    CannotSave { why: Phrase, file: Option<PathBuf> },
    /// The journal of this room does not take it.
    Broken(Phrase),
}

impl Renewals {
    /// Notes that words went from `room`.
    pub fn add(&mut self, room: RoomId) {
        self.to_renew.insert(room);
    }

    /// Returns whether those who show `room` have to get it again, once.
    pub fn take_room(&mut self, room: &RoomId) -> bool {
        self.to_renew.remove(room)
    }
}

/// Returns how far the redaction of a room is that can be used.
pub fn state(store: &dyn Store, room: &RoomId) -> RedactionState {
    if store.is_redaction_put_off(room) {
        return RedactionState::Pending;
    }
    store.failed_redaction(room).map_or(RedactionState::Done, failed)
}

fn failed(error: &StoreError) -> RedactionState {
    if error.is_of_one_file() {
        return RedactionState::Broken(error.phrase());
    }
    RedactionState::CannotSave { why: error.phrase(), file: error.path().map(Path::to_owned) }
}

/// Returns whether `command` waits for words to go from its room, although the room can be used.
pub fn is_awaited_by(store: &dyn Store, command: &WriterCommand) -> bool {
    let WriterCommand::Asked { what: Ask::Do(request), .. } = command else { return false };
    matches!(request.intent, Intent::RedactEntry { .. }) && store.is_redaction_put_off(&request.room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_is_renewed_once() {
        let room = RoomId::of_year(2026, 1);
        let mut renewals = Renewals::default();
        assert!(!renewals.take_room(&room));
        renewals.add(room.clone());
        assert!(renewals.take_room(&room) && !renewals.take_room(&room));
    }
}
