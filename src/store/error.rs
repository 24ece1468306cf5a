//! Why the store could not do what was asked, in variants that a host can act on.

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::Phrase;
use crate::regular::Odd;

/// What went wrong. [`StoreError::cannot_save`] tells the ones that pass by themselves.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk, or the person's quota on it, is full. Nothing was saved; saving works again when there is room.
    #[error("{path}: the disk is full; free some space, and saving resumes by itself")]
    Full { path: PathBuf },
    /// The file is as long as the limit of the process allows (`ulimit -f`). Nothing was saved.
    #[error("{path}: has reached the limit on the length of files (ulimit -f); raise it, and start the host again")]
    FileLimit { path: PathBuf },
    /// The file system is mounted to be only read. Nothing was saved.
    #[error("{path}: the file system is read-only; make it writable, and saving resumes by itself")]
    ReadOnly { path: PathBuf },
    /// The file's rights do not allow it.
    #[error("{path}: permission denied; give it to the user who runs klock")]
    Denied { path: PathBuf },
    /// What is there is no regular file of this user's.
    #[error("{path}: {odd}; move it away")]
    Odd { path: PathBuf, odd: Odd },
    /// The directory belongs to somebody else.
    #[error("{path}: belongs to user {uid}; name a directory of your own with KLOCK_DATA_DIR")]
    Foreign { path: PathBuf, uid: u32 },
    /// This process, or the system, has as many files open as it may.
    #[error("{path}: too many open files; raise the limit (ulimit -n)")]
    TooManyFiles { path: PathBuf },
    /// The disk itself fails.
    #[error("{path}: input/output error ({what}); the disk may be failing")]
    Failing { what: &'static str, path: PathBuf },
    /// The disk did not confirm that the data is on it, so it counts as not saved.
    #[error("{path}: the disk did not confirm a save ({source}); nothing is confirmed until it does")]
    SyncFailed { path: PathBuf, source: io::Error },
    /// Another process owns the data directory.
    #[error("{dir}: in use by another host{}; stop it with `klock host stop`", .pid.map(|pid| format!(" (process {pid})")).unwrap_or_default())]
    Locked { dir: PathBuf, pid: Option<u32> },
    /// No such room.
    #[error("there is no room {0}; `klock rooms --all` lists them")]
    NoSuchRoom(RoomId),
    /// No entry of the room is left, unless in the file beside its journal that is named.
    #[error("{room}: nothing is left but rooms/{kept}; look at it with `klock recover`")]
    NothingLeft { room: RoomId, kept: String },
    /// The room is being prepared ([`super::prepare::Preparation`]).
    #[error("{0}: it is being looked through; ask again in a moment")]
    Preparing(RoomId),
    /// The append was decided on top of a room that has moved on since. Nothing was saved.
    #[error("{room}: decided on top of entry {expected}, but the last one is {found}")]
    WrongSeq { room: RoomId, expected: Seq, found: Seq },
    /// The records of an append are not numbered onwards from what they build on, or there are none.
    #[error("{room}: entry {found} was given where entry {expected} belongs")]
    OutOfOrder { room: RoomId, expected: Seq, found: Seq },
    /// A record cannot be written as a line: it holds an event of a kind that this version only reads.
    #[error("{room}: entry {seq} cannot be written: {reason}")]
    Unwritable { room: RoomId, seq: Seq, reason: String },
    /// The data directory, or something in it that a host needs to begin, cannot be made or used.
    #[error("{path}: cannot be made or used ({source}); name another directory with KLOCK_DATA_DIR")]
    Unusable { path: PathBuf, source: io::Error },
    /// Any other failure of the file system.
    #[error("{path}: {what} failed: {source}")]
    Io { what: &'static str, path: PathBuf, source: io::Error },
}

impl StoreError {
    /// Returns the error for a failed `what` on `path`; a full or read-only disk gets its own variant.
    pub fn io(what: &'static str, path: &Path, source: io::Error) -> Self {
        const EIO: i32 = rustix::io::Errno::IO.raw_os_error();
        const EMFILE: i32 = rustix::io::Errno::MFILE.raw_os_error();
        const ENFILE: i32 = rustix::io::Errno::NFILE.raw_os_error();
        let path = path.to_owned();
        if let Some(odd) = Odd::of(&source) {
            return StoreError::Odd { path, odd };
        }
        match (source.kind(), source.raw_os_error()) {
            (io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded, _) => StoreError::Full { path },
            (io::ErrorKind::FileTooLarge, _) => StoreError::FileLimit { path },
            (io::ErrorKind::ReadOnlyFilesystem, _) => StoreError::ReadOnly { path },
            (io::ErrorKind::PermissionDenied, _) => StoreError::Denied { path },
            (_, Some(EIO)) => StoreError::Failing { what, path },
            (_, Some(EMFILE | ENFILE)) => StoreError::TooManyFiles { path },
            _ => StoreError::Io { what, path, source },
        }
    }

    /// Returns the error for a failed sync of `path`. A disk may report only now that it is full.
    pub(super) fn sync(path: &Path, source: io::Error) -> Self {
        const EIO: i32 = rustix::io::Errno::IO.raw_os_error();
        if source.raw_os_error() == Some(EIO) {
            return StoreError::SyncFailed { path: path.to_owned(), source };
        }
        match StoreError::io("sync", path, source) {
            StoreError::Io { path, source, .. } => StoreError::SyncFailed { path, source },
            other => other,
        }
    }

    /// Returns the file that could not be written, when it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            StoreError::Full { path }
            | StoreError::FileLimit { path }
            | StoreError::ReadOnly { path }
            | StoreError::Denied { path }
            | StoreError::Odd { path, .. }
            | StoreError::TooManyFiles { path }
            | StoreError::Failing { path, .. }
            | StoreError::SyncFailed { path, .. }
            | StoreError::Unusable { path, .. }
            | StoreError::Io { path, .. } => Some(path),
            _ => None,
        }
    }

    /// Returns whether the cause lies in the disk and may pass: stop acknowledging, say so, and try again.
    pub fn cannot_save(&self) -> bool {
        matches!(
            self,
            StoreError::Full { .. }
                | StoreError::FileLimit { .. }
                | StoreError::ReadOnly { .. }
                | StoreError::Denied { .. }
                | StoreError::Odd { .. }
                | StoreError::TooManyFiles { .. }
                | StoreError::Failing { .. }
                | StoreError::SyncFailed { .. }
                | StoreError::Io { .. }
        )
    }

    /// Returns whether the cause may lie in one file alone: what other files take is saved nevertheless.
    pub fn is_of_one_file(&self) -> bool {
        matches!(self, StoreError::Denied { .. } | StoreError::Odd { .. })
    }

    /// Returns the same in the reader's language.
    pub fn phrase(&self) -> Phrase {
        let at = |path: &Path| path.display().to_string();
        match self {
            StoreError::Full { path } => Phrase::new("store-full").with("path", at(path)),
            StoreError::FileLimit { path } => Phrase::new("store-file-limit").with("path", at(path)),
            StoreError::ReadOnly { path } => Phrase::new("store-read-only").with("path", at(path)),
            StoreError::Denied { path } => Phrase::new("store-denied").with("path", at(path)),
            StoreError::Odd { path, odd: Odd::Foreign(uid) } => {
                Phrase::new("store-file-foreign").with("path", at(path)).with("uid", uid.to_string())
            }
            StoreError::Foreign { path, uid } => {
                Phrase::new("store-foreign").with("path", at(path)).with("uid", uid.to_string())
            }
            StoreError::Odd { path, odd } => Phrase::new("store-odd").with("path", at(path)).with("what", odd.name()),
            StoreError::TooManyFiles { path } => Phrase::new("store-too-many-files").with("path", at(path)),
            StoreError::Failing { path, .. } => Phrase::new("store-failing").with("path", at(path)),
            StoreError::SyncFailed { path, source } => {
                Phrase::new("store-sync-failed").with("path", at(path)).with("why", source.to_string())
            }
            StoreError::Locked { dir, pid } => Phrase::new("store-locked")
                .with("path", at(dir))
                .with("pid", pid.map_or_else(|| "?".to_owned(), |pid| pid.to_string())),
            StoreError::NoSuchRoom(room) => Phrase::new("store-no-such-room").with("room", room.as_str()),
            StoreError::NothingLeft { room, kept } => {
                Phrase::new("store-nothing-left").with("room", room.as_str()).with("kept", kept.as_str())
            }
            StoreError::Preparing(room) => Phrase::new("store-preparing").with("room", room.as_str()),
            StoreError::WrongSeq { room, expected, found } | StoreError::OutOfOrder { room, expected, found } => {
                Phrase::new("store-wrong-seq")
                    .with("room", room.as_str())
                    .with("expected", *expected)
                    .with("found", *found)
            }
            StoreError::Unwritable { room, seq, reason } => Phrase::new("store-unwritable")
                .with("room", room.as_str())
                .with("seq", *seq)
                .with("why", reason.as_str()),
            StoreError::Unusable { path, source } => {
                Phrase::new("store-unusable").with("path", at(path)).with("why", reason(source))
            }
            StoreError::Io { what, path, source } => {
                Phrase::new("store-io").with("what", *what).with("path", at(path)).with("why", source.to_string())
            }
        }
    }
}

