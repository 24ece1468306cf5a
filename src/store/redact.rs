//! Redacting: a person's words leave every file, and the chain stays as it was.

use std::fs;
use std::io;
use std::path::Path;

use super::error::StoreError;
use super::file::replace;
use super::journal::End;
use super::survey::{Halt, Start, survey};
use super::{Chamber, Store};
use crate::domain::id::{RoomId, Seq};

impl Store {
    /// Takes the words out of records: from the journal, and from every other file that held them. The index is
    /// removed and rebuilt, since sled keeps old values until it happens to write over them; so are indexes that were set
    /// aside and damaged journals of this room. Returns whether there were such records, all of them.
    ///
    /// # Errors
    /// As [`Store::append_all`]; the words are then still there.
    pub fn redact(&mut self, room: &RoomId, records: &[Seq]) -> Result<bool, StoreError> {
        let end = self.chamber_to_append(room)?.end;
        if !records.iter().all(|seq| (1..=end.seq).contains(seq)) {
            return Ok(false);
        }
        let path = self.journal_path(room);
        let (mut bytes, is_damaged) = without_words(&path, records, end)?;
        if is_damaged {
            // Only the index may still have what is damaged: that is put right before the index goes.
            self.suspect(room);
            let end = self.chamber_to_append(room)?.end;
            let is_damaged;
            (bytes, is_damaged) = without_words(&path, records, end)?;
            if is_damaged {
                return Err(StoreError::io("reading the journal", &path, io::ErrorKind::InvalidData.into()));
            }
        }
        let end = self.chamber_to_append(room)?.end;
        let lost = self.chambers.remove(room).map(|chamber| chamber.lost).unwrap_or_default();
        self.part_with_index();
        let replaced = replace(&*self.medium, &path, &bytes);
        if replaced.is_ok() {
            self.forget_copies(room);
            let end = End { len: bytes.len() as u64, ..end };
            self.chambers.insert(room.clone(), Chamber { lost, unkept: end.seq, ..Chamber::at(end) });
        }
        self.open_index();
        replaced.map(|()| true)
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

/// A journal that goes as far as `end` without the words of `records`, and whether there is more wrong with it than that.
fn without_words(path: &Path, records: &[Seq], end: End) -> Result<(Vec<u8>, bool), StoreError> {
    let mut bytes = Vec::new();
    let found = survey(path, Start::WHOLE, &Halt::default(), &mut |line, was| {
        if records.contains(&line.seq()) {
            bytes.extend_from_slice(&line.redacted());
        } else {
            bytes.extend_from_slice(was);
        }
        bytes.push(b'\n');
    })
    .map_err(|e| StoreError::io("reading the journal", path, e))?;
    let is_damaged = found.faults.iter().any(|flaw| flaw.unlinked().is_none()) || found.end != end;
    Ok((bytes, is_damaged))
}
