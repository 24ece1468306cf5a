//! Making a long room ready for use on another thread, so that nobody in the other rooms waits for it.
//!
//! A short room is made ready where it is used, within milliseconds, and so is a long one whose index goes as far as its
//! journal but for a little. What is left takes seconds: an index that is missing, of another version or in doubt, a journal that
//! may be damaged, a fold that was not kept, words that have to go. Until it is done the owner leaves that room alone, so that there is still one writer.
//! When the owner dies meanwhile, the next one begins again: what is already in the index is then compared, and nothing is lost.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use super::check::{Check, CheckStopped, Checked};
use super::index::health::sync_index;
use super::index::sync::bring_up;
use super::index::{Index, IndexFault, JournalExtent};
use super::journal::scan::CancelFlag;
use super::journal::spans::Spans;
use super::journal::{line, walk};
use super::read_view::FileView;
use super::redact::Redaction;
use super::snapshot::{self, fold_journal};
use crate::domain::id::{RoomId, Seq};
use crate::domain::room::Room;
use crate::domain::time::Moment;

/// After so many attempts that did not make a room ready it is used as it is, however long that takes. A guess.
const MOST_ATTEMPTS: u32 = 3;

/// Which rooms are being prepared, and which may have to be.
#[derive(Debug, Default)]
pub(super) struct Preparations {
    /// Whether what takes long is refused until it was prepared.
    is_deferring: bool,
    rooms: BTreeSet<RoomId>,
    /// How often in a row each room was prepared that is not ready.
    attempts: HashMap<RoomId, u32>,
}

impl Preparations {
    /// From now on, refuses what takes long until it was prepared.
    pub fn defer(&mut self) {
        self.is_deferring = true;
    }

    /// Returns whether what takes long is refused.
    pub fn is_deferring(&self) -> bool {
        self.is_deferring
    }

    /// Returns whether `room` is refused if its use takes long.
    pub fn may_defer(&self, room: &RoomId) -> bool {
        self.is_deferring && !self.was_given_up(room)
    }

    /// Returns whether no room is being prepared.
    pub fn is_empty(&self) -> bool {
        self.rooms.is_empty()
    }

    /// Returns whether `room` is being prepared.
    pub fn contains(&self, room: &RoomId) -> bool {
        self.rooms.contains(room)
    }

    /// Notes that `room` is being prepared.
    pub fn begin(&mut self, room: &RoomId) {
        *self.attempts.entry(room.clone()).or_default() += 1;
        self.rooms.insert(room.clone());
    }

    /// Notes that what was done for `room` came to an end. Whether it is ready is another question.
    pub fn end(&mut self, room: &RoomId) {
        self.rooms.remove(room);
    }

    /// Notes that `room` is ready.
    pub fn set_ready(&mut self, room: &RoomId) {
        self.attempts.remove(room);
    }

    /// Notes that `room` cannot be prepared: it is used as it is.
    pub fn give_up(&mut self, room: &RoomId) {
        self.attempts.insert(room.clone(), MOST_ATTEMPTS);
    }

    /// Returns whether `room` is used as it is.
    pub fn was_given_up(&self, room: &RoomId) -> bool {
        self.attempts.get(room).is_some_and(|attempts| *attempts >= MOST_ATTEMPTS)
    }
}

/// See the module.
pub struct Preparation {
    pub(super) room: RoomId,
    pub(super) path: PathBuf,
    pub(super) work: PreparationWork,
    pub(super) is_fold_wanted: bool,
    pub(super) index: Option<Arc<Index>>,
    pub(super) index_path: PathBuf,
    pub(super) generation: u64,
    pub(super) cancel: CancelFlag,
}

/// What is lacking.
pub(super) enum PreparationWork {
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
    pub(super) is_redaction: bool,
    pub(super) checked: Option<Result<Checked, CheckStopped>>,
    pub(super) fault: Option<IndexFault>,
    pub(super) fold: Option<LoadedRoom>,
    pub(super) generation: u64,
}

/// A room as its records make it.
pub struct LoadedRoom {
    pub room: Room,
    /// When its last record was recorded.
    pub last_rec: Option<Moment>,
    /// How far the fold goes that was kept before.
    pub(super) kept_upto: Seq,
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prepared({})", self.room)
    }
}

/// Returns how far a journal goes that was checked and is right.
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

    /// Returns the room folded: on top of the fold that was kept, or from its journal. None when neither has all of it.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::room;

    #[test]
    fn a_room_that_is_never_ready_is_used_as_it_is() {
        let mut preparations = Preparations::default();
        assert!(!preparations.may_defer(&room()), "nobody asked for it");
        preparations.defer();
        for _ in 0..MOST_ATTEMPTS {
            assert!(preparations.may_defer(&room()));
            preparations.begin(&room());
            assert!(preparations.contains(&room()) && !preparations.is_empty());
            preparations.end(&room());
        }
        assert!(preparations.is_empty() && preparations.was_given_up(&room()) && !preparations.may_defer(&room()));
        preparations.set_ready(&room());
        assert!(preparations.may_defer(&room()));
        preparations.give_up(&room());
        assert!(!preparations.may_defer(&room()));
    }
}
