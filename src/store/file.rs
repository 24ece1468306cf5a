//! A journal's file as a whole: cut, replaced by another, made sure of.

use std::fs;
use std::path::Path;

use super::append::UNSYNCED;
use super::error::StoreError;
use super::medium::Medium;

/// Cuts the journal at `path` to `len` bytes.
pub(super) fn cut(medium: &dyn Medium, path: &Path, len: u64) -> Result<(), StoreError> {
    let mut tape = medium.open(path).map_err(|e| StoreError::io("opening the journal", path, e))?;
    tape.cut(len).map_err(|e| StoreError::io("cutting the journal", path, e))?;
    tape.sync().map_err(|e| StoreError::sync(path, e))
}

/// Puts `bytes` in the place of the journal at `path`: beside it, synced, renamed, the directory synced.
pub(super) fn replace(medium: &dyn Medium, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let beside = path.with_extension("jsonl.new");
    let _ = fs::remove_file(&beside);
    let fail = |what| move |e| StoreError::io(what, path, e);
    let write = || -> Result<(), StoreError> {
        let mut tape = medium.open(&beside).map_err(fail("writing the mended journal"))?;
        tape.append(bytes).map_err(fail("writing the mended journal"))?;
        tape.sync().map_err(|e| StoreError::sync(path, e))?;
        fs::rename(&beside, path).map_err(fail("renaming the mended journal"))?;
        sync_name(medium, path)
    };
    let result = write();
    if result.is_err() {
        let _ = fs::remove_file(&beside);
    }
    result
}

/// Makes sure of what the journal at `path`, of `len` bytes, holds beyond the first `confirmed`, which its index was told of. A
/// host that was killed may have written it without a sync, or after one that failed, and told nobody; whoever sends it again is
/// told that it is there. Before that there can be no more than [`UNSYNCED`] bytes at its end.
pub(super) fn renew(medium: &dyn Medium, path: &Path, len: u64, confirmed: u64) -> Result<(), StoreError> {
    let from = confirmed.max(len.saturating_sub(UNSYNCED as u64));
    medium.renew(path, from).map_err(|e| StoreError::sync(path, e))?;
    sync_name(medium, path)
}

fn sync_name(medium: &dyn Medium, path: &Path) -> Result<(), StoreError> {
    let dir = path.parent().unwrap_or(path);
    medium.sync_dir(dir).map_err(|e| StoreError::sync(path, e))
}
