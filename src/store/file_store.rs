//! The store that keeps a journal for each room, which is the truth, and an index beside them; what is wrong with either is
//! repaired from the other.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::append::Append;
use super::error::StoreError;
use super::index::{self, Index, panic_guard};
use super::journal::damaged_opening::OpeningRemains;
use super::journal::disk::{Disk, FileSystem};
use super::journal::kept_file::{KeptFile, KeptReason};
use super::journal::salt::Salts;
use super::journal::salvage::kept_in;
use super::journal::scan::CancelFlag;
use super::journal::spans::Spans;
use super::journal::walk::JournalEnd;
use super::notice::StoreNotice;
use super::prepare::{Prepared, PreparedRoom, Readiness, RoomUse};
use super::read::{PageStart, RecordPage, next_number};
use super::read_view::IndexDoubt;
use super::redact::PendingRedactions;
use super::room_state::RoomState;
use super::side_table::{SideEntries, SideEntry, SideTable};
use super::verify::{Verification, VerifierFindings};
use super::{ReadView, Store, Verifier, lock, permissions};
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::regular::{self, Links};

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
    pub(in crate::store) dir: PathBuf,
    pub(in crate::store) now: Moment,
    pub(in crate::store) salts: Box<dyn Salts>,
    pub(in crate::store) disk: Arc<dyn Disk>,
    pub(in crate::store) room_states: HashMap<RoomId, RoomState>,
    /// None when there is no room for one, or when it failed too often.
    pub(in crate::store) index: Option<Arc<Index>>,
    /// How many indexes there were before this one.
    pub(in crate::store) generation: u64,
    /// How often an index had to be parted with.
    pub(in crate::store) distrusted: u32,
    /// How many batches were saved.
    pub(in crate::store) appends: u64,
    /// Ends what goes on for this store on other threads.
    pub(in crate::store) cancel: CancelFlag,
    /// The journals that still end with a batch that failed, and how far they went before it.
    pub(in crate::store) doubtful: HashMap<RoomId, JournalEnd>,
    /// The rooms in whose journals damage was seen: they are read whole at their next use, however long they are.
    pub(in crate::store) suspects: BTreeSet<RoomId>,
    /// Whether what takes long is refused until it was prepared.
    pub(in crate::store) is_deferring: bool,
    /// The rooms that are being prepared, and how often in a row each was that is not ready.
    pub(in crate::store) preparing: BTreeSet<RoomId>,
    pub(in crate::store) attempts: HashMap<RoomId, u32>,
    /// Drafts and the like while there is no index to keep them in.
    pub(in crate::store) side_table: SideTable,
    /// The rooms from which words have to go.
    pub(in crate::store) pending: PendingRedactions,
    /// What is kept beside the journals.
    pub(in crate::store) kept: Vec<KeptFile>,
    pub(in crate::store) spools: Vec<PathBuf>,
    pub(in crate::store) notices: Vec<StoreNotice>,
    /// Directories in which the names that lead to the journals may not be lasting yet.
    pub(in crate::store) unlasting: Vec<PathBuf>,
    pub(in crate::store) lock: lock::DirectoryLock,
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
        let unlasting = directories_to_sync(dir);
        for path in [dir, &rooms] {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(path)
                .map_err(|source| StoreError::Unusable { path: path.to_owned(), source })?;
        }
        permissions::check_owner(dir)?;
        let lock = lock::DirectoryLock::take(dir, patience)?;
        let mut store = FileStore {
            dir: dir.to_owned(),
            now,
            salts,
            disk,
            room_states: HashMap::new(),
            index: None,
            generation: 0,
            distrusted: 0,
            appends: 0,
            cancel: CancelFlag::default(),
            doubtful: HashMap::new(),
            suspects: BTreeSet::new(),
            is_deferring: false,
            preparing: BTreeSet::new(),
            attempts: HashMap::new(),
            side_table: SideTable::default(),
            pending: PendingRedactions::default(),
            kept: Vec::new(),
            spools,
            notices: permissions::tighten(dir),
            unlasting,
            lock,
        };
        store.find_unfinished_redactions();
        store.find_kept();
        store.open_index();
        store.restore_missing()?;
        let notices = store.take_notices();
        Ok(Opened { store, notices })
    }

    /// Every room there is, in the order of their names; also those of which nothing is left but what is kept.
    ///
    /// # Errors
    /// When the directory cannot be read.
    pub fn list_rooms(&self) -> Result<Vec<RoomId>, StoreError> {
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
    pub fn room_size(&self, room: &RoomId) -> Option<u64> {
        fs::symlink_metadata(self.journal_path(room)).ok().map(|meta| meta.len())
    }

    /// Whether the journal of `room` can be opened. Where there is no entry, whether nothing is kept of the room either: reading it
    /// then tells that there is none.
    pub fn is_room_readable(&self, room: &RoomId) -> bool {
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
    pub fn take_notices(&mut self) -> Vec<StoreNotice> {
        std::mem::take(&mut self.notices)
    }

    /// Entries of `room` that were lost to damage, in order. The timeline has an `EntryLost` in the place of each.
    ///
    /// # Errors
    /// As [`Store::load_room`].
    pub fn lost_entries(&mut self, room: &RoomId) -> Result<&Spans, StoreError> {
        Ok(&self.room_state(room)?.lost)
    }

    /// What is kept beside the journals and may hold the only copy of entries, until somebody removes it or moves it away.
    pub fn to_be_dealt_with(&self) -> impl Iterator<Item = &KeptFile> {
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
            let (room, is_cut) = (kept.room.clone(), kept.why == KeptReason::Cut);
            self.notices.push(StoreNotice::Kept { room, kept: kept.name.clone(), is_cut });
        }
    }

    /// Returns the name for the next room of `year`.
    ///
    /// # Errors
    /// When the rooms cannot be listed.
    pub fn next_room_id(&self, year: i32) -> Result<RoomId, StoreError> {
        Ok(RoomId::of_year(year, next_number(&self.list_rooms()?, &RoomId::of_year(year, 0))))
    }

    /// Returns the name for the next demo room.
    ///
    /// # Errors
    /// When the rooms cannot be listed.
    pub fn next_demo_id(&self) -> Result<RoomId, StoreError> {
        Ok(RoomId::demo(next_number(&self.list_rooms()?, &RoomId::demo(0))))
    }

    /// Keeps a draft; see [`Store::put_draft`].
    pub fn put_draft(&mut self, room: &RoomId, person: &str, slot: &str, draft: &[u8]) {
        SideEntries::put_draft(self, room, person, slot, draft);
        self.query(|index| index.flush());
    }

    pub(super) fn journal_path(&self, room: &RoomId) -> PathBuf {
        self.dir.join("rooms").join(format!("{room}.jsonl"))
    }

    /// Whether the data directory was removed or moved away under this store. What is then opened in its place is another's.
    pub fn is_detached(&self) -> bool {
        self.lock.is_lost()
    }

    /// Hands the index to the kernel and the disk. For a host that rests or leaves: the next start then has nothing to
    /// catch up with. Not when the directory is another's by now.
    pub fn flush(&mut self) {
        if self.is_detached() {
            return;
        }
        self.catch_up();
        if self.query(|index| index.flush()).is_some() {
            index::health::sync_index(&self.index_path());
        }
    }

    /// Journals that are gone altogether, while the index still has their rooms, come back from it.
    fn restore_missing(&mut self) -> Result<(), StoreError> {
        let there = self.rooms_with_journal()?;
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
                    self.room_states.insert(room, room_state);
                }
            }
        }
        Ok(())
    }
}

