//! Notices that a socket of this host was removed from its place: at once where the system tells of changes to a directory,
//! and else when the writer looks at its clocks.
//!
//! A session's end, a cleaner of `/tmp` or a person may remove a socket while its host lives. The host keeps its connections, but
//! nobody new finds it.

use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tokio::sync::Notify;

/// Identifies a file, under any name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileId {
    device: u64,
    inode: u64,
}

impl FileId {
    /// Returns the identity of the file at `path`, which may be a link.
    ///
    /// # Errors
    /// There is none.
    pub fn of(path: &Path) -> io::Result<Self> {
        let found = std::fs::symlink_metadata(path)?;
        Ok(FileId { device: found.dev(), inode: found.ino() })
    }
}

/// The state of the file at a path: which file it is, and of a regular one when it was last written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileState {
    id: FileId,
    written: Option<SystemTime>,
}

impl FileState {
    fn of(path: &Path) -> Option<Self> {
        let found = std::fs::symlink_metadata(path).ok()?;
        let written = found.modified().ok().filter(|_| found.is_file());
        Some(FileState { id: FileId { device: found.dev(), inode: found.ino() }, written })
    }
}

/// What must stand where; shared by the thread that listens and the writer.
#[derive(Clone, Default)]
pub struct SocketWatch {
    shared: Arc<WatchedPlaces>,
}

#[derive(Default)]
struct WatchedPlaces {
    places: Mutex<Vec<(PathBuf, FileState)>>,
    lost: Notify,
}

impl SocketWatch {
    fn places(&self) -> MutexGuard<'_, Vec<(PathBuf, FileState)>> {
        self.shared.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Watches that the file at `path` stays where it is now; a regular file with what is in it.
    pub fn watch(&self, path: &Path) {
        let found = FileState::of(path);
        self.unwatch(path);
        self.places().extend(found.map(|state| (path.to_owned(), state)));
    }

    /// Stops watching `path`.
    pub fn unwatch(&self, path: &Path) {
        self.places().retain(|(watched, _)| watched != path);
    }

    /// Returns whether the file at `path` is the one that is watched there.
    pub fn is_in_place(&self, path: &Path) -> bool {
        let known = self.places().iter().find(|(watched, _)| watched == path).map(|(_, state)| *state);
        known.is_some() && known == FileState::of(path)
    }

    /// Looks whether all are in place, and tells when one is not.
    pub fn check_places(&self) {
        if self.places().iter().any(|(path, state)| FileState::of(path) != Some(*state)) {
            self.shared.lost.notify_one();
        }
    }

    /// Waits until one was seen not to be in place.
    pub async fn lost(&self) {
        self.shared.lost.notified().await;
    }
}

/// Tells of changes in directories, where the system does so by itself (Linux).
pub struct Changes {
    #[cfg(target_os = "linux")]
    inotify: Option<tokio::io::unix::AsyncFd<std::os::fd::OwnedFd>>,
}

#[cfg(target_os = "linux")]
impl Changes {
    /// Returns a watch over no directory yet. Within a runtime.
    pub fn new() -> Self {
        use rustix::fs::inotify::{CreateFlags, init};
        let made = init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK).map_err(io::Error::from);
        let inotify = made.and_then(|inotify| {
            // SAFETY: the descriptor is owned by what is made of it here, so it stays the same and open for as long.
            let registered = unsafe { tokio::io::unix::AsyncFd::register(inotify) };
            registered.map_err(|error| error.into_parts().1)
        });
        // A user may have so many of them: then the writer's look has to do.
        Changes { inotify: inotify.inspect_err(|error| tracing::debug!(%error, "changes are not told")).ok() }
    }

    /// Watches `dir` too. A directory that is made again has to be named again.
    pub fn watch(&self, dir: &Path) {
        use rustix::fs::inotify::{WatchFlags, add_watch};
        let what = WatchFlags::CREATE
            | WatchFlags::DELETE
            | WatchFlags::MOVE
            | WatchFlags::DELETE_SELF
            | WatchFlags::MOVE_SELF
            | WatchFlags::ONLYDIR;
        if let Some(inotify) = &self.inotify
            && let Err(error) = add_watch(inotify.get_ref(), dir, what)
        {
            tracing::debug!(%error, "changes are not told");
        }
    }

    /// Waits until something changed in a directory that is watched; for ever where the system does not tell.
    pub async fn changed(&self) {
        let Some(inotify) = &self.inotify else { return std::future::pending().await };
        let Ok(mut ready) = inotify.readable().await else { return std::future::pending().await };
        // What it was is seen by looking.
        let mut events = [0; 4 << 10];
        while matches!(rustix::io::read(ready.get_inner(), &mut events), Ok(1..)) {}
        ready.clear_ready();
    }
}

#[cfg(not(target_os = "linux"))]
impl Changes {
    /// See the type.
    pub fn new() -> Self {
        Changes {}
    }

    /// Watches nothing: the writer's look has to do.
    pub fn watch(&self, _: &Path) {}

    /// Waits for ever.
    pub async fn changed(&self) {
        std::future::pending().await
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[test]
    fn a_file_that_is_gone_or_another_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("host.sock");
        std::fs::write(&path, "").unwrap();
        let watch = SocketWatch::default();
        watch.watch(&path);
        watch.watch(&dir.path().join("never there"));
        let is_lost = || {
            watch.check_places();
            watch.lost().now_or_never().is_some()
        };
        assert!(!is_lost() && watch.is_in_place(&path));
        std::fs::rename(&path, dir.path().join("away")).unwrap();
        assert!(is_lost() && !watch.is_in_place(&path));
        std::fs::write(&path, "").unwrap();
        assert!(is_lost(), "another file");
        std::fs::rename(dir.path().join("away"), &path).unwrap();
        assert!(!is_lost(), "it is back");
        assert!(!watch.is_in_place(&dir.path().join("never there")));
        let later = SystemTime::now() + std::time::Duration::from_secs(1);
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(later).unwrap();
        assert!(is_lost(), "something else was written into it");
        std::fs::remove_file(&path).unwrap();
        watch.unwatch(&path);
        assert!(!is_lost());
    }
}
