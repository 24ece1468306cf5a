//! The lock that makes one process the owner of a data directory.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::error::StoreError;
use crate::regular::{self, Links, Odd};

/// Held as long as it lives. The kernel lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct DirectoryLock {
    path: PathBuf,
    file: File,
}

/// A killed owner's lock is free only a moment after its death: how often it is tried again. A guess.
const RETRY: Duration = Duration::from_millis(10);

impl DirectoryLock {
    /// Takes the lock `dir/lock` and writes this process's id in it, trying again for as long as `patience`.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another process still holds it then, with its id when it could be read.
    pub fn take(dir: &Path, patience: Duration) -> Result<Self, StoreError> {
        let path = dir.join("lock");
        let fail = |source: io::Error| unusable(&path, source);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let mut file = regular::open(&path, Links::Refuse, &mut options).map_err(fail)?;
        let deadline = Instant::now() + patience;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => std::thread::park_timeout(RETRY),
                Err(TryLockError::WouldBlock) => {
                    let mut text = String::new();
                    let pid = file.read_to_string(&mut text).ok().and_then(|_| text.trim().parse().ok());
                    return Err(StoreError::Locked { dir: dir.to_owned(), pid });
                }
                Err(TryLockError::Error(e)) => return Err(fail(e)),
            }
        }
        // The id is for the message of a process that finds the lock taken; on a full disk the lock holds without it.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id()));
        Ok(DirectoryLock { path, file })
    }

    /// Returns whether the data directory was moved or removed, with the lock in it. Another process may own what is there now.
    pub fn is_lost(&self) -> bool {
        let identity = |meta: std::fs::Metadata| (meta.dev(), meta.ino());
        let ours = self.file.metadata().map(identity);
        ours.ok() != std::fs::metadata(&self.path).map(identity).ok()
    }
}

/// Returns why no host can take the lock of `dir` even when none holds it; none when one can.
pub fn lock_fault(dir: &Path) -> Option<StoreError> {
    let path = dir.join("lock");
    match regular::open(&path, Links::Refuse, OpenOptions::new().read(true).write(true)) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Some(unusable(&path, source)),
        _ => None,
    }
}

fn unusable(path: &Path, source: io::Error) -> StoreError {
    match Odd::of(&source) {
        Some(odd) => StoreError::Odd { path: path.to_owned(), odd },
        None => StoreError::Unusable { path: path.to_owned(), source },
    }
}
