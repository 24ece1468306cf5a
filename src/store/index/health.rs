//! Keeping the index: opening it, distrusting it, setting it aside, doing without it.

use std::fs::{self, DirBuilder, File, Permissions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::panic_guard::open_aside;
use super::{Index, IndexFault};
use crate::regular::{self, Odd};
use crate::store::FileStore;
use crate::store::journal::kept_file::stamp;
use crate::store::notice::StoreNotice;

/// What is kept free for the index: on a full disk it can be opened again only when there is some room.
const RESERVE: usize = 4 << 20;
/// How many distrusted indexes are kept.
const KEPT: usize = 2;
/// An index that is distrusted so often in one run is a disk that fails: the journals serve alone.
const ENOUGH: u32 = 4;
/// sled's own threads let go of its lock a moment after it was dropped.
const LOCK_PATIENCE: Duration = Duration::from_secs(1);
/// With less than this free, whatever the index says is taken for a full disk.
const LEAST: u64 = 1 << 20;
/// After how many appends the index is looked after.
const TRY_AGAIN: u64 = 64;

impl FileStore {
    pub(in crate::store) fn index_path(&self) -> PathBuf {
        self.dir.join("index.sled")
    }

    /// Opens the index, or a new one when the old cannot be trusted, or none when there is no room for one.
    pub(in crate::store) fn open_index(&mut self) {
        self.keep_reserve();
        match open_at(&self.index_path()) {
            Ok(index) => self.index = Some(Arc::new(index)),
            Err(fault) => self.distrust(fault),
        }
        if self.query(Index::is_outdated) == Some(true) {
            self.renew_index();
        }
        self.put_side_table_back();
    }

    /// Parts with an index that another version of the program made, and opens one that is made anew from the journals. Nobody
    /// has to know, unless it is the only second copy of something: then it is set aside, and that is told.
    fn renew_index(&mut self) {
        let path = self.index_path();
        let ends = self.query(Index::ends).unwrap_or_default();
        let missing = ends.into_iter().find(|(room, len)| self.room_size(room).is_none_or(|length| length < *len));
        if let Some((room, _)) = missing {
            return self.distrust(IndexFault::Doubt(format!(
                "{room}: its journal has lost entries, and another version made it"
            )));
        }
        self.part_with_index();
        let removed = fs::remove_dir_all(&path).map_err(|e| IndexFault::from(sled::Error::Io(e)));
        match removed.and_then(|()| open_at(&path)) {
            Ok(index) => self.index = Some(Arc::new(index)),
            Err(fault) => self.distrust(fault),
        }
    }

    /// Asks the index. None when there is none, or when the answer made it one that is not to be trusted: it was then
    /// replaced, and the caller asks again or reads the journal.
    pub(in crate::store) fn query<T>(&mut self, work: impl FnOnce(&Index) -> Result<T, IndexFault>) -> Option<T> {
        match self.index.as_ref()?.ask(work) {
            Ok(answer) => Some(answer),
            Err(fault) => {
                self.distrust(fault);
                None
            }
        }
    }

    /// Parts with an index, and opens one that is rebuilt room by room as they are used.
    pub(in crate::store) fn distrust(&mut self, fault: IndexFault) {
        self.part_with_index();
        let fault = if self.is_full() { IndexFault::Full } else { fault };
        self.distrusted += u32::from(fault != IndexFault::Full);
        let path = self.index_path();
        let opened = match fault {
            // What stands at that path is no longer ours to set aside.
            _ if self.distrusted > ENOUGH || self.is_detached() => Err(fault),
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
    pub(in crate::store) fn part_with_index(&mut self) {
        for room_state in self.room_states.values_mut() {
            room_state.indexed = false;
            room_state.behind.clear();
            // The fold that was kept goes with it.
            room_state.unkept = room_state.end.seq;
        }
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

    /// Whether there is less room than the index needs. sled tells so only at first; later it fails in other words.
    fn is_full(&self) -> bool {
        rustix::fs::statvfs(&self.dir).is_ok_and(|disk| disk.f_bavail * disk.f_frsize < LEAST)
    }

    /// Once in a while: puts the reserve back that a full disk took, and tries again to have an index.
    pub(in crate::store) fn look_after_index(&mut self) {
        self.appends += 1;
        if !self.appends.is_multiple_of(TRY_AGAIN) || self.is_full() {
            return;
        }
        self.keep_reserve();
        if self.index.is_none()
            && self.distrusted <= ENOUGH
            && let Ok(index) = open_at(&self.index_path())
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

    /// The indexes that were set aside, oldest first.
    pub(in crate::store) fn set_aside_before(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.dir).into_iter().flatten().flatten();
        let mut kept: Vec<PathBuf> = entries
            .filter(|entry| entry.file_name().to_string_lossy().starts_with("index.sled.set-aside-"))
            .map(|entry| entry.path())
            .collect();
        kept.sort();
        kept
    }

    /// Whether an index was set aside by a version of the program that kept words under no key: it may hold any that went since.
    pub(in crate::store) fn has_copies_in_the_clear(&self) -> bool {
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

/// Opens the index at `path`. What a killed sled leaves half-written is taken away, and nothing else.
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

/// A fault when something else than a directory of this user's stands where the index belongs: sled would follow a link.
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
