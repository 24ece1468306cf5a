//! Making a long room ready for use on another thread, so that nobody in the other rooms waits for it.
//!
//! A short room is made ready where it is used, within milliseconds, and so is a long one whose index goes as far as its
//! journal but for a little. What is left takes seconds: an index that is missing, of another version or in doubt, a journal that
//! may be damaged, a fold that was not kept, words that have to go. Until it is done the owner leaves that room alone, so that there is still one writer.
//! When the owner dies meanwhile, the next one begins anew: what is already in the index is then compared, and nothing is lost.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use super::FileStore;
use super::check::{Check, CheckStopped, Checked, READ_WHOLE};
use super::index::health::sync_index;
use super::index::sync::bring_up;
use super::index::{Index, IndexFault, JournalExtent};
use super::journal::scan::CancelFlag;
use super::journal::spans::Spans;
use super::journal::{line, walk};
use super::read_view::{FileView, IndexDoubt};
use super::redact::Redaction;
use super::snapshot::{self, fold_journal};
use crate::domain::id::{RoomId, Seq};
use crate::domain::room::Room;
use crate::domain::time::Moment;

/// After so many attempts that did not make a room ready it is used as it is, however long that takes.
const MOST_ATTEMPTS: u32 = 3;

/// What a room is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomUse {
    /// It is in memory, and is appended to or read in part.
    Append,
    /// All of it is loaded.
    Load,
}

/// Whether a room can be used without making anybody wait.
pub enum Readiness {
    Ready,
    /// It is being prepared.
    Preparing,
    /// It has to be prepared: to be run on another thread, and given to [`Store::finish_preparation`]. Until then whatever is asked
    /// about the room is refused.
    Unready(Preparation),
}

/// See the module.
pub struct Preparation {
    room: RoomId,
    path: PathBuf,
    work: PreparationWork,
    is_fold_wanted: bool,
    index: Option<Arc<Index>>,
    index_path: PathBuf,
    generation: u64,
    cancel: CancelFlag,
}

/// What is lacking.
enum PreparationWork {
    /// The journal was not looked at.
    Check(Box<Check>),
    /// The index does not go as far as the journal.
    BringUp(JournalExtent),
    /// Words have to go from it.
    Redact(Box<Redaction>),
    /// Nothing but the fold.
    Fold(JournalExtent),
}

/// What came of a preparation.
pub struct Prepared {
    pub room: RoomId,
    /// Whether it was words that had to go.
    is_redaction: bool,
    checked: Option<Result<Checked, CheckStopped>>,
    fault: Option<IndexFault>,
    fold: Option<LoadedRoom>,
    generation: u64,
}

/// What a room is after its preparation was taken in.
pub struct PreparedRoom {
    /// When it was wanted, and the room is as it was folded.
    pub fold: Option<LoadedRoom>,
    /// Whether words went from it: whoever has it at hand has to get it again.
    pub is_redacted: bool,
}

/// A room as its records make it.
pub struct LoadedRoom {
    pub room: Room,
    /// When its last record was recorded.
    pub last_rec: Option<Moment>,
    /// How far the fold goes that was kept before.
    kept_upto: Seq,
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prepared({})", self.room)
    }
}

impl FileStore {
    /// Whether `room` can be used now; with its fold, when that `is_fold_wanted`. A room that there is not can be.
    pub fn readiness(&mut self, room: &RoomId, wanted: RoomUse) -> Readiness {
        if self.preparing.contains(room) {
            return Readiness::Preparing;
        }
        let has_tried = self.attempts.get(room).is_some_and(|attempts| *attempts >= MOST_ATTEMPTS);
        if has_tried && !self.is_redaction_due(room) {
            return Readiness::Ready;
        }
        let Some(work) = self.work(room, wanted) else {
            self.attempts.remove(room);
            return Readiness::Ready;
        };
        *self.attempts.entry(room.clone()).or_default() += 1;
        self.preparing.insert(room.clone());
        let is_fold_wanted = wanted == RoomUse::Load || matches!(work, PreparationWork::Redact(_));
        Readiness::Unready(Preparation {
            room: room.clone(),
            path: self.journal_path(room),
            work,
            is_fold_wanted,
            index: self.index.clone(),
            index_path: self.index_path(),
            generation: self.generation,
            cancel: self.cancel.clone(),
        })
    }

    /// Whether the journal of `room` was checked, so that it can be appended to.
    pub fn is_checked(&self, room: &RoomId) -> bool {
        self.room_states.contains_key(room)
    }

