//! The single writer: it decides, saves, applies and tells, one round after the other, on a thread of its own.
//!
//! A round takes everything that is waiting, decides each intent on the room as the ones before it leave it, and saves all of
//! it with one sync. Nothing is answered or told before it is on disk.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::mpsc::UnboundedSender;

use super::batch::Batch;
use super::notice::Notice;
use super::order::Order;
use super::probe;
use super::read::{Progress, Search};
use super::ring::Bell;
use super::roster::{ClientId, Roster};
use super::shelf::Shelf;
use super::timer::Ticker;
use super::write::Outcome;
use crate::clock::Clock;
use crate::config::lang::Words;
use crate::domain::id::RoomId;
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::record::Record;
use crate::domain::time::Moment;
use crate::store::{Store, StoreError};
use crate::wire::message::{Answer, Ask, Failure, Health, HostMsg, PROTOCOL, Welcome};

/// The most that is taken into one round.
const MOST_ORDERS: usize = 512;

/// How many ticks pass between two tidyings: of the rooms in memory, and of what the index has not handed to the disk.
const TIDY_EVERY: u32 = 60;

/// What a keeper is made of.
pub struct Parts {
    pub store: Store,
    pub remarks: Vec<Phrase>,
    pub clock: Clock,
    pub uid: u32,
    pub version: String,
    pub data_dir: PathBuf,
    pub socket: PathBuf,
    /// How long to stay when there is nobody and nothing to stay for.
    pub grace: Duration,
    /// How often to look at the clocks.
    pub tick: Duration,
    pub lang: Lang,
    /// Where desktop notices go; none: nowhere.
    pub desktop: Option<UnboundedSender<Notice>>,
}

/// See the module.
pub struct Keeper {
    pub(super) store: Store,
    pub(super) shelf: Shelf,
    pub(super) roster: Roster,
    pub(super) clock: Clock,
    pub(super) uid: u32,
    pub(super) version: String,
    pub(super) data_dir: PathBuf,
    pub(super) socket: PathBuf,
    pub(super) started_at: Moment,
    pub(super) health: Health,
    pub(super) bell: Bell,
    grace: Duration,
    ticker: Ticker,
    ticks: u32,
    idle_since: Option<Instant>,
    searches: VecDeque<Wanted>,
    words: BTreeMap<Lang, Words>,
    /// Whether anything was saved since the last tidying.
    has_saved: bool,
    ending: bool,
}

/// A search somebody waits for.
struct Wanted {
    client: ClientId,
    ask: u64,
    search: Search,
    _permit: OwnedSemaphorePermit,
}

/// What is still to be answered when the round's batch is on disk.
enum Due {
    Outcome { client: ClientId, ask: u64, outcome: Outcome },
    Order(Order),
}

impl Keeper {
    /// A keeper over an open store. Reads the rooms where something may fall due.
    ///
    /// # Errors
    /// When the rooms cannot be listed.
    pub fn new(parts: Parts) -> Result<Self, StoreError> {
        let Parts { mut store, remarks, clock, uid, version, data_dir, socket, grace, tick, lang, desktop } = parts;
        let now = clock.now();
        let shelf = Shelf::open(&mut store, now)?;
        let mut keeper = Keeper {
            store,
            shelf,
            roster: Roster::default(),
            clock,
            uid,
            version,
            data_dir,
            socket,
            started_at: now,
            health: Health { cannot_save: None, remarks },
            bell: Bell::new(desktop, lang),
            grace,
            ticker: Ticker::new(tick),
            ticks: 0,
            idle_since: None,
            searches: VecDeque::new(),
            words: BTreeMap::new(),
            has_saved: false,
            ending: false,
        };
        keeper.finish_redactions();
        keeper.take_remarks();
        Ok(keeper)
    }

