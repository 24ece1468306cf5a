//! Keeping the index: opening it, distrusting it, setting it aside, doing without it.

use std::fs::{self, DirBuilder, File, Permissions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::panic_guard::open_aside;
use super::{Index, IndexFault};
use crate::domain::time::Moment;
use crate::regular::{self, Odd};
use crate::store::journal::append::Journals;
use crate::store::journal::kept_file::stamp;
use crate::store::lock::DirectoryLock;
use crate::store::notice::StoreNotice;
use crate::store::side_table::{SideEntries, SideEntry, SideTable};

/// How many bytes are kept free for the index (a guess: eight of its segments): on a full disk it can be opened again only when there is some room.
const RESERVE: usize = 4 << 20;
/// How many distrusted indexes are kept. A guess: the last one, and the one that may explain it.
const KEPT: usize = 2;
/// An index that is distrusted so often in one run is a disk that fails: the journals serve alone. A guess.
const ENOUGH: u32 = 4;
/// sled's own threads let go of its lock a moment after it was dropped. A guess at how long that can take.
const LOCK_PATIENCE: Duration = Duration::from_secs(1);
/// With less than this free, in bytes, any failure of the index counts as a full disk. A guess: sled writes segments of 512 KiB.
const LEAST: u64 = 1 << 20;
/// After how many appends the index is looked after. A guess: not every minute, and more than once an incident.
const TRY_AGAIN: u64 = 64;

/// The index of a data directory: open, replaced, or missing. It is never trusted where it contradicts a
/// journal, and everything works without it, slower.
pub(in crate::store) struct IndexHandle {
    /// The data directory, in which the index has its own.
    dir: PathBuf,
    lock: Arc<DirectoryLock>,
    /// The time, for the name of an index that is set aside.
    now: Moment,
    /// None when there is no room for one, or when it failed too often.
    index: Option<Arc<Index>>,
    /// How many indexes there were before this one.
    generation: u64,
    /// How often an index had to be parted with.
    distrusted: u32,
    /// How many batches were saved.
    appends: u64,
    /// Drafts and the like while there is no index to keep them in.
    side_table: SideTable,
    notices: Vec<StoreNotice>,
}

impl IndexHandle {
    /// Opens the index of the data directory `dir`, or a new one when the old cannot be trusted, or none when there is no room for
    /// one.
    pub fn open(dir: &Path, lock: Arc<DirectoryLock>, now: Moment, journals: &Journals) -> Self {
        let mut handle = IndexHandle {
            dir: dir.to_owned(),
            lock,
            now,
            index: None,
            generation: 0,
            distrusted: 0,
            appends: 0,
            side_table: SideTable::default(),
            notices: Vec::new(),
        };
        handle.keep_reserve();
        match open_at(&handle.path()) {
            Ok(index) => handle.index = Some(Arc::new(index)),
            Err(fault) => handle.distrust(fault),
        }
        if handle.query(Index::is_outdated) == Some(true) {
            handle.renew(journals);
        }
        handle.put_side_table_back();
        handle
    }

    /// Returns the directory of the index.
    pub fn path(&self) -> PathBuf {
        self.dir.join("index.sled")
    }

    /// Returns the index, if there is one.
    pub fn index(&self) -> Option<Arc<Index>> {
        self.index.clone()
    }

    /// Returns whether there is an index.
    pub fn is_there(&self) -> bool {
        self.index.is_some()
    }

    /// Returns how many indexes there were before this one: what was made with another generation says nothing of this one.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Returns what happened to the index since this was last called.
    pub fn take_notices(&mut self) -> Vec<StoreNotice> {
        std::mem::take(&mut self.notices)
    }

    /// Hands the index to the kernel and the disk.
    pub fn flush(&mut self) {
        if self.query(|index| index.flush()).is_some() {
            sync_index(&self.path());
        }
    }

    /// Removes what stands in the place of the index while there is no index: nothing uses it, and it may hold words that are to go.
    pub fn remove_unused(&self) {
        if self.index.is_none() {
            let _ = fs::remove_dir_all(self.path());
        }
    }

    /// Parts with an index that another version of the program made, and opens one that is rebuilt from the journals. Nobody
    /// has to know, unless it is the only second copy of something: then it is set aside, and that is told.
    fn renew(&mut self, journals: &Journals) {
        let path = self.path();
        let ends = self.query(Index::ends).unwrap_or_default();
        let missing = ends.into_iter().find(|(room, len)| journals.length(room).is_none_or(|length| length < *len));
        if let Some((room, _)) = missing {
            return self.distrust(IndexFault::Doubt(format!(
                "{room}: its journal has lost entries, and another version made it"
            )));
        }
        self.part();
        let removed = fs::remove_dir_all(&path).map_err(|e| IndexFault::from(sled::Error::Io(e)));
        match removed.and_then(|()| open_at(&path)) {
            Ok(index) => self.index = Some(Arc::new(index)),
            Err(fault) => self.distrust(fault),
        }
    }

    /// Asks the index. None when there is none, or when the answer made it one that is not to be trusted: it was then
    /// replaced, and the caller asks again or reads the journal.
    pub fn query<T>(&mut self, work: impl FnOnce(&Index) -> Result<T, IndexFault>) -> Option<T> {
        match self.index.as_ref()?.ask(work) {
            Ok(answer) => Some(answer),
            Err(fault) => {
                self.distrust(fault);
                None
            }
        }
    }

    /// Parts with an index, and opens one that is rebuilt room by room as they are used.
    pub fn distrust(&mut self, fault: IndexFault) {
        self.part();
        let fault = if self.is_full() { IndexFault::Full } else { fault };
        self.distrusted += u32::from(fault != IndexFault::Full);
        let path = self.path();
        let opened = match fault {
            // What stands at that path is no longer ours to set aside.
            _ if self.distrusted > ENOUGH || self.lock.is_lost() => Err(fault),
            IndexFault::Full => {
                let _ = fs::remove_file(self.dir.join("reserve"));
                open_at(&path)
            }
            IndexFault::Doubt(why) => self.set_aside(&path).and_then(|kept| {
                self.notices.push(StoreNotice::IndexSetAside { kept, why });
                open_at(&path)
            }),
        };
        match opened {
            Ok(index) => {
                self.index = Some(Arc::new(index));
                self.put_side_table_back();
            }
            Err(fault) => {
                let why = match fault {
                    IndexFault::Full => "the disk is full".to_owned(),
                    IndexFault::Doubt(why) => why,
                };
                self.notices.push(StoreNotice::NoIndex { why });
            }
        }
    }

    /// Closes the index, keeping what lay on its side table.
    pub fn part(&mut self) {
        if let Some(index) = self.index.take() {
            self.generation += 1;
            index.part();
            let side_table = open_aside(move || {
                let side_table = index.clear_side_table();
                drop(index);
                Ok(side_table)
            });
            self.side_table.add_older(side_table.unwrap_or_default());
        }
    }

    /// Returns whether there is less room than the index needs. sled tells so only at first; later it fails in other words.
    fn is_full(&self) -> bool {
        rustix::fs::statvfs(&self.dir).is_ok_and(|disk| disk.f_bavail * disk.f_frsize < LEAST)
    }

    /// Once in a while: puts the reserve back that a full disk took, and tries again to have an index.
    pub fn look_after(&mut self, now: Moment) {
        self.now = now;
        self.appends += 1;
        if !self.appends.is_multiple_of(TRY_AGAIN) || self.is_full() {
            return;
        }
        self.keep_reserve();
        if self.index.is_none()
            && self.distrusted <= ENOUGH
            && let Ok(index) = open_at(&self.path())
        {
            self.index = Some(Arc::new(index));
            self.put_side_table_back();
        }
    }

    fn put_side_table_back(&mut self) {
        if self.index.is_some() {
            let waiting = std::mem::take(&mut self.side_table);
            let is_back = waiting.all().all(|(key, value)| self.query(|index| index.put_aside(key, value)).is_some());
            if !is_back {
                // What was put aside meanwhile comes from the index that failed: it is older than what waits.
                self.side_table.add_newer(waiting);
            }
        }
    }

    /// Renames the index at `path` to a dated name; of those kept before only the newest stays.
    fn set_aside(&self, path: &Path) -> Result<String, IndexFault> {
        let wanted = format!("index.sled.set-aside-{}", stamp(self.now));
        let mut name = wanted.clone();
        let mut nth = 1;
        while self.dir.join(&name).exists() {
            nth += 1;
            name = format!("{wanted}-{nth}");
        }
        let kept = self.set_aside_before();
        for old in kept.iter().rev().skip(KEPT - 1) {
            let _ = fs::remove_dir_all(old);
        }
        fs::rename(path, self.dir.join(&name)).map_err(|e| IndexFault::Doubt(e.to_string()))?;
        Ok(name)
    }

    /// Returns the indexes that were set aside, oldest first.
    fn set_aside_before(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.dir).into_iter().flatten().flatten();
        let mut kept: Vec<PathBuf> = entries
            .filter(|entry| entry.file_name().to_string_lossy().starts_with("index.sled.set-aside-"))
            .map(|entry| entry.path())
            .collect();
        kept.sort();
        kept
    }

    /// Whether an index was set aside by a version of the program that kept words under no key: it may hold any that went since.
    pub fn has_copies_in_the_clear(&self) -> bool {
        self.set_aside_before().iter().any(|dir| dir.is_dir() && !dir.join("keys").exists())
    }

    /// Keeps a few megabytes of the disk for a bad day.
    fn keep_reserve(&self) {
        let path = self.dir.join("reserve");
        if fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_file() && meta.len() == RESERVE as u64) {
            return;
        }
        if regular::write(&path, &vec![0; RESERVE]).is_err() {
            let _ = fs::remove_file(&path);
        }
    }
}

