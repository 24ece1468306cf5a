//! The writer: the one thread that decides what is recorded, saves it, and answers.
//!
//! It goes in cycles. Each receives what was asked (`inbox`), decides every intent on what those before it leave (`decide`),
//! commits all of them with one sync (`commit`), and tells and answers (`announce`, `query`); nothing is answered or told
//! before it is on disk (`processor`). Once a second it looks at the clocks (`alarms`, `clock_watch`) and tidies up.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use tokio::sync::mpsc::UnboundedSender;

use self::alarms::{Alarms, MarkState};
use self::clock_watch::ClockWatch;
use self::drafts::Drafts;
use self::health::HostHealth;
use self::inbox::Inbox;
use self::ledger::Ledger;
use self::lend::Lending;
use self::lifetime::{Lifetime, Need};
use self::processor::Processor;
use self::query::HostInfo;
use self::ticker::Ticker;
use crate::allocator;
use crate::clock::Clock;
use crate::config::lang::Words;
use crate::domain::id::RoomId;
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::time::Moment;
use crate::host::background::scrub::Scrubs;
use crate::host::background::worker::Worker;
use crate::host::clients::Clients;
use crate::host::command::WriterCommand;
use crate::host::endpoint::Endpoints;
use crate::host::listen::socket_watch::SocketWatch;
use crate::host::notify::DesktopNotice;
use crate::host::rooms::Rooms;
use crate::store::{Preparation, Store, StoreError};
use crate::wire::message::HostMsg;

mod alarms;
mod announce;
mod batch;
mod clock_watch;
mod commit;
mod decide;
mod drafts;
mod health;
mod inbox;
mod ledger;
mod lend;
mod lifetime;
mod opening;
mod processor;
mod query;
mod redact;
mod ticker;
mod waiting;

/// While commands wait, the index may lag by so many records (a guess): what it lags by is found by reading the journal.
const MOST_BEHIND: usize = 512;

/// How many ticks pass between two tidyings: of the rooms in memory, and of what the index has not handed to the disk. A minute:
/// a guess at what may be made again after a crash.
const TIDY_EVERY: u32 = 60;

/// How many rooms are read before the host serves anybody: about as many as are open at a time (a guess). The others are read
/// while nobody asks for anything, or one after each cycle.
const READ_AT_START: usize = 32;

/// For how long rooms are read in one go while nobody asks for anything: a command that comes meanwhile waits no longer.
const READ_FOR: Duration = Duration::from_millis(5);

/// What a writer is made of.
pub struct WriterParts {
    pub store: Box<dyn Store>,
    /// The way to this writer, for the threads that read on its behalf.
    pub commands: Sender<WriterCommand>,
    /// What people should know from the beginning.
    pub notices: Vec<Phrase>,
    pub clock: Clock,
    pub uid: u32,
    pub version: String,
    pub data_dir: PathBuf,
    pub endpoints: Endpoints,
    /// Tells whether the endpoints' sockets are in place.
    pub sockets: SocketWatch,
    /// How long to stay when there is nobody and nothing to stay for.
    pub grace: Duration,
    /// How often to look at the clocks.
    pub tick: Duration,
    pub lang: Lang,
    /// Prepares long rooms.
    pub preparer: Worker<Preparation, WriterCommand>,
    /// Where desktop notices go; `None` when there are none.
    pub desktop: Option<UnboundedSender<DesktopNotice>>,
}

/// See the module.
pub struct Writer {
    processor: Processor,
    alarms: Alarms,
    clock_watch: ClockWatch,
    sockets: SocketWatch,
    ticker: Ticker,
    ticks: u32,
    /// How many batches had been saved at the last tidying.
    saves_at_tidying: u64,
}

