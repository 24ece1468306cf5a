//! What the tests of the writer's parts stand on: a ledger over a new data directory, with one room.

use std::time::Duration;

use tempfile::TempDir;

use crate::clock::Clock;
use crate::config::routine;
use crate::domain::event::{Facets, NoteKind};
use crate::domain::id::{IntentId, RoomId};
use crate::domain::intent::{Declaration, Intent, Request};
use crate::domain::priority::Grade;
use crate::domain::record::{Assurance, Author};
use crate::domain::text::Text;
use crate::domain::zone::Zone;
use crate::host::clients::{Access, ClientId, Clients};
use crate::host::rooms::Rooms;
use crate::host::send_queue::SendQueue;
use crate::host::send_queue::tests::Bucket;
use crate::host::writer::batch::Batch;
use crate::host::writer::decide::{Decider, Decision};
use crate::host::writer::health::HostHealth;
use crate::host::writer::ledger::Ledger;
use crate::store::{self, FileStore, KernelSalts, Opened, Store};

/// A ledger with a room, and the directory that it stands in.
pub struct Fixture {
    pub ledger: Ledger,
    pub room: RoomId,
    ids: u128,
    _dir: TempDir,
}

impl Fixture {
    /// Returns a ledger in which one room was opened.
    pub fn new() -> Self {
        let dir = TempDir::new().expect("a directory");
        let file = dir.path().join("clock");
        std::fs::write(&file, "2026-11-21T12:00:00+01:00").expect("written");
        let clock = Clock::File { path: file, zone: Zone::UTC };
        let data_dir = dir.path().join("data");
        let salts = Box::new(KernelSalts::default());
        let options = store::StoreOptions { now: clock.now(), patience: Duration::ZERO, salts, spools: Vec::new() };
        let Opened { store, .. } = FileStore::open(&data_dir, options).expect("it opens");
        let mut store: Box<dyn Store> = Box::new(store);
        let rooms = Rooms::open(&mut *store).expect("listed");
        let (clients, health) = (Clients::default(), HostHealth::new(Vec::new()));
        let ledger = Ledger { store, rooms, clients, health, clock, uid: 1000, data_dir, saves: 0 };
        let mut fixture = Fixture { ledger, room: RoomId::of_year(2026, 1), ids: 0, _dir: dir };
        fixture.open_room();
        fixture
    }

    /// Returns an author by that name.
    pub fn author(name: &str) -> Author {
        Author { uid: 1000, name: name.into(), sure: Assurance::Claimed }
    }

    /// Adds a client with a screen. Returns what it is told.
    pub fn connect(&mut self, id: ClientId, name: &str) -> Bucket {
        let told = Bucket::with_room(usize::MAX);
        self.ledger.clients.add(id, Fixture::author(name), true, Access::Full, SendQueue::new(told.clone()));
        told
    }

    /// Returns an intent that no other has the id of.
    pub fn note(&mut self, text: &str) -> Request {
        let intent = Intent::TakeNote { kind: NoteKind::Note, text: text.into(), facets: Facets::default() };
        Request { id: self.id(), room: self.room.clone(), at: None, intent }
    }

    /// Returns an id that was not returned before.
    pub fn id(&mut self) -> IntentId {
        self.ids += 1;
        IntentId(ulid::Ulid::from_parts(1_763_722_800_000, self.ids << 16))
    }

    /// Decides a request of Anna.
    pub fn decide(&mut self, batch: &mut Batch, request: &Request) -> Decision {
        let Ledger { store, rooms, uid, .. } = &mut self.ledger;
        let mut decider = Decider { store: &mut **store, rooms, zone: &Zone::UTC, uid: *uid };
        decider.decide_request(batch, Fixture::author("Anna"), request)
    }

    /// Records a request of Anna.
    pub fn record(&mut self, request: &Request) {
        let mut batch = Batch::new(self.ledger.now());
        assert!(matches!(self.decide(&mut batch, request), Decision::Staged(_)));
        assert!(self.ledger.commit(&mut batch).result.is_whole());
    }

    fn open_room(&mut self) {
        let declaration = declaration();
        let id = self.id();
        let mut batch = Batch::new(self.ledger.now());
        let Ledger { store, rooms, uid, .. } = &mut self.ledger;
        let mut decider = Decider { store: &mut **store, rooms, zone: &Zone::UTC, uid: *uid };
        let decision = decider.decide_opening(&mut batch, Fixture::author("Anna"), id, &declaration);
        assert!(matches!(decision, Decision::StagedRoom(_)), "{decision:?}");
        assert!(self.ledger.commit(&mut batch).result.is_whole());
    }
}

/// Returns the declaration of the rooms of these tests.
pub fn declaration() -> Declaration {
    Declaration {
        title: "Card payments down".into(),
        customer: Text::default(),
        urgency: Grade::HIGHEST,
        impact: Grade::HIGHEST,
        agreed_with: Text::default(),
        classified_by: None,
        began_at: None,
        declared_at: None,
        routine: Box::new(routine::builtin()[0].clone()),
        activate: None,
        activation_reason: Text::default(),
        lead: Text::default(),
        demo: false,
    }
}
