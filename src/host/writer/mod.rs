//! The single writer: it decides, saves, applies and tells, one round after the other, on a thread of its own.

pub(in crate::host) mod alarms;
pub(in crate::host) mod batch;
pub(in crate::host) mod clock_watch;
pub(in crate::host) mod commit;
pub(in crate::host) mod cycle;
pub(in crate::host) mod decide;
pub(in crate::host) mod drafts;
pub(in crate::host) mod opening;
pub(in crate::host) mod query;
pub(in crate::host) mod redact;
pub(in crate::host) mod ticker;
pub(in crate::host) mod waiting;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use tokio::sync::mpsc::UnboundedSender;

use crate::clock::Clock;
use crate::config::lang::Words;
use crate::domain::id::RoomId;
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::time::Moment;
use crate::host::background::pages::PageReader;
use crate::host::background::probe;
use crate::host::background::scrub::Scrubs;
use crate::host::background::worker::Worker;
use crate::host::clients::Clients;
use crate::host::command::WriterCommand;
use crate::host::endpoint::Endpoints;
use crate::host::fair_queue::FairQueue;
use crate::host::heap;
use crate::host::listen::socket_watch::SocketWatch;
use crate::host::notify::DesktopNotice;
use crate::host::rooms::Rooms;
use crate::host::writer::alarms::Alarms;
use crate::host::writer::clock_watch::ClockWatch;
use crate::host::writer::ticker::Ticker;
use crate::host::writer::waiting::WaitingCommands;
use crate::store::{Preparation, Store, StoreError};
use crate::wire::message::{Failure, Health, HostMsg};

/// While orders wait, the index may lag by so many records.
const MOST_BEHIND: usize = 512;

/// How many ticks pass between two tidyings: of the rooms in memory, and of what the index has not handed to the disk.
const TIDY_EVERY: u32 = 60;

/// How many of the rooms that cannot be read are looked at in each tick.
const MOST_READ_AGAIN: usize = 16;

/// How many ticks after something long was read the memory that it took is given back.
pub(in crate::host) const GIVE_BACK_AFTER: u32 = 5;

/// How many rooms are read before the host serves anybody: as many as are open at a time, as a rule. The others are read while
/// nobody asks for anything, or one after each round.
const READ_AT_START: usize = 32;

/// For how long rooms are read in one go while nobody asks for anything.
const READ_FOR: Duration = Duration::from_millis(5);

/// How many remarks everybody is told: a person reads no more, and all of them go to everyone who comes.
const MOST_REMARKS: usize = 50;

/// What a writer is made of.
pub struct WriterParts {
    pub store: Store,
    /// The way to this writer, for those who read on its behalf.
    pub commands: Sender<WriterCommand>,
    pub remarks: Vec<Phrase>,
    pub clock: Clock,
    pub uid: u32,
    pub version: String,
    pub data_dir: PathBuf,
    pub endpoints: Endpoints,
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
    pub desktop: Option<UnboundedSender<DesktopNotice>>,
}

/// See the module.
pub struct Writer {
    pub(in crate::host) store: Store,
    pub(in crate::host) rooms: Rooms,
    pub(in crate::host) clients: Clients,
    pub(in crate::host) clock: Clock,
    pub(in crate::host) uid: u32,
    pub(in crate::host) version: String,
    pub(in crate::host) data_dir: PathBuf,
    pub(in crate::host) endpoints: Endpoints,
    sockets: SocketWatch,
    pub(in crate::host) started_at: Moment,
    pub(in crate::host) health: Health,
    /// The file that could not be written when saving failed last.
    pub(in crate::host) unsaved: Option<PathBuf>,
    pub(in crate::host) alarms: Alarms,
    grace: Duration,
    pub(in crate::host) clock_watch: ClockWatch,
    ticker: Ticker,
    ticks: u32,
    /// In how many ticks memory is given back; none: there is none to speak of.
    pub(in crate::host) give_back_in: Option<u32>,
    pub(in crate::host) idle_since: Option<Instant>,
    pub(in crate::host) queue: FairQueue<WriterCommand>,
    pub(in crate::host) waiting: WaitingCommands,
    /// The rooms that those who are in them have to get again.
    pub(in crate::host) to_renew: BTreeSet<RoomId>,
    pub(in crate::host) preparer: Worker<Preparation>,
    pub(in crate::host) scrubs: Scrubs,
    /// Reads pages and stretches.
    pub(in crate::host) pages: PageReader,
    /// Checks rooms from end to end.
    pub(in crate::host) checks: PageReader,
    /// Whether anything was saved since the last tidying.
    pub(in crate::host) has_saved: bool,
    pub(in crate::host) ending: bool,
}

