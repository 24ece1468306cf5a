//! Whether the disk takes something again, asked while nothing could be saved.

use crate::regular::{self, Links};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// As much as a long round of notes.
const BYTES: usize = 256 << 10;

/// Writes, syncs and removes a file in `dir` and in its `rooms`.
pub fn can_save(dir: &Path) -> bool {
    [dir.to_owned(), dir.join("rooms")].iter().all(|dir| try_write(&dir.join(".probe")).is_ok())
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
        assert!(!can_save(dir.path()), "there is no rooms directory");
        std::fs::create_dir(dir.path().join("rooms")).unwrap();
        assert!(can_save(dir.path()));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
        assert_eq!(std::fs::read_dir(dir.path().join("rooms")).unwrap().count(), 0);
    }
}