impl Writer {
    /// Returns a writer over an open store. Reads the first of the rooms where something may fall due; the rest are read between
    /// commands.
    ///
    /// # Errors
    /// The rooms cannot be listed.
    pub fn new(parts: WriterParts) -> Result<Self, StoreError> {
        let WriterParts { mut store, commands, notices, clock, uid, version, data_dir, endpoints, sockets, .. } = parts;
        let (now, zone) = (clock.now(), clock.zone().clone());
        let rooms = Rooms::open(&mut *store)?;
        store.defer_long_work();
        let ledger = Ledger {
            store,
            rooms,
            clients: Clients::default(),
            health: HostHealth::new(notices),
            clock,
            uid,
            data_dir,
            saves: 0,
        };
        let processor = Processor {
            ledger,
            inbox: Inbox::new(parts.preparer),
            drafts: Drafts::default(),
            lending: Lending::new(zone.clone(), commands.clone()),
            scrubs: Scrubs::new(commands),
            host: HostInfo { version, started_at: now, endpoints },
            lifetime: Lifetime::new(parts.grace),
        };
        let mut writer = Writer {
            processor,
            alarms: Alarms::new(parts.desktop, Words::new(parts.lang, zone)),
            clock_watch: ClockWatch::default(),
            sockets,
            ticker: Ticker::new(parts.tick),
            ticks: 0,
            saves_at_tidying: 0,
        };
        (0..READ_AT_START).for_each(|_| writer.processor.read_ahead());
        writer.processor.ledger.pass_on_notices();
        Ok(writer)
    }

    /// Runs until the host is asked to stop, or until there is nobody and nothing to stay for. Then the sockets are removed
    /// (`remove_places`), the store is closed, and everyone is told goodbye: a client that sees its connection end can be sure that
    /// the data directory is free. A writer whose data directory was taken from it leaves everything as it is: what stands there
    /// now is another host's.
    pub fn run(mut self, commands: &Receiver<WriterCommand>, remove_places: impl FnOnce(&Endpoints)) {
        while !self.processor.lifetime.is_ending() {
            self.receive(commands);
            let now = self.check_clock();
            self.processor.run_cycle(now);
            if self.ticker.is_due() {
                self.tick(now);
            }
            self.receive_waiting(commands);
            self.read_rooms(commands);
            if self.processor.inbox.is_empty() || self.processor.ledger.store.backlog() >= MOST_BEHIND {
                self.processor.ledger.settle();
            }
        }
        self.close(remove_places);
    }

    fn close(mut self, remove_places: impl FnOnce(&Endpoints)) {
        let is_homeless = self.processor.ledger.store.is_detached();
        if !is_homeless {
            self.processor.ledger.settle();
        }
        let Processor { ledger, inbox, lending, scrubs, host, .. } = self.processor;
        let Ledger { mut store, mut rooms, clients, .. } = ledger;
        drop(lending);
        store.cancel_long_work();
        inbox.end();
        scrubs.end();
        if is_homeless {
            tracing::warn!("the data directory was taken away");
        } else {
            remove_places(&host.endpoints);
            rooms.keep_cards(&mut *store);
        }
        store.flush();
        // The lock goes with it: only then may clients start the next host.
        drop(store);
        clients.tell_all(&HostMsg::Goodbye { why: Phrase::new("goodbye-finished"), again: true });
    }

    /// Receives all commands that are there; when there is nothing to do, waits for one, at most until the next tick.
    fn receive(&mut self, commands: &Receiver<WriterCommand>) {
        // With rooms to be read there is something to do.
        if self.processor.inbox.is_empty() && !self.processor.ledger.rooms.has_next_unread() {
            match commands.recv_timeout(self.ticker.wait()) {
                Ok(command) => self.processor.inbox.push(command),
                Err(RecvTimeoutError::Timeout) => return,
                Err(RecvTimeoutError::Disconnected) => self.processor.lifetime.end(),
            }
        }
        self.receive_waiting(commands);
    }

    fn receive_waiting(&mut self, commands: &Receiver<WriterCommand>) {
        commands.try_iter().for_each(|command| self.processor.inbox.push(command));
    }

    /// Reads rooms that were not read yet: one, and more while nobody asks for anything.
    fn read_rooms(&mut self, commands: &Receiver<WriterCommand>) {
        let began = Instant::now();
        while self.processor.ledger.rooms.has_next_unread() {
            self.processor.read_ahead();
            if !self.processor.inbox.is_empty() || began.elapsed() >= READ_FOR {
                return;
            }
            self.receive_waiting(commands);
        }
    }

