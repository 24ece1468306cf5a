//! The single writer: it decides, saves, applies and tells, one round after the other, on a thread of its own.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use tokio::sync::mpsc::UnboundedSender;

use super::door::Doors;
use super::drift::Drift;
use super::held::Held;
use super::memory;
use super::notice::Notice;
use super::order::Order;
use super::probe;
use super::reader::Reader;
use super::ring::Bell;
use super::roster::Roster;
use super::shelf::Shelf;
use super::socket_watch::SocketWatch;
use super::survey::Surveys;
use super::timer::Ticker;
use super::turn::Turns;
use super::worker::Worker;
use crate::clock::Clock;
use crate::config::lang::Words;
use crate::domain::id::RoomId;
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::time::Moment;
use crate::store::{Preparation, Store, StoreError};
use crate::wire::message::{Failure, Health, HostMsg};

/// While orders wait, the index may lag by so many records.
const MOST_BEHIND: usize = 512;

/// How many ticks pass between two tidyings: of the rooms in memory, and of what the index has not handed to the disk.
const TIDY_EVERY: u32 = 60;

/// How many of the rooms that cannot be read are looked at in each tick.
const MOST_READ_AGAIN: usize = 16;

/// How many ticks after something long was read the memory that it took is given back.
pub(super) const GIVE_BACK_AFTER: u32 = 5;

/// How many rooms are read before the host serves anybody: as many as are open at a time, as a rule. The others are read while
/// nobody asks for anything, or one after each round.
const READ_AT_START: usize = 32;

/// For how long rooms are read in one go while nobody asks for anything.
const READ_FOR: Duration = Duration::from_millis(5);

/// How many remarks everybody is told: a person reads no more, and all of them go to everyone who comes.
const MOST_REMARKS: usize = 50;

/// What a keeper is made of.
pub struct Parts {
    pub store: Box<dyn Store>,
    /// The way to this keeper, for those who read on its behalf.
    pub orders: Sender<Order>,
    pub remarks: Vec<Phrase>,
    pub clock: Clock,
    pub uid: u32,
    pub version: String,
    pub data_dir: PathBuf,
    pub doors: Doors,
    /// Tells whether the doors' sockets are in place.
    pub sockets: SocketWatch,
    /// How long to stay when there is nobody and nothing to stay for.
    pub grace: Duration,
    /// How often to look at the clocks.
    pub tick: Duration,
    pub lang: Lang,
    /// Prepares long rooms.
    pub preparer: Worker<Preparation>,
    /// Where desktop notices go; none: nowhere.
    pub desktop: Option<UnboundedSender<Notice>>,
}

/// See the module.
pub struct Keeper {
    pub(super) store: Box<dyn Store>,
    pub(super) shelf: Shelf,
    pub(super) roster: Roster,
    pub(super) clock: Clock,
    pub(super) uid: u32,
    pub(super) version: String,
    pub(super) data_dir: PathBuf,
    pub(super) doors: Doors,
    sockets: SocketWatch,
    pub(super) started_at: Moment,
    pub(super) health: Health,
    /// The file that could not be written when saving failed last.
    pub(super) unsaved: Option<PathBuf>,
    pub(super) bell: Bell,
    grace: Duration,
    pub(super) drift: Drift,
    ticker: Ticker,
    ticks: u32,
    /// In how many ticks memory is given back; none: there is none to speak of.
    pub(super) give_back_in: Option<u32>,
    pub(super) idle_since: Option<Instant>,
    pub(super) turns: Turns<Order>,
    pub(super) held: Held,
    /// The rooms that those who are in them have to get again.
    pub(super) to_renew: BTreeSet<RoomId>,
    pub(super) preparer: Worker<Preparation>,
    pub(super) surveys: Surveys,
    /// Reads pages and stretches.
    pub(super) reads: Reader,
    /// Checks rooms from end to end.
    pub(super) checks: Reader,
    /// Whether anything was saved since the last tidying.
    pub(super) has_saved: bool,
    pub(super) ending: bool,
}