    /// Keeps until asked to stop, or until there is nobody and nothing to stay for. Then `close_door`, the store is closed, and
    /// everyone is told goodbye: whoever sees the connection end can be sure that the data directory is free.
    pub fn run(mut self, orders: &Receiver<Order>, close_door: impl FnOnce()) {
        while !self.ending {
            let round = self.wait(orders);
            self.keep(round);
            self.search_on();
            if self.ticker.is_due() {
                self.tick();
            }
        }
        let Keeper { mut store, roster, .. } = self;
        close_door();
        store.rest();
        drop(store);
        roster.tell_all(&HostMsg::Goodbye { why: Phrase::new("goodbye-finished"), again: true });
    }

    /// Everything that waits; when nothing does, waits for it, at most until the next look at the clocks.
    fn wait(&mut self, orders: &Receiver<Order>) -> Vec<Order> {
        let patience = if self.searches.is_empty() { self.ticker.wait() } else { Duration::ZERO };
        let mut round = Vec::new();
        match orders.recv_timeout(patience) {
            Ok(order) => round.push(order),
            Err(RecvTimeoutError::Timeout) => return round,
            Err(RecvTimeoutError::Disconnected) => self.ending = true,
        }
        while round.len() < MOST_ORDERS {
            match orders.try_recv() {
                Ok(order) => round.push(order),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
            }
        }
        round
    }

    /// One round: decide all, save once, then answer in the order asked.
    fn keep(&mut self, round: Vec<Order>) {
        if round.is_empty() {
            return;
        }
        let mut batch = Batch::new(self.clock.now());
        let mut due = Vec::with_capacity(round.len());
        for order in round {
            match order {
                Order::Asked { client, ask, what: Ask::Do(request), permit: _ } => {
                    let outcome = self.decide(&mut batch, client, &request);
                    due.push(Due::Outcome { client, ask, outcome });
                }
                Order::Asked { client, ask, what: Ask::Open { id, declaration }, permit: _ } => {
                    let outcome = self.decide_open(&mut batch, client, id, &declaration);
                    due.push(Due::Outcome { client, ask, outcome });
                }
                Order::Asked { client, ask, what: Ask::OpenDemo { id }, permit: _ } => {
                    let outcome = self.decide_demo(&mut batch, id);
                    due.push(Due::Outcome { client, ask, outcome });
                }
                Order::Asked { client, what: Ask::Attach { ref room, .. }, .. } => {
                    self.note_joining(&mut batch, client, room);
                    due.push(Due::Order(order));
                }
                other => due.push(Due::Order(other)),
            }
        }
        let saved = self.save(&mut batch);
        for due in due {
            match due {
                Due::Outcome { client, ask, outcome } => {
                    let answer = self.conclude(&batch, saved.as_ref().err(), outcome);
                    self.roster.answer(client, ask, answer);
                }
                Due::Order(order) => self.follow(order),
            }
        }
        self.settle();
    }

    /// What nobody waits for: the index is brought up to the journals, and the folds and cards are kept.
    fn settle(&mut self) {
        self.store.catch_up();
        self.shelf.settle(&mut self.store, self.clock.now());
        self.take_remarks();
    }

    /// Saves the batch; then the rooms are as it makes them, and everyone in them is told.
    ///
    /// # Errors
    /// Nothing was saved, and why in words.
    pub(super) fn save(&mut self, batch: &mut Batch) -> Result<(), Phrase> {
        if batch.is_empty() {
            return Ok(());
        }
        let records = batch.by_room().into_iter().map(|(room, records)| (room.clone(), records));
        let records: Vec<(RoomId, Vec<Record>)> = records.collect();
        if let Err(error) = self.store.append_all(batch.appends()) {
            tracing::error!(%error, "nothing could be saved");
            let why = error.phrase();
            if error.cannot_save() {
                self.set_cannot_save(Some(why.clone()));
            } else {
                // What is in memory is not what the store has: it is read again.
                records.iter().for_each(|(room, _)| self.shelf.reload(&mut self.store, room, batch.now));
            }
            return Err(why);
        }
        self.set_cannot_save(None);
        self.has_saved = true;
        for (room, records) in records {
            let fold = batch.take_fold(&room);
            self.shelf.advance(&room, &records, fold, batch.now);
            self.roster.tell_room(&room, &HostMsg::Recorded { room: room.clone(), records });
        }
        Ok(())
    }

