//! Redaction: once it is recorded that words are to go, they go from the disk, whatever was interrupted.

use super::keeper::{Keeper, unreadable};
use crate::domain::event::Event;
use crate::domain::id::{RoomId, Seq};
use crate::domain::record::Record;
use crate::wire::message::Failure;

/// How many records are looked through at a time for later wordings.
const STRIDE: usize = 1000;

impl Keeper {
    /// Takes the words of entry `target`, and of every later wording of it, off the disk. What has gone already is passed over.
    ///
    /// # Errors
    /// The disk's own: the words are then still there, and the same may be asked again.
    pub(super) fn redact(&mut self, room: &RoomId, target: Seq) -> Result<(), Failure> {
        let wordings = self.wordings(room, target)?;
        if wordings.is_empty() {
            return Ok(());
        }
        self.store.redact(room, &wordings).map_err(|error| {
            tracing::error!(%room, target, %error, "words that are to go are still there");
            if error.cannot_save() { Failure::CannotSave(error.phrase()) } else { unreadable(&error) }
        })?;
        // The room in memory is folded from what is left.
        self.shelf.forget(room);
        if self.is_ready(room) {
            self.shelf.read_at_last(&mut self.store, room, self.clock.now());
        }
        Ok(())
    }

    /// Does what a host that died between recording a redaction and doing it left undone, in the rooms that are in memory.
    pub(super) fn finish_redactions(&mut self) {
        let rooms: Vec<RoomId> = self.shelf.live().map(|live| live.room.id.clone()).collect();
        rooms.iter().for_each(|room| self.finish_redactions_in(room));
    }

    /// The same in one room.
    pub(super) fn finish_redactions_in(&mut self, room: &RoomId) {
        let Some(live) = self.shelf.get(room) else { return };
        let marked = live.room.marks.iter().filter(|(_, mark)| mark.redacted).map(|(seq, _)| *seq);
        for seq in marked.collect::<Vec<Seq>>() {
            if let Err(failure) = self.redact(room, seq) {
                tracing::error!(%room, seq, ?failure, "a redaction is not finished");
            }
        }
    }

    /// The records that still hold words of entry `target`.
    fn wordings(&mut self, room: &RoomId, target: Seq) -> Result<Vec<Seq>, Failure> {
        let mut found = Vec::new();
        let mut from = target;
        loop {
            let records = self.store.records(room, from, STRIDE).map_err(|error| unreadable(&error))?;
            let Some(last) = records.last().map(|record| record.seq) else { return Ok(found) };
            let is_wording = |record: &&Record| {
                record.seq == target || matches!(record.event, Event::EntryAmended { target: of, .. } if of == target)
            };
            found.extend(records.iter().filter(is_wording).filter(|record| has_words(record)).map(|record| record.seq));
            from = last + 1;
        }
    }
}

/// Whether any text of the record is still there. Every text is an object with the key `text`, wherever it stands.
fn has_words(record: &Record) -> bool {
    serde_json::to_string(&record.event).is_ok_and(|event| event.contains(r#"{"text":""#))
}
