//! What one cycle of the writer is going to save: decided, numbered and stamped, but not yet on disk.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, UNIX_EPOCH};

use crate::domain::event::Event;
use crate::domain::id::{EventId, IntentId, RoomId, Seq};
use crate::domain::record::{Author, Record};
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::host::clients::ClientId;
use crate::host::rooms::RoomBase;
use crate::store::Append;

/// A clock set back by so much or more is recorded, so that the order of `rec` can be understood later.
const CLOCK_MOVED_FROM_SECONDS: i64 = 1;

/// See the module.
#[derive(Debug)]
pub struct Batch {
    pub now: Moment,
    appends: Vec<Append>,
    rooms: BTreeMap<RoomId, Staged>,
    ids: HashMap<IntentId, BatchIndex>,
    askers: BTreeMap<BatchIndex, Asker>,
}

/// Who gets the records of an append as the answer to its question, and not once more among what is told in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    pub client: ClientId,
    pub ask: u64,
}

/// One room's part of the batch.
#[derive(Debug)]
struct Staged {
    seq: Seq,
    last_rec: Option<Moment>,
    /// The room as it will be; made when a second decision needs it, because copying a room is dear.
    fold: Option<Room>,
}

/// An event with all that makes it a record but its place.
struct Stamped {
    id: EventId,
    at: Moment,
    rec: Moment,
    by: Author,
    event: Event,
}

/// Where in the batch an intent's records are.
pub type BatchIndex = usize;

/// What was decided and is recorded together.
#[derive(Debug)]
pub struct Decided {
    /// The intent that caused it; `None` for the program itself.
    pub id: Option<IntentId>,
    pub at: Moment,
    pub by: Author,
    pub events: Vec<Event>,
}

impl Batch {
    /// Returns a batch at the host's time `now`.
    pub fn new(now: Moment) -> Self {
        Batch { now, appends: Vec::new(), rooms: BTreeMap::new(), ids: HashMap::new(), askers: BTreeMap::new() }
    }

    /// Returns whether there is nothing to save.
    pub fn is_empty(&self) -> bool {
        self.appends.is_empty()
    }

    /// Returns what to save, in order.
    pub fn appends(&self) -> &[Append] {
        &self.appends
    }

    /// Returns the rooms it touches, each with its new records.
    pub fn by_room(&self) -> BTreeMap<&RoomId, Vec<Record>> {
        let mut rooms: BTreeMap<&RoomId, Vec<Record>> = BTreeMap::new();
        for append in &self.appends {
            rooms.entry(&append.room).or_default().extend(append.records.iter().cloned());
        }
        rooms
    }

    /// Returns the records of one intent of this batch, and their room.
    pub fn records(&self, place: BatchIndex) -> (&RoomId, &[Record]) {
        let append = &self.appends[place];
        (&append.room, &append.records)
    }

    /// Has the records at `index` be sent to `asker` as its answer. The first asker of an intent stays.
    pub fn set_asker(&mut self, index: BatchIndex, asker: Asker) {
        self.askers.entry(index).or_insert(asker);
    }

    /// Returns who gets the records at `index` as its answer.
    pub fn asker(&self, index: BatchIndex) -> Option<Asker> {
        self.askers.get(&index).copied()
    }

    /// Returns where the intent `id` is, when it is in this batch already.
    pub fn find(&self, id: IntentId) -> Option<BatchIndex> {
        self.ids.get(&id).copied()
    }

    /// Returns whether `room` is made by this batch.
    pub fn makes(&self, room: &RoomId) -> bool {
        self.appends.iter().any(|append| append.room == *room && append.expected == 0)
    }

    /// Returns the room as the next decision should see it.
    pub fn fold<'a>(&'a mut self, base: RoomBase<'a>) -> &'a Room {
        let Some(staged) = self.rooms.get_mut(&base.room.id) else { return base.room };
        let appends = &self.appends;
        staged.fold.get_or_insert_with(|| {
            let mut room = base.room.clone();
            let records = appends.iter().filter(|append| append.room == room.id).flat_map(|append| &append.records);
            // Collected first: the filter reads the id of the room that is being changed.
            for record in records.collect::<Vec<_>>() {
                room.apply(record);
            }
            room
        })
    }

    /// Returns the fold made on the way, if one was: it saves folding again.
    pub fn take_fold(&mut self, room: &RoomId) -> Option<Room> {
        self.rooms.get_mut(room)?.fold.take()
    }

