//! The rooms in memory, and the line that the lobby shows for every room there is.

mod card;
mod live_room;
mod room_size;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
#[cfg(test)]
use std::sync::Arc;

pub use self::live_room::{LiveRoom, RoomBase};

use self::card::{Card, is_dormant, is_open_incident, leave_out_oldest};
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::store::{LoadedRoom, Store, StoreError};
use crate::wire::due::Due;
use crate::wire::message::RoomSummary;

/// See the module.
#[derive(Debug, Default)]
pub struct Rooms {
    live: HashMap<RoomId, LiveRoom>,
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

impl Rooms {
    /// Returns the cards of all rooms as they were kept. What is not known of a room, and a room where something may fall due, is read
    /// later ([`Rooms::next_unread`]): this takes no longer for many rooms than for few but for their cards.
    ///
    /// # Errors
    /// When the rooms cannot be listed. A room that cannot be read keeps nobody from the others; why is said in the list.
    pub fn open(store: &mut dyn Store) -> Result<Self, StoreError> {
        let mut rooms = Rooms::default();
        let mut kept: HashMap<RoomId, Vec<u8>> = store.summaries().into_iter().collect();
        let mut waiting = Vec::new();
        for id in store.list_rooms()? {
            let card = kept.remove(&id).and_then(|card| Card::read(&card));
            // What words are to go from is known when they are gone, and what cannot be read is told of.
            let is_right = |card: &Card| {
                card.is_of_length(store.room_size(&id)) && !store.has_to_redact(&id) && store.is_room_readable(&id)
            };
            match card.filter(is_right) {
                Some(Card { summary, .. }) => {
                    if !is_dormant(&summary) {
                        waiting.push((
                            summary.next_clock.as_ref().map_or(i64::MAX, |clock| clock.due_at.millis()),
                            id.clone(),
                        ));
                    }
                    rooms.cards.insert(id, summary);
                }
                None => {
                    rooms.unknown.insert(id.clone());
                    // What others may wait for comes first.
                    waiting.push((i64::MIN, id));
                }
            }
        }
        // Of those alike the latest first.
        waiting.sort_by(|(due, id), (other_due, other)| (due, other).cmp(&(other_due, id)));
        rooms.unread = waiting.iter().map(|(_, id)| id.clone()).collect();
        rooms.queue = waiting.into_iter().map(|(_, id)| id).collect();
        Ok(rooms)
    }

    /// Returns whether there is such a room, as far as can be said without the disk.
    pub fn knows(&self, id: &RoomId) -> bool {
        self.cards.contains_key(id) || self.unread.contains(id) || self.unreadable.contains_key(id)
    }

    /// Returns the rooms of which nothing is known yet, the next to be read first.
    pub fn unknown(&self) -> Option<&RoomId> {
        self.queue.iter().find(|id| self.unknown.contains(*id)).or_else(|| self.unknown.first())
    }

    /// Returns whether a room is yet to be read.
    pub fn is_unread(&self, id: &RoomId) -> bool {
        self.unread.contains(id)
    }

    /// Returns whether any room is.
    pub fn has_unread(&self) -> bool {
        !self.unread.is_empty()
    }

