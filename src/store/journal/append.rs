//! The journals of a data directory, and appending to them: one sync for each file, and nothing is left of a batch that fails.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::process::{Resource, getrlimit};

use super::disk::{Disk, JournalFile};
use super::encode::{EncodeError, encode};
use super::file::{UNSYNCED, cut};
use super::line::StoredLine;
use super::salt::Salts;
use super::scan::first_event_id;
use super::walk::JournalEnd;
use crate::domain::id::{EventId, RoomId};
use crate::domain::record::Record;
use crate::regular::{self, Links};
use crate::store::error::StoreError;

/// How many journals stay open, where the system lets the process open enough files: an eighth of the usual limit
/// of 1,024.
const OPEN_FILES: usize = 128;

/// So many may be open under any limit. A guess: an incident or two at a time.
pub(in crate::store) const FEW_FILES: usize = 4;

/// Returns how many journals stay open: at most an eighth of the files that the process may have open, at least a few.
pub fn open_files() -> usize {
    let limit = getrlimit(Resource::Nofile).current.and_then(|limit| usize::try_from(limit).ok());
    limit.map_or(OPEN_FILES, |limit| (limit / 8).clamp(FEW_FILES, OPEN_FILES))
}

/// What a batch adds to one journal.
pub(in crate::store) struct Addition {
    bytes: Vec<u8>,
    /// The lines of `bytes`, for the index.
    pub lines: Vec<StoredLine>,
    before: JournalEnd,
    pub after: JournalEnd,
    /// Whether the journal is made by it.
    pub is_new: bool,
}

impl Addition {
    /// Returns nothing yet, for a journal that goes as far as `before`.
    pub fn after(before: JournalEnd, is_new: bool) -> Self {
        Addition { bytes: Vec::new(), lines: Vec::new(), before, after: before, is_new }
    }

    /// Adds `record` as the next line; `left` more follow in the same append.
    pub fn push(&mut self, record: &Record, left: u32, salts: &mut dyn Salts) -> Result<(), EncodeError> {
        let line = encode(record, left, self.after.head, salts)?;
        self.bytes.extend_from_slice(&line.bytes);
        self.bytes.push(b'\n');
        self.after = JournalEnd { len: self.before.len + self.bytes.len() as u64, seq: record.seq, head: line.hash };
        self.lines.push(StoredLine { seq: record.seq, id: record.id, at: record.at, bytes: line.bytes });
        Ok(())
    }
}

/// The journals of a data directory: where they are, which of them are open, and which end in something that nobody was told of.
pub(in crate::store) struct Journals {
    /// The directory of the rooms.
    dir: PathBuf,
    disk: Arc<dyn Disk>,
    /// The journals that are open for appending.
    open: HashMap<RoomId, Box<dyn JournalFile>>,
    /// The journals that still end with a batch that failed, and how far they went before it.
    doubtful: HashMap<RoomId, JournalEnd>,
    /// Directories in which the names that lead to the journals may not be lasting yet.
    unsynced_dirs: Vec<PathBuf>,
}

impl Journals {
    /// Returns the journals in the data directory `data`. `unsynced_dirs` are synced with the first append.
    pub fn new(data: &Path, disk: Arc<dyn Disk>, unsynced_dirs: Vec<PathBuf>) -> Self {
        let dir = data.join("rooms");
        Journals { dir, disk, open: HashMap::new(), doubtful: HashMap::new(), unsynced_dirs }
    }

    /// Returns the directory of the rooms.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Returns where they are written.
    pub fn disk(&self) -> &Arc<dyn Disk> {
        &self.disk
    }

    /// Returns the path of the journal of `room`.
    pub fn path(&self, room: &RoomId) -> PathBuf {
        self.dir.join(format!("{room}.jsonl"))
    }

