//! The rooms that a client is in, and how far it has their records. Pure.

use std::collections::BTreeMap;

use crate::domain::id::{RoomId, Seq};
use crate::domain::record::Record;
use crate::wire::message::{Ask, Writing};

/// See the module.
#[derive(Debug, Default)]
pub struct Replica {
    rooms: BTreeMap<RoomId, RoomPosition>,
}

#[derive(Debug)]
struct RoomPosition {
    last: Seq,
    /// Words were redacted: all of it has to be fetched again.
    is_stale: bool,
    entries: usize,
    /// What the person is writing there, as the others were told.
    writing: Option<Writing>,
}

/// What the records that came mean for a room.
#[derive(Debug, PartialEq)]
pub enum NewRecords {
    /// These follow what is here without a gap.
    Next(Vec<Record>),
    /// Some before them are missing.
    AfterGap,
    /// They are here already, or the client is not in that room.
    Nothing,
}

impl Replica {
    /// Notes that the client is in `room`, with its records up to `last`. `entries`: how many of the latest were asked for.
    pub fn enter(&mut self, room: RoomId, last: Seq, entries: usize) {
        self.rooms.insert(room, RoomPosition { last, is_stale: false, entries, writing: None });
    }

    /// Notes that the client has left `room`.
    pub fn leave(&mut self, room: &RoomId) {
        self.rooms.remove(room);
    }

    /// Notes what the person is writing in `room`.
    pub fn set_writing(&mut self, room: &RoomId, writing: Option<Writing>) {
        if let Some(position) = self.rooms.get_mut(room) {
            position.writing = writing;
        }
    }

    /// Returns the rooms that the client is in.
    pub fn rooms(&self) -> impl Iterator<Item = &RoomId> {
        self.rooms.keys()
    }

    /// Takes in records that the host sent: on its own account, or as the answer to what this client did.
    pub fn accept_records(&mut self, room: &RoomId, mut records: Vec<Record>) -> NewRecords {
        let Some(position) = self.rooms.get_mut(room) else { return NewRecords::Nothing };
        records.retain(|record| record.seq > position.last);
        match (records.first(), records.last()) {
            (Some(first), Some(last)) if first.seq == position.last + 1 => {
                position.last = last.seq;
                NewRecords::Next(records)
            }
            (Some(_), _) => NewRecords::AfterGap,
            _ => NewRecords::Nothing,
        }
    }

    /// Takes in the records that followed what is here, and returns those that are new; nothing when the client is not in that
    /// room any more.
    pub fn accept_missing(&mut self, room: &RoomId, mut records: Vec<Record>) -> Option<Vec<Record>> {
        let position = self.rooms.get_mut(room)?;
        records.retain(|record| record.seq > position.last);
        position.last = records.last().map_or(position.last, |record| record.seq);
        Some(records)
    }

    /// Notes that all of `room` was fetched again, up to `last`.
    pub fn replace(&mut self, room: &RoomId, last: Seq) {
        if let Some(position) = self.rooms.get_mut(room) {
            position.last = last;
            position.is_stale = false;
        }
    }

    /// Notes that words were redacted from `room`. Returns whether the client is in it.
    pub fn mark_stale(&mut self, room: &RoomId) -> bool {
        self.rooms.get_mut(room).map(|position| position.is_stale = true).is_some()
    }

    /// Returns whether the client is in `room`.
    pub fn is_in(&self, room: &RoomId) -> bool {
        self.rooms.contains_key(room)
    }

    /// Returns what to ask to be in `room` again: only for what followed, or all of it when it is stale.
    pub fn reenter(&self, room: &RoomId) -> Option<Ask> {
        let position = self.rooms.get(room)?;
        let after = Some(position.last).filter(|_| !position.is_stale);
        Some(Ask::Attach { room: room.clone(), after, entries: position.entries })
    }

    /// Returns what to ask so that the others see again what the person is writing in `room`.
    pub fn writing(&self, room: &RoomId) -> Option<Ask> {
        let what = self.rooms.get(room)?.writing.clone()?;
        Some(Ask::Writing { room: room.clone(), what: Some(what) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Event;
    use crate::domain::id::IntentId;
    use crate::domain::record::Author;
    use crate::domain::time::Moment;

    fn room() -> RoomId {
        RoomId::of_year(2026, 1)
    }

    fn records(seqs: impl IntoIterator<Item = Seq>) -> Vec<Record> {
        let at = Moment::parse("2026-11-21T14:00:00+01:00").unwrap();
        let record = |seq: Seq| {
            let id = IntentId(ulid::Ulid(u128::from(seq))).event(0);
            Record { seq, id, at, rec: at, by: Author::klock(1), event: Event::ClockMoved { seconds: 1 } }
        };
        seqs.into_iter().map(record).collect()
    }

    #[test]
    fn records_count_once_and_a_gap_is_seen() {
        let mut replica = Replica::default();
        replica.enter(room(), 7, 40);
        assert_eq!(replica.accept_records(&room(), records(6..=9)), NewRecords::Next(records(8..=9)));
        assert_eq!(replica.accept_records(&room(), records(6..=9)), NewRecords::Nothing);
        assert_eq!(replica.accept_records(&room(), records([12])), NewRecords::AfterGap);
        assert_eq!(replica.accept_missing(&room(), records(9..=12)), Some(records(10..=12)));
        assert_eq!(replica.reenter(&room()), Some(Ask::Attach { room: room(), after: Some(12), entries: 40 }));
        replica.leave(&room());
        assert_eq!(replica.accept_missing(&room(), records([13])), None);
    }

    #[test]
    fn a_stale_room_is_fetched_whole_until_it_is_replaced() {
        let mut replica = Replica::default();
        assert!(!replica.mark_stale(&room()), "not in it");
        replica.enter(room(), 7, 40);
        assert!(replica.mark_stale(&room()));
        let after = |replica: &Replica| match replica.reenter(&room()) {
            Some(Ask::Attach { after, .. }) => after,
            other => panic!("{other:?}"),
        };
        assert_eq!(after(&replica), None);
        replica.replace(&room(), 9);
        assert_eq!(after(&replica), Some(9));
    }
}