impl Writer {
    /// A writer over an open store. Reads the first of the rooms where something may fall due; the rest are read as it goes.
    ///
    /// # Errors
    /// When the rooms cannot be listed.
    pub fn new(parts: WriterParts) -> Result<Self, StoreError> {
        let WriterParts {
            mut store,
            commands,
            remarks,
            clock,
            uid,
            version,
            data_dir,
            endpoints,
            sockets,
            grace,
            tick,
            ..
        } = parts;
        let (lang, desktop, preparer) = (parts.lang, parts.desktop, parts.preparer);
        let (now, zone) = (clock.now(), clock.zone().clone());
        let mut told = Vec::new();
        for remark in remarks {
            add_remark(&mut told, remark);
        }
        let rooms = Rooms::open(&mut store)?;
        let mut writer = Writer {
            store,
            rooms,
            clients: Clients::default(),
            clock,
            uid,
            version,
            data_dir,
            endpoints,
            sockets,
            started_at: now,
            health: Health { cannot_save: None, remarks: told },
            unsaved: None,
            alarms: Alarms::new(desktop, Words::new(lang, zone.clone())),
            grace,
            clock_watch: ClockWatch::default(),
            ticker: Ticker::new(tick),
            ticks: 0,
            // Opening the store took some.
            give_back_in: Some(1),
            idle_since: None,
            queue: FairQueue::default(),
            pages: PageReader::new("klock-reader", zone.clone(), commands.clone()),
            checks: PageReader::new("klock-check", zone, commands.clone()),
            preparer,
            scrubs: Scrubs::new(commands),
            waiting: WaitingCommands::default(),
            to_renew: BTreeSet::new(),
            has_saved: false,
            ending: false,
        };
        writer.store.defer();
        (0..READ_AT_START).for_each(|_| writer.read_ahead());
        writer.take_remarks();
        Ok(writer)
    }

    /// Keeps until asked to stop, or until there is nobody and nothing to stay for. Then `close_door`, the store is closed, and
    /// everyone is told goodbye: whoever sees the connection end can be sure that the data directory is free.
    /// A writer whose data directory was taken away leaves everything as it is: what stands there now is another host's.
    pub fn run(mut self, commands: &Receiver<WriterCommand>, close_door: impl FnOnce(&Endpoints)) {
        while !self.ending {
            self.wait(commands);
            self.go_round();
            if self.ticker.is_due() {
                self.tick();
            }
            self.take_in(commands);
            self.read_some(commands);
            if self.queue.is_empty() || self.store.behind() >= MOST_BEHIND {
                self.settle();
            }
        }
        let is_homeless = self.store.is_homeless();
        if !is_homeless {
            self.settle();
        }
        let Writer { mut store, mut rooms, clients, pages, checks, preparer, scrubs, endpoints, .. } = self;
        drop((pages, checks));
        store.call_off();
        preparer.end();
        scrubs.worker.end();
        if is_homeless {
            tracing::warn!("the data directory was taken away");
        } else {
            close_door(&endpoints);
            rooms.keep_cards(&mut store);
        }
        store.rest();
        drop(store);
        clients.tell_all(&HostMsg::Goodbye { why: Phrase::new("goodbye-finished"), again: true });
    }

