//! Committing a batch: into the journals with one sync, then into the rooms in memory.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::record::Record;
use crate::host::background::probe;
use crate::host::rooms::Rooms;
use crate::host::writer::batch::{Batch, BatchIndex};
use crate::store::{Append, Store};
use crate::wire::message::Failure;

/// What became of a batch.
#[derive(Debug, Default)]
pub struct CommitResult {
    /// Why an append is not on disk, by its index; empty when all of them are.
    failed: Vec<Option<Failure>>,
}

impl CommitResult {
    /// Returns why the append at `index` was not saved; `None` when it was.
    pub fn failure(&self, index: BatchIndex) -> Option<&Failure> {
        self.failed.get(index)?.as_ref()
    }

    /// Returns whether all of the batch was saved.
    pub fn is_whole(&self) -> bool {
        self.failed.iter().all(Option::is_none)
    }

    /// Returns whether the store did not take the append at `index` for a reason of its own, and not of the disk's: the room
    /// was not as it was in memory.
    pub fn is_overtaken(&self, index: Option<BatchIndex>) -> bool {
        let failure = index.and_then(|index| self.failure(index));
        failure.is_some_and(|failure| !matches!(failure, Failure::CannotSave(_)))
    }
}

/// What a commit showed of the disk.
#[derive(Debug)]
pub enum DiskState {
    /// Nothing that was not known.
    Unknown,
    /// It takes what is written.
    Works,
    /// It takes nothing: why, and the file that could not be written, if it is one.
    Fails { why: Phrase, file: Option<PathBuf> },
}

/// Saves a batch. What the store refuses alone is refused alone; when the disk refuses, nothing is saved. `data_dir` is where
/// it is tried whether the disk takes anything.
pub fn commit(
    batch: &mut Batch,
    store: &mut dyn Store,
    rooms: &mut Rooms,
    data_dir: &Path,
) -> (CommitResult, DiskState) {
    if batch.is_empty() {
        return (CommitResult::default(), DiskState::Unknown);
    }
    if let Err(error) = store.append_batch(batch.appends()) {
        tracing::error!(%error, "nothing could be saved");
        // Where the disk takes something, what fails is the journal of one room.
        if !error.cannot_save() || (error.is_of_one_file() && probe::can_save(data_dir, None)) {
            return (commit_apart(batch, store, rooms), DiskState::Unknown);
        }
        let failed = vec![Some(Failure::CannotSave(error.phrase())); batch.appends().len()];
        let disk = DiskState::Fails { why: error.phrase(), file: error.path().map(Path::to_owned) };
        return (CommitResult { failed }, disk);
    }
    let by_room = batch.by_room().into_iter().map(|(room, records)| (room.clone(), records));
    for (room, records) in by_room.collect::<Vec<(RoomId, Vec<Record>)>>() {
        let fold = batch.take_fold(&room);
        rooms.apply_records(&room, &records, fold, batch.now);
    }
    (CommitResult::default(), DiskState::Works)
}

/// Saves each append by itself. A room where one was refused is read again: it was not what was in memory.
fn commit_apart(batch: &Batch, store: &mut dyn Store, rooms: &mut Rooms) -> CommitResult {
    let mut failed = Vec::new();
    let mut doubtful = BTreeSet::new();
    for append in batch.appends() {
        let Append { room, records, .. } = append;
        failed.push(match store.append_batch(std::slice::from_ref(append)) {
            Ok(()) => {
                rooms.apply_records(room, records, None, batch.now);
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
        rooms.reload_room(store, room, batch.now);
    }
    CommitResult { failed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::writer::decide::Decision;
    use crate::host::writer::fixture::Fixture;

    #[test]
    fn a_room_that_is_out_of_step_is_refused_alone_and_read_again() {
        let mut fixture = Fixture::new();
        let (request, now) = (fixture.note("once more"), fixture.ledger.now());
        fixture.ledger.rooms.put_out_of_step(&fixture.room.clone());
        let mut batch = Batch::new(now);
        let Decision::Staged(index) = fixture.decide(&mut batch, &request) else { panic!("not staged") };
        let ledger = &mut fixture.ledger;
        let (result, disk) = commit(&mut batch, &mut *ledger.store, &mut ledger.rooms, &ledger.data_dir);
        assert!(result.is_overtaken(Some(index)) && !result.is_whole());
        assert!(matches!(disk, DiskState::Unknown), "{disk:?}");
        let mut batch = Batch::new(now);
        assert!(matches!(fixture.decide(&mut batch, &request), Decision::Staged(_)));
        let ledger = &mut fixture.ledger;
        let (result, disk) = commit(&mut batch, &mut *ledger.store, &mut ledger.rooms, &ledger.data_dir);
        assert!(result.is_whole() && matches!(disk, DiskState::Works));
    }

    #[test]
    fn nothing_to_save_says_nothing_of_the_disk() {
        let mut fixture = Fixture::new();
        let ledger = &mut fixture.ledger;
        let mut batch = Batch::new(ledger.clock.now());
        let (result, disk) = commit(&mut batch, &mut *ledger.store, &mut ledger.rooms, &ledger.data_dir);
        assert!(result.is_whole() && matches!(disk, DiskState::Unknown));
    }
}