impl Store for FileStore {
    fn append_batch(&mut self, batch: &[Append]) -> Result<(), StoreError> {
        FileStore::append_batch(self, batch)
    }

    fn catch_up(&mut self) {
        FileStore::catch_up(self);
    }

    fn backlog(&self) -> usize {
        FileStore::backlog(self)
    }

    fn flush(&mut self) {
        FileStore::flush(self);
    }

    fn list_rooms(&self) -> Result<Vec<RoomId>, StoreError> {
        FileStore::list_rooms(self)
    }

    fn next_room_id(&self, year: i32) -> Result<RoomId, StoreError> {
        FileStore::next_room_id(self, year)
    }

    fn next_demo_id(&self) -> Result<RoomId, StoreError> {
        FileStore::next_demo_id(self)
    }

    fn room_size(&self, room: &RoomId) -> Option<u64> {
        FileStore::room_size(self, room)
    }

    fn is_room_readable(&self, room: &RoomId) -> bool {
        FileStore::is_room_readable(self, room)
    }

    fn records(&mut self, room: &RoomId, from: Seq, limit: usize) -> Result<Vec<Record>, StoreError> {
        FileStore::records(self, room, from, limit)
    }

    fn find_event(&mut self, room: &RoomId, id: EventId) -> Result<Option<Seq>, StoreError> {
        FileStore::find_event(self, room, id)
    }

