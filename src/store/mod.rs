//! Truth on disk: a journal for every room, an index beside them, and what puts either right from the other.

mod append;
mod chamber;
mod check;
mod codec;
mod copies;
mod desk;
mod error;
mod feed;
mod file;
mod fold;
mod fork;
mod hash;
mod index;
mod journal;
mod keep;
mod kept;
mod legible;
mod lock;
mod medium;
mod mend;
mod opening;
#[cfg(feature = "planted-bugs")]
pub mod planted;
mod prepare;
mod quiet;
mod read;
mod redact;
mod remark;
mod right;
mod salt;
mod spans;
mod survey;
mod tail;
mod verify;
mod view;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub use append::{Append, open_files};
#[cfg(any(test, fuzzing))]
pub use codec::property;
pub use error::{StoreError, reason};
pub use kept::{Keeping, Kept};
pub use legible::{Piece, kept_in, read_kept};
pub use lock::lock_fault;
pub use opening::Remains;
pub use prepare::{Folded, Preparation, Prepared, Readiness, Taken};
pub use read::{From, Page};
pub use remark::Remark;
pub use salt::{KernelSalts, Salts};
pub use spans::Spans;
pub use verify::{Examination, Findings, Verification};
pub use view::{Doubt, Misread, View};

use crate::domain::id::RoomId;
use crate::domain::time::Moment;
use crate::regular::{self, Links};
use chamber::Chamber;
use index::Index;
use journal::End;
use medium::{Disk, Medium};
use redact::Pending;
use survey::Halt;

/// What opening a store needs to be told.
pub struct Options {
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
    pub store: Store,
    pub remarks: Vec<Remark>,
}

/// The owner of a data directory. One thread uses it; it may be sent to that thread.
pub struct Store {
    dir: PathBuf,
    now: Moment,
    salts: Box<dyn Salts>,
    medium: Arc<dyn Medium>,
    chambers: HashMap<RoomId, Chamber>,
    /// None when there is no room for one, or when it failed too often.
    index: Option<Arc<Index>>,
    /// How many indexes there were before this one.
    generation: u64,
    /// How often an index had to be parted with.
    distrusted: u32,
    /// How many batches were saved.
    appends: u64,
    /// Ends what goes on for this store on other threads.
    halt: Halt,
    /// The journals that still end with a batch that failed, and how far they went before it.
    doubtful: HashMap<RoomId, End>,
    /// The rooms in whose journals damage was seen: they are read whole at their next use, however long they are.
    suspects: BTreeSet<RoomId>,
    /// Whether what takes long is refused until it was prepared.
    is_deferring: bool,
    /// The rooms that are being prepared, and how often in a row each was that is not ready.
    preparing: BTreeSet<RoomId>,
    attempts: HashMap<RoomId, u32>,
    /// Drafts and the like while there is no index to keep them in.
    desk: BTreeMap<Vec<u8>, Vec<u8>>,
    /// The rooms from which words have to go.
    pending: Pending,
    /// What is kept beside the journals.
    kept: Vec<Kept>,
    spools: Vec<PathBuf>,
    remarks: Vec<Remark>,
    /// Directories in which the names that lead to the journals may not be lasting yet.
    unlasting: Vec<PathBuf>,
    lock: lock::Lock,
}

impl Store {
    /// Takes the directory `dir` (made when missing, its owner's alone) and opens what is in it.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another process has it, [`StoreError::Foreign`] when it belongs to another user; otherwise only
    /// when the directory cannot be made or read.
    /// Damage inside is put right and told of in `remarks`, never an error.
    pub fn open(dir: &Path, options: Options) -> Result<Opened, StoreError> {
        Store::open_on(dir, options, Arc::new(Disk))
    }

    fn open_on(dir: &Path, options: Options, medium: Arc<dyn Medium>) -> Result<Opened, StoreError> {
        let Options { now, patience, salts, spools } = options;
        let rooms = dir.join("rooms");
        let unlasting = directories_to_sync(dir);
        for path in [dir, &rooms] {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(path)
                .map_err(|source| StoreError::Unusable { path: path.to_owned(), source })?;
        }
        right::check_owner(dir)?;
        let lock = lock::Lock::take(dir, patience)?;
        let mut store = Store {
            dir: dir.to_owned(),
            now,
            salts,
            medium,
            chambers: HashMap::new(),
            index: None,
            generation: 0,
            distrusted: 0,
            appends: 0,
            halt: Halt::default(),
            doubtful: HashMap::new(),
            suspects: BTreeSet::new(),
            is_deferring: false,
            preparing: BTreeSet::new(),
            attempts: HashMap::new(),
            desk: BTreeMap::new(),
            pending: Pending::default(),
            kept: Vec::new(),
            spools,
            remarks: right::tighten(dir),
            unlasting,
            lock,
        };
        store.find_unfinished_redactions();
        store.find_kept();
        store.open_index();
        store.restore_missing()?;
        let remarks = store.take_remarks();
        Ok(Opened { store, remarks })
    }

