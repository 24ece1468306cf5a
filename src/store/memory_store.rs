//! A store that keeps everything in memory: for tests of what stands in front of the door, and to hold the door's contract against.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::contract::{Append, PreparedRoom, Readiness, RoomUse, Store};
use super::error::StoreError;
use super::findings::{IndexDoubt, Verification, VerifierFindings};
use super::journal::damaged_opening::OpeningRemains;
use super::journal::encode::encode;
use super::journal::hash::Hash;
use super::journal::line;
use super::journal::redact::without_words;
use super::journal::redacted_words::RedactedWords;
use super::journal::salt::Salts;
use super::notice::StoreNotice;
use super::page::{PageStart, RecordPage, page_of};
use super::prepare::Prepared;
use super::reading::{ReadError, ReadView, Verifier};
use super::side_table::{SideEntries, SideTable};
use crate::domain::event::Event;
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::time::Moment;

/// The records of one room, each as its line.
type Lines = Arc<Vec<Vec<u8>>>;

/// See the module. It is always ready, never doubts, and redacts at once.
pub struct MemoryStore {
    rooms: BTreeMap<RoomId, Lines>,
    side_table: SideTable,
    salts: Box<dyn Salts>,
}

impl MemoryStore {
    /// Returns an empty store.
    pub fn new(salts: Box<dyn Salts>) -> Self {
        MemoryStore { rooms: BTreeMap::new(), side_table: SideTable::default(), salts }
    }

    fn lines_of(&self, room: &RoomId) -> Result<&Lines, StoreError> {
        self.rooms.get(room).ok_or_else(|| StoreError::NoSuchRoom(room.clone()))
    }

    /// Takes the words out of the entry `target` of `room` and of its later wordings.
    fn redact(&mut self, room: &RoomId, target: Seq) {
        let Some(lines) = self.rooms.get_mut(room) else { return };
        let mut gone = RedactedWords::default();
        for bytes in Arc::make_mut(lines) {
            let Some(line) = line::parse(bytes) else { continue };
            let is_meant = line.seq() == target
                || matches!(line.event(), Event::EntryAmended { target: amended, .. } if amended == target);
            if is_meant && let Ok(without) = without_words(&line, &mut *self.salts) {
                gone.add(&line.record());
                *bytes = without;
            }
        }
        self.side_table.forget_words(room, &gone);
    }
}

fn records_of(lines: &[Vec<u8>]) -> Vec<Record> {
    lines.iter().filter_map(|bytes| line::parse(bytes)).map(|line| line.record()).collect()
}

fn from_seq(lines: &[Vec<u8>], from: Seq, limit: usize) -> &[Vec<u8>] {
    let start = usize::try_from(from.max(1) - 1).unwrap_or(usize::MAX).min(lines.len());
    &lines[start..lines.len().min(start.saturating_add(limit))]
}

fn head_of(lines: &[Vec<u8>]) -> Hash {
    lines.last().and_then(|bytes| line::parse(bytes)).map_or(Hash::NONE, |line| line.link())
}

impl Store for MemoryStore {
    fn append_batch(&mut self, batch: &[Append]) -> Result<(), StoreError> {
        let mut changed: BTreeMap<RoomId, Vec<Vec<u8>>> = BTreeMap::new();
        for Append { room, expected, records } in batch {
            let before = self.rooms.get(room);
            let lines =
                changed.entry(room.clone()).or_insert_with(|| before.map_or_else(Vec::new, |lines| lines.to_vec()));
            let found = lines.len() as Seq;
            if found == 0 && *expected > 0 {
                return Err(StoreError::NoSuchRoom(room.clone()));
            }
            if found != *expected {
                return Err(StoreError::WrongSeq { room: room.clone(), expected: *expected, found });
            }
            for (nth, record) in records.iter().enumerate() {
                let wanted = lines.len() as Seq + 1;
                if record.seq != wanted {
                    return Err(StoreError::OutOfOrder { room: room.clone(), expected: wanted, found: record.seq });
                }
                let left = u32::try_from(records.len() - nth - 1).unwrap_or(u32::MAX);
                let line = encode(record, left, head_of(lines), &mut *self.salts).map_err(|e| {
                    StoreError::Unwritable { room: room.clone(), seq: record.seq, reason: e.to_string() }
                })?;
                lines.push(line.bytes);
            }
        }
        for (room, lines) in changed {
            self.rooms.insert(room, Arc::new(lines));
        }
        for Append { room, records, .. } in batch {
            for record in records {
                if let Event::EntryRedacted { target, .. } = record.event {
                    self.redact(room, target);
                }
            }
        }
        Ok(())
    }

    fn catch_up(&mut self) {}

    fn backlog(&self) -> usize {
        0
    }

    fn flush(&mut self) {}

    fn list_rooms(&self) -> Result<Vec<RoomId>, StoreError> {
        Ok(self.rooms.keys().cloned().collect())
    }

    fn room_size(&self, room: &RoomId) -> Option<u64> {
        Some(self.rooms.get(room)?.iter().map(|line| line.len() as u64 + 1).sum())
    }

    fn is_room_readable(&self, _: &RoomId) -> bool {
        true
    }

    fn records(&mut self, room: &RoomId, from: Seq, limit: usize) -> Result<Vec<Record>, StoreError> {
        Ok(records_of(from_seq(self.lines_of(room)?, from, limit)))
    }

    fn find_event(&mut self, room: &RoomId, id: EventId) -> Result<Option<Seq>, StoreError> {
        Ok(records_of(self.lines_of(room)?).iter().rev().find(|record| record.id == id).map(|record| record.seq))
    }

