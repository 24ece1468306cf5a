//! The store that keeps a journal for each room, which is the truth, and an index beside them; what is wrong with either is
//! repaired from the other.

mod append;
mod door;
mod load;
mod prepare;
mod read;
mod redact;
mod rooms;
mod verify;

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

#[cfg(test)]
use super::contract::Store;
use super::error::StoreError;
use super::index::health::IndexHandle;
use super::index::{Index, IndexFault};
use super::journal::append::Journals;
use super::journal::disk::{Disk, FileSystem};
use super::journal::kept_file::{KeptFile, KeptFiles, KeptReason};
use super::journal::salt::Salts;
use super::journal::salvage::kept_in;
use super::journal::scan::CancelFlag;
use super::journal::spans::Spans;
use super::lock::DirectoryLock;
use super::notice::StoreNotice;
use super::permissions;
use super::prepare::Preparations;
use super::redact::PendingRedactions;
use super::room_state::RoomStates;
use super::side_table::{SideEntries, SideEntry};
use crate::domain::id::RoomId;
use crate::domain::time::Moment;

/// What opening a store needs to be told.
pub struct StoreOptions {
    /// The time, for the names of what is set aside. Later it is taken from the records that are appended.
    pub now: Moment,
    /// How long to wait for another owner to let go of the directory.
    pub patience: Duration,
    /// Where salts come from.
    pub salts: Box<dyn Salts>,
    /// Directories in which pipes keep what they read. Words that are redacted go from there as well.
    pub spools: Vec<PathBuf>,
}

/// A store that is open, and what had to be put right for that.
pub struct Opened {
    pub store: FileStore,
    pub notices: Vec<StoreNotice>,
}

/// The owner of a data directory. One thread uses it; it may be sent to that thread.
pub struct FileStore {
    /// The data directory.
    dir: PathBuf,
    now: Moment,
    salts: Box<dyn Salts>,
    /// Directories in which pipes keep what they read.
    spools: Vec<PathBuf>,
    journals: Journals,
    index: IndexHandle,
    rooms: RoomStates,
    preparations: Preparations,
    redactions: PendingRedactions,
    /// What is kept beside the journals.
    kept: KeptFiles,
    notices: Vec<StoreNotice>,
    /// Ends what goes on for this store on other threads.
    cancel: CancelFlag,
    lock: Arc<DirectoryLock>,
}

impl FileStore {
    /// Takes the directory `dir` (made when missing, its owner's alone) and opens what is in it.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another process has it, [`StoreError::Foreign`] when it belongs to another user; otherwise only
    /// when the directory cannot be made or read.
    /// Damage inside is put right and told of in `notices`, never an error.
    pub fn open(dir: &Path, options: StoreOptions) -> Result<Opened, StoreError> {
        FileStore::open_on(dir, options, Arc::new(FileSystem))
    }

    pub(super) fn open_on(dir: &Path, options: StoreOptions, disk: Arc<dyn Disk>) -> Result<Opened, StoreError> {
        let StoreOptions { now, patience, salts, spools } = options;
        let rooms = dir.join("rooms");
        let unsynced_dirs = directories_to_sync(dir);
        for path in [dir, &rooms] {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(path)
                .map_err(|source| StoreError::Unusable { path: path.to_owned(), source })?;
        }
        permissions::check_owner(dir)?;
        let lock = Arc::new(DirectoryLock::take(dir, patience)?);
        // Before anything in it is opened.
        let notices = permissions::tighten(dir);
        let journals = Journals::new(dir, disk, unsynced_dirs);
        let mut store = FileStore {
            dir: dir.to_owned(),
            now,
            salts,
            spools,
            index: IndexHandle::open(dir, Arc::clone(&lock), now, &journals),
            rooms: RoomStates::default(),
            preparations: Preparations::default(),
            redactions: PendingRedactions::find(&rooms),
            // A directory that cannot be read is told of when a journal is read.
            kept: KeptFiles::new(&rooms, kept_in(dir).unwrap_or_default()),
            notices,
            cancel: CancelFlag::default(),
            journals,
            lock,
        };
        store.tell_of_kept();
        store.note_index_change();
        store.restore_missing()?;
        let notices = store.take_notices();
        Ok(Opened { store, notices })
    }

    /// Returns every room there is, in the order of their names; also those of which nothing is left but what is kept.
    ///
    /// # Errors
    /// When the directory cannot be read.
    pub fn list_rooms(&self) -> Result<Vec<RoomId>, StoreError> {
        let mut rooms = self.journals.list_rooms()?;
        rooms.extend(self.to_be_dealt_with().map(|kept| kept.room.clone()));
        rooms.sort();
        rooms.dedup();
        Ok(rooms)
    }

    /// Returns how long the journal of `room` is, in bytes; none when there is none.
    pub fn room_size(&self, room: &RoomId) -> Option<u64> {
        self.journals.length(room)
    }

