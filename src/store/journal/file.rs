//! A journal's file as a whole: cut, replaced by another, made sure of.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk::{Disk, JournalFile};
use crate::store::error::StoreError;

/// How many bytes at the end of a journal may be without a sync: of what a killed host left, so much is written once more. A guess: a
/// round of notes is far shorter, and a disk writes it again within a moment.
pub(in crate::store) const UNSYNCED: usize = 4 << 20;

/// How much of a new file is gathered before it is written, in bytes. A guess: enough that the number of calls does not matter.
const PORTION: usize = 1 << 20;

/// Cuts the journal at `path` to `len` bytes.
pub(in crate::store) fn cut(disk: &dyn Disk, path: &Path, len: u64) -> Result<(), StoreError> {
    let mut file = disk.open(path).map_err(|e| StoreError::io("opening the journal", path, e))?;
    file.cut(len).map_err(|e| StoreError::io("cutting the journal", path, e))?;
    file.sync().map_err(|e| StoreError::sync(path, e))
}

/// A file that is to take the place of another: written beside it, synced, renamed, the directory synced. Without a commit nothing
/// of it stays.
pub(in crate::store) struct Replacement<'a> {
    disk: &'a dyn Disk,
    path: &'a Path,
    beside: PathBuf,
    file: Box<dyn JournalFile>,
    waiting: Vec<u8>,
    len: u64,
    is_done: bool,
}

impl<'a> Replacement<'a> {
    /// Begins a file that is to take the place of the one at `path`, if there is one.
    pub fn begin(disk: &'a dyn Disk, path: &'a Path) -> Result<Self, StoreError> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let beside = PathBuf::from(beside);
        // A host that died may have left one behind.
        let _ = fs::remove_file(&beside);
        let file = disk.open(&beside).map_err(|e| StoreError::io("writing beside the journal", path, e))?;
        Ok(Replacement { disk, path, beside, file, waiting: Vec::new(), len: 0, is_done: false })
    }

    /// Adds bytes at its end.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= PORTION { self.write() } else { Ok(()) }
    }

    /// Adds a line and its newline.
    pub fn add_line(&mut self, line: &[u8]) -> Result<(), StoreError> {
        self.add(line)?;
        self.add(b"\n")
    }

    fn write(&mut self) -> Result<(), StoreError> {
        let waiting = std::mem::take(&mut self.waiting);
        self.file.append(&waiting).map_err(|e| StoreError::io("writing beside the journal", self.path, e))?;
        self.len += waiting.len() as u64;
        Ok(())
    }

    /// Puts it in the place of the other. When this returns, it is lasting. Returns its length in bytes.
    pub fn commit(mut self) -> Result<u64, StoreError> {
        self.write()?;
        self.file.sync().map_err(|e| StoreError::sync(self.path, e))?;
        fs::rename(&self.beside, self.path).map_err(|e| StoreError::io("renaming the new journal", self.path, e))?;
        self.is_done = true;
        sync_name(self.disk, self.path)?;
        Ok(self.len)
    }
}

impl Drop for Replacement<'_> {
    fn drop(&mut self) {
        if !self.is_done {
            let _ = fs::remove_file(&self.beside);
        }
    }
}

/// Makes sure of what the journal at `path`, of `len` bytes, holds beyond the first `confirmed`, which its index was told of. A
/// host that was killed may have written it without a sync, or after one that failed, and told nobody; a client that sends it again is
/// told that it is there. Before that there can be no more than [`UNSYNCED`] bytes at its end.
pub(in crate::store) fn renew(disk: &dyn Disk, path: &Path, len: u64, confirmed: u64) -> Result<(), StoreError> {
    let from = confirmed.max(len.saturating_sub(UNSYNCED as u64));
    disk.renew(path, from).map_err(|e| StoreError::sync(path, e))?;
    sync_name(disk, path)
}

/// Makes the name of the file at `path` lasting.
pub(in crate::store) fn sync_name(disk: &dyn Disk, path: &Path) -> Result<(), StoreError> {
    let dir = path.parent().unwrap_or(path);
    disk.sync_dir(dir).map_err(|e| StoreError::sync(path, e))
}
