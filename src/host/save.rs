//! Saving a round: all of it with one sync, then the rooms are as it makes them, and everyone in them is told.

use std::collections::BTreeSet;
use std::path::Path;

use super::batch::{Batch, Place};
use super::keeper::Keeper;
use super::probe;
use super::read;
use super::write::Outcome;
use crate::domain::id::RoomId;
use crate::domain::record::Record;
use crate::store::Append;
use crate::wire::message::{Failure, HostMsg};

/// What became of a batch.
#[derive(Debug, Default)]
pub struct Saved {
    /// Why a part of it is not on disk, by its place; none: all of it is.
    failed: Vec<Option<Failure>>,
}

impl Saved {
    /// Why what is at `place` was not saved; none: it was.
    pub fn failure(&self, place: Place) -> Option<&Failure> {
        self.failed.get(place)?.as_ref()
    }

    /// Whether all of it was saved.
    pub fn is_whole(&self) -> bool {
        self.failed.iter().all(Option::is_none)
    }

    /// Whether the store would not take it for a reason of its own, and not of the disk's.
    pub fn is_overtaken(&self, outcome: &Outcome) -> bool {
        let failure = outcome.place().and_then(|place| self.failure(place));
        failure.is_some_and(|failure| !matches!(failure, Failure::CannotSave(_)))
    }
}

impl Keeper {
    /// Saves the batch. What the store refuses alone is refused alone; when the disk refuses, nothing is saved.
    pub(super) fn save(&mut self, batch: &mut Batch) -> Saved {
        if batch.is_empty() {
            return Saved::default();
        }
        if let Err(error) = self.store.append_batch(batch.appends()) {
            tracing::error!(%error, "nothing could be saved");
            // Where the disk takes something, what fails is the journal of one room.
            if !error.cannot_save() || (error.is_of_one_file() && probe::can_save(&self.data_dir, None)) {
                return self.save_apart(batch);
            }
            self.unsaved = error.path().map(Path::to_owned);
            self.set_cannot_save(Some(error.phrase()));
            let failed = vec![Some(Failure::CannotSave(error.phrase())); batch.appends().len()];
            return Saved { failed };
        }
        self.set_cannot_save(None);
        self.has_saved = true;
        self.surveys.is_disturbed = true;
        let rooms = batch.by_room().into_iter().map(|(room, records)| (room.clone(), records));
        for (room, records) in rooms.collect::<Vec<(RoomId, Vec<Record>)>>() {
            let fold = batch.take_fold(&room);
            self.shelf.advance(&room, &records, fold, batch.now);
            self.tell_recorded(&room, records);
        }
        Saved::default()
    }

    /// Tells everyone in `room` what was recorded there: in one message, unless it is too long for one.
    fn tell_recorded(&self, room: &RoomId, records: Vec<Record>) {
        for records in read::portions(records) {
            self.roster.tell_room(room, &HostMsg::Recorded { room: room.clone(), records });
        }
    }

    /// Saves each part by itself. A room where one was refused is read again: it was not what was in memory.
    fn save_apart(&mut self, batch: &Batch) -> Saved {
        let mut failed = Vec::new();
        let mut doubtful = BTreeSet::new();
        for append in batch.appends() {
            let Append { room, records, .. } = append;
            failed.push(match self.store.append_batch(std::slice::from_ref(append)) {
                Ok(()) => {
                    self.has_saved = true;
                    self.shelf.advance(room, records, None, batch.now);
                    self.tell_recorded(room, records.clone());
                    None
                }
                Err(error) if error.cannot_save() => Some(Failure::CannotSave(error.phrase())),
                Err(error) => {
                    tracing::error!(%room, %error, "refused by the store");
                    doubtful.insert(room);
                    Some(Failure::Broken(error.phrase()))
                }
            });
        }
        for room in doubtful {
            self.shelf.reload(&mut *self.store, room, batch.now);
        }
        Saved { failed }
    }
}