    /// Does what an order says that saves nothing in a journal.
    fn follow(&mut self, order: Order) {
        match order {
            Order::Came { client, who, screen, read_only, outbox } => {
                let welcome = Welcome {
                    protocol: PROTOCOL,
                    version: self.version.clone(),
                    pid: std::process::id(),
                    you: who.clone(),
                    read_only,
                    health: self.health.clone(),
                };
                self.roster.add(client, who, screen, read_only, outbox);
                self.roster.tell(client, &HostMsg::Welcome(welcome));
                self.idle_since = None;
            }
            Order::Asked { client, ask, what: Ask::Page { room, page }, permit } => {
                let search = Search::new(room, page);
                self.searches.push_back(Wanted { client, ask, search, _permit: permit });
            }
            Order::Asked { client, ask, what, permit: _ } => {
                self.ending |= what == Ask::StopHost;
                let answer = self.answer(client, what);
                self.roster.answer(client, ask, answer);
            }
            Order::Left { client } => {
                for room in self.roster.remove(client) {
                    self.tell_here(&room);
                }
            }
            Order::Remark(remark) => self.remark(remark),
            Order::Stop => self.ending = true,
        }
    }

    /// One slice of the search that has waited longest.
    fn search_on(&mut self) {
        let Some(mut wanted) = self.searches.pop_front() else { return };
        let progress = self.search_slice(&mut wanted.search);
        let answer = match progress {
            Ok(Progress::Going) if self.roster.get(wanted.client).is_some() => {
                return self.searches.push_back(wanted);
            }
            Ok(Progress::Going) => return,
            Ok(Progress::Found { records, more }) => Ok(Answer::Page { records, more }),
            Err(failure) => Err(failure),
        };
        self.roster.answer(wanted.client, wanted.ask, answer);
    }

    fn search_slice(&mut self, search: &mut Search) -> Result<Progress, Failure> {
        let now = self.clock.now();
        let room = search.room.clone();
        let live = self.shelf.load(&mut self.store, &room, now).map_err(|error| unreadable(&error))?;
        let words = self.words.entry(search.lang()).or_insert_with(|| Words::new(search.lang()));
        search.go_on(&mut self.store, &live.room, words).map_err(|error| unreadable(&error))
    }

    fn tick(&mut self) {
        if self.health.cannot_save.is_some() && probe::can_save(&self.data_dir) {
            self.set_cannot_save(None);
        }
        self.ring(self.clock.now());
        self.ticks = self.ticks.wrapping_add(1);
        if self.ticks.is_multiple_of(TIDY_EVERY) {
            let roster = &self.roster;
            self.shelf.tidy(|room| roster.is_attended(room));
            if std::mem::take(&mut self.has_saved) {
                self.store.rest();
            }
        }
        self.settle();
        if self.roster.is_empty() && self.shelf.open_incidents() == 0 {
            let since = *self.idle_since.get_or_insert_with(Instant::now);
            self.ending |= since.elapsed() >= self.grace;
        } else {
            self.idle_since = None;
        }
    }

    fn set_cannot_save(&mut self, why: Option<Phrase>) {
        if self.health.cannot_save != why {
            self.health.cannot_save = why;
            self.roster.tell_all(&HostMsg::Health(self.health.clone()));
        }
    }

    fn take_remarks(&mut self) {
        for remark in self.store.take_remarks() {
            self.remark(remark.phrase());
        }
    }

    fn remark(&mut self, remark: Phrase) {
        if !self.health.remarks.contains(&remark) {
            tracing::warn!(remark = %remark.key, "remark");
            self.health.remarks.push(remark);
            self.roster.tell_all(&HostMsg::Health(self.health.clone()));
        }
    }
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