    /// Returns whether any of them can be begun with.
    pub fn has_next_unread(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Returns the next room to read; one that was read meanwhile has to be noticed as read.
    pub fn next_unread(&mut self) -> Option<RoomId> {
        self.queue.pop_front()
    }

    /// Reads a room that is ready, unless it is in memory.
    pub fn read_unread(&mut self, store: &mut dyn Store, id: &RoomId, now: Moment) {
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

    /// Returns the rooms that cannot be read.
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
    pub fn insert_folded(&mut self, folded: LoadedRoom, now: Moment) {
        let LoadedRoom { room, last_rec, .. } = folded;
        let id = room.id.clone();
        self.note_read(&id);
        self.cards.insert(id.clone(), RoomSummary::of(&room, now));
        self.live.insert(id.clone(), LiveRoom::new(room, last_rec));
        self.moved.insert(id);
    }

    /// Returns room `id`, read from the store when it is not in memory.
    ///
    /// # Errors
    /// What the store says; [`StoreError::NoSuchRoom`] first of all.
    pub fn load(&mut self, store: &mut dyn Store, id: &RoomId, now: Moment) -> Result<&mut LiveRoom, StoreError> {
        if !self.live.contains_key(id) {
            let room = store.load_room(id)?;
            let last_rec = store.record(id, room.seq)?.map(|record| record.rec);
            self.cards.insert(id.clone(), RoomSummary::of(&room, now));
            self.live.insert(id.clone(), LiveRoom::new(room, last_rec));
            self.moved.insert(id.clone());
            self.note_read(id);
        }
        self.live.get_mut(id).ok_or_else(|| StoreError::NoSuchRoom(id.clone()))
    }

    /// Returns room `id`, if it is in memory.
    pub fn get(&self, id: &RoomId) -> Option<&LiveRoom> {
        self.live.get(id)
    }

    /// Returns every room in memory.
    pub fn in_memory(&self) -> impl Iterator<Item = &LiveRoom> {
        self.live.values()
    }

    /// Returns how many real incidents go on, as far as is known.
    pub fn open_incidents(&self) -> usize {
        let in_memory = self.live.values().filter(|live| live.is_open_incident()).count();
        in_memory + self.unread_cards().filter(|card| is_open_incident(card)).count()
    }

    /// Returns the cards of the rooms that are yet to be read.
    fn unread_cards(&self) -> impl Iterator<Item = &RoomSummary> {
        self.unread.iter().filter(|id| !self.live.contains_key(*id)).filter_map(|id| self.cards.get(id))
    }

    /// Takes in what was saved. `fold`: the room with `records` folded, when somebody made it already.
    pub fn apply_records(&mut self, id: &RoomId, records: &[Record], fold: Option<Room>, now: Moment) {
        let live = self.live.entry(id.clone()).or_insert_with(|| LiveRoom::new(Room::new(id.clone()), None));
        live.apply(records, fold);
        self.cards.entry(id.clone()).or_insert_with(|| RoomSummary::of(&live.room, now));
        self.moved.insert(id.clone());
    }

    /// Tells the store about the rooms that have moved on: their folds, and their cards where those are of use.
    pub fn keep_changes(&mut self, store: &mut dyn Store, now: Moment) {
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
        let card = Card::new(store.room_size(id).unwrap_or(0), summary);
        match serde_json::to_vec(&card) {
            Ok(bytes) => store.put_summary(id, &bytes),
            Err(error) => tracing::error!(room = %id, %error, "a room's card cannot be written"),
        }
    }

    /// Reads a room again.
    pub fn reload_room(&mut self, store: &mut dyn Store, id: &RoomId, now: Moment) {
        self.live.remove(id);
        if let Err(error) = self.load(store, id, now) {
            tracing::error!(room = %id, %error, "a room cannot be read");
        }
    }

    /// Lets go of a room, so that it is read again.
    pub fn forget_room(&mut self, id: &RoomId) {
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
    pub fn drop_dormant(&mut self, is_attended: impl Fn(&RoomId) -> bool) -> usize {
        let (cards, before) = (&self.cards, self.live.len());
        self.live.retain(|id, _| is_attended(id) || cards.get(id).is_none_or(|card| !is_dormant(card)));
        before - self.live.len()
    }

    /// Returns what falls due in closed rooms.
    pub fn due_after_closing(&self, now: Moment) -> Vec<(RoomId, Due)> {
        let known = self.cards.iter().filter(|(id, _)| !self.live.contains_key(*id));
        let known = known.flat_map(|(id, card)| card.due.iter().map(move |due| (id.clone(), due.clone())));
        let in_memory = self
            .live
            .iter()
            .flat_map(|(id, live)| Due::after_closing(&live.room, now).into_iter().map(move |due| (id.clone(), due)));
        known.chain(in_memory).collect()
    }

    /// Returns what falls due in any room, as far as it was read.
    pub fn due(&self, now: Moment) -> Vec<(RoomId, Due)> {
        let open = self.live.iter().filter(|(_, live)| live.is_open_incident());
        let open = open.flat_map(|(id, live)| Due::all_in(&live.room, now).into_iter().map(|due| (id.clone(), due)));
        open.chain(self.due_after_closing(now)).collect()
    }

    /// Returns every room in one line as it stands at `now`, the latest declared first.
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

    /// As [`Rooms::summaries`], of the real rooms that are not closed: in memory, or yet to be read.
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
