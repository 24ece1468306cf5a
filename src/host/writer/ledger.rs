//! What is on record and who hears of it: the journals, the rooms in memory, the clients. Every change of a journal goes through
//! [`Ledger::commit`].

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::clock::Clock;
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::record::Author;
use crate::domain::time::Moment;
use crate::host::background::probe;
use crate::host::clients::{ClientId, Clients};
use crate::host::failure::read_failure;
use crate::host::rooms::{LiveRoom, Rooms};
use crate::host::writer::announce::announce;
use crate::host::writer::batch::Batch;
use crate::host::writer::commit::{CommitResult, DiskState, commit};
use crate::host::writer::health::HostHealth;
use crate::host::writer::opening;
use crate::store::Store;
use crate::wire::message::{Failure, HostMsg};

/// The journals, the rooms and the clients, with what they need to be kept in step.
pub struct Ledger {
    pub store: Box<dyn Store>,
    pub rooms: Rooms,
    pub clients: Clients,
    pub health: HostHealth,
    pub clock: Clock,
    /// The user of the host, for what the program records by itself.
    pub uid: u32,
    pub data_dir: PathBuf,
    /// How many batches were saved.
    pub saves: u64,
}

/// A batch after its commit.
pub struct Commit {
    pub result: CommitResult,
    /// The questions that were answered with their records.
    pub answered: BTreeSet<(ClientId, u64)>,
}

impl Ledger {
    /// Returns the present moment.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Saves the batch with one sync, then tells everyone in its rooms.
    pub fn commit(&mut self, batch: &mut Batch) -> Commit {
        let (result, disk) = commit(batch, &mut *self.store, &mut self.rooms, &self.data_dir);
        if !batch.is_empty() && !matches!(disk, DiskState::Fails { .. }) {
            self.saves += 1;
        }
        match disk {
            DiskState::Unknown => {}
            DiskState::Works => self.note_can_save(),
            DiskState::Fails { why, file } => self.note_cannot_save(why, file),
        }
        let answered = announce(batch, &result, &self.clients);
        Commit { result, answered }
    }

    /// Returns room `room`, read from its journal if it is not in memory.
    ///
    /// # Errors
    /// There is no such room, or it cannot be read.
    pub fn load(&mut self, room: &RoomId) -> Result<&mut LiveRoom, Failure> {
        let now = self.clock.now();
        self.rooms.load(&mut *self.store, room, now).map_err(|error| read_failure(&error))
    }

    /// Checks that there is such a room, as far as can be said without the disk.
    ///
    /// # Errors
    /// There is none.
    pub fn check_there(&self, room: &RoomId) -> Result<(), Failure> {
        if self.rooms.knows(room) { Ok(()) } else { Err(Failure::NoSuchRoom(room.clone())) }
    }

    /// Returns who does what `client` asks; the program itself when the client is gone.
    pub fn author(&self, client: ClientId) -> Author {
        self.clients.get(client).map_or_else(|| Author::klock(self.uid), |client| client.who.clone())
    }

    /// Returns the name under which the drafts and the place of the person at `client` are kept.
    pub fn person(&self, client: ClientId) -> String {
        let Some(Author { uid, name, .. }) = self.clients.get(client).map(|client| &client.who) else {
            return String::new();
        };
        format!("{uid}/{name}")
    }

    /// Tells everyone in `room` who is there.
    pub fn tell_here(&self, room: &RoomId) {
        let people = self.clients.people(room);
        self.clients.tell_room(room, &HostMsg::Here { room: room.clone(), people });
    }

    /// Tries whether the disk takes something again, while nothing can be saved.
    pub fn probe_disk(&mut self) {
        if self.health.failed_file().is_some_and(|file| probe::can_save(&self.data_dir, file)) {
            self.note_can_save();
        }
    }

    /// Notes that nothing can be saved, and tells everyone when that is news.
    pub fn note_cannot_save(&mut self, why: Phrase, file: Option<PathBuf>) {
        if self.health.set_cannot_save(why, file) {
            self.tell_health();
        }
    }

    fn note_can_save(&mut self) {
        if self.health.set_can_save() {
            self.tell_health();
        }
    }

    /// Passes on what the store has to say to people.
    pub fn pass_on_notices(&mut self) {
        for notice in self.store.take_notices() {
            self.add_notice(notice.phrase());
        }
    }

    /// Tells everyone something a person should know, once.
    pub fn add_notice(&mut self, notice: Phrase) {
        if self.health.add_notice(notice) {
            self.tell_health();
        }
    }

    fn tell_health(&self) {
        self.clients.tell_all(&HostMsg::Health(self.health.current().clone()));
    }

    /// Brings the index up to the journals, and keeps the snapshots and cards of the rooms that moved on.
    pub fn settle(&mut self) {
        self.store.catch_up();
        let now = self.clock.now();
        self.rooms.keep_changes(&mut *self.store, now);
        self.pass_on_notices();
    }

    /// Gives an opening to a room in memory that has none, because its first line was damaged and no copy of it was left. It is
    /// recorded like everything else, and told.
    pub fn recover_opening(&mut self, room: &RoomId) {
        let is_without = |live: &&LiveRoom| live.room.routine.is_none() && live.room.seq > 0;
        if self.rooms.get(room).filter(is_without).is_none() {
            return;
        }
        let Ok(Some(first)) = self.store.record(room, 1) else { return };
        let recovered = opening::recover(room, &self.store.salvage_opening(room));
        let Some(live) = self.rooms.get(room) else { return };
        let mut batch = Batch::new(self.clock.now());
        // It was declared when what was recorded with it happened, or a little before.
        batch.add(live.base(), recovered.decided(first.at, self.uid));
        if self.commit(&mut batch).result.is_whole() {
            self.add_notice(recovered.notice);
        }
    }
}
