//! Redacting: a person's words leave every file, and the chain stays as it was.

use std::fs;

use super::Store;
use super::codec;
use super::error::StoreError;
use super::survey::{Start, survey};
use crate::domain::id::{RoomId, Seq};

impl Store {
    /// Takes the words out of record `seq`: from the journal, and from every other file that held them. The index is
    /// removed and rebuilt, since sled keeps old values until it happens to write over them; so are indexes that were set
    /// aside and damaged journals of this room. Returns whether there was such a record.
    ///
    /// # Errors
    /// As [`Store::append_all`]; the words are then still there.
    pub fn redact(&mut self, room: &RoomId, seq: Seq) -> Result<bool, StoreError> {
        let end = self.chamber_to_append(room)?.end;
        if !(1..=end.seq).contains(&seq) {
            return Ok(false);
        }
        let path = self.journal_path(room);
        let mut bytes = Vec::new();
        survey(&path, Start::WHOLE, &mut |line, was| {
            if line.seq() == seq {
                bytes.extend_from_slice(&line.redacted());
            } else {
                bytes.extend_from_slice(was);
            }
            bytes.push(b'\n');
        })
        .map_err(|e| StoreError::io("reading the journal", &path, e))?;
        self.chambers.remove(room);
        self.part_with_index();
        self.replace(&path, &bytes)?;
        self.forget_copies(room);
        self.open_index();
        Ok(codec::read(&self.read(room, |view| view.stored(seq, 1))?.pop().unwrap_or_default()).is_some())
    }

    fn forget_copies(&self, room: &RoomId) {
        let _ = fs::remove_dir_all(self.index_path());
        for aside in self.set_aside_before() {
            let _ = fs::remove_dir_all(aside);
        }
        let damaged = format!("{room}.jsonl.damaged-");
        for entry in fs::read_dir(self.dir.join("rooms")).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(&damaged) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}
