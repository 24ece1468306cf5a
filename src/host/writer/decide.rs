//! Deciding: what an intent, a declaration or a first visit records, on top of the room as it stands. Nothing is saved here.

use sha2::{Digest, Sha256};

use crate::config;
use crate::domain::decide::{self, Context};
use crate::domain::event::Event;
use crate::domain::id::{IntentId, RoomId};
use crate::domain::intent::{Declaration, Intent, Refusal, Request};
use crate::domain::phrase::Phrase;
use crate::domain::record::{Author, Record};
use crate::domain::room::{Room, State};
use crate::domain::zone::Zone;
use crate::host::failure::read_failure;
use crate::host::rooms::{RoomBase, Rooms};
use crate::host::writer::batch::{Batch, BatchIndex, Decided};
use crate::store::{Store, StoreError};
use crate::wire::message::{Answer, Failure};

/// The most events one intent causes, with room to spare: how far to read to answer one that came twice.
const MOST_EVENTS: usize = 16;

/// The routine that the demo is written for.
const DEMO_ROUTINE: &str = "critical-incident";

/// In how many of the latest rooms a declaration that comes twice is looked for.
const LATEST_ROOMS: usize = 64;

/// What came of deciding one thing.
#[derive(Debug)]
pub enum Decision {
    /// Its records are in the batch.
    Staged(BatchIndex),
    /// As [`Decision::Staged`], and words go from the disk once it is saved.
    StagedRedaction(BatchIndex),
    /// The batch opens a room.
    StagedRoom(BatchIndex),
    /// A redaction of this room that was recorded before, as these records. Its words may not be gone yet.
    RepeatedRedaction { room: RoomId, records: Vec<Record> },
    /// It needs no saving.
    Answered(Box<Result<Answer, Failure>>),
}

impl Decision {
    fn answered(answer: Result<Answer, Failure>) -> Self {
        Decision::Answered(Box::new(answer))
    }

    /// Returns where in the batch its records are, if it has any there.
    pub fn index(&self) -> Option<BatchIndex> {
        match self {
            Decision::Staged(index) | Decision::StagedRedaction(index) | Decision::StagedRoom(index) => Some(*index),
            Decision::RepeatedRedaction { .. } | Decision::Answered(_) => None,
        }
    }
}

/// What kind of room is opened: each kind is numbered by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RoomKind {
    Real,
    Demo,
}

/// Decides on top of the rooms in memory, of what the journals hold, and of what the batch holds already.
pub struct Decider<'a> {
    pub store: &'a mut dyn Store,
    pub rooms: &'a mut Rooms,
    /// The zone in which times without an offset are read.
    pub zone: &'a Zone,
    /// The user of the host, for what the program records by itself.
    pub uid: u32,
}