    fn first_event_id(&self, room: &RoomId) -> Option<EventId> {
        Some(line::parse(self.rooms.get(room)?.first()?)?.id())
    }

    fn page(
        &mut self,
        room: &RoomId,
        from: PageStart,
        limit: usize,
        moved: &BTreeMap<Seq, Moment>,
        admit: &mut dyn FnMut(&Record) -> bool,
    ) -> Result<RecordPage, StoreError> {
        Ok(page_of(records_of(self.lines_of(room)?), from, limit, moved, admit))
    }

    fn load_room(&mut self, room: &RoomId) -> Result<Room, StoreError> {
        Ok(Room::fold(room.clone(), &records_of(self.lines_of(room)?)))
    }

    fn save_snapshot(&mut self, _: &Room) {}

    fn read_view(&mut self, room: &RoomId) -> Result<Box<dyn ReadView>, StoreError> {
        Ok(Box::new(MemoryView(Arc::clone(self.lines_of(room)?))))
    }

    fn report_doubt(&mut self, _: IndexDoubt) {}

    fn put_draft(&mut self, room: &RoomId, person: &str, slot: &str, draft: &[u8]) {
        self.side_table.put_draft(room, person, slot, draft);
    }

    fn drop_draft(&mut self, room: &RoomId, person: &str, slot: &str) {
        self.side_table.put_draft(room, person, slot, &[]);
    }

    fn drafts(&mut self, room: &RoomId, person: &str) -> Vec<(String, Vec<u8>)> {
        self.side_table.drafts(room, person)
    }

    fn put_seen(&mut self, room: &RoomId, person: &str, seq: Seq) {
        self.side_table.put_seen(room, person, seq);
    }

    fn seen(&mut self, room: &RoomId, person: &str) -> Seq {
        self.side_table.seen(room, person)
    }

    fn put_summary(&mut self, room: &RoomId, summary: &[u8]) {
        self.side_table.put_summary(room, summary);
    }

    fn summaries(&mut self) -> Vec<(RoomId, Vec<u8>)> {
        self.side_table.summaries()
    }

    fn redactions_due(&self) -> Vec<RoomId> {
        Vec::new()
    }

    fn is_redaction_due(&self, _: &RoomId) -> bool {
        false
    }

    fn has_to_redact(&self, _: &RoomId) -> bool {
        false
    }

    fn is_redaction_put_off(&self, _: &RoomId) -> bool {
        false
    }

    fn failed_redaction(&self, _: &RoomId) -> Option<&StoreError> {
        None
    }

    fn defer_long_work(&mut self) {}

    fn readiness(&mut self, _: &RoomId, _: RoomUse) -> Readiness {
        Readiness::Ready
    }

    fn finish_preparation(&mut self, _: Prepared) -> PreparedRoom {
        PreparedRoom { fold: None, is_redacted: false }
    }

    fn is_preparing(&self) -> bool {
        false
    }

    fn is_checked(&self, room: &RoomId) -> bool {
        self.rooms.contains_key(room)
    }

    fn cancel_long_work(&self) {}

    fn is_long_room(&self, _: &RoomId) -> bool {
        false
    }

    fn start_verification(&mut self, room: &RoomId) -> Result<Box<dyn Verifier>, StoreError> {
        Ok(Box::new(MemoryView(Arc::clone(self.lines_of(room)?))))
    }

    fn finish_verification(&mut self, _: &RoomId, findings: VerifierFindings) -> Option<Verification> {
        Some(findings.into_verification())
    }

    fn salvage_opening(&self, _: &RoomId) -> OpeningRemains {
        OpeningRemains::default()
    }

    fn take_notices(&mut self) -> Vec<StoreNotice> {
        Vec::new()
    }

    fn is_detached(&self) -> bool {
        false
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}

/// The lines of a room as they stood.
struct MemoryView(Lines);

impl ReadView for MemoryView {
    fn records(&self, from: Seq, limit: usize) -> Result<Vec<Record>, ReadError> {
        Ok(records_of(from_seq(&self.0, from, limit)))
    }

    fn lines(&self, from: Seq, limit: usize) -> Result<Vec<String>, ReadError> {
        Ok(from_seq(&self.0, from, limit).iter().map(|line| String::from_utf8_lossy(line).into_owned()).collect())
    }

    fn page(
        &self,
        from: PageStart,
        limit: usize,
        moved: &BTreeMap<Seq, Moment>,
        admit: &mut dyn FnMut(&Record) -> bool,
    ) -> Result<RecordPage, ReadError> {
        Ok(page_of(records_of(&self.0), from, limit, moved, admit))
    }

    fn within(&self, spans: &[(EventId, EventId)], limit: usize) -> Result<Vec<Record>, ReadError> {
        let all = records_of(&self.0);
        let mut found = Vec::new();
        for (from, to) in spans {
            let mut within: Vec<&Record> = all.iter().filter(|record| (*from..=*to).contains(&record.id)).collect();
            within.sort_by_key(|record| record.id);
            found.extend(within.into_iter().cloned());
        }
        found.truncate(limit);
        Ok(found)
    }

    fn without_index(self: Box<Self>) -> Box<dyn ReadView> {
        self
    }
}

impl Verifier for MemoryView {
    fn verify_next(&mut self) -> Result<Option<VerifierFindings>, StoreError> {
        Ok(Some(VerifierFindings::sound(self.0.len() as u64, head_of(&self.0))))
    }

    fn without_index(self: Box<Self>) -> Box<dyn Verifier> {
        self
    }
}
