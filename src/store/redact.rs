//! Redacting: a person's words leave every file, and the chain stays as it was.
//!
//! A redaction is a record in the journal, and work on the disk that follows from it. Before the record is written, a marker beside
//! the journal (`2026-014.redacting`) says that there will be work, and when nothing holds the words any more the marker goes.
//! The next host to open the store finds the marker and does the work from the beginning; each step can be done twice.
//!
//! 1. The journal is checked, and mended where it has to be, while the index can still help.
//! 2. The index: everything that it ever had of the room becomes unreadable ([`super::index::Index::forget_words`]).
//! 3. The journal is written again without the words, line by line, beside the old one; it is synced and takes its place.
//! 4. Copies: indexes that were set aside, journals that were kept because they were damaged, what a pipe keeps of what it read.
//! 5. The index is brought up to the journal again.
//!
//! All of this can take seconds for a long room, and is done on another thread ([`super::prepare`]). Only that room waits.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io};

use super::check::{Check, CheckStopped, Checked};
use super::error::StoreError;
use super::index::JournalExtent;
use super::index::sync::bring_up;
use super::journal::append::Journals;
use super::journal::copies::WordCopies;
use super::journal::file::Replacement;
use super::journal::redact::{Redactions, words_of, write_without_words};
use super::side_table::may_stay;
use crate::domain::id::RoomId;

/// How long after a redaction could not be done it is tried again. A guess: a disk that is full stays so for a while.
const TRY_AGAIN: Duration = Duration::from_secs(5);

/// A redaction that took longer than this is followed by as long a pause in which the room can be used, even if more words have to be
/// redacted there: nobody can keep a long room closed to the others by redacting one entry after the other. A second is as long as
/// people wait without asking why (a guess).
const LONG: Duration = Duration::from_secs(1);
/// However long it took, the pause is no longer than this: words that are to go are to go soon. A guess.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// The work that follows from a redaction. See the module.
pub(super) struct Redaction {
    pub check: Check,
    pub marker: PathBuf,
    pub copies: WordCopies,
}

impl Redaction {
    /// Does the work.
    pub fn run(self) -> Result<Checked, CheckStopped> {
        let Redaction { check, marker, copies } = self;
        let (room, path) = (check.room.clone(), check.path.clone());
        let (disk, index, cancel) = (check.disk.clone(), check.index.clone(), check.cancel.clone());
        let mut checked = check.run()?;
        if let Some(fault) = checked.fault.take() {
            return Err(CheckStopped::Doubted(fault));
        }
        if let Some(failure) = checked.room_state.unsettled.take() {
            return Err(CheckStopped::Failed(failure));
        }
        if checked.room_state.end.seq > 0 {
            // The check read all of it, because it was told not to trust the end.
            let redactions = std::mem::take(&mut checked.redactions);
            let targets = redactions.all_targets();
            let gone = words_of(&path, &targets)?;
            if let Some(index) = &index {
                let keep = &mut |key: &[u8], value: &[u8]| may_stay(key, value, &gone);
                index.ask(|index| index.forget_words(&room, keep)).map_err(CheckStopped::Doubted)?;
            }
            if !redactions.unfinished().is_empty() {
                let mut replacement = Replacement::begin(&*disk, &path)?;
                write_without_words(&path, &targets, checked.room_state.end, &mut replacement)?;
                let len = replacement.commit()?;
                checked.room_state.end.len = len;
            }
            copies.remove(&*disk, &gone)?;
            if let Some(index) = &index {
                let known = JournalExtent { end: checked.room_state.end, lost: checked.room_state.lost.clone() };
                let brought_up = index.ask(|index| bring_up(index, &room, &path, &known, &cancel));
                checked.room_state.indexed = brought_up.is_ok();
                checked.fault = brought_up.err();
            }
        }
        checked.redactions = Redactions::default();
        // Should it come back with a power cut, all of this is done once more.
        match fs::remove_file(&marker) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => {
                Err(StoreError::io("finishing a redaction", &marker, e).into())
            }
            _ => Ok(checked),
        }
    }
}

/// The rooms from which words have to go.
#[derive(Default)]
pub(super) struct PendingRedactions {
    rooms: BTreeSet<RoomId>,
    /// Why it could not be done, and when that was.
    failed: BTreeMap<RoomId, (StoreError, Instant)>,
    /// How often each room was redacted in this run: what somebody read of it before says nothing of it now.
    times: BTreeMap<RoomId, u64>,
    /// When what is going on was begun, and until when rooms are left alone after what took long.
    begun: BTreeMap<RoomId, Instant>,
    paused: BTreeMap<RoomId, Instant>,
}

/// Returns the name of the marker of `room`.
fn marker_of(room: &RoomId) -> String {
    format!("{room}{MARKER}")
}

impl PendingRedactions {
    /// Returns what a host that died left undone in the directory `rooms`.
    pub fn find(rooms: &Path) -> Self {
        let names = fs::read_dir(rooms).into_iter().flatten().flatten().map(|entry| entry.file_name());
        let room = |name: &str| name.strip_suffix(MARKER)?.parse().ok();
        PendingRedactions {
            rooms: names.filter_map(|name| room(name.to_str()?)).collect(),
            ..PendingRedactions::default()
        }
    }

