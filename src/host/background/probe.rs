//! Whether the disk takes something again, asked while nothing could be saved.

use crate::regular::{self, Links};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::process::{Resource, getrlimit};

/// As much as a long cycle of notes, in bytes.
const BYTES: usize = 256 << 10;

/// Writes, syncs and removes a file in `dir` and in its `rooms`. `failed`: the journal that took nothing, when it is known.
pub fn can_save(dir: &Path, failed: Option<&Path>) -> bool {
    failed.is_none_or(|journal| fs::metadata(journal).map_or(0, |found| found.len()) < longest_file())
        && [dir.to_owned(), dir.join("rooms")].iter().all(|dir| try_write(&dir.join(".probe")).is_ok())
}

/// Returns how long a file of this process may be (`ulimit -f`), in bytes.
fn longest_file() -> u64 {
    getrlimit(Resource::Fsize).current.map_or(u64::MAX, |most| most.saturating_sub(BYTES as u64))
}

fn try_write(path: &Path) -> io::Result<()> {
    let write = || -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = regular::open(path, Links::Refuse, &mut options)?;
        file.write_all(&[0; BYTES])?;
        file.sync_data()
    };
    let written = write();
    match fs::remove_file(path) {
        Err(error) if written.is_ok() && error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => written,
    }
}

#[cfg(test)]
mod tests {
    use super::can_save;

    #[test]
    fn a_probe_leaves_nothing_behind_and_sees_a_missing_directory() {
        let dir = tempfile::tempdir().unwrap();
        assert!(!can_save(dir.path(), None), "there is no rooms directory");
        std::fs::create_dir(dir.path().join("rooms")).unwrap();
        assert!(can_save(dir.path(), None));
        assert!(can_save(dir.path(), Some(&dir.path().join("rooms/2026-001.jsonl"))), "a journal that is not there");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
        assert_eq!(std::fs::read_dir(dir.path().join("rooms")).unwrap().count(), 0);
    }
}
