//! The few things a journal asks of the file system, so that a test can make each of them fail.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Where journals are written.
pub(super) trait Medium: Send {
    /// Opens `path` for appending, making it when it is not there.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Tape>>;
    /// Makes a new or renamed name in `dir` lasting.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;
}

/// A journal open for appending.
pub(super) trait Tape: Send {
    /// Appends all of `bytes`; after an error any part of them may have been written.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Returns when everything appended is on disk.
    fn sync(&mut self) -> io::Result<()>;
    /// Cuts the file to `len` bytes.
    fn cut(&mut self, len: u64) -> io::Result<()>;
}

/// The real file system.
pub(super) struct Disk;

impl Medium for Disk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn Tape>> {
        let file = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
        Ok(Box::new(file))
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        File::open(dir)?.sync_all()
    }
}

impl Tape for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        #[cfg(feature = "planted-bugs")]
        if super::planted::Bug::SkippedSync.is_planted() {
            return Ok(());
        }
        self.sync_data()
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.set_len(len)
    }
}