    /// Makes sure, before an entry is recorded that says words of `room` are to go, that they will go even if this process dies.
    pub fn mark(&mut self, room: &RoomId, journals: &Journals) -> Result<(), StoreError> {
        journals.put_marker(&marker_of(room))?;
        self.rooms.insert(room.clone());
        Ok(())
    }

    /// Notes that words of `room` are to go that an older version, or a copy that was put back, left there.
    pub fn add(&mut self, room: &RoomId) {
        if self.rooms.insert(room.clone()) {
            self.failed.remove(room);
        }
    }

    /// Returns whether words have to go from `room`.
    pub fn contains(&self, room: &RoomId) -> bool {
        self.rooms.contains(room)
    }

    /// Returns whether words have to go from `room` and it is time to try that.
    pub fn is_due(&self, room: &RoomId) -> bool {
        self.rooms.contains(room)
            && self.failed.get(room).is_none_or(|(_, since)| since.elapsed() >= TRY_AGAIN)
            && self.paused.get(room).is_none_or(|until| Instant::now() >= *until)
    }

    /// Returns the rooms for which it is time to try.
    pub fn due(&self) -> Vec<RoomId> {
        self.rooms.iter().filter(|room| self.is_due(room)).cloned().collect()
    }

    /// Returns whether words have to go from `room` later, and nothing has failed.
    pub fn is_put_off(&self, room: &RoomId) -> bool {
        self.rooms.contains(room) && !self.failed.contains_key(room)
    }

    /// Returns why words that are to go from `room` are still there.
    pub fn failure(&self, room: &RoomId) -> Option<&StoreError> {
        self.rooms.get(room).and_then(|room| self.failed.get(room)).map(|(error, _)| error)
    }

    /// Returns how often words went from `room`. A view, and what was found with it, is of the room as it was before or after.
    pub fn times(&self, room: &RoomId) -> u64 {
        self.times.get(room).copied().unwrap_or(0)
    }

    /// Notes that the work on `room` begins, and returns the marker that it has to remove.
    pub fn begin(&mut self, room: &RoomId, rooms: &Path) -> PathBuf {
        *self.times.entry(room.clone()).or_default() += 1;
        self.begun.insert(room.clone(), Instant::now());
        rooms.join(marker_of(room))
    }

    /// Notes what came of the work on `room`.
    pub fn finish(&mut self, room: &RoomId, done: Result<(), StoreError>) {
        let took = self.begun.remove(room).map_or(Duration::ZERO, |begun| begun.elapsed());
        self.put_off(room, (took > LONG).then(|| Instant::now() + took.min(LONGEST_PAUSE)));
        match done {
            Ok(()) => {
                self.rooms.remove(room);
                self.failed.remove(room);
            }
            Err(error) => {
                tracing::error!(%room, %error, "words that are to go are still there");
                self.failed.insert(room.clone(), (error, Instant::now()));
            }
        }
    }

    /// Leaves `room` alone until then.
    pub fn put_off(&mut self, room: &RoomId, until: Option<Instant>) {
        self.paused.remove(room);
        self.paused.extend(until.map(|until| (room.clone(), until)));
    }
}

/// How the name of a marker ends.
const MARKER: &str = ".redacting";

/// For tests and benches that look at the index alone.
#[cfg(test)]
pub(super) fn is_marked(dir: &Path, room: &RoomId) -> bool {
    dir.join("rooms").join(format!("{room}{MARKER}")).exists()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::store::journal::disk::FileSystem;
    use crate::store::tests::room;

    #[test]
    fn a_marker_outlives_the_process_and_a_failure_is_told_until_it_is_mended() {
        let dir = tempfile::tempdir().expect("a directory");
        let rooms = dir.path().join("rooms");
        fs::create_dir(&rooms).expect("made");
        let journals = Journals::new(dir.path(), Arc::new(FileSystem), Vec::new());
        PendingRedactions::default().mark(&room(), &journals).expect("marked");
        let mut pending = PendingRedactions::find(&rooms);
        assert!(is_marked(dir.path(), &room()) && pending.is_due(&room()) && pending.is_put_off(&room()));
        let marker = pending.begin(&room(), &rooms);
        assert!(marker.exists());
        pending.finish(&room(), Err(StoreError::NoSuchRoom(room())));
        assert!(pending.failure(&room()).is_some() && !pending.is_due(&room()), "it is tried again later");
        pending.finish(&room(), Ok(()));
        assert!(!pending.contains(&room()) && pending.failure(&room()).is_none());
        assert_eq!((pending.times(&room()), pending.due()), (1, Vec::new()));
    }

    #[test]
    fn a_room_that_was_closed_for_long_is_left_alone_for_a_while() {
        let mut pending = PendingRedactions::default();
        pending.add(&room());
        pending.put_off(&room(), Some(Instant::now() + LONGEST_PAUSE));
        assert!(pending.is_put_off(&room()) && pending.due().is_empty());
        pending.put_off(&room(), None);
        assert_eq!(pending.due(), [room()]);
    }
}
