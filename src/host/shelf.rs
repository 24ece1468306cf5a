//! The rooms the keeper holds in memory, and the line that the lobby shows for every room there is.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::batch::Base;
use super::weight::Weight;
use crate::domain::id::RoomId;
use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::domain::record::{Record, written_length};
use crate::domain::room::{Room, State};
use crate::domain::time::Moment;
use crate::store::{LoadedRoom, Store, StoreError};
use crate::wire::due::Due;
use crate::wire::frame::LONGEST_FRAME;
use crate::wire::message::RoomSummary;

/// The version of [`Card`] as it is kept; another one is made anew.
const CARD_VERSION: u32 = 3;

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
    /// The rooms that were not read yet in this host's life, though something may fall due in them.
    unread: BTreeSet<RoomId>,
    /// Those of them of which not even a card is known.
    unknown: BTreeSet<RoomId>,
    /// In which order they are read.
    queue: VecDeque<RoomId>,
    /// The rooms that cannot be read, and why.
    unreadable: BTreeMap<RoomId, Phrase>,
    /// The rooms that have moved on since their cards were kept.
    uncarded: BTreeSet<RoomId>,
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

/// A room's line as the store keeps it: that of a dormant room at once, that of another now and then. A host that starts knows by it
/// what every room is before it has read one.
#[derive(Serialize, Deserialize)]
struct Card {
    v: u32,
    /// How long the journal was, in bytes: a card that a crash left behind says another length than the journal has.
    length: u64,
    summary: RoomSummary,
}

impl Shelf {
    /// The cards of all rooms as they were kept. What is not known of a room, and whatever may yet fall due in it, is read
    /// later ([`Shelf::next_unread`]): this takes no longer for many rooms than for few but for their cards.
    ///
    /// # Errors
    /// When the rooms cannot be listed. A room that cannot be read keeps nobody from the others; why is said in the list.
    pub fn open(store: &mut dyn Store) -> Result<Self, StoreError> {
        let mut shelf = Shelf::default();
        let mut kept: HashMap<RoomId, Vec<u8>> = store.summaries().into_iter().collect();
        let mut waiting = Vec::new();
        for id in store.list_rooms()? {
            let card = kept.remove(&id).and_then(|card| serde_json::from_slice::<Card>(&card).ok());
            // What words are to go from is known when they are gone, and what cannot be read is told of.
            let is_right = |card: &Card| {
                card.v == CARD_VERSION
                    && Some(card.length) == store.room_size(&id)
                    && !store.has_to_redact(&id)
                    && store.is_room_readable(&id)
            };
            match card.filter(is_right) {
                Some(Card { summary, .. }) => {
                    if !is_dormant(&summary) {
                        waiting.push((
                            summary.next_clock.as_ref().map_or(i64::MAX, |clock| clock.due_at.millis()),
                            id.clone(),
                        ));
                    }
                    shelf.cards.insert(id, summary);
                }
                None => {
                    shelf.unknown.insert(id.clone());
                    // What others may wait for comes first.
                    waiting.push((i64::MIN, id));
                }
            }
        }
        // Of those alike the latest first.
        waiting.sort_by(|(due, id), (other_due, other)| (due, other).cmp(&(other_due, id)));
        shelf.unread = waiting.iter().map(|(_, id)| id.clone()).collect();
        shelf.queue = waiting.into_iter().map(|(_, id)| id).collect();
        Ok(shelf)
    }

    /// Whether there is such a room, as far as can be said without the disk.
    pub fn knows(&self, id: &RoomId) -> bool {
        self.cards.contains_key(id) || self.unread.contains(id) || self.unreadable.contains_key(id)
    }

    /// The rooms of which nothing is known yet, the next to be read first.
    pub fn unknown(&self) -> Option<&RoomId> {
        self.queue.iter().find(|id| self.unknown.contains(*id)).or_else(|| self.unknown.first())
    }

    /// Whether a room is yet to be read.
    pub fn is_unread(&self, id: &RoomId) -> bool {
        self.unread.contains(id)
    }

    /// Whether any room is.
    pub fn has_unread(&self) -> bool {
        !self.unread.is_empty()
    }

    /// Whether any of them can be begun with.
    pub fn has_next_unread(&self) -> bool {
        !self.queue.is_empty()
    }

    /// The next room to be read, or whose reading is to be noticed, if it was read meanwhile.
    pub fn next_unread(&mut self) -> Option<RoomId> {
        self.queue.pop_front()
    }