    /// Every room there is, in the order of their names; also those of which nothing is left but what is kept.
    ///
    /// # Errors
    /// When the directory cannot be read.
    pub fn rooms(&self) -> Result<Vec<RoomId>, StoreError> {
        let mut rooms = self.rooms_with_journal()?;
        rooms.extend(self.to_be_dealt_with().map(|kept| kept.room.clone()));
        rooms.sort();
        rooms.dedup();
        Ok(rooms)
    }

    fn rooms_with_journal(&self) -> Result<Vec<RoomId>, StoreError> {
        let dir = self.dir.join("rooms");
        let fail = |e| StoreError::io("listing the rooms", &dir, e);
        let mut rooms = Vec::new();
        for entry in fs::read_dir(&dir).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let name = entry.file_name();
            let room = name.to_str().and_then(|name| name.strip_suffix(".jsonl")).and_then(|name| name.parse().ok());
            // An empty journal is an opening that was never confirmed. What is no file at all is told of by whoever reads it.
            if let Some(room) = room
                && entry.metadata().is_ok_and(|meta| meta.len() > 0 || !meta.is_file())
            {
                rooms.push(room);
            }
        }
        rooms.sort();
        Ok(rooms)
    }

    /// How long the journal of `room` is, in bytes; none when there is none.
    pub fn length(&self, room: &RoomId) -> Option<u64> {
        fs::symlink_metadata(self.journal_path(room)).ok().map(|meta| meta.len())
    }

    /// Whether the journal of `room` can be opened. Where there is no entry, whether nothing is kept of the room either: reading it
    /// then tells that there is none.
    pub fn is_readable(&self, room: &RoomId) -> bool {
        let is_bare = match fs::symlink_metadata(self.journal_path(room)) {
            Ok(meta) => meta.is_file() && meta.len() == 0,
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        if is_bare {
            return !self.to_be_dealt_with().any(|kept| kept.room == *room);
        }
        regular::open_to_read(&self.journal_path(room), Links::Refuse).is_ok()
    }

    /// What had to be put right since this was last asked.
    pub fn take_remarks(&mut self) -> Vec<Remark> {
        std::mem::take(&mut self.remarks)
    }

    /// Entries of `room` that were lost to damage, in order. The timeline has an `EntryLost` in the place of each.
    ///
    /// # Errors
    /// As [`Store::room`].
    pub fn lost(&mut self, room: &RoomId) -> Result<&Spans, StoreError> {
        Ok(&self.chamber(room)?.lost)
    }

    /// What is kept beside the journals and may hold the only copy of entries, until somebody removes it or moves it away.
    pub fn to_be_dealt_with(&self) -> impl Iterator<Item = &Kept> {
        let rooms = self.dir.join("rooms");
        self.kept
            .iter()
            .filter(move |kept| kept.why.is_to_be_dealt_with() && fs::symlink_metadata(rooms.join(&kept.name)).is_ok())
    }

    /// Takes note of what an earlier run kept, and tells of what nobody has dealt with.
    fn find_kept(&mut self) {
        // Whoever reads a journal is told why the directory cannot be.
        self.kept = kept_in(&self.dir).unwrap_or_default();
        for kept in self.kept.iter().filter(|kept| kept.why.is_to_be_dealt_with()) {
            let (room, is_cut) = (kept.room.clone(), kept.why == Keeping::Cut);
            self.remarks.push(Remark::Kept { room, kept: kept.name.clone(), is_cut });
        }
    }

    fn journal_path(&self, room: &RoomId) -> PathBuf {
        self.dir.join("rooms").join(format!("{room}.jsonl"))
    }

    /// Whether the data directory was removed or moved away under this store. What is then opened in its place is another's.
    pub fn is_homeless(&self) -> bool {
        self.lock.is_lost()
    }

    /// Hands the index to the kernel and the disk. For a host that rests or leaves: the next start then has nothing to
    /// catch up with. Not when the directory is another's by now.
    pub fn rest(&mut self) {
        if self.is_homeless() {
            return;
        }
        self.catch_up();
        if self.query(|index| index.flush()).is_some() {
            keep::sync_index(&self.index_path());
        }
    }

    /// Journals that are gone altogether, while the index still has their rooms, come back from it.
    fn restore_missing(&mut self) -> Result<(), StoreError> {
        let there = self.rooms_with_journal()?;
        for room in self.query(|index| index.rooms()).unwrap_or_default() {
            if there.binary_search(&room).is_err() {
                let chamber = match self.check(&room) {
                    Ok(chamber) => chamber,
                    // One room that cannot be put right keeps nobody from the others.
                    Err(error) => {
                        tracing::error!(%room, %error, "a journal that is gone cannot be put back");
                        continue;
                    }
                };
                if chamber.end.seq > 0 {
                    self.chambers.insert(room, chamber);
                }
            }
        }
        Ok(())
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

impl Drop for Store {
    fn drop(&mut self) {
        self.rest();
        if let Some(index) = self.index.take() {
            let _ = quiet::open_aside(move || {
                drop(index);
                Ok(())
            });
        }
    }
}

#[cfg(test)]
mod tests;