    /// Whether the journal of `room` can be opened. Where there is no entry, whether nothing is kept of the room either: reading it
    /// then tells that there is none.
    pub fn is_room_readable(&self, room: &RoomId) -> bool {
        if self.journals.is_bare(room) {
            return !self.to_be_dealt_with().any(|kept| kept.room == *room);
        }
        self.journals.is_readable(room)
    }

    /// Returns what had to be put right since this was last asked.
    pub fn take_notices(&mut self) -> Vec<StoreNotice> {
        std::mem::take(&mut self.notices)
    }

    /// Returns entries of `room` that were lost to damage, in order. The timeline has an `EntryLost` in the place of each.
    ///
    /// # Errors
    /// As [`FileStore::load_room`].
    pub fn lost_entries(&mut self, room: &RoomId) -> Result<&Spans, StoreError> {
        Ok(&self.room_state(room)?.lost)
    }

    /// Returns what is kept beside the journals and may hold the only copy of entries, until somebody removes it or moves it away.
    pub fn to_be_dealt_with(&self) -> impl Iterator<Item = &KeptFile> {
        self.kept.to_be_dealt_with()
    }

    /// Tells of what an earlier run kept and nobody has dealt with.
    fn tell_of_kept(&mut self) {
        for kept in self.kept.to_be_dealt_with() {
            let (room, is_cut) = (kept.room.clone(), kept.why == KeptReason::Cut);
            self.notices.push(StoreNotice::Kept { room, kept: kept.name.clone(), is_cut });
        }
    }

    /// Keeps a draft; see [`super::contract::Store::put_draft`].
    pub fn put_draft(&mut self, room: &RoomId, person: &str, slot: &str, draft: &[u8]) {
        SideEntries::put_draft(self, room, person, slot, draft);
        self.query(|index| index.flush());
    }

    /// Whether the data directory was removed or moved away under this store. What is then opened in its place is another's.
    pub fn is_detached(&self) -> bool {
        self.lock.is_lost()
    }

    /// Asks the index; see [`IndexHandle::query`]. What is known of the rooms follows it.
    pub(super) fn query<T>(&mut self, work: impl FnOnce(&Index) -> Result<T, IndexFault>) -> Option<T> {
        let answer = self.index.query(work);
        self.note_index_change();
        answer
    }

    /// Parts with an index that cannot be trusted, and opens another one.
    pub(super) fn distrust(&mut self, fault: IndexFault) {
        self.index.distrust(fault);
        self.note_index_change();
    }

    /// Takes note of what happened to the index: of another one, nothing is known of any room.
    fn note_index_change(&mut self) {
        self.notices.extend(self.index.take_notices());
        self.rooms.follow_index(self.index.generation());
    }

    /// Hands the index to the kernel and the disk. For a host that rests or leaves: the next start then has nothing to
    /// catch up with. Not when the directory is another's by now.
    pub fn flush(&mut self) {
        if self.is_detached() {
            return;
        }
        self.catch_up();
        self.index.flush();
        self.note_index_change();
    }

    /// Does without the index from now on, as when the disk is full.
    #[cfg(test)]
    pub(super) fn part_with_index(&mut self) {
        self.index.part();
        self.note_index_change();
    }

    /// Journals that are gone altogether, while the index still has their rooms, come back from it.
    fn restore_missing(&mut self) -> Result<(), StoreError> {
        let there = self.journals.list_rooms()?;
        for room in self.query(|index| index.rooms()).unwrap_or_default() {
            if there.binary_search(&room).is_err() {
                let room_state = match self.check(&room) {
                    Ok(room_state) => room_state,
                    // One room that cannot be put right keeps nobody from the others.
                    Err(error) => {
                        tracing::error!(%room, %error, "a journal that is gone cannot be put back");
                        continue;
                    }
                };
                if room_state.end.seq > 0 {
                    self.rooms.insert(&room, room_state);
                }
            }
        }
        Ok(())
    }
}

impl SideEntries for FileStore {
    fn put_entry(&mut self, key: Vec<u8>, value: &[u8]) {
        self.index.put_entry(key, value);
        self.note_index_change();
    }

    fn entries_under(&mut self, prefix: &[u8]) -> Vec<SideEntry> {
        let found = self.index.entries_under(prefix);
        self.note_index_change();
        found
    }
}

/// The directories that have to be synced before a journal of the store `dir` can be said to survive a power cut: those in which
/// it and `dir` stand, and further up those that are about to be made with it.
fn directories_to_sync(dir: &Path) -> Vec<PathBuf> {
    let mut all = vec![dir.join("rooms"), dir.to_owned()];
    for made in dir.ancestors() {
        let Some(parent) = made.parent().filter(|parent| !parent.as_os_str().is_empty()) else { break };
        all.push(parent.to_owned());
        if parent.is_dir() {
            break;
        }
    }
    all
}

impl Drop for FileStore {
    fn drop(&mut self) {
        self.flush();
    }
}

#[cfg(test)]
impl dyn Store {
    /// Returns the store of files that this is, for tests that damage it.
    ///
    /// # Panics
    /// When it is another store.
    pub fn file_store(&mut self) -> &mut FileStore {
        self.as_any().downcast_mut().expect("a store of files")
    }
}
