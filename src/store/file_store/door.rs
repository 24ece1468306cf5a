//! The store of files behind the door: each call of the contract goes to the part that answers it.

use std::collections::BTreeMap;

use super::FileStore;
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::store::contract::{Append, PreparedRoom, Readiness, RoomUse, Store};
use crate::store::error::StoreError;
use crate::store::findings::{IndexDoubt, Verification, VerifierFindings};
use crate::store::journal::damaged_opening::OpeningRemains;
use crate::store::notice::StoreNotice;
use crate::store::page::{PageStart, RecordPage};
use crate::store::prepare::Prepared;
use crate::store::reading::{ReadView, Verifier};
use crate::store::side_table::SideEntries;

impl Store for FileStore {
    fn append_batch(&mut self, batch: &[Append]) -> Result<(), StoreError> {
        FileStore::append_batch(self, batch)
    }

    fn catch_up(&mut self) {
        FileStore::catch_up(self);
    }

    fn backlog(&self) -> usize {
        FileStore::backlog(self)
    }

    fn flush(&mut self) {
        FileStore::flush(self);
    }

    fn list_rooms(&self) -> Result<Vec<RoomId>, StoreError> {
        FileStore::list_rooms(self)
    }

    fn room_size(&self, room: &RoomId) -> Option<u64> {
        FileStore::room_size(self, room)
    }

    fn is_room_readable(&self, room: &RoomId) -> bool {
        FileStore::is_room_readable(self, room)
    }

    fn records(&mut self, room: &RoomId, from: Seq, limit: usize) -> Result<Vec<Record>, StoreError> {
        FileStore::records(self, room, from, limit)
    }

    fn find_event(&mut self, room: &RoomId, id: EventId) -> Result<Option<Seq>, StoreError> {
        FileStore::find_event(self, room, id)
    }

    fn first_event_id(&self, room: &RoomId) -> Option<EventId> {
        self.journals.first_event_id(room)
    }

    fn page(
        &mut self,
        room: &RoomId,
        from: PageStart,
        limit: usize,
        moved: &BTreeMap<Seq, Moment>,
        admit: &mut dyn FnMut(&Record) -> bool,
    ) -> Result<RecordPage, StoreError> {
        FileStore::page(self, room, from, limit, moved, admit)
    }

    fn load_room(&mut self, room: &RoomId) -> Result<Room, StoreError> {
        FileStore::load_room(self, room)
    }

    fn save_snapshot(&mut self, room: &Room) {
        FileStore::save_snapshot(self, room);
    }

    fn read_view(&mut self, room: &RoomId) -> Result<Box<dyn ReadView>, StoreError> {
        Ok(Box::new(FileStore::read_view(self, room)?))
    }

    fn report_doubt(&mut self, doubt: IndexDoubt) {
        FileStore::report_doubt(self, doubt);
    }

    fn put_draft(&mut self, room: &RoomId, person: &str, slot: &str, draft: &[u8]) {
        FileStore::put_draft(self, room, person, slot, draft);
    }

    fn drop_draft(&mut self, room: &RoomId, person: &str, slot: &str) {
        SideEntries::put_draft(self, room, person, slot, &[]);
    }

    fn drafts(&mut self, room: &RoomId, person: &str) -> Vec<(String, Vec<u8>)> {
        SideEntries::drafts(self, room, person)
    }

    fn put_seen(&mut self, room: &RoomId, person: &str, seq: Seq) {
        SideEntries::put_seen(self, room, person, seq);
    }

    fn seen(&mut self, room: &RoomId, person: &str) -> Seq {
        SideEntries::seen(self, room, person)
    }

    fn put_summary(&mut self, room: &RoomId, summary: &[u8]) {
        SideEntries::put_summary(self, room, summary);
    }

    fn summaries(&mut self) -> Vec<(RoomId, Vec<u8>)> {
        SideEntries::summaries(self)
    }

    fn redactions_due(&self) -> Vec<RoomId> {
        self.redactions.due()
    }

    fn is_redaction_due(&self, room: &RoomId) -> bool {
        self.redactions.is_due(room)
    }

    fn has_to_redact(&self, room: &RoomId) -> bool {
        self.redactions.contains(room)
    }

    fn is_redaction_put_off(&self, room: &RoomId) -> bool {
        self.redactions.is_put_off(room)
    }

    fn failed_redaction(&self, room: &RoomId) -> Option<&StoreError> {
        self.redactions.failure(room)
    }

    fn defer_long_work(&mut self) {
        FileStore::defer_long_work(self);
    }

    fn readiness(&mut self, room: &RoomId, wanted: RoomUse) -> Readiness {
        FileStore::readiness(self, room, wanted)
    }

    fn finish_preparation(&mut self, prepared: Prepared) -> PreparedRoom {
        FileStore::finish_preparation(self, prepared)
    }

    fn is_preparing(&self) -> bool {
        FileStore::is_preparing(self)
    }

    fn is_checked(&self, room: &RoomId) -> bool {
        FileStore::is_checked(self, room)
    }

    fn cancel_long_work(&self) {
        FileStore::cancel_long_work(self);
    }

    fn is_long_room(&self, room: &RoomId) -> bool {
        FileStore::is_long_room(self, room)
    }

    fn start_verification(&mut self, room: &RoomId) -> Result<Box<dyn Verifier>, StoreError> {
        Ok(Box::new(FileStore::start_verification(self, room)?))
    }

    fn finish_verification(&mut self, room: &RoomId, findings: VerifierFindings) -> Option<Verification> {
        FileStore::finish_verification(self, room, findings)
    }

    fn salvage_opening(&self, room: &RoomId) -> OpeningRemains {
        FileStore::salvage_opening(self, room)
    }

    fn take_notices(&mut self) -> Vec<StoreNotice> {
        FileStore::take_notices(self)
    }

    fn is_detached(&self) -> bool {
        FileStore::is_detached(self)
    }

    #[cfg(test)]
    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
