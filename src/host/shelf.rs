//! The rooms the keeper holds in memory, and the line that the lobby shows for every room there is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::batch::Base;
use super::weight::Weight;
use crate::domain::id::RoomId;
use crate::domain::intent::Intent;
use crate::domain::record::{Record, written_length};
use crate::domain::room::{Room, State};
use crate::domain::time::Moment;
use crate::store::{Folded, Preparation, Readiness, Store, StoreError};
use crate::wire::frame::LONGEST_FRAME;
use crate::wire::message::RoomSummary;

/// The version of [`Card`] as it is kept; another one is made anew.
const CARD_VERSION: u32 = 2;

/// So many rooms, each with the longest title and names that [`RoomSummary`] has, fit one message.
const ALWAYS_FIT: usize = 4000;

/// What a message has besides its rooms, in bytes.
const MARGIN: usize = 1 << 20;

/// See the module.
#[derive(Debug, Default)]
pub struct Shelf {
    live: HashMap<RoomId, Live>,
    cards: BTreeMap<RoomId, RoomSummary>,
    /// The rooms that have moved on since the store was last told.
    moved: BTreeSet<RoomId>,
    /// The rooms of which nothing is known yet, because they have to be prepared first.
    unread: BTreeSet<RoomId>,
}

/// A room in memory.
#[derive(Debug)]
pub struct Live {
    pub room: Arc<Room>,
    /// When its last record was recorded.
    pub last_rec: Option<Moment>,
    weight: Weight,
}

impl Live {
    fn new(room: Room, last_rec: Option<Moment>) -> Self {
        Live { room: Arc::new(room), last_rec, weight: Weight::default() }
    }

    /// Whether the room has no place for what `intent` adds to it.
    pub fn is_too_much(&mut self, intent: &Intent) -> bool {
        self.weight.is_too_much(&self.room, intent)
    }

    /// The room as screens are sent it.
    pub fn for_screens(&mut self) -> Arc<Room> {
        self.weight.for_screens(&self.room)
    }

    /// For a batch to build on.
    pub fn base(&self) -> Base<'_> {
        Base { room: &self.room, last_rec: self.last_rec }
    }

    /// Whether the incident is real and goes on.
    pub fn is_open_incident(&self) -> bool {
        !self.room.demo && self.room.state != State::Closed
    }
}

/// A room's line as the store keeps it. Only that of a dormant room is ever read: all others are in memory.
#[derive(Serialize, Deserialize)]
struct Card {
    v: u32,
    /// How long the journal was, in bytes: a card that a crash left behind says another length than the journal has.
    length: u64,
    summary: RoomSummary,
}

impl Shelf {
    /// The cards of all rooms, and in memory every room where something may yet fall due; and what has to be done before the
    /// rest of them can be read.
    ///
    /// # Errors
    /// When the rooms cannot be listed. A room that cannot be read is left out, with a line in the log.
    pub fn open(store: &mut Store, now: Moment) -> Result<(Self, Vec<Preparation>), StoreError> {
        let mut shelf = Shelf::default();
        let mut preparations = Vec::new();
        let mut kept: HashMap<RoomId, Vec<u8>> = store.summaries().into_iter().collect();
        for id in store.rooms()? {
            let card = kept.remove(&id).and_then(|card| serde_json::from_slice::<Card>(&card).ok());
            let is_right = |card: &Card| {
                card.v == CARD_VERSION && is_dormant(&card.summary) && Some(card.length) == store.length(&id)
            };
            match card.filter(is_right) {
                Some(card) => drop(shelf.cards.insert(id, card.summary)),
                None => match store.readiness(&id, true) {
                    Readiness::Unready(preparation) => {
                        shelf.unread.insert(id);
                        preparations.push(preparation);
                    }
                    Readiness::Ready | Readiness::Preparing => shelf.read_at_last(store, &id, now),
                },
            }
        }
        Ok((shelf, preparations))
    }

    /// Whether there is such a room, as far as can be said without the disk.
    pub fn knows(&self, id: &RoomId) -> bool {
        self.cards.contains_key(id) || self.unread.contains(id)
    }

    /// The rooms of which nothing is known yet.
    pub fn unread(&self) -> impl Iterator<Item = &RoomId> {
        self.unread.iter()
    }

    /// Reads a room that is ready, unless it is in memory.
    pub fn read_at_last(&mut self, store: &mut Store, id: &RoomId, now: Moment) {
        self.unread.remove(id);
        if let Err(error) = self.load(store, id, now) {
            tracing::error!(room = %id, %error, "a room cannot be read");
        }
    }

    /// Takes into memory a room that was folded elsewhere.
    pub fn put(&mut self, folded: Folded, now: Moment) {
        let Folded { room, last_rec, .. } = folded;
        let id = room.id.clone();
        self.unread.remove(&id);
        self.cards.insert(id.clone(), RoomSummary::of(&room, now));
        self.live.insert(id.clone(), Live::new(room, last_rec));
        self.moved.insert(id);
    }

    /// Room `id`, read from the store when it is not in memory.
    ///
    /// # Errors
    /// What the store says; [`StoreError::NoSuchRoom`] first of all.
    pub fn load(&mut self, store: &mut Store, id: &RoomId, now: Moment) -> Result<&mut Live, StoreError> {
        if !self.live.contains_key(id) {
            let room = store.room(id)?;
            let last_rec = store.record(id, room.seq)?.map(|record| record.rec);
            self.cards.insert(id.clone(), RoomSummary::of(&room, now));
            self.live.insert(id.clone(), Live::new(room, last_rec));
            self.moved.insert(id.clone());
        }
        self.live.get_mut(id).ok_or_else(|| StoreError::NoSuchRoom(id.clone()))
    }

