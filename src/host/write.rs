//! What the keeper decides: intents, new rooms, the first time somebody joins. Saving comes after.

use sha2::{Digest, Sha256};

use super::batch::{Base, Batch, Decided, Place};
use super::keeper::{Keeper, unreadable};
use super::roster::{Client, ClientId};
use super::save::Saved;
use crate::config;
use crate::domain::decide::{self, Context};
use crate::domain::event::Event;
use crate::domain::id::{IntentId, RoomId};
use crate::domain::intent::{Declaration, Intent, Refusal, Request};
use crate::domain::phrase::Phrase;
use crate::domain::record::{Author, Record};
use crate::domain::room::{Room, State};
use crate::store::StoreError;
use crate::wire::message::{Answer, Failure};

/// The most events one intent causes, with room to spare: how far to read to answer one that came twice.
const MOST_EVENTS: usize = 16;

/// The routine that the demo is written for.
const DEMO_ROUTINE: &str = "critical-incident";

/// In how many of the latest rooms a declaration that comes twice is looked for.
const LATEST_ROOMS: usize = 64;

/// What came of deciding one thing.
#[derive(Debug)]
pub enum Outcome {
    /// It is in the batch.
    Staged(Place),
    /// As [`Outcome::Staged`], and when it is saved words are to go.
    StagedRedaction(Place),
    /// A room that the batch makes.
    StagedRoom(Place),
    /// It needs no saving.
    Answered(Box<Result<Answer, Failure>>),
}

impl Outcome {
    fn answered(answer: Result<Answer, Failure>) -> Self {
        Outcome::Answered(Box::new(answer))
    }

    /// Where in the batch it is, when it is in it.
    pub fn place(&self) -> Option<Place> {
        match self {
            Outcome::Staged(place) | Outcome::StagedRedaction(place) | Outcome::StagedRoom(place) => Some(*place),
            Outcome::Answered(_) => None,
        }
    }
}

impl Keeper {
    /// Decides one intent.
    pub(super) fn decide(&mut self, batch: &mut Batch, client: ClientId, request: &Request) -> Outcome {
        match self.try_decide(batch, client, request) {
            Ok(outcome) => outcome,
            Err(failure) => Outcome::answered(Err(failure)),
        }
    }

    fn try_decide(&mut self, batch: &mut Batch, client: ClientId, request: &Request) -> Result<Outcome, Failure> {
        let Request { id, room, at, intent } = request;
        let staged = batch.find(*id);
        let by = self.author(client);
        let now = batch.now;
        self.shelf.load(&mut *self.store, room, now).map_err(|error| unreadable(&error))?;
        if let Some(place) = staged {
            let entry = self.target(request)?;
            let (staged_in, records) = batch.records(place);
            self.check_repeated(request, staged_in, records, entry.as_ref())?;
            return Ok(Outcome::Staged(place));
        }
        if let Some(records) = self.recorded_before(room, *id)? {
            let entry = self.target(request)?;
            self.check_repeated(request, room, &records, entry.as_ref())?;
            if let Intent::RedactEntry { .. } = intent {
                self.redact(room)?;
            }
            return Ok(Outcome::answered(Ok(Answer::Recorded { records })));
        }
        let target = self.target(request)?;
        let live = self.shelf.load(&mut *self.store, room, now).map_err(|error| unreadable(&error))?;
        if live.is_too_much(intent) {
            return Err(Failure::Refused(Refusal(Phrase::new("refuse-room-full"))));
        }
        let at = at.unwrap_or(now);
        let context = Context { now, at, zone: self.clock.zone(), by: &by, target: target.as_ref() };
        let events = decide::decide(batch.fold(live.base()), intent, context).map_err(Failure::Refused)?;
        if events.is_empty() {
            return Ok(Outcome::answered(Ok(Answer::Recorded { records: Vec::new() })));
        }
        let place = batch.add(live.base(), Decided { id: Some(*id), at, by, events });
        Ok(match intent {
            Intent::RedactEntry { .. } => Outcome::StagedRedaction(place),
            _ => Outcome::Staged(place),
        })
    }

    /// The record that `request` is about.
    fn target(&mut self, request: &Request) -> Result<Option<Record>, Failure> {
        match request.intent.target() {
            Some(seq) => self.store.record(&request.room, seq).map_err(|error| unreadable(&error)),
            None => Ok(None),
        }
    }

