//! Redaction: once it is recorded that words are to go, they go from the disk, whatever was interrupted, and from every screen.
//!
//! The disk's part takes as long as the room is, and is done on the thread that prepares rooms ([`super::held`]): whoever asks for
//! that room waits, whoever redacted an entry is answered when its words are gone, and nobody else notices.

use std::path::Path;

use super::keeper::Keeper;
use super::order::Order;
use crate::domain::id::RoomId;
use crate::domain::intent::Intent;
use crate::store::StoreError;
use crate::wire::message::{Ask, Failure, HostMsg};

impl Keeper {
    /// Has the words go from `room` that were recorded to go.
    ///
    /// # Errors
    /// The room is not ready: it is being done, or put off because the room was closed for long just now, and the order has to be
    /// held. Or why it cannot be done now: the words are then still there, and it is tried again.
    pub(super) fn redact(&mut self, room: &RoomId) -> Result<(), Failure> {
        if !self.is_ready(room) || self.store.is_redaction_put_off(room) {
            return Err(Failure::Broken(StoreError::Preparing(room.clone()).phrase()));
        }
        let Some(error) = self.store.failed_redaction(room) else { return Ok(()) };
        let (why, unsaved) = (error.phrase(), error.path().map(Path::to_owned));
        if error.is_of_one_file() {
            return Err(Failure::Broken(why));
        }
        // Those who wait send it again when the disk takes something.
        self.unsaved = unsaved;
        self.set_cannot_save(Some(why.clone()));
        Err(Failure::CannotSave(why))
    }

    /// Has everyone get `room` again: what they have at hand of it, or of the list of the rooms, is from before its words went.
    pub(super) fn renew_screens(&mut self, room: &RoomId) {
        self.roster.tell_all(&HostMsg::Renewed { room: room.clone() });
    }

    /// Whether `order` waits for words to go from its room, although the room can be used.
    pub(super) fn waits_for_redaction(&self, order: &Order) -> bool {
        let Order::Asked { what: Ask::Do(request), .. } = order else { return false };
        matches!(request.intent, Intent::RedactEntry { .. }) && self.store.is_redaction_put_off(&request.room)
    }

    /// Does what was put off, and tries again what could not be done.
    pub(super) fn redact_again(&mut self) {
        for room in self.store.redactions_due() {
            self.is_ready(&room);
        }
    }
}
