//! Redacting: a person's words leave every file, and the chain stays as it was.
//!
//! A redaction is a record in the journal, and work on the disk that follows from it. Before the record is written, a marker beside
//! the journal (`2026-014.redacting`) says that there will be work, and when nothing holds the words any more the marker goes.
//! Whoever opens the store next finds the marker and does the work from the beginning; each step can be done twice.
//!
//! 1. The journal is checked, and mended where it has to be, while the index can still help.
//! 2. The index: everything that it ever had of the room becomes unreadable ([`super::index::Index::forget_words`]).
//! 3. The journal is written anew without the words, line by line, beside the old one; it is synced and takes its place.
//! 4. Copies: indexes that were set aside, journals that were kept because they were damaged, what a pipe keeps of what it read.
//! 5. The index is brought up to the journal again.
//!
//! All of this can take seconds for a long room, and is done on another thread ([`super::prepare`]). Only that room waits.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io};

use super::FileStore;
use super::append::Append;
use super::check::{Check, CheckStopped, Checked};
use super::error::StoreError;
use super::index::sync::bring_up;
use super::index::{IndexFault, JournalExtent};
use super::journal::copies::WordCopies;
use super::journal::file::Replacement;
use super::journal::line::{self, SoundLine};
use super::journal::redacted_words::RedactedWords;
use super::journal::salt::KernelSalts;
use super::journal::walk::{self, JournalEnd};
use super::side_table::may_stay;
use crate::domain::event::Event;
use crate::domain::id::{RoomId, Seq};

/// How long after a redaction could not be done it is tried again. A guess: a disk that is full stays so for a while.
const TRY_AGAIN: Duration = Duration::from_secs(5);

/// A redaction that took longer than this is followed by as long a pause in which the room can be used, whatever else is to be
/// redacted there: nobody can keep a long room closed to the others by redacting one entry after the other. A second is as long as
/// people wait without asking why (a guess).
const LONG: Duration = Duration::from_secs(1);
/// However long it took, the pause is no longer than this: words that are to go are to go soon. A guess.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What the lines of a journal say about redactions.
#[derive(Debug, Default)]
pub(super) struct Redactions {
    /// Entries of which words are gone.
    gone: BTreeSet<Seq>,
    /// Entries that have no words, or none any more, in order.
    wordless: Vec<Seq>,
    /// Entries whose words are to go.
    targets: BTreeSet<Seq>,
    /// Later wording → the entry it is of.
    amendments: BTreeMap<Seq, Seq>,
}

impl Redactions {
    /// Takes in the next line.
    pub fn take(&mut self, line: &SoundLine<'_>) {
        if line.is_redacted() {
            self.gone.insert(line.seq());
        }
        if !line.has_words() {
            self.wordless.push(line.seq());
        }
        if matches!(line.tag(), "EntryRedacted" | "EntryAmended") {
            match line.event() {
                Event::EntryRedacted { target, .. } => drop(self.targets.insert(target)),
                Event::EntryAmended { target, .. } => drop(self.amendments.insert(line.seq(), target)),
                _ => {}
            }
        }
    }

    /// Whether any words were to go.
    pub fn has_any(&self) -> bool {
        !self.targets.is_empty()
    }

    /// The entries whose words were to go, and their later wordings.
    fn all_targets(&self) -> BTreeSet<Seq> {
        let later = self.amendments.iter().filter(|(_, target)| self.targets.contains(target)).map(|(seq, _)| *seq);
        self.targets.iter().copied().chain(later).collect()
    }

    /// The entries whose words were to go, and are still there.
    pub fn unfinished(&self) -> Vec<Seq> {
        let has_words = |seq: &Seq| self.wordless.binary_search(seq).is_err();
        self.all_targets().into_iter().filter(has_words).collect()
    }

    /// The entries whose words are gone although no entry says that they were redacted.
    pub fn unexplained(&self) -> Vec<Seq> {
        let explained = self.all_targets();
        self.gone.iter().filter(|seq| !explained.contains(seq)).copied().collect()
    }
}

/// The work that follows from a redaction. See the module.
pub(super) struct Redaction {
    check: Check,
    marker: PathBuf,
    copies: WordCopies,
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

/// The line, when it is one of `targets`. Others are told by what they begin with: they were all checked before.
fn target<'a>(bytes: &'a [u8], targets: &BTreeSet<Seq>) -> Option<SoundLine<'a>> {
    targets.contains(&line::seq_of(bytes)?).then(|| line::parse(bytes))?
}