    /// Reads a room that is ready, unless it is in memory.
    pub fn read_at_last(&mut self, store: &mut dyn Store, id: &RoomId, now: Moment) {
        self.note_read(id);
        match self.load(store, id, now) {
            Ok(_) => {}
            // What was never confirmed is no room.
            Err(StoreError::NoSuchRoom(_)) => {}
            Err(error) => {
                tracing::error!(room = %id, %error, "a room cannot be read");
                // What was known of it is not what there is.
                self.cards.remove(id);
                self.unreadable.insert(id.clone(), error.phrase());
            }
        }
    }

    /// The rooms that cannot be read.
    pub fn unreadable(&self) -> Vec<RoomId> {
        self.unreadable.keys().cloned().collect()
    }

    fn note_read(&mut self, id: &RoomId) {
        self.unread.remove(id);
        self.unknown.remove(id);
        self.unreadable.remove(id);
    }

    /// Lets go of a room that was read only to know what it is, when nothing can fall due in it. Its card is kept.
    pub fn put_away(&mut self, store: &mut dyn Store, id: &RoomId, now: Moment) {
        let Some(live) = self.live.get(id) else { return };
        let summary = RoomSummary::of(&live.room, now);
        if is_dormant(&summary) && !store.has_to_redact(id) {
            self.keep_card(store, id, summary);
            self.live.remove(id);
            self.moved.remove(id);
            self.uncarded.remove(id);
        }
    }

    /// Takes into memory a room that was folded elsewhere.
    pub fn put(&mut self, folded: LoadedRoom, now: Moment) {
        let LoadedRoom { room, last_rec, .. } = folded;
        let id = room.id.clone();
        self.note_read(&id);
        self.cards.insert(id.clone(), RoomSummary::of(&room, now));
        self.live.insert(id.clone(), Live::new(room, last_rec));
        self.moved.insert(id);
    }

