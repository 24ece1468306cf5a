//! The contract of a store: what the rest of the program can ask of it.
//!
//! The heart of it is three calls: [`Store::append_batch`] adds records on top of an expected `seq`, [`Store::records`] reads from
//! a `seq` on, and a reader follows a room by asking again from the last `seq` it has. The host is the only writer of a store, so
//! that it knows when there is more.
//!
//! No path, file or database type is in it: only records, opaque jobs, and texts for a person.

use std::collections::BTreeMap;

use super::error::StoreError;
use super::findings::{IndexDoubt, Verification, VerifierFindings};
use super::journal::damaged_opening::OpeningRemains;
use super::notice::StoreNotice;
use super::page::{PageStart, RecordPage};
use super::prepare::{LoadedRoom, Preparation, Prepared};
use super::reading::{ReadView, Verifier};
use crate::domain::event::Event;
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::time::Moment;

/// What keeps the records of the rooms. One thread owns it; [`ReadView`], [`Verifier`] and [`Preparation`] are what it gives to others.
///
/// Unless it says otherwise, a method that names a room fails with [`StoreError::NoSuchRoom`], with [`StoreError::Preparing`] while
/// the room is being prepared, or when its records cannot be read at all. Damage is repaired and told by [`Store::take_notices`].
pub trait Store: Send {
    // Append.

    /// Saves the whole batch. Several appends may build on one another; an append with `expected` 0 makes its room. When this
    /// returns without an error all of it is lasting, and when it returns with one, none of it is visible.
    ///
    /// # Errors
    /// [`StoreError::WrongSeq`] when a room has moved on; [`StoreError::OutOfOrder`] when records are not numbered onwards;
    /// [`StoreError::Unwritable`] for an event that is only ever read; any of the disk's own, after which the same batch may be
    /// tried again (see [`StoreError::cannot_save`]).
    fn append_batch(&mut self, batch: &[Append]) -> Result<(), StoreError>;

    /// Does what [`Store::append_batch`] leaves undone, so that nobody who waits for the disk waits for more than the disk.
    fn catch_up(&mut self);

    /// Returns for how many records [`Store::catch_up`] has something to do.
    fn backlog(&self) -> usize;

    /// Makes everything lasting that is slow to make again. For a host that rests or leaves.
    fn flush(&mut self);

    // Read.

    /// Returns every room, in the order of their names.
    ///
    /// # Errors
    /// When the rooms cannot be listed.
    fn list_rooms(&self) -> Result<Vec<RoomId>, StoreError>;

    /// Returns the name for the next room of `year`.
    ///
    /// # Errors
    /// When the rooms cannot be listed.
    fn next_room_id(&self, year: i32) -> Result<RoomId, StoreError> {
        Ok(RoomId::of_year(year, next_number(&self.list_rooms()?, &RoomId::of_year(year, 0))))
    }

    /// Returns the name for the next demo room.
    ///
    /// # Errors
    /// When the rooms cannot be listed.
    fn next_demo_id(&self) -> Result<RoomId, StoreError> {
        Ok(RoomId::demo(next_number(&self.list_rooms()?, &RoomId::demo(0))))
    }

    /// Returns how much is kept of `room`, in bytes: another number when the room has moved on. None when there is no such room.
    fn room_size(&self, room: &RoomId) -> Option<u64>;

    /// Returns whether reading `room` tells what there is of it, which may be nothing: false when its records cannot be opened.
    fn is_room_readable(&self, room: &RoomId) -> bool;

    /// Returns at most `limit` records from `from` on, in the order they were recorded.
    ///
    /// # Errors
    /// See the trait.
    fn records(&mut self, room: &RoomId, from: Seq, limit: usize) -> Result<Vec<Record>, StoreError>;

    /// Returns the record `seq`, if the room has come so far.
    ///
    /// # Errors
    /// See the trait.
    fn record(&mut self, room: &RoomId, seq: Seq) -> Result<Option<Record>, StoreError> {
        Ok(self.records(room, seq, 1)?.pop().filter(|record| record.seq == seq))
    }

    /// Returns the place of the event `id`, if it was saved. Who asks may tell a person that it was.
    ///
    /// # Errors
    /// See the trait; and the disk's own, when it is there but the disk does not confirm that it stays.
    fn find_event(&mut self, room: &RoomId, id: EventId) -> Result<Option<Seq>, StoreError>;

    /// Returns the id of the first event of a room, unchecked. None when it cannot be read.
    fn first_event_id(&self, room: &RoomId) -> Option<EventId>;

    /// Returns at most `limit` records of the timeline that `admit` lets in, from `from` on, oldest first. `moved` has the records
    /// that stand at another time than their own.
    ///
    /// # Errors
    /// See the trait.
    fn page(
        &mut self,
        room: &RoomId,
        from: PageStart,
        limit: usize,
        moved: &BTreeMap<Seq, Moment>,
        admit: &mut dyn FnMut(&Record) -> bool,
    ) -> Result<RecordPage, StoreError>;

    /// Returns the room as its records make it.
    ///
    /// # Errors
    /// See the trait.
    fn load_room(&mut self, room: &RoomId) -> Result<Room, StoreError>;

    /// Keeps `room` for the next [`Store::load_room`], when enough was added to it since it last was kept.
    fn save_snapshot(&mut self, room: &Room);

    /// Returns the room as it stands, to be read on another thread.
    ///
    /// # Errors
    /// See the trait.
    fn read_view(&mut self, room: &RoomId) -> Result<Box<dyn ReadView>, StoreError>;