    /// Returns the present moment, to record by. When the machine's clock was set, that is recorded first, once, in every room of
    /// an incident that goes on.
    fn check_clock(&mut self) -> Moment {
        let Some(reading) = self.processor.ledger.clock.reading() else { return self.processor.ledger.now() };
        if let Some(seconds) = self.clock_watch.check(reading) {
            let unready = self.processor.inbox.unready(&mut self.processor.ledger);
            let (rooms, uid) = (&self.processor.ledger.rooms, self.processor.ledger.uid);
            let mut batch = clock_watch::clock_moved(rooms, reading.now, seconds, uid, &unready);
            tracing::warn!(seconds, "the machine's clock was set");
            if self.processor.ledger.commit(&mut batch).result.is_whole() {
                self.clock_watch.note_recorded();
            }
        }
        reading.now
    }

    /// Looks at the clocks at `now`, tries again what could not be done, and tidies up.
    fn tick(&mut self, now: Moment) {
        self.processor.ledger.probe_disk();
        self.sockets.check_places();
        self.ring(now);
        self.processor.inbox.read_again(&mut self.processor.ledger, self.ticks);
        self.processor.inbox.redact_again(&mut self.processor.ledger);
        self.scrub();
        self.ticks = self.ticks.wrapping_add(1);
        if self.processor.inbox.heap.is_due() {
            allocator::give_back();
        }
        if self.ticks.is_multiple_of(TIDY_EVERY) {
            self.tidy();
        }
        self.processor.lifetime.check_need(self.need(), Instant::now());
    }

    /// Rings what has come by `now`. A demo rings only for clients that are in it.
    fn ring(&mut self, now: Moment) {
        let unready = self.processor.inbox.unready(&mut self.processor.ledger);
        let Ledger { rooms, clients, clock, uid, .. } = &self.processor.ledger;
        let mut batch = alarms::due_marks(rooms, now, clock.zone(), *uid, |live| {
            !unready.contains(&live.room.id) && (!live.room.demo || clients.is_attended(&live.room.id))
        });
        if batch.is_empty() {
            return;
        }
        // As the rooms are before they are told: a notice says what a mark was about.
        let marks = alarms::marks_in(&batch, rooms);
        let is_recorded = self.processor.ledger.commit(&mut batch).result.is_whole();
        let state = if is_recorded { MarkState::Recorded } else { MarkState::Unrecorded };
        self.alarms.tell_marks(marks, state, &self.processor.ledger.clients);
    }

    /// Goes on with a scrub, or begins the next one, when nothing waits for a room.
    fn scrub(&mut self) {
        if !self.processor.scrubs.resume(self.processor.ledger.saves) || !self.processor.inbox.has_no_waiting() {
            return;
        }
        let ids = self.processor.ledger.rooms.in_memory().map(|live| &live.room.id);
        let rooms: Vec<RoomId> = ids.filter(|room| !self.processor.scrubs.is_done(room)).cloned().collect();
        for room in rooms {
            if !self.processor.ledger.store.is_long_room(&room) {
                // It was compared when it was first used.
                self.processor.scrubs.note_done(room);
            } else if self.processor.inbox.is_ready(&mut self.processor.ledger, &room)
                && let Ok(examination) = self.processor.ledger.store.start_verification(&room)
            {
                return self.processor.scrubs.begin(room, examination.without_index());
            }
        }
    }

    /// Lets go of rooms that nobody attends, and hands the index to the disk.
    fn tidy(&mut self) {
        let Ledger { store, rooms, clients, saves, .. } = &mut self.processor.ledger;
        if rooms.drop_dormant(|room| clients.is_attended(room)) > 0 {
            self.processor.inbox.heap.expect_garbage();
        }
        if self.saves_at_tidying != *saves {
            self.saves_at_tidying = *saves;
            rooms.keep_cards(&mut **store);
            store.flush();
        }
    }

    fn need(&self) -> Need {
        let Ledger { store, rooms, clients, .. } = &self.processor.ledger;
        if !clients.is_empty() {
            Need::Some
        } else if store.is_detached() {
            Need::Homeless
        } else if rooms.open_incidents() == 0 && !rooms.has_unread() && !store.is_preparing() {
            Need::None
        } else {
            Need::Some
        }
    }
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