    /// Adds what was decided on top of `base` and of the batch so far. When the machine's clock went backwards since the
    /// room's last record, that is recorded first.
    pub fn add(&mut self, base: RoomBase<'_>, decided: Decided) -> BatchIndex {
        let Decided { id, at, by, events } = decided;
        let room = &base.room.id;
        let last_rec = self.rooms.get(room).map_or(base.last_rec, |staged| staged.last_rec);
        let behind = last_rec.map_or(0, |last| last.since(self.now).num_seconds());
        if behind >= CLOCK_MOVED_FROM_SECONDS {
            self.add_clock_moved(base, behind, by.uid);
        }
        let rec = match last_rec {
            Some(last) if behind < CLOCK_MOVED_FROM_SECONDS => self.now.max(last),
            _ => self.now,
        };
        let first = id.unwrap_or_else(|| IntentId(own_id(self.now).0));
        let stamp = |(n, event)| Stamped { id: first.event(n), at, rec, by: by.clone(), event };
        let place = self.push(base, events.into_iter().enumerate().map(stamp).collect());
        self.ids.extend(id.map(|id| (id, place)));
        place
    }

    /// Adds that the machine's clock was set back by so many seconds; a negative number means forward.
    pub fn add_clock_moved(&mut self, base: RoomBase<'_>, seconds: i64, uid: u32) {
        let event = Event::ClockMoved { seconds };
        let stamped = Stamped { id: own_id(self.now), at: self.now, rec: self.now, by: Author::klock(uid), event };
        self.push(base, vec![stamped]);
    }

    /// Adds a room that is written already, from its first record on: a demo.
    pub fn add_written(&mut self, room: RoomId, id: IntentId, records: Vec<Record>) -> BatchIndex {
        let (seq, last_rec) = records.last().map_or((0, None), |last| (last.seq, Some(last.rec)));
        self.rooms.insert(room.clone(), Staged { seq, last_rec, fold: None });
        self.appends.push(Append { room, expected: 0, records });
        let place = self.appends.len() - 1;
        self.ids.insert(id, place);
        place
    }

    fn push(&mut self, base: RoomBase<'_>, events: Vec<Stamped>) -> BatchIndex {
        let staged = self.rooms.entry(base.room.id.clone()).or_insert_with(|| Staged {
            seq: base.room.seq,
            last_rec: base.last_rec,
            fold: None,
        });
        let expected = staged.seq;
        let mut records = Vec::with_capacity(events.len());
        for Stamped { id, at, rec, by, event } in events {
            staged.seq += 1;
            staged.last_rec = Some(rec);
            let record = Record { seq: staged.seq, id, at, rec, by, event };
            if let Some(fold) = &mut staged.fold {
                fold.apply(&record);
            }
            records.push(record);
        }
        self.appends.push(Append { room: base.room.id.clone(), expected, records });
        self.appends.len() - 1
    }
}

/// Returns an id for an event that no intent caused.
fn own_id(now: Moment) -> EventId {
    let millis = u64::try_from(now.millis()).unwrap_or(0);
    EventId(ulid::Ulid::from_datetime(UNIX_EPOCH + Duration::from_millis(millis)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Moment {
        Moment::parse("2026-11-21T12:00:00+01:00").unwrap().plus_minutes(minute)
    }

    fn decided(id: u128, event: Event) -> Decided {
        Decided { id: Some(IntentId(ulid::Ulid(id))), at: at(0), by: Author::klock(1), events: vec![event] }
    }

    #[test]
    fn a_decision_sees_what_was_decided_before_it_in_the_same_batch() {
        let room = Room::new(RoomId::of_year(2026, 1));
        let base = RoomBase { room: &room, last_rec: None };
        let mut batch = Batch::new(at(0));
        let first = batch.add(base, decided(1 << 20, Event::MeetingStarted { no: 1 }));
        assert!(batch.fold(base).running_meeting().is_some());
        batch.add(base, decided(2 << 20, Event::MeetingEnded { no: 1, held: true, summary: "".into() }));
        assert!(batch.fold(base).running_meeting().is_none(), "the fold made on the way keeps up");
        assert_eq!(batch.find(IntentId(ulid::Ulid(1 << 20))), Some(first));
        let expected: Vec<Seq> = batch.appends().iter().map(|append| append.expected).collect();
        assert_eq!(expected, [0, 1]);
        assert_eq!(batch.take_fold(&room.id).map(|fold| fold.seq), Some(2));
    }

    #[test]
    fn a_clock_set_back_is_recorded_once_and_a_hair_is_passed_over() {
        let room = Room::new(RoomId::of_year(2026, 1));
        let note = || Event::MeetingStarted { no: 1 };
        let mut batch = Batch::new(at(0));
        let base = RoomBase { room: &room, last_rec: Some(at(0).plus(chrono::Duration::milliseconds(900))) };
        let place = batch.add(base, decided(1 << 20, note()));
        assert_eq!(batch.records(place).1[0].rec, base.last_rec.unwrap(), "never before the one before");
        let mut batch = Batch::new(at(0));
        let base = RoomBase { room: &room, last_rec: Some(at(2)) };
        batch.add(base, decided(1 << 20, note()));
        batch.add(base, decided(2 << 20, note()));
        let moved =
            |append: &Append| matches!(append.records[..], [Record { event: Event::ClockMoved { seconds: 120 }, .. }]);
        assert_eq!(batch.appends().iter().map(moved).collect::<Vec<_>>(), [true, false, false]);
    }
}
