//! Whose the data directory is, and that nobody else can look into it.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use super::error::StoreError;
use super::notice::StoreNotice;

/// What others may do.
pub(super) const OTHERS: u32 = 0o077;

/// Refuses a data directory of another user's.
pub(super) fn check_owner(dir: &Path) -> Result<(), StoreError> {
    let meta = fs::metadata(dir).map_err(|e| StoreError::io("reading the directory", dir, e))?;
    let own = rustix::process::geteuid().as_raw();
    if meta.uid() == own { Ok(()) } else { Err(StoreError::Foreign { path: dir.to_owned(), uid: meta.uid() }) }
}

/// Closes the data directory, that of the rooms and all that is in them to others, where they are open, and tells of it.
pub(super) fn tighten(dir: &Path) -> Vec<StoreNotice> {
    let mut notices = Vec::new();
    for dir in [dir, &dir.join("rooms")] {
        let Some(mode) = mode_of(dir).filter(|mode| mode & OTHERS != 0) else { continue };
        close(dir, mode);
        // Anybody may have made what is in it; each file that is opened is looked at again.
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let kind = entry.file_type();
            if kind.as_ref().is_ok_and(fs::FileType::is_file)
                && let Some(mode) = mode_of(&entry.path()).filter(|mode| mode & OTHERS != 0)
            {
                close(&entry.path(), mode);
            }
        }
        let path = dir.display().to_string();
        notices.push(match mode_of(dir) {
            Some(now) if now & OTHERS != 0 => StoreNotice::Open { path, mode: now },
            _ => StoreNotice::Tightened { path, mode },
        });
    }
    notices
}

fn mode_of(path: &Path) -> Option<u32> {
    fs::metadata(path).ok().map(|meta| meta.mode() & 0o777)
}

fn close(path: &Path, mode: u32) {
    // A file system without rights of its own keeps them as they are: that is told.
    let _ = fs::set_permissions(path, Permissions::from_mode(mode & !OTHERS));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_that_is_open_to_others_is_closed_and_that_is_told() {
        let dir = tempfile::tempdir().expect("a directory");
        let rooms = dir.path().join("rooms");
        fs::create_dir(&rooms).expect("made");
        fs::write(rooms.join("2026-001.jsonl"), "x").expect("written");
        fs::set_permissions(rooms.join("2026-001.jsonl"), Permissions::from_mode(0o666)).expect("set");
        for dir in [dir.path(), &rooms] {
            fs::set_permissions(dir, Permissions::from_mode(0o777)).expect("set");
        }
        let told = tighten(dir.path());
        assert!(
            matches!(told[..], [StoreNotice::Tightened { mode: 0o777, .. }, StoreNotice::Tightened { .. }]),
            "{told:?}"
        );
        assert_eq!(mode_of(dir.path()), Some(0o700));
        assert_eq!(mode_of(&rooms.join("2026-001.jsonl")), Some(0o600));
        assert_eq!(tighten(dir.path()), [], "once");
    }
}