    fn first_event_id(&self, room: &RoomId) -> Option<EventId> {
        FileStore::first_event_id(self, room)
    }

    fn page(
        &mut self,
        room: &RoomId,
        from: PageStart,
        limit: usize,
        moved: &BTreeMap<Seq, Moment>,
        admit: &mut dyn FnMut(&Record) -> bool,
    ) -> Result<RecordPage, StoreError> {
        FileStore::page(self, room, from, limit, moved, admit)
    }

    fn load_room(&mut self, room: &RoomId) -> Result<Room, StoreError> {
        FileStore::load_room(self, room)
    }

    fn save_snapshot(&mut self, room: &Room) {
        FileStore::save_snapshot(self, room);
    }

    fn read_view(&mut self, room: &RoomId) -> Result<Box<dyn ReadView>, StoreError> {
        Ok(Box::new(FileStore::read_view(self, room)?))
    }

    fn report_doubt(&mut self, doubt: IndexDoubt) {
        FileStore::report_doubt(self, doubt);
    }

    fn put_draft(&mut self, room: &RoomId, person: &str, slot: &str, draft: &[u8]) {
        FileStore::put_draft(self, room, person, slot, draft);
    }

    fn drop_draft(&mut self, room: &RoomId, person: &str, slot: &str) {
        SideEntries::put_draft(self, room, person, slot, &[]);
    }

    fn drafts(&mut self, room: &RoomId, person: &str) -> Vec<(String, Vec<u8>)> {
        SideEntries::drafts(self, room, person)
    }

    fn put_seen(&mut self, room: &RoomId, person: &str, seq: Seq) {
        SideEntries::put_seen(self, room, person, seq);
    }

    fn seen(&mut self, room: &RoomId, person: &str) -> Seq {
        SideEntries::seen(self, room, person)
    }

    fn put_summary(&mut self, room: &RoomId, summary: &[u8]) {
        SideEntries::put_summary(self, room, summary);
    }

    fn summaries(&mut self) -> Vec<(RoomId, Vec<u8>)> {
        SideEntries::summaries(self)
    }

    fn redactions_due(&self) -> Vec<RoomId> {
        FileStore::redactions_due(self)
    }

    fn is_redaction_due(&self, room: &RoomId) -> bool {
        FileStore::is_redaction_due(self, room)
    }

    fn has_to_redact(&self, room: &RoomId) -> bool {
        FileStore::has_to_redact(self, room)
    }

    fn is_redaction_put_off(&self, room: &RoomId) -> bool {
        FileStore::is_redaction_put_off(self, room)
    }

    fn failed_redaction(&self, room: &RoomId) -> Option<&StoreError> {
        FileStore::failed_redaction(self, room)
    }

    fn defer_long_work(&mut self) {
        FileStore::defer_long_work(self);
    }

    fn readiness(&mut self, room: &RoomId, wanted: RoomUse) -> Readiness {
        FileStore::readiness(self, room, wanted)
    }

    fn finish_preparation(&mut self, prepared: Prepared) -> PreparedRoom {
        FileStore::finish_preparation(self, prepared)
    }

    fn is_preparing(&self) -> bool {
        FileStore::is_preparing(self)
    }

    fn is_checked(&self, room: &RoomId) -> bool {
        FileStore::is_checked(self, room)
    }

    fn cancel_long_work(&self) {
        FileStore::cancel_long_work(self);
    }

    fn is_long_room(&self, room: &RoomId) -> bool {
        FileStore::is_long_room(self, room)
    }

    fn start_verification(&mut self, room: &RoomId) -> Result<Box<dyn Verifier>, StoreError> {
        Ok(Box::new(FileStore::start_verification(self, room)?))
    }

    fn finish_verification(&mut self, room: &RoomId, findings: VerifierFindings) -> Option<Verification> {
        FileStore::finish_verification(self, room, findings)
    }

    fn salvage_opening(&self, room: &RoomId) -> OpeningRemains {
        FileStore::salvage_opening(self, room)
    }

    fn take_notices(&mut self) -> Vec<StoreNotice> {
        FileStore::take_notices(self)
    }

    fn is_detached(&self) -> bool {
        FileStore::is_detached(self)
    }

    #[cfg(test)]
    fn file_store(&mut self) -> &mut FileStore {
        self
    }
}

impl SideEntries for FileStore {
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
        if let Some(index) = self.index.take() {
            let _ = panic_guard::open_aside(move || {
                drop(index);
                Ok(())
            });
        }
    }
}