    /// Returns the rooms that have a journal, in the order of their names.
    ///
    /// # Errors
    /// When the directory cannot be read.
    pub fn list_rooms(&self) -> Result<Vec<RoomId>, StoreError> {
        let fail = |e| StoreError::io("listing the rooms", &self.dir, e);
        let mut rooms = Vec::new();
        for entry in fs::read_dir(&self.dir).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let name = entry.file_name();
            let room = name.to_str().and_then(|name| name.strip_suffix(".jsonl")).and_then(|name| name.parse().ok());
            // An empty journal is an opening that was never confirmed. What is no file at all is told of when it is read.
            if let Some(room) = room
                && entry.metadata().is_ok_and(|meta| meta.len() > 0 || !meta.is_file())
            {
                rooms.push(room);
            }
        }
        rooms.sort();
        Ok(rooms)
    }

    /// Returns how long the journal of `room` is, in bytes; none when there is none.
    pub fn length(&self, room: &RoomId) -> Option<u64> {
        fs::symlink_metadata(self.path(room)).ok().map(|meta| meta.len())
    }

    /// Returns whether there is anything in the place of the journal of `room`.
    ///
    /// # Errors
    /// When that cannot be said.
    pub fn is_there(&self, room: &RoomId) -> Result<bool, StoreError> {
        let path = self.path(room);
        match fs::symlink_metadata(&path) {
            // What is no file is told of when it is read.
            Ok(meta) => Ok(meta.len() > 0 || !meta.is_file()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(e) => Err(StoreError::io("reading the journal", &path, e)),
        }
    }

    /// Returns whether there is no entry in the place of the journal of `room`: no file, or an empty one.
    pub fn is_bare(&self, room: &RoomId) -> bool {
        match fs::symlink_metadata(self.path(room)) {
            Ok(meta) => meta.is_file() && meta.len() == 0,
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        }
    }

    /// Returns whether the journal of `room` can be opened.
    pub fn is_readable(&self, room: &RoomId) -> bool {
        regular::open_to_read(&self.path(room), Links::Refuse).is_ok()
    }

    /// Returns the id of the first event of `room`; none when it cannot be read.
    pub fn first_event_id(&self, room: &RoomId) -> Option<EventId> {
        first_event_id(&self.path(room))
    }

    /// Makes an empty file `name` beside the journals, which is lasting when this returns.
    pub fn put_marker(&self, name: &str) -> Result<(), StoreError> {
        let marker = self.dir.join(name);
        self.disk.open(&marker).map_err(|e| StoreError::io("beginning a redaction", &marker, e))?;
        self.disk.sync_dir(&self.dir).map_err(|e| StoreError::sync(&self.dir, e))
    }

    /// Closes the journal of `room`. Before another takes its place, and before it is checked.
    pub fn close(&mut self, room: &RoomId) {
        self.open.remove(room);
    }

    /// Appends to each journal what the batch adds to it. When this returns an error, nothing of it is left, or the room is doubtful: see
    /// [`Journals::settle`].
    pub fn append(&mut self, additions: &BTreeMap<&RoomId, Addition>) -> Result<(), StoreError> {
        let mut reached = 0;
        let result = self.write(additions, &mut reached);
        if result.is_err() {
            self.take_back(additions, reached);
        } else {
            self.close_some();
        }
        result
    }

    fn write(&mut self, additions: &BTreeMap<&RoomId, Addition>, reached: &mut usize) -> Result<(), StoreError> {
        for (room, addition) in additions {
            *reached += 1;
            let path = self.path(room);
            if !self.open.contains_key(*room) {
                let file = self.disk.open(&path).map_err(|e| StoreError::io("opening the journal", &path, e))?;
                self.open.insert((*room).clone(), file);
            }
            let Some(file) = self.open.get_mut(*room) else { continue };
            let mut parts = addition.bytes.chunks(UNSYNCED).peekable();
            while let Some(part) = parts.next() {
                file.append(part).map_err(|e| StoreError::io("writing the journal", &path, e))?;
                if parts.peek().is_some() {
                    file.sync().map_err(|e| StoreError::sync(&path, e))?;
                }
            }
        }
        // All is written before the first sync: a disk takes several files in about the time of one.
        for (room, addition) in additions {
            let path = self.path(room);
            if let Some(file) = self.open.get_mut(*room) {
                file.sync().map_err(|e| StoreError::sync(&path, e))?;
            }
            if addition.is_new {
                self.disk.sync_dir(&self.dir).map_err(|e| StoreError::sync(&self.dir, e))?;
            }
        }
        // A name is only as lasting as the names that lead to it. Once in each run is enough: the process that made them may have
        // died before they were synced.
        while let Some(dir) = self.unsynced_dirs.last() {
            self.disk.sync_dir(dir).map_err(|e| StoreError::sync(dir, e))?;
            self.unsynced_dirs.pop();
        }
        Ok(())
    }

    /// Takes a failed batch off the journals again, of which the first `reached` may have some of it.
    fn take_back(&mut self, additions: &BTreeMap<&RoomId, Addition>, reached: usize) {
        for (nth, (room, addition)) in additions.iter().enumerate() {
            let file = self.open.remove(*room);
            if addition.is_new && nth >= reached {
                continue;
            }
            let is_taken_back = match file {
                Some(mut file) => file.cut(addition.before.len).and_then(|()| file.sync()).is_ok(),
                None => true,
            };
            let is_gone = addition.is_new && fs::remove_file(self.path(room)).is_ok();
            if !is_taken_back && !is_gone {
                self.doubtful.insert((*room).clone(), addition.before);
            }
        }
    }

    /// Takes off the journal of `room` what a failed batch left there, when that could not be done at once. Nobody was told of it, and
    /// a later sync would confirm it without writing it: what the kernel gave up on once it does not try again.
    ///
    /// # Errors
    /// When it cannot be done now either: how far the room goes, and why nothing can be saved in it.
    pub fn settle(&mut self, room: &RoomId) -> Result<(), (JournalEnd, StoreError)> {
        let Some(end) = self.doubtful.get(room).copied() else { return Ok(()) };
        cut(&*self.disk, &self.path(room), end.len).map_err(|failure| (end, failure))?;
        self.doubtful.remove(room);
        Ok(())
    }

    /// Keeps the number of open files small, however many rooms are in use.
    fn close_some(&mut self) {
        // The limit is asked for only when it may matter.
        if self.open.len() > FEW_FILES && self.open.len() > open_files() {
            self.open.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::journal::disk::FileSystem;
    use crate::store::journal::walk::last_line;
    use crate::store::tests::{note, options};

    fn journals(dir: &Path) -> Journals {
        fs::create_dir(dir.join("rooms")).expect("made");
        Journals::new(dir, Arc::new(FileSystem), vec![dir.to_owned()])
    }

    fn room() -> RoomId {
        RoomId::of_year(2026, 14)
    }

    fn addition(before: JournalEnd, is_new: bool, upto: u64) -> Addition {
        let mut salts = options().salts;
        let mut addition = Addition::after(before, is_new);
        for seq in before.seq + 1..=upto {
            let left = u32::try_from(upto - seq).expect("few");
            addition.push(&note(seq, "some words"), left, &mut *salts).expect("written");
        }
        addition
    }

    #[test]
    fn what_is_appended_is_in_the_file_and_the_room_is_listed() {
        let dir = tempfile::tempdir().expect("a directory");
        let mut journals = journals(dir.path());
        assert!(!journals.is_there(&room()).expect("said") && journals.is_bare(&room()));
        let room = room();
        let first = addition(JournalEnd::NOTHING, true, 2);
        let end = first.after;
        journals.append(&BTreeMap::from([(&room, first)])).expect("saved");
        assert_eq!(
            (journals.list_rooms().expect("listed"), journals.length(&room)),
            (vec![room.clone()], Some(end.len))
        );
        journals.close(&room);
        let second = addition(end, false, 5);
        let (after, line) = (second.after, second.lines[2].bytes.clone());
        journals.append(&BTreeMap::from([(&room, second)])).expect("saved");
        assert_eq!(last_line(&journals.path(&room), after.len).expect("read"), Some(line));
        assert_eq!(journals.first_event_id(&room), Some(note(1, "").id));
    }

    #[test]
    fn a_batch_that_fails_leaves_nothing_in_any_journal() {
        let dir = tempfile::tempdir().expect("a directory");
        let mut journals = journals(dir.path());
        let (room, other, odd) = (room(), RoomId::of_year(2026, 15), RoomId::of_year(2026, 16));
        let first = addition(JournalEnd::NOTHING, true, 2);
        let end = first.after;
        journals.append(&BTreeMap::from([(&room, first)])).expect("saved");
        fs::create_dir(journals.path(&odd)).expect("made");
        let batch = BTreeMap::from([
            (&room, addition(end, false, 3)),
            (&other, addition(JournalEnd::NOTHING, true, 1)),
            (&odd, addition(JournalEnd::NOTHING, true, 1)),
        ]);
        let error = journals.append(&batch).expect_err("a directory is in the way");
        assert!(matches!(error, StoreError::Odd { .. }), "{error}");
        assert_eq!((journals.length(&room), journals.length(&other)), (Some(end.len), None));
        assert!(journals.settle(&room).is_ok());
    }
}