impl SideEntries for IndexHandle {
    fn put_entry(&mut self, key: Vec<u8>, value: &[u8]) {
        // At the first failure the index is replaced, and its side table with it.
        for _ in 0..2 {
            if self.query(|index| index.put_aside(&key, value)).is_some() {
                return;
            }
        }
        self.side_table.put_entry(key, value);
    }

    fn entries_under(&mut self, prefix: &[u8]) -> Vec<SideEntry> {
        for _ in 0..2 {
            if let Some(found) = self.query(|index| index.aside(prefix)) {
                return found;
            }
        }
        self.side_table.entries_under(prefix)
    }
}

impl Drop for IndexHandle {
    fn drop(&mut self) {
        if let Some(index) = self.index.take() {
            let _ = open_aside(move || {
                drop(index);
                Ok(())
            });
        }
    }
}

/// Opens the index at `path`. Removes what a killed sled leaves half-written, and nothing else.
fn open_at(path: &Path) -> Result<Index, IndexFault> {
    let io = |e: std::io::Error| IndexFault::from(sled::Error::Io(e));
    check_is_own(path)?;
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(io)?;
    for entry in fs::read_dir(path).map_err(io)?.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if entry.file_type().is_ok_and(|kind| !kind.is_dir())
            && let Some(odd) = entry.metadata().ok().as_ref().and_then(regular::oddity)
        {
            return Err(IndexFault::Doubt(format!("{name}: {odd}")));
        }
        if name.starts_with("snap.") && name.ends_with(".generating") {
            let _ = fs::remove_file(entry.path());
        }
    }
    let deadline = Instant::now() + LOCK_PATIENCE;
    let index = loop {
        match Index::open(path) {
            Err(IndexFault::Doubt(why)) if why.contains("lock") && Instant::now() < deadline => {
                thread::park_timeout(Duration::from_millis(10));
            }
            other => break other?,
        }
    };
    close_to_others(path);
    Ok(index)
}

