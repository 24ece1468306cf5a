//! Redaction: once it is recorded that words are to go, they go from the disk, whatever was interrupted, and from every screen.
//!
//! The disk's part takes as long as the room is, and is done on the thread that prepares rooms ([`super::held`]): whoever asks for
//! that room waits, whoever redacted an entry is answered when its words are gone, and nobody else notices.

use super::keeper::{Keeper, unreadable};
use crate::domain::id::RoomId;
use crate::store::StoreError;
use crate::wire::message::{Failure, HostMsg};

impl Keeper {
    /// Has the words go from `room` that were recorded to go.
    ///
    /// # Errors
    /// The room is not ready: it is being done, and the order has to be held. Or why it cannot be done now: the words are then still
    /// there, and it is tried again.
    pub(super) fn redact(&mut self, room: &RoomId) -> Result<(), Failure> {
        if !self.is_ready(room) {
            return Err(unreadable(&StoreError::Preparing(room.clone())));
        }
        let Some(error) = self.store.unfinished_redaction(room) else { return Ok(()) };
        let why = error.phrase();
        if error.is_of_one_file() {
            return Err(Failure::Broken(why));
        }
        // Those who wait send it again when the disk takes something.
        self.set_cannot_save(Some(why.clone()));
        Err(Failure::CannotSave(why))
    }

    /// Has everyone get `room` again: what they have at hand of it, or of the list of the rooms, is from before its words went.
    pub(super) fn renew_screens(&mut self, room: &RoomId) {
        self.roster.tell_all(&HostMsg::Renewed { room: room.clone() });
    }

    /// Tries again what could not be done.
    pub(super) fn redact_again(&mut self) {
        for room in self.store.unfinished_redactions() {
            self.is_ready(&room);
        }
    }
}
