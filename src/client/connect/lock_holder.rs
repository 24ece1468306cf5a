//! Who holds a data directory when nobody answers at its socket.

use std::fs::{TryLockError, metadata};
use std::path::Path;

use crate::client::process;
use crate::regular::{self, Links};
use crate::wire::place::{LOCK_FILE, LONGEST_NOTE, SOCKET_NAME_FILE};

/// What the lock of a data directory says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockHolder {
    /// No process holds it.
    Nobody,
    /// A host that does not listen yet, or does not listen any more: it starts or finishes.
    NotListening,
    /// A host that has listened since it took the lock; its process, unless that is one of another container or machine.
    Listening { pid: Option<u32> },
}

/// Looks at the lock of `data_dir` without taking it for longer than the look.
pub fn look(data_dir: &Path) -> LockHolder {
    let path = data_dir.join(LOCK_FILE);
    let Ok(file) = regular::open_to_read(&path, Links::Refuse) else { return LockHolder::Nobody };
    // Shared, so that clients that look at the same moment do not take one another for a host.
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {}
        _ => return LockHolder::Nobody,
    }
    // A host writes its number into the lock when it takes it, names its socket when it listens, and removes that name when it
    // finishes. A name that is older than the lock was left by a host that was killed.
    let written = |path: &Path| metadata(path).and_then(|found| found.modified()).ok();
    let named = written(&data_dir.join(SOCKET_NAME_FILE));
    if named.is_none() || named < written(&path) {
        return LockHolder::NotListening;
    }
    let text = regular::read_text(&path, Links::Refuse, LONGEST_NOTE);
    let pid = text.ok().and_then(|text| text.trim().parse().ok());
    LockHolder::Listening { pid: pid.filter(|pid| process::is_klock(*pid) != Some(false)) }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn a_host_that_starts_is_told_from_one_that_listened() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(look(dir.path()), LockHolder::Nobody);
        let name = dir.path().join(SOCKET_NAME_FILE);
        std::fs::write(&name, "/run/left.sock").unwrap();
        let lock = File::create(dir.path().join(LOCK_FILE)).unwrap();
        assert_eq!(look(dir.path()), LockHolder::Nobody, "a lock that is not held");
        lock.lock().unwrap();
        std::fs::write(dir.path().join(LOCK_FILE), format!("{}\n", std::process::id())).unwrap();
        let now = SystemTime::now();
        File::options().write(true).open(&name).unwrap().set_modified(now - Duration::from_secs(60)).unwrap();
        assert_eq!(look(dir.path()), LockHolder::NotListening, "the name of a host that died");
        std::fs::write(&name, "/run/own.sock").unwrap();
        File::options().write(true).open(&name).unwrap().set_modified(now + Duration::from_secs(1)).unwrap();
        assert_eq!(look(dir.path()), LockHolder::Listening { pid: Some(std::process::id()) });
        std::fs::write(dir.path().join(LOCK_FILE), "1\n").unwrap();
        let other = if cfg!(target_os = "linux") { None } else { Some(1) };
        assert_eq!(look(dir.path()), LockHolder::Listening { pid: other }, "the number of another program");
        std::fs::remove_file(&name).unwrap();
        assert_eq!(look(dir.path()), LockHolder::NotListening, "it finishes");
        drop(lock);
        assert_eq!(look(dir.path()), LockHolder::Nobody);
    }
}