/// Returns a fault when something else than a directory of this user's stands where the index belongs: sled would follow a link.
fn check_is_own(path: &Path) -> Result<(), IndexFault> {
    let Ok(meta) = fs::symlink_metadata(path) else { return Ok(()) };
    match regular::oddity(&meta) {
        Some(Odd::Directory) if meta.uid() == rustix::process::geteuid().as_raw() => Ok(()),
        Some(Odd::Directory) => Err(IndexFault::Doubt(Odd::Foreign(meta.uid()).to_string())),
        Some(odd) => Err(IndexFault::Doubt(odd.to_string())),
        None => Err(IndexFault::Doubt("it is a file, not a directory".to_owned())),
    }
}

/// Makes what sled wrote to its file, and the keys beside it, lasting; sled's own flush does not.
pub(in crate::store) fn sync_index(path: &Path) {
    for name in ["db", "keys"] {
        if let Ok(file) = File::open(path.join(name)) {
            let _ = file.sync_data();
        }
    }
    close_to_others(path);
}

/// sled makes its files readable to everybody. Nobody else can enter the directory, but a copy of it may end elsewhere.
fn close_to_others(path: &Path) {
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let _ = fs::set_permissions(entry.path(), Permissions::from_mode(if is_dir { 0o700 } else { 0o600 }));
        if is_dir {
            close_to_others(&entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RoomId;
    use crate::store::journal::disk::FileSystem;

    fn open_in(dir: &Path) -> IndexHandle {
        let lock = Arc::new(DirectoryLock::take(dir, Duration::ZERO).expect("free"));
        let journals = Journals::new(dir, Arc::new(FileSystem), Vec::new());
        IndexHandle::open(dir, lock, Moment::parse("2026-11-21T12:00:00.000+01:00").expect("a moment"), &journals)
    }

    fn room() -> RoomId {
        RoomId::of_year(2026, 14)
    }

    #[test]
    fn an_index_that_is_doubted_is_set_aside_and_its_side_table_is_carried_over() {
        let dir = tempfile::tempdir().expect("a directory");
        let mut handle = open_in(dir.path());
        handle.put_seen(&room(), "Anna", 7);
        handle.distrust(IndexFault::Doubt("a test".to_owned()));
        assert_eq!((handle.generation(), handle.is_there()), (1, true));
        let notices = handle.take_notices();
        assert!(matches!(&notices[..], [StoreNotice::IndexSetAside { why, .. }] if why == "a test"), "{notices:?}");
        assert_eq!(handle.seen(&room(), "Anna"), 7);
        drop(handle);
        assert_eq!(open_in(dir.path()).seen(&room(), "Anna"), 7);
    }

    #[test]
    fn an_index_that_fails_too_often_is_done_without_and_the_side_table_stays() {
        let dir = tempfile::tempdir().expect("a directory");
        let mut handle = open_in(dir.path());
        handle.put_seen(&room(), "Anna", 7);
        for _ in 0..=ENOUGH {
            handle.distrust(IndexFault::Doubt("a test".to_owned()));
        }
        assert!(!handle.is_there());
        assert!(matches!(handle.take_notices().last(), Some(StoreNotice::NoIndex { .. })));
        assert_eq!(handle.seen(&room(), "Anna"), 7);
        handle.put_seen(&room(), "Anna", 8);
        assert_eq!(handle.seen(&room(), "Anna"), 8);
    }

    #[test]
    fn a_panic_in_a_query_replaces_the_index() {
        let dir = tempfile::tempdir().expect("a directory");
        let mut handle = open_in(dir.path());
        assert_eq!(handle.query(|_| -> Result<(), IndexFault> { panic!("as sled does") }), None);
        assert_eq!((handle.generation(), handle.query(|index| index.rooms())), (1, Some(Vec::new())));
    }
}