impl Decider<'_> {
    /// Decides one intent of `by`.
    pub fn decide_request(&mut self, batch: &mut Batch, by: Author, request: &Request) -> Decision {
        self.try_decide(batch, by, request).unwrap_or_else(|failure| Decision::answered(Err(failure)))
    }

    fn try_decide(&mut self, batch: &mut Batch, by: Author, request: &Request) -> Result<Decision, Failure> {
        let Request { id, room, at, intent } = request;
        let now = batch.now;
        self.rooms.load(self.store, room, now).map_err(|error| read_failure(&error))?;
        if let Some(index) = batch.find(*id) {
            let entry = self.target(request)?;
            let (staged_in, records) = batch.records(index);
            self.check_repeated(request, staged_in, records, entry.as_ref())?;
            return Ok(Decision::Staged(index));
        }
        if let Some(records) = self.recorded_before(room, *id)? {
            let entry = self.target(request)?;
            self.check_repeated(request, room, &records, entry.as_ref())?;
            if let Intent::RedactEntry { .. } = intent {
                return Ok(Decision::RepeatedRedaction { room: room.clone(), records });
            }
            return Ok(Decision::answered(Ok(Answer::Recorded { records })));
        }
        let target = self.target(request)?;
        let live = self.rooms.load(self.store, room, now).map_err(|error| read_failure(&error))?;
        if live.has_no_place_for(intent) {
            return Err(Failure::Refused(Refusal(Phrase::new("refuse-room-full"))));
        }
        let at = at.unwrap_or(now);
        let context = Context { now, at, zone: self.zone, by: &by, target: target.as_ref() };
        let events = decide::decide(batch.fold(live.base()), intent, context).map_err(Failure::Refused)?;
        if events.is_empty() {
            return Ok(Decision::answered(Ok(Answer::Recorded { records: Vec::new() })));
        }
        let index = batch.add(live.base(), Decided { id: Some(*id), at, by, events });
        Ok(match intent {
            Intent::RedactEntry { .. } => Decision::StagedRedaction(index),
            _ => Decision::Staged(index),
        })
    }

    /// Returns the record that `request` is about.
    fn target(&mut self, request: &Request) -> Result<Option<Record>, Failure> {
        match request.intent.target() {
            Some(seq) => self.store.record(&request.room, seq).map_err(|error| read_failure(&error)),
            None => Ok(None),
        }
    }

    /// Checks that `request`, which is about `entry`, is what was recorded under its id, in `room` as `records`. Other words under a
    /// used id are not on record, and must not be taken for it.
    fn check_repeated(
        &self,
        request: &Request,
        room: &RoomId,
        records: &[Record],
        entry: Option<&Record>,
    ) -> Result<(), Failure> {
        #[cfg(feature = "planted-bugs")]
        if crate::store::planted::Bug::UsedIdAcknowledged.is_planted() {
            return Ok(());
        }
        let live = self.rooms.get(room).filter(|_| *room == request.room);
        match live {
            Some(live) if decide::is_repeat(&live.room, &request.intent, request.at, records, entry) => Ok(()),
            _ => Err(Failure::RecordedOtherwise { records: records.to_vec() }),
        }
    }

    /// Decides the opening of a room by `by`.
    pub fn decide_opening(
        &mut self,
        batch: &mut Batch,
        by: Author,
        id: IntentId,
        declaration: &Declaration,
    ) -> Decision {
        let (at, events) = match decide::open(declaration, batch.now) {
            Ok(decided) => decided,
            Err(refusal) => return Decision::answered(Err(Failure::Refused(refusal))),
        };
        let is_repeat = |recorded: &[Record]| decide::is_repeated_opening(declaration, recorded);
        let kind = if declaration.demo { RoomKind::Demo } else { RoomKind::Real };
        self.stage_room(batch, id, kind, is_repeat, |batch, room| {
            let empty = Room::new(room);
            batch.add(RoomBase { room: &empty, last_rec: None }, Decided { id: Some(id), at, by, events })
        })
    }

    /// Decides the opening of a demo room.
    pub fn decide_demo(&mut self, batch: &mut Batch, id: IntentId) -> Decision {
        let broken = |why: String| Failure::Broken(Phrase::new("failure-no-demo").with("why", why));
        let Some(routine) = config::routine::builtin().iter().find(|routine| routine.id == DEMO_ROUTINE) else {
            return Decision::answered(Err(broken(DEMO_ROUTINE.to_owned())));
        };
        match config::demo::records(batch.now, routine, id, self.uid) {
            Ok(records) => {
                self.stage_room(batch, id, RoomKind::Demo, is_demo, |batch, room| batch.add_written(room, id, records))
            }
            Err(fault) => Decision::answered(Err(broken(fault.to_string()))),
        }
    }

    fn stage_room(
        &mut self,
        batch: &mut Batch,
        id: IntentId,
        kind: RoomKind,
        is_repeat: impl Fn(&[Record]) -> bool,
        add: impl FnOnce(&mut Batch, RoomId) -> BatchIndex,
    ) -> Decision {
        let otherwise = |records: Vec<Record>| Decision::answered(Err(Failure::RecordedOtherwise { records }));
        if let Some(index) = batch.find(id) {
            let (_, records) = batch.records(index);
            return if is_repeat(records) { Decision::StagedRoom(index) } else { otherwise(records.to_vec()) };
        }
        match self.opened_before(id) {
            Ok(Some((room, records))) if is_repeat(&records) => return Decision::answered(Ok(Answer::Opened { room })),
            Ok(Some((_, records))) => return otherwise(records),
            Ok(None) => {}
            Err(failure) => return Decision::answered(Err(failure)),
        }
        let year = chrono::Datelike::year(&batch.now.date());
        let next = match kind {
            RoomKind::Real => self.store.next_room_id(year),
            RoomKind::Demo => self.store.next_demo_id(),
        };
        let mut room = match next {
            Ok(room) => room,
            Err(error) => return Decision::answered(Err(read_failure(&error))),
        };
        while batch.makes(&room) {
            let number = room.number() + 1;
            room = match kind {
                RoomKind::Real => RoomId::of_year(year, number),
                RoomKind::Demo => RoomId::demo(number),
            };
        }
        Decision::StagedRoom(add(batch, room))
    }

    /// Decides whether it is recorded that `who` joins `room`: when they come with a screen for the first time. When that
    /// cannot be found out nothing is recorded: it is not worth failing for.
    pub fn decide_joining(&mut self, batch: &mut Batch, who: Author, room: &RoomId) {
        let id = joining_id(room, &who);
        let now = batch.now;
        let Ok(live) = self.rooms.load(self.store, room, now) else { return };
        if live.room.demo || live.room.state == State::Closed || batch.find(id).is_some() {
            return;
        }
        let opened_by = self.store.record(room, 1).ok().flatten().map(|record| record.by);
        let is_known = matches!(self.store.find_event(room, id.event(0)), Ok(Some(_)) | Err(_));
        if is_known || opened_by.is_none_or(|by| by.name == who.name && by.uid == who.uid) {
            return;
        }
        let Some(live) = self.rooms.get(room) else { return };
        let events = vec![Event::Joined { name: who.name.as_str().into() }];
        batch.add(live.base(), Decided { id: Some(id), at: now, by: who, events });
    }

    /// Returns the records of an intent that was carried out before.
    fn recorded_before(&mut self, room: &RoomId, id: IntentId) -> Result<Option<Vec<Record>>, Failure> {
        #[cfg(feature = "planted-bugs")]
        if crate::store::planted::Bug::ResendAppliedTwice.is_planted() {
            return Ok(None);
        }
        let Some(seq) = self.store.find_event(room, id.event(0)).map_err(|error| unconfirmed(&error))? else {
            return Ok(None);
        };
        let records = self.store.records(room, seq, MOST_EVENTS).map_err(|error| read_failure(&error))?;
        let own = records.into_iter().enumerate().take_while(|(n, record)| record.id == id.event(*n));
        Ok(Some(own.map(|(_, record)| record).collect()))
    }

    /// Returns the room that a declaration opened before, and what it recorded there.
    fn opened_before(&mut self, id: IntentId) -> Result<Option<(RoomId, Vec<Record>)>, Failure> {
        let rooms = self.store.list_rooms().map_err(|error| read_failure(&error))?;
        let (demos, real): (Vec<_>, Vec<_>) = rooms.into_iter().partition(|room| room.as_str().starts_with("demo"));
        let latest = real.into_iter().rev().take(LATEST_ROOMS).chain(demos.into_iter().rev().take(LATEST_ROOMS));
        for room in latest.filter(|room| self.store.first_event_id(room) == Some(id.event(0))).collect::<Vec<_>>() {
            if self.store.find_event(&room, id.event(0)).map_err(|error| unconfirmed(&error))? == Some(1) {
                let records = self.recorded_before(&room, id)?.unwrap_or_default();
                return Ok(Some((room, records)));
            }
        }
        Ok(None)
    }
}