    /// Room `id`, read from the store when it is not in memory.
    ///
    /// # Errors
    /// What the store says; [`StoreError::NoSuchRoom`] first of all.
    pub fn load(&mut self, store: &mut dyn Store, id: &RoomId, now: Moment) -> Result<&mut Live, StoreError> {
        if !self.live.contains_key(id) {
            let room = store.load_room(id)?;
            let last_rec = store.record(id, room.seq)?.map(|record| record.rec);
            self.cards.insert(id.clone(), RoomSummary::of(&room, now));
            self.live.insert(id.clone(), Live::new(room, last_rec));
            self.moved.insert(id.clone());
            self.note_read(id);
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

    /// How many real incidents go on, as far as is known.
    pub fn open_incidents(&self) -> usize {
        let in_memory = self.live.values().filter(|live| live.is_open_incident()).count();
        in_memory + self.unread_cards().filter(|card| is_open_incident(card)).count()
    }

    /// The cards of the rooms that are yet to be read.
    fn unread_cards(&self) -> impl Iterator<Item = &RoomSummary> {
        self.unread.iter().filter(|id| !self.live.contains_key(*id)).filter_map(|id| self.cards.get(id))
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
    pub fn settle(&mut self, store: &mut dyn Store, now: Moment) {
        // What words are to go from is told of when they are gone.
        let is_told = |id: &RoomId| store.is_checked(id) && !store.has_to_redact(id);
        let (now_told, later) = std::mem::take(&mut self.moved).into_iter().partition(is_told);
        self.moved = later;
        let now_told: BTreeSet<RoomId> = now_told;
        for id in now_told {
            let Some(live) = self.live.get(&id) else { continue };
            store.save_snapshot(&live.room);
            let summary = RoomSummary::of(&live.room, now);
            let was = self.cards.insert(id.clone(), summary.clone());
            if is_dormant(&summary) || was.is_some_and(|was| is_dormant(&was)) {
                self.keep_card(store, &id, summary);
                self.uncarded.remove(&id);
            } else {
                self.uncarded.insert(id);
            }
        }
    }

    /// Keeps the cards of the rooms that have moved on since that was last done.
    pub fn keep_cards(&mut self, store: &mut dyn Store) {
        for id in std::mem::take(&mut self.uncarded) {
            if let Some(summary) = self.cards.get(&id).cloned() {
                self.keep_card(store, &id, summary);
            }
        }
    }

    fn keep_card(&mut self, store: &mut dyn Store, id: &RoomId, summary: RoomSummary) {
        let card = Card { v: CARD_VERSION, length: store.room_size(id).unwrap_or(0), summary };
        match serde_json::to_vec(&card) {
            Ok(bytes) => store.put_summary(id, &bytes),
            Err(error) => tracing::error!(room = %id, %error, "a room's card cannot be written"),
        }
    }

    /// Reads a room again.
    pub fn reload(&mut self, store: &mut dyn Store, id: &RoomId, now: Moment) {
        self.live.remove(id);
        if let Err(error) = self.load(store, id, now) {
            tracing::error!(room = %id, %error, "a room cannot be read");
        }
    }

    /// Lets go of a room, which is to be read again.
    pub fn forget(&mut self, id: &RoomId) {
        self.live.remove(id);
        self.unread.insert(id.clone());
        self.unknown.insert(id.clone());
        self.queue.push_front(id.clone());
    }

    /// Puts a room as it is in memory ahead of what is on disk.
    #[cfg(test)]
    pub fn put_out_of_step(&mut self, id: &RoomId) {
        if let Some(live) = self.live.get_mut(id) {
            Arc::make_mut(&mut live.room).seq += 7;
        }
    }

    /// Lets go of the rooms where nothing can fall due and that nobody attends; how many those were.
    pub fn tidy(&mut self, is_attended: impl Fn(&RoomId) -> bool) -> usize {
        let (cards, before) = (&self.cards, self.live.len());
        self.live.retain(|id, _| is_attended(id) || cards.get(id).is_none_or(|card| !is_dormant(card)));
        before - self.live.len()
    }

    /// What falls due in closed rooms.
    pub fn due_after_closing(&self, now: Moment) -> Vec<(RoomId, Due)> {
        let known = self.cards.iter().filter(|(id, _)| !self.live.contains_key(*id));
        let known = known.flat_map(|(id, card)| card.due.iter().map(move |due| (id.clone(), due.clone())));
        let in_memory = self
            .live
            .iter()
            .flat_map(|(id, live)| Due::after_closing(&live.room, now).into_iter().map(move |due| (id.clone(), due)));
        known.chain(in_memory).collect()
    }

    /// What falls due in any room, as far as it was read.
    pub fn due(&self, now: Moment) -> Vec<(RoomId, Due)> {
        let open = self.live.iter().filter(|(_, live)| live.is_open_incident());
        let open = open.flat_map(|(id, live)| Due::all_in(&live.room, now).into_iter().map(|due| (id.clone(), due)));
        open.chain(self.due_after_closing(now)).collect()
    }

    /// Every room in one line as it stands at `now`, the latest declared first.
    pub fn summaries(&self, now: Moment, here: &BTreeMap<RoomId, usize>) -> Vec<RoomSummary> {
        let mut all: Vec<RoomSummary> = self
            .cards
            .iter()
            .map(|(id, card)| {
                let mut summary =
                    self.live.get(id).map_or_else(|| card.clone().shortened(), |live| RoomSummary::of(&live.room, now));
                summary.here = here.get(id).copied().unwrap_or(0);
                summary
            })
            .collect();
        let unknown = self.unreadable.iter().filter(|(id, _)| !self.cards.contains_key(*id));
        all.extend(unknown.map(|(id, why)| RoomSummary::unreadable(id.clone(), why.clone(), now)));
        all.sort_by(|a, b| (b.declared_at, &b.id).cmp(&(a.declared_at, &a.id)));
        leave_out_oldest(&mut all);
        all
    }

    /// As [`Shelf::summaries`], of the real rooms that are not closed: in memory, or yet to be read.
    pub fn open_summaries(&self, now: Moment, here: &BTreeMap<RoomId, usize>) -> Vec<RoomSummary> {
        let count = |room: &RoomId| here.get(room).copied().unwrap_or(0);
        let open = self.live.values().filter(|live| live.is_open_incident());
        let mut open: Vec<RoomSummary> =
            open.map(|live| RoomSummary { here: count(&live.room.id), ..RoomSummary::of(&live.room, now) }).collect();
        open.extend(self.unread_cards().filter(|card| is_open_incident(card)).cloned());
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

fn is_open_incident(summary: &RoomSummary) -> bool {
    !summary.demo && summary.state != State::Closed
}

/// Whether nothing can fall due in a room by itself.
fn is_dormant(summary: &RoomSummary) -> bool {
    summary.demo || (summary.state == State::Closed && summary.next_clock.is_none())
}
