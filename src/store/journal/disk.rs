//! The few things a journal asks of the file system, so that a test can make each of them fail.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use crate::regular::{self, Links};
use crate::store::permissions::OTHERS;

/// How much is written again at a time, in bytes. A guess: enough that the number of calls does not matter.
const BLOCK: usize = 1 << 20;

/// Where journals are written.
pub(in crate::store) trait Disk: Send + Sync {
    /// Opens `path` for appending, making it when it is not there.
    fn open(&self, path: &Path) -> io::Result<Box<dyn JournalFile>>;
    /// Writes what `path` holds from byte `from` on once more, and returns when it is on disk. A sync alone says nothing of
    /// bytes that another process wrote: what an earlier sync failed on, the kernel shows to every reader, and writes no more.
    fn renew(&self, path: &Path, from: u64) -> io::Result<()>;
    /// Makes a new or renamed name in `dir` lasting.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;
}

/// A journal open for appending.
pub(in crate::store) trait JournalFile: Send {
    /// Appends all of `bytes`; after an error any part of them may have been written.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Returns when everything appended is on disk, in a file that still has a name.
    fn sync(&mut self) -> io::Result<()>;
    /// Cuts the file to `len` bytes.
    fn cut(&mut self, len: u64) -> io::Result<()>;
}

/// The real file system.
pub(in crate::store) struct FileSystem;

impl Disk for FileSystem {
    fn open(&self, path: &Path) -> io::Result<Box<dyn JournalFile>> {
        let file = regular::open(path, Links::Refuse, OpenOptions::new().append(true).create(true).mode(0o600))?;
        // A journal that was put back from a copy may be open to others.
        let mode = file.metadata()?.mode();
        if mode & OTHERS != 0 {
            file.set_permissions(Permissions::from_mode(mode & 0o700))?;
        }
        Ok(Box::new(file))
    }

    fn renew(&self, path: &Path, from: u64) -> io::Result<()> {
        // Not for appending: then it would be written at the end, not at the place that is named.
        let file = regular::open(path, Links::Refuse, OpenOptions::new().read(true).write(true))?;
        let mut block = vec![0; BLOCK];
        let mut at = from;
        loop {
            let read = file.read_at(&mut block, at)?;
            if read == 0 {
                return file.sync_data();
            }
            file.write_all_at(&block[..read], at)?;
            at += read as u64;
        }
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        File::open(dir)?.sync_all()
    }
}

impl JournalFile for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        #[cfg(feature = "planted-bugs")]
        if crate::store::planted::Bug::SkippedSync.is_planted() {
            return Ok(());
        }
        self.sync_data()?;
        // What was removed meanwhile is on disk, and nobody will ever find it there.
        if self.metadata()?.nlink() == 0 {
            return Err(io::Error::new(io::ErrorKind::NotFound, "the file was removed"));
        }
        Ok(())
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.set_len(len)
    }
}