    /// Whether `request`, which is about `entry`, is what was recorded under its id, in `room` as `records`. Other words under a
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
        let live = self.shelf.get(room).filter(|_| *room == request.room);
        match live {
            Some(live) if decide::is_repeat(&live.room, &request.intent, request.at, records, entry) => Ok(()),
            _ => Err(Failure::RecordedOtherwise { records: records.to_vec() }),
        }
    }

    /// Decides the opening of a room.
    pub(super) fn decide_open(
        &mut self,
        batch: &mut Batch,
        client: ClientId,
        id: IntentId,
        declaration: &Declaration,
    ) -> Outcome {
        let by = self.author(client);
        let (at, events) = match decide::open(declaration, batch.now) {
            Ok(decided) => decided,
            Err(refusal) => return Outcome::answered(Err(Failure::Refused(refusal))),
        };
        let is_repeat = |recorded: &[Record]| decide::is_repeated_opening(declaration, recorded);
        self.stage_room(batch, id, declaration.demo, is_repeat, |batch, room| {
            let empty = Room::new(room);
            batch.add(Base { room: &empty, last_rec: None }, Decided { id: Some(id), at, by, events })
        })
    }

    /// Decides the opening of a demo room.
    pub(super) fn decide_demo(&mut self, batch: &mut Batch, id: IntentId) -> Outcome {
        let broken = |why: String| Failure::Broken(Phrase::new("failure-no-demo").with("why", why));
        let Some(routine) = config::routine::builtin().iter().find(|routine| routine.id == DEMO_ROUTINE) else {
            return Outcome::answered(Err(broken(DEMO_ROUTINE.to_owned())));
        };
        match config::demo::records(batch.now, routine, id, self.uid) {
            Ok(records) => {
                self.stage_room(batch, id, true, is_demo, |batch, room| batch.add_written(room, id, records))
            }
            Err(fault) => Outcome::answered(Err(broken(fault.to_string()))),
        }
    }

    fn stage_room(
        &mut self,
        batch: &mut Batch,
        id: IntentId,
        demo: bool,
        is_repeat: impl Fn(&[Record]) -> bool,
        add: impl FnOnce(&mut Batch, RoomId) -> Place,
    ) -> Outcome {
        let otherwise = |records: Vec<Record>| Outcome::answered(Err(Failure::RecordedOtherwise { records }));
        if let Some(place) = batch.find(id) {
            let (_, records) = batch.records(place);
            return if is_repeat(records) { Outcome::StagedRoom(place) } else { otherwise(records.to_vec()) };
        }
        match self.opened_before(id) {
            Ok(Some((room, records))) if is_repeat(&records) => return Outcome::answered(Ok(Answer::Opened { room })),
            Ok(Some((_, records))) => return otherwise(records),
            Ok(None) => {}
            Err(failure) => return Outcome::answered(Err(failure)),
        }
        let year = chrono::Datelike::year(&batch.now.date());
        let next = if demo { self.store.next_demo_id() } else { self.store.next_room_id(year) };
        let mut room = match next {
            Ok(room) => room,
            Err(error) => return Outcome::answered(Err(unreadable(&error))),
        };
        while batch.makes(&room) {
            let number = room.number() + 1;
            room = if demo { RoomId::demo(number) } else { RoomId::of_year(year, number) };
        }
        Outcome::StagedRoom(add(batch, room))
    }

    /// Notes that somebody joins a room, the first time they come with a screen. It is not worth failing for.
    pub(super) fn note_joining(&mut self, batch: &mut Batch, client: ClientId, room: &RoomId) {
        // Who only looks on changes nothing, not even by coming.
        let joins = |client: &Client| (client.screen && !client.read_only).then(|| client.who.clone());
        let Some(who) = self.roster.get(client).and_then(joins) else { return };
        let id = joining_id(room, &who);
        let now = batch.now;
        let Ok(live) = self.shelf.load(&mut *self.store, room, now) else { return };
        if live.room.demo || live.room.state == State::Closed || batch.find(id).is_some() {
            return;
        }
        let opened_by = self.store.record(room, 1).ok().flatten().map(|record| record.by);
        let is_known = matches!(self.store.find_event(room, id.event(0)), Ok(Some(_)) | Err(_));
        if is_known || opened_by.is_none_or(|by| by.name == who.name && by.uid == who.uid) {
            return;
        }
        let Some(live) = self.shelf.get(room) else { return };
        let events = vec![Event::Joined { name: who.name.as_str().into() }];
        batch.add(live.base(), Decided { id: Some(id), at: now, by: who, events });
    }

    /// The answer to what was decided, now that it is saved or not.
    pub(super) fn conclude(&mut self, batch: &Batch, all: &Saved, outcome: Outcome) -> Result<Answer, Failure> {
        let saved = |place| match all.failure(place) {
            None => Ok(batch.records(place)),
            Some(failure) => Err(failure.clone()),
        };
        match outcome {
            Outcome::Answered(answer) => *answer,
            Outcome::Staged(place) => Ok(Answer::Recorded { records: saved(place)?.1.to_vec() }),
            Outcome::StagedRedaction(place) => {
                let (room, records) = saved(place)?;
                self.redact(room)?;
                Ok(Answer::Recorded { records: records.to_vec() })
            }
            Outcome::StagedRoom(place) => Ok(Answer::Opened { room: saved(place)?.0.clone() }),
        }
    }

    /// The records of an intent that was carried out before.
    fn recorded_before(&mut self, room: &RoomId, id: IntentId) -> Result<Option<Vec<Record>>, Failure> {
        #[cfg(feature = "planted-bugs")]
        if crate::store::planted::Bug::ResendAppliedTwice.is_planted() {
            return Ok(None);
        }
        let Some(seq) = self.store.find_event(room, id.event(0)).map_err(|error| unconfirmed(&error))? else {
            return Ok(None);
        };
        let records = self.store.records(room, seq, MOST_EVENTS).map_err(|error| unreadable(&error))?;
        let own = records.into_iter().enumerate().take_while(|(n, record)| record.id == id.event(*n));
        Ok(Some(own.map(|(_, record)| record).collect()))
    }

    /// The room that a declaration opened before, and what it recorded there.
    fn opened_before(&mut self, id: IntentId) -> Result<Option<(RoomId, Vec<Record>)>, Failure> {
        let rooms = self.store.list_rooms().map_err(|error| unreadable(&error))?;
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

    fn author(&self, client: ClientId) -> Author {
        self.roster.get(client).map_or_else(|| Author::klock(self.uid), |client| client.who.clone())
    }
}

/// Whether a room that begins with `recorded` is a demo.
fn is_demo(recorded: &[Record]) -> bool {
    matches!(recorded.first().map(|first| &first.event), Some(Event::Opened { demo: true, .. }))
}

/// A failure to find out whether something was saved, as the client is told.
fn unconfirmed(error: &StoreError) -> Failure {
    if error.cannot_save() { Failure::CannotSave(error.phrase()) } else { unreadable(error) }
}

/// The id of the event that `who` joined `room`: always the same, so that it is recorded once, whatever is restarted.
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