/// What the entries `targets` say, before they say it no more.
fn words_of(path: &Path, targets: &BTreeSet<Seq>) -> Result<RedactedWords, StoreError> {
    let mut gone = RedactedWords::default();
    walk::visit_raw_lines(path, 0, &mut |stretch| {
        if let Some(line) = target(stretch.bytes, targets) {
            gone.add(&line.record());
        }
        ControlFlow::Continue(())
    })
    .map_err(|e| StoreError::io("reading the journal", path, e))?;
    Ok(gone)
}

/// Writes the journal as far as `end`, without the words of `targets`.
fn write_without_words(
    path: &Path,
    targets: &BTreeSet<Seq>,
    end: JournalEnd,
    to: &mut Replacement<'_>,
) -> Result<(), StoreError> {
    let mut salts = KernelSalts::default();
    let mut result = Ok(());
    walk::visit_raw_lines(path, 0, &mut |stretch| {
        if stretch.offset >= end.len {
            return ControlFlow::Break(());
        }
        result = match target(stretch.bytes, targets).map(|line| line.redacted(&mut salts)) {
            None => to.add_line(stretch.bytes),
            Some(Ok(bytes)) => to.add_line(&bytes),
            Some(Err(e)) => Err(StoreError::io("taking words out", path, io::Error::other(e))),
        };
        if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })
    .map_err(|e| StoreError::io("reading the journal", path, e))?;
    result
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

impl FileStore {
    /// Takes up what a host that died left undone.
    pub(super) fn find_unfinished_redactions(&mut self) {
        let names = fs::read_dir(self.dir.join("rooms")).into_iter().flatten().flatten().map(|entry| entry.file_name());
        let room = |name: &str| name.strip_suffix(MARKER)?.parse().ok();
        self.pending.rooms = names.filter_map(|name| room(name.to_str()?)).collect();
    }

    /// Makes sure, before an entry is recorded that says words are to go, that they will go whatever happens next.
    pub(super) fn mark_redactions(&mut self, batch: &[Append]) -> Result<(), StoreError> {
        let is_redaction =
            |append: &&Append| append.records.iter().any(|record| matches!(record.event, Event::EntryRedacted { .. }));
        for append in batch.iter().filter(is_redaction) {
            self.mark_redaction(&append.room)?;
        }
        Ok(())
    }

    fn mark_redaction(&mut self, room: &RoomId) -> Result<(), StoreError> {
        let (marker, rooms) = (self.marker_path(room), self.dir.join("rooms"));
        self.disk.open(&marker).map_err(|e| StoreError::io("beginning a redaction", &marker, e))?;
        self.disk.sync_dir(&rooms).map_err(|e| StoreError::sync(&rooms, e))?;
        self.pending.rooms.insert(room.clone());
        Ok(())
    }

    fn marker_path(&self, room: &RoomId) -> PathBuf {
        self.dir.join("rooms").join(format!("{room}{MARKER}"))
    }

    /// Whether words have to go from `room` and it is time to try that.
    pub fn is_redaction_due(&self, room: &RoomId) -> bool {
        self.pending.rooms.contains(room)
            && self.pending.failed.get(room).is_none_or(|(_, since)| since.elapsed() >= TRY_AGAIN)
            && !self.is_paused(room)
    }

    fn is_paused(&self, room: &RoomId) -> bool {
        self.pending.paused.get(room).is_some_and(|until| Instant::now() < *until)
    }

    /// Has redactions in `room` put off, as after one that took long, or not.
    #[cfg(test)]
    pub fn put_redactions_off(&mut self, room: &RoomId, until: Option<Instant>) {
        self.pending.paused.remove(room);
        self.pending.paused.extend(until.map(|until| (room.clone(), until)));
    }

    /// Whether words have to go from `room` that nobody could be told of yet, because it was closed for long just now.
    pub fn is_redaction_put_off(&self, room: &RoomId) -> bool {
        self.pending.rooms.contains(room) && !self.pending.failed.contains_key(room)
    }

    /// Why words that are to go from `room` are still there; none: they are not. The next try comes by itself, when the room is
    /// used a while later.
    pub fn failed_redaction(&self, room: &RoomId) -> Option<&StoreError> {
        self.pending.rooms.get(room).and_then(|room| self.pending.failed.get(room)).map(|(error, _)| error)
    }

    /// Whether words have to go from `room`: what was made of it before has them still.
    pub fn has_to_redact(&self, room: &RoomId) -> bool {
        self.pending.rooms.contains(room)
    }

    /// The rooms from which words have to go, and for which it is time to try that.
    pub fn redactions_due(&self) -> Vec<RoomId> {
        self.pending.rooms.iter().filter(|room| self.is_redaction_due(room)).cloned().collect()
    }

    /// How often words went from `room`. A view, and what was found with it, is of the room as it was before or after.
    pub(super) fn times_redacted(&self, room: &RoomId) -> u64 {
        self.pending.times.get(room).copied().unwrap_or(0)
    }

    /// Notes that words of `room` are to go that an older version, or a copy that was put back, left there.
    pub(super) fn note_unfinished(&mut self, room: &RoomId) {
        if self.pending.rooms.insert(room.clone()) {
            self.pending.failed.remove(room);
        }
    }

    /// What has to be done for the words of `room` to go. Until that is done nobody else may touch its journal.
    pub(super) fn redaction(&mut self, room: &RoomId) -> Result<Redaction, StoreError> {
        if let Some(failure) = self.take_back_again(room).and_then(|room_state| room_state.unsettled) {
            return Err(failure);
        }
        self.catch_up_with(room);
        self.room_states.remove(room);
        *self.pending.times.entry(room.clone()).or_default() += 1;
        self.pending.begun.insert(room.clone(), Instant::now());
        if self.index.is_none() {
            // Nobody uses what is there, and it may hold the words.
            let _ = fs::remove_dir_all(self.index_path());
        }
        let mut check = self.checking(room);
        check.is_suspect = true;
        let copies = WordCopies::of(room, &self.dir, &self.spools);
        Ok(Redaction { check, marker: self.marker_path(room), copies })
    }

    /// Takes note of what came of a redaction.
    pub(super) fn take_redacted(&mut self, room: &RoomId, done: Result<(), StoreError>) {
        let took = self.pending.begun.remove(room).map_or(Duration::ZERO, |begun| begun.elapsed());
        self.pending.paused.remove(room);
        if took > LONG {
            self.pending.paused.insert(room.clone(), Instant::now() + took.min(LONGEST_PAUSE));
        }
        match done {
            Ok(()) => {
                self.pending.rooms.remove(room);
                self.pending.failed.remove(room);
            }
            Err(error) => {
                tracing::error!(%room, %error, "words that are to go are still there");
                self.pending.failed.insert(room.clone(), (error, Instant::now()));
            }
        }
    }

    /// Takes out the words that the records of `room` say are to go, here and now. A host has it done on another thread.
    ///
    /// # Errors
    /// As [`Store::append_batch`]; the words are then still there.
    pub fn redact(&mut self, room: &RoomId) -> Result<(), StoreError> {
        let result = self.try_redact(room);
        let done = match &result {
            Ok(()) => Ok(()),
            Err(error) => {
                Err(StoreError::io("redacting", &self.journal_path(room), io::Error::other(error.to_string())))
            }
        };
        self.take_redacted(room, done);
        result
    }

    fn try_redact(&mut self, room: &RoomId) -> Result<(), StoreError> {
        let mut doubts = 0;
        loop {
            match self.redaction(room)?.run() {
                Ok(checked) => {
                    let room_state = self.take_checked(room, checked, self.generation);
                    if room_state.end.seq > 0 {
                        self.room_states.insert(room.clone(), room_state);
                    }
                    return Ok(());
                }
                Err(CheckStopped::Failed(error)) => return Err(error),
                Err(CheckStopped::Doubted(fault)) if doubts < MOST_DOUBTS => {
                    self.distrust(fault);
                    doubts += 1;
                }
                Err(CheckStopped::Doubted(fault)) => {
                    let why = io::Error::other(match fault {
                        IndexFault::Full => "the disk is full".to_owned(),
                        IndexFault::Doubt(why) => why,
                    });
                    return Err(StoreError::io("redacting", &self.index_path(), why));
                }
            }
        }
    }
}

/// How often a redaction begins anew with another index.
const MOST_DOUBTS: u32 = 3;

/// How the name of a marker ends.
const MARKER: &str = ".redacting";

/// For tests and benches that look at the index alone.
#[cfg(test)]
pub(super) fn is_marked(dir: &Path, room: &RoomId) -> bool {
    dir.join("rooms").join(format!("{room}{MARKER}")).exists()
}
