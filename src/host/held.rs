//! What waits until a room can be used: a long room whose index is made anew, or whose journal is looked through, keeps only
//! those waiting who ask for it.

use std::collections::BTreeMap;
use std::sync::mpsc::Sender;

use super::keeper::{GIVE_BACK_AFTER, Keeper};
use super::order::{Need, Order};
use super::worker::{Urgency, Worker};
use crate::domain::id::RoomId;
use crate::store::{Preparation, Prepared, PreparedRoom, Readiness, RoomUse};

/// The orders that wait for a room, in the order they came.
#[derive(Debug, Default)]
pub struct Held {
    rooms: BTreeMap<RoomId, Vec<Order>>,
}

impl Held {
    /// The room that `order` has to wait for because of what it came after. Who somebody is stays as it is until what they
    /// asked before that is done, and what they ask after it waits as well.
    fn behind(&self, order: &Order) -> Option<RoomId> {
        let client = order.whose();
        let of_client = |held: &&Order| held.whose() == client;
        let waits = |orders: &Vec<Order>| {
            let mut own = orders.iter().filter(of_client);
            if order.says_who() || order.is_leaving() { own.next().is_some() } else { own.any(Order::says_who) }
        };
        self.rooms.iter().find(|(_, orders)| waits(orders)).map(|(room, _)| room.clone())
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.rooms.is_empty()
    }

    fn hold(&mut self, room: &RoomId, order: Order) {
        self.rooms.entry(room.clone()).or_default().push(order);
    }

    fn release(&mut self, room: &RoomId) -> Vec<Order> {
        self.rooms.remove(room).unwrap_or_default()
    }
}

/// A worker that prepares rooms.
pub fn preparer(orders: Sender<Order>) -> Worker<Preparation> {
    Worker::new("klock-prepare", Urgency::Awaited, orders, |preparation| Order::Prepared(Box::new(preparation.run())))
}

impl Keeper {
    /// Gives back what can be done now; the rest waits for its room.
    pub(super) fn hold_back(&mut self, round: Vec<Order>) -> Vec<Order> {
        round.into_iter().filter_map(|order| self.or_hold(order)).collect()
    }

    fn or_hold(&mut self, order: Order) -> Option<Order> {
        let room = match order.need() {
            _ if let Some(room) = self.held.behind(&order) => Some(room),
            Need::Nothing => None,
            Need::Order(room) => {
                (!self.held.rooms.is_empty() && self.held.rooms.contains_key(room)).then(|| room.clone())
            }
            Need::Journal(room) | Need::Fold(room) => {
                let room = room.clone();
                if self.is_ready(&room) {
                    self.recover_opening_of(&order, &room);
                    None
                } else {
                    Some(room)
                }
            }
            Need::AllRooms => self.shelf.unknown().cloned(),
        };
        match room {
            None => Some(order),
            Some(room) => {
                self.held.hold(&room, order);
                None
            }
        }
    }

    /// What needs the room folded finds one that has a beginning.
    fn recover_opening_of(&mut self, order: &Order, room: &RoomId) {
        let now = self.clock.now();
        // What cannot be read is told of by whoever reads it next.
        if matches!(order.need(), Need::Fold(_)) && self.shelf.load(&mut *self.store, room, now).is_ok() {
            self.recover_opening(room);
        }
    }

    /// Holds an order back until its room was prepared.
    pub(super) fn hold(&mut self, room: &RoomId, order: Order) {
        if self.is_ready(room) {
            self.turns.give_back(order.whose(), order);
        } else {
            self.held.hold(room, order);
        }
    }

    /// The order, unless it could not be followed, or not to its end, because its room is not ready any more: then it is held
    /// back, to be followed once more. What was saved of it is found to be so.
    pub(super) fn unless_unready(&mut self, order: Order, is_unfinished: bool) -> Option<Order> {
        if !is_unfinished {
            return Some(order);
        }
        match order.need() {
            Need::Fold(room) | Need::Journal(room) => {
                let room = room.clone();
                let waits = self.waits_for_redaction(&order);
                if self.is_ready(&room) && !waits {
                    return Some(order);
                }
                self.held.hold(&room, order);
                None
            }
            Need::Nothing | Need::Order(_) | Need::AllRooms => Some(order),
        }
    }

    /// Whether a room can be used now. When it cannot, it is being prepared from now on.
    pub(super) fn is_ready(&mut self, room: &RoomId) -> bool {
        match self.store.readiness(room, self.shelf.get(room).map_or(RoomUse::Load, |_| RoomUse::Append)) {
            Readiness::Ready if self.shelf.is_unread(room) => {
                self.read(room);
                true
            }
            Readiness::Ready => true,
            Readiness::Preparing => false,
            Readiness::Unready(preparation) => {
                self.preparer.give(preparation);
                false
            }
        }
    }

    /// Reads a room for the first time, or once more.
    pub(super) fn read(&mut self, room: &RoomId) {
        let now = self.clock.now();
        self.shelf.read_at_last(&mut *self.store, room, now);
        self.go_on_with(room);
    }

    /// Goes on with a room that can be used: it has an opening, its screens get it again if words went from it, and what waited
    /// for it is done.
    fn go_on_with(&mut self, room: &RoomId) {
        self.recover_opening(room);
        if self.to_renew.remove(room) {
            self.renew_screens(room);
        }
        self.release(room);
    }

    /// Does what waited for a room.
    fn release(&mut self, room: &RoomId) {
        for order in self.held.release(room).into_iter().rev() {
            self.turns.give_back(order.whose(), order);
        }
    }

    /// Reads the next of the rooms that were not read when the host started. A room in which nothing can fall due is not kept
    /// in memory for that.
    pub(super) fn read_ahead(&mut self) {
        let Some(room) = self.shelf.next_unread() else { return };
        if self.shelf.is_unread(&room) && self.is_ready(&room) && !self.roster.is_attended(&room) {
            let now = self.clock.now();
            self.shelf.put_away(&mut *self.store, &room, now);
        }
        // It may have been read for somebody else meanwhile.
        if !self.shelf.is_unread(&room) {
            self.release(&room);
        }
        if !self.shelf.has_unread() {
            self.give_back_in = Some(GIVE_BACK_AFTER);
        }
    }

    /// Goes on with a room that was prepared.
    pub(super) fn take_prepared(&mut self, prepared: Prepared) {
        self.give_back_in = Some(GIVE_BACK_AFTER);
        let room = prepared.room.clone();
        let PreparedRoom { fold, is_redacted } = self.store.finish_preparation(prepared);
        if is_redacted {
            // What is in memory is folded from the words that went.
            self.shelf.forget(&room);
            self.to_renew.insert(room.clone());
        }
        let is_new = self.shelf.get(&room).is_none();
        // Nobody gets to see words that are to go first.
        if let Some(fold) = fold.filter(|_| is_new && !self.store.is_redaction_due(&room)) {
            self.shelf.put(fold, self.clock.now());
        }
        if !self.is_ready(&room) {
            return;
        }
        if is_new {
            self.read(&room);
        } else {
            self.go_on_with(&room);
        }
        if is_new && !self.roster.is_attended(&room) && self.turns.is_empty() {
            let now = self.clock.now();
            self.shelf.put_away(&mut *self.store, &room, now);
        }
    }
}