    /// Whether any room is being prepared.
    pub fn is_preparing(&self) -> bool {
        !self.preparing.is_empty()
    }

    /// Takes in what was prepared. The room can then be asked about, though it may not be ready yet: the index may have been
    /// replaced meanwhile.
    pub fn finish_preparation(&mut self, prepared: Prepared) -> PreparedRoom {
        let Prepared { room, is_redaction, checked, fault, fold, generation } = prepared;
        self.preparing.remove(&room);
        let mut is_redacted = false;
        match checked {
            Some(Ok(checked)) => {
                if is_redaction {
                    self.take_redacted(&room, Ok(()));
                    self.attempts.remove(&room);
                    is_redacted = true;
                }
                let room_state = self.take_checked(&room, checked, generation);
                if room_state.end.seq > 0 || room_state.unsettled.is_some() {
                    self.room_states.insert(room.clone(), room_state);
                }
            }
            Some(Err(CheckStopped::Doubted(fault))) => self.report_doubt(IndexDoubt { fault, generation, room: None }),
            // Nothing was done, or not all of it: the room can be used, and it is tried again later.
            Some(Err(CheckStopped::Failed(error))) if is_redaction => self.take_redacted(&room, Err(error)),
            // Whoever uses it next is told.
            Some(Err(CheckStopped::Failed(error))) => {
                tracing::error!(%room, %error, "a room cannot be prepared");
                self.attempts.insert(room.clone(), MOST_ATTEMPTS);
            }
            None => {}
        }
        if let Some(fault) = fault {
            self.report_doubt(IndexDoubt { fault, generation, room: None });
        }
        let Some(room_state) = self.room_states.get_mut(&room) else { return PreparedRoom { fold: None, is_redacted } };
        let fold = fold.filter(|fold| fold.room.seq == room_state.end.seq);
        if let Some(fold) = &fold {
            room_state.unkept = fold.room.seq - fold.kept_upto;
        }
        PreparedRoom { fold, is_redacted }
    }

    /// From now on whatever takes long is refused with [`super::error::StoreError::Preparing`], until the room was prepared.
    pub fn defer_long_work(&mut self) {
        self.is_deferring = true;
    }

    /// Whether a use of `room` is refused now, because it is being prepared or, when it takes long, has to be first.
    pub(super) fn is_deferred(&mut self, room: &RoomId, takes_long: impl FnOnce(&mut FileStore) -> bool) -> bool {
        self.preparing.contains(room)
            || (self.is_deferring
                && self.attempts.get(room).is_none_or(|attempts| *attempts < MOST_ATTEMPTS)
                && takes_long(self))
    }

    /// Whether the journal of a room that was checked is so long that only its ends were compared with the index.
    pub fn is_long_room(&self, room: &RoomId) -> bool {
        self.room_states.get(room).is_some_and(|room_state| room_state.end.len > READ_WHOLE)
    }

    /// Whether the journal of a room that was checked is long, and the index lacks more of it than a little.
    pub(super) fn is_long_to_bring_up(&mut self, room: &RoomId) -> bool {
        let Some(length) = self.room_states.get(room).map(|room_state| room_state.end.len) else { return false };
        self.is_long_room(room)
            && self
                .query(|index| index.known(room))
                .is_none_or(|known| length.saturating_sub(known.map_or(0, |known| known.end.len)) > READ_WHOLE)
    }

    /// Has the index replaced, as when it contradicts a journal.
    #[cfg(test)]
    pub fn put_index_in_doubt(&mut self) {
        self.distrust(IndexFault::Doubt("for a test".into()));
    }

    /// Has everything end soon that goes on for this store on other threads.
    pub fn cancel_long_work(&self) {
        self.cancel.call();
    }

