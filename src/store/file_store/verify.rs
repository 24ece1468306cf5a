//! Verifying a room for a person, and acting on what was found.

use std::fs;

use super::FileStore;
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::store::error::StoreError;
use crate::store::findings::{Verification, VerifierFindings};
use crate::store::journal::damaged_opening::{OpeningRemains, read_remains};
use crate::store::journal::kept_file::KeptReason;
use crate::store::verify::FileVerifier;

impl FileStore {
    /// Reads the room's journal from end to end, each line against its hash and the chain, and compares the index with it
    /// line by line. A fault found here is put right when the room is next used.
    ///
    /// # Errors
    /// As [`FileStore::load_room`].
    pub fn verify(&mut self, room: &RoomId) -> Result<Verification, StoreError> {
        loop {
            let findings = self.start_verification(room)?.run()?;
            if let Some(verification) = self.finish_verification(room, findings) {
                return Ok(verification);
            }
        }
    }

    /// Returns what [`FileStore::verify`] does, to be run elsewhere; what it finds goes to [`FileStore::finish_verification`].
    ///
    /// # Errors
    /// As [`FileStore::load_room`].
    pub fn start_verification(&mut self, room: &RoomId) -> Result<FileVerifier, StoreError> {
        let view = self.read_view(room)?;
        let length = fs::metadata(&view.path).map_err(|e| StoreError::io("reading the journal", &view.path, e))?.len();
        Ok(FileVerifier::new(view, length, self.cancel.clone()))
    }

    /// Acts on what was found: a room that is not whole is repaired when it is next used. None when the index was replaced
    /// meanwhile, or words were redacted, so that what was found says nothing: it has to be looked at again.
    pub fn finish_verification(&mut self, room: &RoomId, findings: VerifierFindings) -> Option<Verification> {
        let VerifierFindings { mut verification, is_whole, doubt, generation, times_redacted } = findings;
        let is_stale = generation != self.index.generation() || times_redacted != self.redactions.times(room);
        if is_stale && (!is_whole || doubt.is_some()) {
            return None;
        }
        if !is_whole {
            self.suspect(room);
        } else if let Some(doubt) = doubt {
            self.report_doubt(doubt);
            verification.faults.push(Phrase::new("verify-index"));
        }
        for kept in self.kept.to_be_dealt_with().filter(|kept| kept.room == *room) {
            let key = if kept.why == KeptReason::Cut { "verify-kept-cut" } else { "verify-kept-aside" };
            verification.faults.push(Phrase::new(key).with("kept", kept.name.as_str()));
        }
        if let Some(other) = self.twin(room) {
            verification.faults.push(Phrase::new("verify-twin").with("other", other.as_str()));
        }
        Some(verification)
    }

    /// Returns the room whose journal begins as that of `room`, when that was there before it.
    pub(in crate::store) fn twin(&mut self, room: &RoomId) -> Option<RoomId> {
        let first = self.journals.first_event_id(room)?;
        let other = self.query(|index| index.opened(first)).flatten().filter(|other| other != room)?;
        (self.journals.first_event_id(&other) == Some(first)).then_some(other)
    }

    /// Returns what is legible of the opening of `room`, in the damaged journals that were kept.
    pub fn salvage_opening(&self, room: &RoomId) -> OpeningRemains {
        read_remains(self.kept.damaged(room))
    }
}