    /// Takes in everything that waits; when nothing does, waits for it, at most until the next look at the clocks.
    fn wait(&mut self, commands: &Receiver<WriterCommand>) {
        // With rooms to be read there is something to do.
        if self.queue.is_empty() && !self.rooms.has_next_unread() {
            match commands.recv_timeout(self.ticker.wait()) {
                Ok(command) => self.queue.push(command.whose(), command),
                Err(RecvTimeoutError::Timeout) => return,
                Err(RecvTimeoutError::Disconnected) => self.ending = true,
            }
        }
        self.take_in(commands);
    }

    fn take_in(&mut self, commands: &Receiver<WriterCommand>) {
        commands.try_iter().for_each(|command| self.queue.push(command.whose(), command));
    }

    /// Reads rooms that are yet to be read: one, and more while nobody asks for anything.
    fn read_some(&mut self, commands: &Receiver<WriterCommand>) {
        let began = Instant::now();
        while self.rooms.has_next_unread() {
            self.read_ahead();
            if !self.queue.is_empty() || began.elapsed() >= READ_FOR {
                return;
            }
            self.take_in(commands);
        }
    }

    /// What nobody waits for: the index is brought up to the journals, and the folds and cards are kept.
    fn settle(&mut self) {
        self.store.catch_up();
        self.rooms.settle(&mut self.store, self.clock.now());
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
        self.scrub();
        self.ticks = self.ticks.wrapping_add(1);
        self.give_back_in = match self.give_back_in {
            Some(0) => {
                heap::give_back();
                None
            }
            ticks => ticks.map(|ticks| ticks - 1),
        };
        if self.ticks.is_multiple_of(TIDY_EVERY) {
            let clients = &self.clients;
            if self.rooms.tidy(|room| clients.is_attended(room)) > 0 {
                self.give_back_in = Some(GIVE_BACK_AFTER);
            }
            if std::mem::take(&mut self.has_saved) {
                self.rooms.keep_cards(&mut self.store);
                self.store.rest();
            }
        }
        if !self.clients.is_empty() {
            self.idle_since = None;
        } else if self.store.is_homeless() {
            // Whoever comes to the data directory, wherever it is now, is served by another.
            self.ending = true;
        } else if self.rooms.open_incidents() == 0 && !self.rooms.has_unread() && !self.store.is_preparing() {
            let since = *self.idle_since.get_or_insert_with(Instant::now);
            self.ending |= since.elapsed() >= self.grace;
        } else {
            self.idle_since = None;
        }
    }

    /// Looks whether rooms that could not be read can be read now: some of them at a time, in turn.
    fn read_again(&mut self) {
        let rooms = self.rooms.unreadable();
        let begin = self.ticks as usize * MOST_READ_AGAIN % rooms.len().max(1);
        for room in rooms.iter().cycle().skip(begin).take(rooms.len().min(MOST_READ_AGAIN)) {
            if self.store.is_readable(room) && self.is_ready(room) {
                self.read(room);
            }
        }
    }

    pub(in crate::host) fn set_cannot_save(&mut self, why: Option<Phrase>) {
        if self.health.cannot_save != why {
            self.health.cannot_save = why;
            self.clients.tell_all(&HostMsg::Health(self.health.clone()));
        }
    }

    fn take_remarks(&mut self) {
        for remark in self.store.take_remarks() {
            self.remark(remark.phrase());
        }
    }

    pub(in crate::host) fn remark(&mut self, remark: Phrase) {
        if self.health.remarks.contains(&remark) {
            return;
        }
        tracing::warn!(?remark, "remark");
        if add_remark(&mut self.health.remarks, remark) {
            self.clients.tell_all(&HostMsg::Health(self.health.clone()));
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
pub(in crate::host) fn unreadable(error: &StoreError) -> Failure {
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