    /// Room `id`, if it is in memory.
    pub fn get(&self, id: &RoomId) -> Option<&Live> {
        self.live.get(id)
    }

    /// Every room in memory.
    pub fn live(&self) -> impl Iterator<Item = &Live> {
        self.live.values()
    }

    /// How many real incidents go on.
    pub fn open_incidents(&self) -> usize {
        self.live.values().filter(|live| live.is_open_incident()).count()
    }

    /// Takes in what was saved. `fold`: the room with `records` folded, when somebody made it already.
    pub fn advance(&mut self, id: &RoomId, records: &[Record], fold: Option<Room>, now: Moment) {
        let live = self.live.entry(id.clone()).or_insert_with(|| Live::new(Room::new(id.clone()), None));
        match fold {
            Some(fold) => live.room = Arc::new(fold),
            None => {
                let room = Arc::make_mut(&mut live.room);
                records.iter().for_each(|record| room.apply(record));
            }
        }
        live.weight.add(records);
        live.last_rec = records.last().map(|record| record.rec).or(live.last_rec);
        self.cards.entry(id.clone()).or_insert_with(|| RoomSummary::of(&live.room, now));
        self.moved.insert(id.clone());
    }

    /// Tells the store about the rooms that have moved on: their folds, and their cards where those are of use.
    pub fn settle(&mut self, store: &mut Store, now: Moment) {
        for id in std::mem::take(&mut self.moved) {
            let Some(live) = self.live.get(&id) else { continue };
            store.keep_fold(&live.room);
            let summary = RoomSummary::of(&live.room, now);
            let was = self.cards.insert(id.clone(), summary.clone());
            if is_dormant(&summary) || was.is_some_and(|was| is_dormant(&was)) {
                let card = Card { v: CARD_VERSION, length: store.length(&id).unwrap_or(0), summary };
                match serde_json::to_vec(&card) {
                    Ok(bytes) => store.put_summary(&id, &bytes),
                    Err(error) => tracing::error!(room = %id, %error, "a room's card cannot be written"),
                }
            }
        }
    }

    /// Reads a room again.
    pub fn reload(&mut self, store: &mut Store, id: &RoomId, now: Moment) {
        self.live.remove(id);
        if let Err(error) = self.load(store, id, now) {
            tracing::error!(room = %id, %error, "a room cannot be read");
        }
    }

    /// Lets go of a room, which is to be read again.
    pub fn forget(&mut self, id: &RoomId) {
        self.live.remove(id);
        self.unread.insert(id.clone());
    }

    /// Puts a room as it is in memory ahead of what is on disk.
    #[cfg(test)]
    pub fn put_out_of_step(&mut self, id: &RoomId) {
        if let Some(live) = self.live.get_mut(id) {
            Arc::make_mut(&mut live.room).seq += 7;
        }
    }

    /// Lets go of the rooms where nothing can fall due and that nobody attends.
    pub fn tidy(&mut self, is_attended: impl Fn(&RoomId) -> bool) {
        let cards = &self.cards;
        self.live.retain(|id, _| is_attended(id) || cards.get(id).is_none_or(|card| !is_dormant(card)));
    }

    /// Every room in one line as it stands at `now`, the latest declared first.
    pub fn summaries(&self, now: Moment, here: impl Fn(&RoomId) -> usize) -> Vec<RoomSummary> {
        let mut all: Vec<RoomSummary> = self
            .cards
            .iter()
            .map(|(id, card)| {
                let mut summary =
                    self.live.get(id).map_or_else(|| card.clone().shortened(), |live| RoomSummary::of(&live.room, now));
                summary.here = here(id);
                summary
            })
            .collect();
        all.sort_by(|a, b| (b.declared_at, &b.id).cmp(&(a.declared_at, &a.id)));
        leave_out_oldest(&mut all);
        all
    }

    /// As [`Shelf::summaries`], of the real rooms that are not closed: they are all in memory.
    pub fn open_summaries(&self, now: Moment, here: impl Fn(&RoomId) -> usize) -> Vec<RoomSummary> {
        let open = self.live.values().filter(|live| live.is_open_incident());
        let mut open: Vec<RoomSummary> =
            open.map(|live| RoomSummary { here: here(&live.room.id), ..RoomSummary::of(&live.room, now) }).collect();
        open.sort_by(|a, b| (b.declared_at, &b.id).cmp(&(a.declared_at, &a.id)));
        open
    }
}

/// Leaves out the closed rooms, the oldest first, that one message has no room for: some thirty thousand fit.
fn leave_out_oldest(summaries: &mut Vec<RoomSummary>) {
    if summaries.len() <= ALWAYS_FIT {
        return;
    }
    let mut left = LONGEST_FRAME;
    let before = summaries.len();
    summaries.retain(|summary| {
        let length = written_length(summary).unwrap_or(LONGEST_FRAME) + 1;
        left = left.saturating_sub(length);
        left > MARGIN || summary.state != State::Closed
    });
    if summaries.len() < before {
        tracing::warn!(left_out = before - summaries.len(), "closed rooms are left out of the list of all rooms");
    }
}

/// Whether nothing can fall due in a room by itself.
fn is_dormant(summary: &RoomSummary) -> bool {
    summary.demo || (summary.state == State::Closed && summary.next_clock.is_none())
}
