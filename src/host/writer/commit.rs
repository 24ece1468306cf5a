//! Saving a round: all of it with one sync, then the rooms are as it makes them, and everyone in them is told.

use std::collections::BTreeSet;
use std::path::Path;

use crate::domain::id::RoomId;
use crate::domain::record::Record;
use crate::host::background::probe;
use crate::host::background::search;
use crate::host::writer::Writer;
use crate::host::writer::batch::{Batch, BatchIndex};
use crate::host::writer::decide::Decision;
use crate::store::Append;
use crate::wire::message::{Failure, HostMsg};

/// What became of a batch.
#[derive(Debug, Default)]
pub struct CommitResult {
    /// Why a part of it is not on disk, by its place; none: all of it is.
    failed: Vec<Option<Failure>>,
}

impl CommitResult {
    /// Why what is at `place` was not saved; none: it was.
    pub fn failure(&self, place: BatchIndex) -> Option<&Failure> {
        self.failed.get(place)?.as_ref()
    }

    /// Whether all of it was saved.
    pub fn is_whole(&self) -> bool {
        self.failed.iter().all(Option::is_none)
    }

    /// Whether the store would not take it for a reason of its own, and not of the disk's.
    pub fn is_overtaken(&self, outcome: &Decision) -> bool {
        let failure = outcome.place().and_then(|place| self.failure(place));
        failure.is_some_and(|failure| !matches!(failure, Failure::CannotSave(_)))
    }
}

impl Writer {
    /// Saves the batch. What the store refuses alone is refused alone; when the disk refuses, nothing is saved.
    pub(in crate::host) fn save(&mut self, batch: &mut Batch) -> CommitResult {
        if batch.is_empty() {
            return CommitResult::default();
        }
        if let Err(error) = self.store.append_all(batch.appends()) {
            tracing::error!(%error, "nothing could be saved");
            // Where the disk takes something, what fails is the journal of one room.
            if !error.cannot_save() || (error.is_of_one_file() && probe::can_save(&self.data_dir, None)) {
                return self.save_apart(batch);
            }
            self.unsaved = error.path().map(Path::to_owned);
            self.set_cannot_save(Some(error.phrase()));
            let failed = vec![Some(Failure::CannotSave(error.phrase())); batch.appends().len()];
            return CommitResult { failed };
        }
        self.set_cannot_save(None);
        self.has_saved = true;
        self.scrubs.is_disturbed = true;
        let rooms = batch.by_room().into_iter().map(|(room, records)| (room.clone(), records));
        for (room, records) in rooms.collect::<Vec<(RoomId, Vec<Record>)>>() {
            let fold = batch.take_fold(&room);
            self.rooms.advance(&room, &records, fold, batch.now);
            self.tell_recorded(&room, records);
        }
        CommitResult::default()
    }

    /// Tells everyone in `room` what was recorded there: in one message, unless it is too long for one.
    fn tell_recorded(&self, room: &RoomId, records: Vec<Record>) {
        for records in search::portions(records) {
            self.clients.tell_room(room, &HostMsg::Recorded { room: room.clone(), records });
        }
    }

    /// Saves each part by itself. A room where one was refused is read again: it was not what was in memory.
    fn save_apart(&mut self, batch: &Batch) -> CommitResult {
        let mut failed = Vec::new();
        let mut doubtful = BTreeSet::new();
        for append in batch.appends() {
            let Append { room, records, .. } = append;
            failed.push(match self.store.append_all(std::slice::from_ref(append)) {
                Ok(()) => {
                    self.has_saved = true;
                    self.rooms.advance(room, records, None, batch.now);
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
            self.rooms.reload(&mut self.store, room, batch.now);
        }
        CommitResult { failed }
    }
}