impl Keeper {
    /// A keeper over an open store. Reads the first of the rooms where something may fall due; the rest are read as it goes.
    ///
    /// # Errors
    /// When the rooms cannot be listed.
    pub fn new(parts: Parts) -> Result<Self, StoreError> {
        let Parts { mut store, orders, remarks, clock, uid, version, data_dir, doors, sockets, grace, tick, .. } =
            parts;
        let (lang, desktop, preparer) = (parts.lang, parts.desktop, parts.preparer);
        let (now, zone) = (clock.now(), clock.zone().clone());
        let mut told = Vec::new();
        for remark in remarks {
            add_remark(&mut told, remark);
        }
        let shelf = Shelf::open(&mut *store)?;
        let mut keeper = Keeper {
            store,
            shelf,
            roster: Roster::default(),
            clock,
            uid,
            version,
            data_dir,
            doors,
            sockets,
            started_at: now,
            health: Health { cannot_save: None, remarks: told },
            unsaved: None,
            bell: Bell::new(desktop, Words::new(lang, zone.clone())),
            grace,
            drift: Drift::default(),
            ticker: Ticker::new(tick),
            ticks: 0,
            // Opening the store took some.
            give_back_in: Some(1),
            idle_since: None,
            turns: Turns::default(),
            reads: Reader::new("klock-reader", zone.clone(), orders.clone()),
            checks: Reader::new("klock-check", zone, orders.clone()),
            preparer,
            surveys: Surveys::new(orders),
            held: Held::default(),
            to_renew: BTreeSet::new(),
            has_saved: false,
            ending: false,
        };
        keeper.store.defer_long_work();
        (0..READ_AT_START).for_each(|_| keeper.read_ahead());
        keeper.take_remarks();
        Ok(keeper)
    }

    /// Keeps until asked to stop, or until there is nobody and nothing to stay for. Then `close_door`, the store is closed, and
    /// everyone is told goodbye: whoever sees the connection end can be sure that the data directory is free.
    /// A keeper whose data directory was taken away leaves everything as it is: what stands there now is another host's.
    pub fn run(mut self, orders: &Receiver<Order>, close_door: impl FnOnce(&Doors)) {
        while !self.ending {
            self.wait(orders);
            self.go_round();
            if self.ticker.is_due() {
                self.tick();
            }
            self.take_in(orders);
            self.read_some(orders);
            if self.turns.is_empty() || self.store.backlog() >= MOST_BEHIND {
                self.settle();
            }
        }
        let is_homeless = self.store.is_detached();
        if !is_homeless {
            self.settle();
        }
        let Keeper { mut store, mut shelf, roster, reads, checks, preparer, surveys, doors, .. } = self;
        drop((reads, checks));
        store.cancel_long_work();
        preparer.end();
        surveys.worker.end();
        if is_homeless {
            tracing::warn!("the data directory was taken away");
        } else {
            close_door(&doors);
            shelf.keep_cards(&mut *store);
        }
        store.flush();
        drop(store);
        roster.tell_all(&HostMsg::Goodbye { why: Phrase::new("goodbye-finished"), again: true });
    }

    /// Takes in everything that waits; when nothing does, waits for it, at most until the next look at the clocks.
    fn wait(&mut self, orders: &Receiver<Order>) {
        // With rooms to be read there is something to do.
        if self.turns.is_empty() && !self.shelf.has_next_unread() {
            match orders.recv_timeout(self.ticker.wait()) {
                Ok(order) => self.turns.push(order.whose(), order),
                Err(RecvTimeoutError::Timeout) => return,
                Err(RecvTimeoutError::Disconnected) => self.ending = true,
            }
        }
        self.take_in(orders);
    }

    fn take_in(&mut self, orders: &Receiver<Order>) {
        orders.try_iter().for_each(|order| self.turns.push(order.whose(), order));
    }