/// Returns why a file system refuses, as a phrase: the system's own words where nothing better is known.
pub fn reason(error: &io::Error) -> Phrase {
    match Odd::of(error) {
        Some(Odd::Foreign(uid)) => return Phrase::new("why-foreign").with("uid", uid.to_string()),
        Some(_) => return Phrase::new("why-in-the-way"),
        None => {}
    }
    match error.kind() {
        io::ErrorKind::PermissionDenied => Phrase::new("why-permission"),
        io::ErrorKind::ReadOnlyFilesystem => Phrase::new("why-read-only"),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Phrase::new("why-full"),
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory => {
            Phrase::new("why-in-the-way")
        }
        _ => Phrase::new("entry-text").with("text", error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use rustix::io::Errno;

    use super::*;

    #[test]
    fn each_cause_is_named_as_what_it_is() {
        let of = |errno: Errno| {
            let error = StoreError::io("reading", Path::new("x"), io::Error::from_raw_os_error(errno.raw_os_error()));
            (error.phrase().key.to_string(), error.cannot_save())
        };
        for (errno, key) in [
            (Errno::ACCESS, "store-denied"),
            (Errno::PERM, "store-denied"),
            (Errno::ROFS, "store-read-only"),
            (Errno::NOSPC, "store-full"),
            (Errno::DQUOT, "store-full"),
            (Errno::IO, "store-failing"),
            (Errno::MFILE, "store-too-many-files"),
            (Errno::NFILE, "store-too-many-files"),
            (Errno::FBIG, "store-file-limit"),
            (Errno::LOOP, "store-io"),
        ] {
            assert_eq!(of(errno), (key.to_owned(), true), "{errno}");
        }
        let sync = StoreError::sync(Path::new("x"), io::Error::from_raw_os_error(Errno::IO.raw_os_error()));
        assert_eq!(sync.phrase().key, "store-sync-failed");
        let odd = StoreError::io("reading", Path::new("x"), Odd::Fifo.into());
        assert_eq!((&*odd.phrase().key, odd.is_of_one_file()), ("store-odd", true));
        let foreign = StoreError::io("reading", Path::new("x"), Odd::Foreign(7).into());
        assert_eq!(foreign.phrase().key, "store-file-foreign");
        let unusable = StoreError::Unusable { path: "x".into(), source: Errno::ACCESS.into() };
        assert_eq!((&*unusable.phrase().key, unusable.cannot_save()), ("store-unusable", false));
    }

    #[test]
    fn a_reason_is_said_in_words_of_our_own_where_there_are_some() {
        let of = |error: io::Error| reason(&error).key.to_string();
        for (errno, key) in [
            (Errno::ACCESS, "why-permission"),
            (Errno::ROFS, "why-read-only"),
            (Errno::NOSPC, "why-full"),
            (Errno::DQUOT, "why-full"),
            (Errno::EXIST, "why-in-the-way"),
            (Errno::NOTDIR, "why-in-the-way"),
            (Errno::LOOP, "entry-text"),
        ] {
            assert_eq!(of(errno.into()), key, "{errno}");
        }
        assert_eq!(of(Odd::Fifo.into()), "why-in-the-way");
        assert_eq!(of(Odd::Foreign(7).into()), "why-foreign");
    }
}