/// Returns whether a room that begins with `recorded` is a demo.
fn is_demo(recorded: &[Record]) -> bool {
    matches!(recorded.first().map(|first| &first.event), Some(Event::Opened { demo: true, .. }))
}

/// Returns a failure to find out whether something was saved, as the client is told.
fn unconfirmed(error: &StoreError) -> Failure {
    if error.cannot_save() { Failure::CannotSave(error.phrase()) } else { read_failure(error) }
}

/// Returns the id of the event that `who` joined `room`: always the same, so that it is recorded once, however often the host restarts.
fn joining_id(room: &RoomId, who: &Author) -> IntentId {
    let mut digest = Sha256::new();
    for part in ["joined", room.as_str(), &who.uid.to_string(), &who.name] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    let digest: [u8; 32] = digest.finalize().into();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    IntentId(ulid::Ulid::from_bytes(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::writer::fixture::Fixture;

    #[test]
    fn what_is_sent_again_is_recorded_once_and_other_words_under_its_id_are_refused() {
        let mut fixture = Fixture::new();
        let request = fixture.note("pool 4711 restarted");
        let mut other = fixture.note("pool 4712 restarted");
        other.id = request.id;
        let mut batch = Batch::new(fixture.ledger.now());
        let Decision::Staged(index) = fixture.decide(&mut batch, &request) else { panic!("not staged") };
        assert!(matches!(fixture.decide(&mut batch, &request), Decision::Staged(again) if again == index));
        let refused = |decision| {
            let Decision::Answered(answer) = decision else { return false };
            matches!(*answer, Err(Failure::RecordedOtherwise { .. }))
        };
        assert!(refused(fixture.decide(&mut batch, &other)), "before it is saved");
        assert!(fixture.ledger.commit(&mut batch).result.is_whole());
        let mut batch = Batch::new(fixture.ledger.now());
        assert!(refused(fixture.decide(&mut batch, &other)), "and after");
        let Decision::Answered(answer) = fixture.decide(&mut batch, &request) else { panic!("not answered") };
        assert!(matches!(*answer, Ok(Answer::Recorded { records }) if records.len() == 1));
        assert!(batch.is_empty());
    }

    #[test]
    fn joining_is_recorded_once_and_not_of_the_person_who_opened_the_room() {
        let mut fixture = Fixture::new();
        let room = fixture.room.clone();
        let mut join = |name: &str| {
            let mut batch = Batch::new(fixture.ledger.now());
            let (store, rooms) = (&mut *fixture.ledger.store, &mut fixture.ledger.rooms);
            let mut decider = Decider { store, rooms, zone: &Zone::UTC, uid: 1000 };
            decider.decide_joining(&mut batch, Fixture::author(name), &room);
            assert!(fixture.ledger.commit(&mut batch).result.is_whole());
            batch.appends().len()
        };
        assert_eq!(["Anna", "Olle", "Olle", "Eva"].map(&mut join), [0, 1, 0, 1]);
    }
}