    /// Takes note of what made the reader of a view doubt it. The next view is made without it.
    fn report_doubt(&mut self, doubt: IndexDoubt);

    // Beside the rooms.

    /// Keeps what `person` is typing in `slot` of a room; an empty `draft` forgets it. It survives the host's death.
    fn put_draft(&mut self, room: &RoomId, person: &str, slot: &str, draft: &[u8]);

    /// Forgets that draft, without waiting for the disk: a crash may bring it back.
    fn drop_draft(&mut self, room: &RoomId, person: &str, slot: &str);

    /// Returns the drafts of `person` in a room, each with its slot.
    fn drafts(&mut self, room: &RoomId, person: &str) -> Vec<(String, Vec<u8>)>;

    /// Notes that `person` has looked at everything up to `seq`.
    fn put_seen(&mut self, room: &RoomId, person: &str, seq: Seq);

    /// Returns how far `person` has looked; 0 when never.
    fn seen(&mut self, room: &RoomId, person: &str) -> Seq;

    /// Keeps a room's line for the lobby, as the host writes it. It may be gone after damage; the host makes it again from
    /// [`Store::load_room`].
    fn put_summary(&mut self, room: &RoomId, summary: &[u8]);

    /// Returns every room's line for the lobby that is kept.
    fn summaries(&mut self) -> Vec<(RoomId, Vec<u8>)>;

    // Redact.

    /// Returns the rooms from which words have to go, and for which it is time to try that.
    fn redactions_due(&self) -> Vec<RoomId>;

    /// Returns whether words have to go from `room` and it is time to try that.
    fn is_redaction_due(&self, room: &RoomId) -> bool;

    /// Returns whether words have to go from `room`: what was made of it before has them still.
    fn has_to_redact(&self, room: &RoomId) -> bool;

    /// Returns whether words have to go from `room` later, because it was closed for long just now.
    fn is_redaction_put_off(&self, room: &RoomId) -> bool;

    /// Returns why words that are to go from `room` are still there. The next try comes by itself.
    fn failed_redaction(&self, room: &RoomId) -> Option<&StoreError>;

    // Prepare.

    /// From now on, refuses what takes long with [`StoreError::Preparing`] until the room was prepared.
    fn defer_long_work(&mut self);

    /// Returns whether `room` is ready for `use_`. A room that does not exist is ready.
    fn readiness(&mut self, room: &RoomId, wanted: RoomUse) -> Readiness;

    /// Takes in what was prepared. The room can then be asked about, though it may not be ready yet.
    fn finish_preparation(&mut self, prepared: Prepared) -> PreparedRoom;

    /// Returns whether any room is being prepared.
    fn is_preparing(&self) -> bool;

    /// Returns whether `room` was checked, so that it can be appended to at once.
    fn is_checked(&self, room: &RoomId) -> bool;

    /// Asks everything to end soon that goes on for this store on other threads.
    fn cancel_long_work(&self);

    // Verify and repair.

    /// Returns whether a checked room is so long that not all of it was read when it was checked.
    fn is_long_room(&self, room: &RoomId) -> bool;

    /// Returns a check of every record of `room`, to be run on another thread. Its findings go to [`Store::finish_verification`].
    ///
    /// # Errors
    /// See the trait.
    fn start_verification(&mut self, room: &RoomId) -> Result<Box<dyn Verifier>, StoreError>;

    /// Acts on what was found; a room that is not whole is repaired when it is next used. None when the room was changed meanwhile in
    /// a way that makes the findings worthless: it has to be verified again.
    fn finish_verification(&mut self, room: &RoomId, findings: VerifierFindings) -> Option<Verification>;

    /// Returns what is legible of the opening of `room` where its first record is damaged.
    fn salvage_opening(&self, room: &RoomId) -> OpeningRemains;

    /// Returns what had to be repaired since this was last called.
    fn take_notices(&mut self) -> Vec<StoreNotice>;

    /// Returns whether this store's place was removed or moved away under it. What is then opened there is another's.
    fn is_detached(&self) -> bool;

    /// Returns the store itself, for tests that damage it.
    #[cfg(test)]
    fn as_any(&mut self) -> &mut dyn std::any::Any;
}

/// Records that are saved all together or not at all: what one intent causes.
#[derive(Debug, Clone, PartialEq)]
pub struct Append {
    pub room: RoomId,
    /// The room's last `seq` when this was decided.
    pub expected: Seq,
    /// Numbered `expected + 1`, `expected + 2`, …
    pub records: Vec<Record>,
}

impl Append {
    /// Returns whether words have to go because of it.
    pub(super) fn has_redactions(&self) -> bool {
        self.records.iter().any(|record| matches!(record.event, Event::EntryRedacted { .. }))
    }
}

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
    /// It has to be prepared: to be run on another thread, and given to [`Store::finish_preparation`]. Until then everything that is asked
    /// about the room is refused.
    Unready(Preparation),
}

/// What a room is after its preparation was taken in.
pub struct PreparedRoom {
    /// When it was wanted, and the room is as it was folded.
    pub fold: Option<LoadedRoom>,
    /// Whether words went from it: a copy in memory has to be loaded again.
    pub is_redacted: bool,
}

/// Returns the number of the next room in the series of `like`.
fn next_number(rooms: &[RoomId], like: &RoomId) -> u32 {
    let series = |room: &RoomId| room.as_str().split('-').next().map(str::to_owned);
    let wanted = series(like);
    rooms.iter().filter(|room| series(room) == wanted).map(RoomId::number).max().unwrap_or(0) + 1
}