    /// Reads rooms that are yet to be read: one, and more while nobody asks for anything.
    fn read_some(&mut self, orders: &Receiver<Order>) {
        let began = Instant::now();
        while self.shelf.has_next_unread() {
            self.read_ahead();
            if !self.turns.is_empty() || began.elapsed() >= READ_FOR {
                return;
            }
            self.take_in(orders);
        }
    }

    /// What nobody waits for: the index is brought up to the journals, and the folds and cards are kept.
    fn settle(&mut self) {
        self.store.catch_up();
        self.shelf.settle(&mut *self.store, self.clock.now());
        self.take_remarks();
    }

    fn tick(&mut self) {
        if self.health.cannot_save.is_some() && probe::can_save(&self.data_dir, self.unsaved.as_deref()) {
            self.set_cannot_save(None);
        }
        self.sockets.look();
        let now = self.time();
        self.ring(now);
        self.read_again();
        self.redact_again();
        self.survey();
        self.ticks = self.ticks.wrapping_add(1);
        self.give_back_in = match self.give_back_in {
            Some(0) => {
                memory::give_back();
                None
            }
            ticks => ticks.map(|ticks| ticks - 1),
        };
        if self.ticks.is_multiple_of(TIDY_EVERY) {
            let roster = &self.roster;
            if self.shelf.tidy(|room| roster.is_attended(room)) > 0 {
                self.give_back_in = Some(GIVE_BACK_AFTER);
            }
            if std::mem::take(&mut self.has_saved) {
                self.shelf.keep_cards(&mut *self.store);
                self.store.flush();
            }
        }
        if !self.roster.is_empty() {
            self.idle_since = None;
        } else if self.store.is_detached() {
            // Whoever comes to the data directory, wherever it is now, is served by another.
            self.ending = true;
        } else if self.shelf.open_incidents() == 0 && !self.shelf.has_unread() && !self.store.is_preparing() {
            let since = *self.idle_since.get_or_insert_with(Instant::now);
            self.ending |= since.elapsed() >= self.grace;
        } else {
            self.idle_since = None;
        }
    }

    /// Looks whether rooms that could not be read can be read now: some of them at a time, in turn.
    fn read_again(&mut self) {
        let rooms = self.shelf.unreadable();
        let begin = self.ticks as usize * MOST_READ_AGAIN % rooms.len().max(1);
        for room in rooms.iter().cycle().skip(begin).take(rooms.len().min(MOST_READ_AGAIN)) {
            if self.store.is_room_readable(room) && self.is_ready(room) {
                self.read(room);
            }
        }
    }

    pub(super) fn set_cannot_save(&mut self, why: Option<Phrase>) {
        if self.health.cannot_save != why {
            self.health.cannot_save = why;
            self.roster.tell_all(&HostMsg::Health(self.health.clone()));
        }
    }

    fn take_remarks(&mut self) {
        for remark in self.store.take_notices() {
            self.remark(remark.phrase());
        }
    }

    pub(super) fn remark(&mut self, remark: Phrase) {
        if self.health.remarks.contains(&remark) {
            return;
        }
        tracing::warn!(?remark, "remark");
        if add_remark(&mut self.health.remarks, remark) {
            self.roster.tell_all(&HostMsg::Health(self.health.clone()));
        }
    }
}

/// Adds a remark to those that everybody is told, unless there are so many that the log alone has it. True: they are others now.
fn add_remark(remarks: &mut Vec<Phrase>, remark: Phrase) -> bool {
    if remarks.len() > MOST_REMARKS {
        return false;
    }
    let is_last = remarks.len() == MOST_REMARKS;
    remarks.push(if is_last { Phrase::new("host-more-remarks").with("count", MOST_REMARKS) } else { remark });
    true
}

/// A failure to read, as the client is told.
pub(super) fn unreadable(error: &StoreError) -> Failure {
    match error {
        StoreError::NoSuchRoom(room) => Failure::NoSuchRoom(room.clone()),
        other => {
            tracing::error!(error = %other, "cannot be read");
            Failure::Broken(other.phrase())
        }
    }
}

#[cfg(test)]
mod tests;