    /// What has to be done before a room can be used; none: nothing that takes long.
    fn work(&mut self, room: &RoomId, wanted: RoomUse) -> Option<PreparationWork> {
        if let Some(redaction) = self.redaction_that_is_due(room) {
            return Some(redaction);
        }
        if !self.room_states.contains_key(room) {
            if self.is_long_to_check(room) {
                return Some(PreparationWork::Check(Box::new(self.checking(room))));
            }
            self.room_state(room).ok()?;
            // It may have words that another version, or a copy that was put back, left there.
            if let Some(redaction) = self.redaction_that_is_due(room) {
                return Some(redaction);
            }
        }
        let room_state = self.room_states.get(room)?;
        if room_state.end.len <= READ_WHOLE || room_state.unsettled.is_some() {
            return None;
        }
        let known = JournalExtent { end: room_state.end, lost: room_state.lost.clone() };
        if !room_state.indexed && self.index.is_some() {
            if self.is_long_to_bring_up(room) {
                return Some(PreparationWork::BringUp(known));
            }
            self.room_state(room).ok()?;
        }
        let is_kept = wanted == RoomUse::Append || self.query(|index| snapshot::is_kept(index, room)) == Some(true);
        (!is_kept).then_some(PreparationWork::Fold(known))
    }

    /// What has to be done for words to go from `room`, when it is time to try that.
    fn redaction_that_is_due(&mut self, room: &RoomId) -> Option<PreparationWork> {
        if !self.is_redaction_due(room) {
            return None;
        }
        match self.redaction(room) {
            Ok(redaction) => Some(PreparationWork::Redact(Box::new(redaction))),
            Err(error) => {
                self.take_redacted(room, Err(error));
                None
            }
        }
    }

    /// Whether the first use of a room takes longer than others should wait.
    pub(super) fn is_long_to_check(&mut self, room: &RoomId) -> bool {
        let known = self.query(|index| index.known(room)).flatten();
        let length = self.room_size(room).unwrap_or(0);
        let Some(known) = known else { return length > READ_WHOLE };
        if length.max(known.end.len) <= READ_WHOLE {
            return false;
        }
        let is_trusted = matches!(self.checking(room).trust(length, &known), Ok(Some(_)));
        !is_trusted || length.saturating_sub(known.end.len) > READ_WHOLE
    }
}

/// How far a journal goes that was checked and is right.
fn known_of(checked: &Result<Checked, CheckStopped>) -> Option<JournalExtent> {
    let sound = checked.as_ref().ok().filter(|found| found.room_state.unsettled.is_none());
    sound.map(|found| JournalExtent { end: found.room_state.end, lost: Spans::default() })
}

impl Preparation {
    /// Does what has to be done, however long that takes.
    pub fn run(mut self) -> Prepared {
        let (mut checked, mut fault) = (None, None);
        let work = std::mem::replace(&mut self.work, PreparationWork::Fold(JournalExtent::nothing()));
        let is_redaction = matches!(work, PreparationWork::Redact(_));
        let known = match work {
            PreparationWork::Check(check) => known_of(checked.insert(check.run())),
            PreparationWork::Redact(redaction) => known_of(checked.insert(redaction.run())),
            PreparationWork::BringUp(known) => {
                let work = |index: &Index| bring_up(index, &self.room, &self.path, &known, &self.cancel);
                fault = self.index.as_ref().and_then(|index| index.ask(work).err());
                Some(known)
            }
            PreparationWork::Fold(known) => Some(known),
        };
        let fold = known.filter(|_| self.is_fold_wanted).and_then(|known| self.fold(&known));
        if let Some(index) = &self.index
            && index.ask(Index::flush).is_ok()
        {
            // Else all of it would be synced where others wait.
            sync_index(&self.index_path);
        }
        Prepared { room: self.room, is_redaction, checked, fault, fold, generation: self.generation }
    }

    /// The room folded: on top of the fold that was kept, or from its journal. None when neither has all of it.
    fn fold(&self, known: &JournalExtent) -> Option<LoadedRoom> {
        let last = known.end.seq;
        let on_top = |index: &Index| {
            let Some(kept) = snapshot::kept(index, &self.room, last)? else { return Ok(None) };
            let kept_upto = kept.seq;
            Ok(Some((snapshot::fold(index, kept, last)?, kept_upto)))
        };
        let indexed = self.index.as_ref().and_then(|index| index.ask(on_top).ok().flatten());
        let from_journal = || {
            let (room, path, generation) = (self.room.clone(), self.path.clone(), self.generation);
            let view = FileView { room, path, end: known.end, index: None, generation, times_redacted: 0 };
            let (fold, is_whole) = fold_journal(&view, &self.cancel).ok()?;
            is_whole.then_some((fold, 0))
        };
        let (room, kept_upto) = indexed.or_else(from_journal)?;
        let line = walk::last_line(&self.path, known.end.len).ok().flatten()?;
        let last_rec = line::parse(&line).map(|line| line.record().rec);
        Some(LoadedRoom { room, last_rec, kept_upto })
    }
}
